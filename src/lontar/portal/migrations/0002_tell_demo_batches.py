"""The view of finished batches says which are the demonstration's, so that pages can say that their data is invented."""

from django.db import migrations

COLUMNS = "b.id, b.dataset, a.short_name AS agency_name, b.region_code, b.rows_new, b.rows_updated, b.finished_at"
VIEW = """
CREATE OR REPLACE VIEW portal_acceptedbatch AS
    SELECT {columns}
    FROM intake_batch b JOIN access_agency a ON a.id = b.agency_id
    WHERE b.state = 'done' AND b.finished_at IS NOT NULL AND b.rows_new + b.rows_updated > 0;
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_count_changes_and_show_accepted_batches")]

    operations = [
        migrations.RunSQL(
            VIEW.format(columns=f"{COLUMNS}, b.channel = 'demo' AS is_demo"),
            f"DROP VIEW portal_acceptedbatch; {VIEW.format(columns=COLUMNS)}",
        ),
    ]
