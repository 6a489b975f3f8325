"""Row-level security: drafts are the province's; reports are read by all, and written by the province alone."""

from django.conf import settings
from django.db import migrations

from lontar.access.scope import protect_sql, protect_writes_sql, unprotect_sql

WHOLE = f"'{settings.PROGRAMME_ROOT}'"


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_drafts_and_reports")]

    operations = [
        *[
            migrations.RunSQL(protect_sql(table, WHOLE), unprotect_sql(table))
            for table in ("reports_draft", "reports_draftevent", "reports_reportevent")
        ],
        migrations.RunSQL(protect_writes_sql("reports_report", WHOLE), unprotect_sql("reports_report")),
    ]
