"""The counts per village look every owner up by number, whatever the planner believes, and see owners beyond the wall too.

The planner cannot know how much of a table row-level security lets through and read all people for each chunk of a list.
"""

from importlib import import_module

from django.db import migrations

WOMAN = "coalesce((SELECT p.sex = 'P' FROM registry_person p WHERE p.id = d.owner_id), false)::int AS w"
RIGHTS = "SECURITY DEFINER SET search_path = public, pg_temp"
SEX = f"""
CREATE OR REPLACE FUNCTION registry_tally_sex() RETURNS trigger LANGUAGE plpgsql {RIGHTS} AS $$
BEGIN
    INSERT INTO registry_villagetally AS t (village_id, registered, verified, women_owned, with_nib, workers)
    SELECT e.village_id, 0, 0, sum(d.more), 0, 0
    FROM (SELECT n.id, (n.sex = 'P')::int - (o.sex = 'P')::int AS more FROM new_rows n JOIN old_rows o ON o.id = n.id
          WHERE (n.sex = 'P') IS DISTINCT FROM (o.sex = 'P')) d
    CROSS JOIN LATERAL (SELECT village_id FROM registry_enterprise WHERE owner_id = d.id AND status <> 'closed' OFFSET 0) e
    GROUP BY e.village_id ORDER BY e.village_id
    ON CONFLICT (village_id) DO UPDATE SET women_owned = t.women_owned + excluded.women_owned;
    RETURN NULL;
END $$;
"""


def counting() -> str:
    """The counting functions of 0002 with the owner looked up; each is replaced as it stands, its trigger stays."""
    before = import_module("lontar.registry.migrations.0002_wall_tally_public").tally_sql()
    functions = [part.split("CREATE TRIGGER")[0] for part in before.split("CREATE FUNCTION")[1:]]
    return "".join(
        "CREATE OR REPLACE FUNCTION"
        + one.replace("coalesce(p.sex = 'P', false)::int AS w", WOMAN)
        .replace(" LEFT JOIN registry_person p ON p.id = d.owner_id", "")
        .replace("LANGUAGE plpgsql", f"LANGUAGE plpgsql {RIGHTS}")
        for one in functions
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_sort_within_a_region")]

    operations = [migrations.RunSQL(counting() + SEX, migrations.RunSQL.noop)]
