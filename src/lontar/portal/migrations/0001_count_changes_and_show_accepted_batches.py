"""A counter that moves with every committed change of public data, and a view of finished batches without their contents.

Each writing backend adds to a row of its own, so that writers never wait for one another; the sum is the version. A
transaction counts once, and the count becomes visible with the change itself, because it commits with it.
"""

from django.db import migrations, models

TABLES = [
    "registry_region",
    "registry_regionsuccession",
    "registry_regionboundary",
    "registry_regionattribute",
    "registry_officialtotal",
    "registry_villagetally",
    "registry_commodity",
    "registry_villagepotential",
    "registry_villageresource",
    "registry_villagefacility",
    "registry_enterprise",
    "registry_organization",
    "registry_membership",
    "registry_school",
    "registry_product",
    "registry_productphoto",
    "registry_licence",
    "access_agency",
]

COUNTER = """
CREATE TABLE portal_change (
    writer integer PRIMARY KEY,
    number bigint NOT NULL,
    at timestamptz NOT NULL
);
CREATE FUNCTION portal_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    me text := pg_current_xact_id()::text;
    slot integer;
BEGIN
    IF current_setting('lontar.change_counted', true) IS DISTINCT FROM me THEN
        SELECT s INTO slot FROM pg_stat_get_backend_idset() s WHERE pg_stat_get_backend_pid(s) = pg_backend_pid();
        INSERT INTO portal_change AS c VALUES (coalesce(slot, 0), 1, clock_timestamp())
        ON CONFLICT (writer) DO UPDATE SET number = c.number + 1, at = excluded.at;
        PERFORM set_config('lontar.change_counted', me, true);
    END IF;
    RETURN NULL;
END $$;
"""
UNCOUNTER = "DROP FUNCTION portal_count_change(); DROP TABLE portal_change;"


def counts(table: str) -> migrations.RunSQL:
    """A statement trigger on `table`."""
    return migrations.RunSQL(
        f"CREATE TRIGGER portal_counts AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION portal_count_change();",
        f"DROP TRIGGER portal_counts ON {table};",
    )


BATCH = """
CREATE TRIGGER portal_counts AFTER UPDATE OF state ON intake_batch
FOR EACH STATEMENT EXECUTE FUNCTION portal_count_change();
CREATE VIEW portal_acceptedbatch AS
    SELECT b.id, b.dataset, a.short_name AS agency_name, b.region_code, b.rows_new, b.rows_updated, b.finished_at
    FROM intake_batch b JOIN access_agency a ON a.id = b.agency_id
    WHERE b.state = 'done' AND b.finished_at IS NOT NULL AND b.rows_new + b.rows_updated > 0;
"""
UNBATCH = "DROP VIEW portal_acceptedbatch; DROP TRIGGER portal_counts ON intake_batch;"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("access", "0001_initial"),
        ("registry", "0002_wall_tally_public"),
        ("intake", "0002_wall"),
    ]

    operations = [
        migrations.RunSQL(COUNTER, UNCOUNTER),
        *[counts(table) for table in TABLES],
        migrations.RunSQL(BATCH, UNBATCH),
        migrations.CreateModel(
            name="AcceptedBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dataset", models.CharField(max_length=40)),
                ("agency_name", models.CharField(max_length=160)),
                ("region_code", models.CharField(max_length=13)),
                ("rows_new", models.PositiveIntegerField()),
                ("rows_updated", models.PositiveIntegerField()),
                ("finished_at", models.DateTimeField()),
            ],
            options={"db_table": "portal_acceptedbatch", "managed": False},
        ),
    ]
