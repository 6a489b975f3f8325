"""A ranking that comes into force changes the pages of villages, so it counts as a change of public data."""

from django.db import migrations

COUNTS = """
    CREATE TRIGGER portal_counts AFTER UPDATE OF is_current ON selection_candidaterun
    FOR EACH STATEMENT EXECUTE FUNCTION portal_count_change();
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_tell_demo_batches"), ("selection", "0002_wall")]

    operations = [migrations.RunSQL(COUNTS, "DROP TRIGGER portal_counts ON selection_candidaterun")]
