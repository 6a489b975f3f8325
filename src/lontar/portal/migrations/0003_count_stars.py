"""Stars are public data: their changes move the version that pages follow."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_tell_demo_batches"), ("stars", "0001_rubrics_assessments_stars")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER portal_counts AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON stars_star "
            "FOR EACH STATEMENT EXECUTE FUNCTION portal_count_change();",
            "DROP TRIGGER portal_counts ON stars_star;",
        )
    ]
