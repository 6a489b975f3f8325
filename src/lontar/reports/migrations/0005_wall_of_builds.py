"""Row-level security: like drafts, builds are the province's alone."""

from django.conf import settings
from django.db import migrations

from lontar.access.scope import protect_sql, unprotect_sql

WHOLE = f"'{settings.PROGRAMME_ROOT}'"


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_builds_are_jobs")]

    operations = [
        migrations.RunSQL(protect_sql(table, WHOLE), unprotect_sql(table))
        for table in ("reports_build", "reports_buildevent")
    ]
