"""What is decreed is public data: pages made of it follow its changes, and those of the papers it stands on."""

from django.db import migrations

TABLES = [
    "designation_flagship",
    "designation_locus",
    "designation_clustermember",
    "designation_cluster",
]


def counts(table: str) -> migrations.RunSQL:
    """A statement trigger on `table`."""
    return migrations.RunSQL(
        f"CREATE TRIGGER portal_counts AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION portal_count_change();",
        f"DROP TRIGGER portal_counts ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_tell_demo_batches"), ("designation", "0003_parameters")]

    operations = [counts(table) for table in TABLES]
