"""Row-level security: requests are seen within the region of the post; documents are read by all, written within it."""

from django.db import migrations

from lontar.access.scope import protect_sql, protect_writes_sql, unprotect_sql


class Migration(migrations.Migration):
    dependencies = [("mapping", "0001_documents_and_requests")]

    operations = [
        *[
            migrations.RunSQL(protect_sql(table, "region_id"), unprotect_sql(table))
            for table in ("mapping_mappingrun", "mapping_mappingrunevent", "mapping_mappingdocumentevent")
        ],
        migrations.RunSQL(
            protect_writes_sql("mapping_mappingdocument", "region_id"), unprotect_sql("mapping_mappingdocument")
        ),
    ]
