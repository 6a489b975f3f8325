"""What was chosen is public: decrees, stars, and a ranking that comes into force move the version that pages follow."""

from django.db import migrations

TABLES = ["designation_flagship", "designation_locus", "designation_clustermember", "designation_cluster", "stars_star"]
ANY = "INSERT OR UPDATE OR DELETE OR TRUNCATE"


def counts(table: str, acts: str = ANY) -> migrations.RunSQL:
    """A statement trigger on `table`."""
    return migrations.RunSQL(
        f"CREATE TRIGGER portal_counts AFTER {acts} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION portal_count_change();",
        f"DROP TRIGGER portal_counts ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_tell_demo_batches"),
        ("selection", "0002_wall"),
        ("designation", "0003_parameters"),
        ("stars", "0001_rubrics_assessments_stars"),
    ]

    operations = [*(counts(table) for table in TABLES), counts("selection_candidaterun", "UPDATE OF is_current")]
