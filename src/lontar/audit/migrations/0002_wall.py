"""Row-level security on the reveal log: an office sees what was revealed in its own region."""

from django.db import migrations

from lontar.access.scope import protect_sql, unprotect_sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(protect_sql("audit_reveal", "region_code"), unprotect_sql("audit_reveal"))]
