"""An index that finds rare combinations of classes, and a counter that moves with every committed change of enterprises.

Each writing backend counts its statements in a row of its own, so writers never wait for one another; the count becomes visible
with the change, because it commits with it.
"""

from django.db import migrations, models

COUNTER = """
CREATE TABLE registry_enterprisechange (writer integer PRIMARY KEY, number bigint NOT NULL);
CREATE FUNCTION registry_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE slot integer;
BEGIN
    SELECT s INTO slot FROM pg_stat_get_backend_idset() s WHERE pg_stat_get_backend_pid(s) = pg_backend_pid();
    INSERT INTO registry_enterprisechange AS c VALUES (coalesce(slot, 0), 1)
    ON CONFLICT (writer) DO UPDATE SET number = c.number + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON registry_enterprise
    FOR EACH STATEMENT EXECUTE FUNCTION registry_count_change();
"""
UNCOUNTER = """
DROP TRIGGER count_change ON registry_enterprise;
DROP FUNCTION registry_count_change();
DROP TABLE registry_enterprisechange;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_leaner_indexes")]

    operations = [
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(fields=["kbli", "imk_class", "umkm_class", "status"], name="enterprise_by_class"),
        ),
        migrations.RunSQL(COUNTER, UNCOUNTER),
    ]
