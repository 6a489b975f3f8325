"""Matching must see that a number is taken beyond one's own scope, without seeing whose it is; and counts follow sex.

The two functions run as owner and give back nothing but ids and village codes for numbers that the caller already has.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION registry_enterprises_by_nib(wanted text[])
    RETURNS TABLE (nib varchar, enterprise_id bigint, village_id varchar)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.nib, e.id, e.village_id FROM registry_enterprise e WHERE e.nib = ANY (wanted)
$$;
CREATE FUNCTION registry_people_by_nik(wanted bytea[])
    RETURNS TABLE (nik_index bytea, person_id bigint, village_id varchar)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.nik_index, p.id, p.village_id FROM registry_person p WHERE p.nik_index = ANY (wanted)
$$;
REVOKE ALL ON FUNCTION registry_enterprises_by_nib(text[]), registry_people_by_nik(bytea[]) FROM PUBLIC;

CREATE FUNCTION registry_tally_sex() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry_villagetally AS t (village_id, registered, verified, women_owned, with_nib, workers)
    SELECT e.village_id, 0, 0, sum((n.sex = 'P')::int - (o.sex = 'P')::int), 0, 0
    FROM new_rows n JOIN old_rows o ON o.id = n.id JOIN registry_enterprise e ON e.owner_id = n.id
    WHERE e.status <> 'closed' AND (n.sex = 'P') IS DISTINCT FROM (o.sex = 'P')
    GROUP BY e.village_id ORDER BY e.village_id
    ON CONFLICT (village_id) DO UPDATE SET women_owned = t.women_owned + excluded.women_owned;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_sex AFTER UPDATE ON registry_person
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_tally_sex();
"""
UNDO = """
DROP TRIGGER tally_sex ON registry_person;
DROP FUNCTION registry_tally_sex();
DROP FUNCTION registry_people_by_nik(bytea[]);
DROP FUNCTION registry_enterprises_by_nib(text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_matching")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
