"""What was counted of value kept and loaded of the trade balance is public: both move the version that pages follow."""

from django.db import migrations


def counts(table: str) -> migrations.RunSQL:
    """A statement trigger on `table`."""
    return migrations.RunSQL(
        f"CREATE TRIGGER portal_counts AFTER INSERT ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION portal_count_change();",
        f"DROP TRIGGER portal_counts ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_choosing_changes_pages"), ("value", "0002_wall_and_parameters")]

    operations = [counts("value_reckoning"), counts("value_tradeload"), counts("audit_parameter")]
