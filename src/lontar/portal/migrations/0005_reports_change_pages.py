"""Reports are public: a publication moves the version that pages follow."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portal", "0004_value_changes_pages"), ("reports", "0001_drafts_and_reports")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER portal_counts AFTER INSERT ON reports_report"
            " FOR EACH STATEMENT EXECUTE FUNCTION portal_count_change();",
            "DROP TRIGGER portal_counts ON reports_report;",
        )
    ]
