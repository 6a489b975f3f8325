"""Row-level security: papers and their fates are read by all, for the public check tells them; written within the region."""

from django.db import migrations

from lontar.access.scope import protect_sql, protect_writes_sql, unprotect_sql


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_papers_and_numbers")]

    operations = [
        *[
            migrations.RunSQL(protect_sql(table, "region_code"), unprotect_sql(table))
            for table in ("documents_paperevent", "documents_paperfateevent")
        ],
        *[
            migrations.RunSQL(protect_writes_sql(table, "region_code"), unprotect_sql(table))
            for table in ("documents_paper", "documents_paperfate")
        ],
    ]
