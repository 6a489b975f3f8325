"""Row-level security on batches: an office sees the batches of its own region."""

from django.db import migrations

from lontar.access.scope import protect_sql, unprotect_sql


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.RunSQL(protect_sql(table, "region_code"), unprotect_sql(table))
        for table in ("intake_batch", "intake_batchevent")
    ]
