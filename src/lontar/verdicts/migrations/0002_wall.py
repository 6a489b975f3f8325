"""Everyone reads what was found; it is written within the scope."""

from django.db import migrations

from lontar.access.scope import protect_writes_sql, unprotect_sql


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0001_verdicts_findings_moves")]

    operations = [
        migrations.RunSQL(protect_writes_sql(table, column), unprotect_sql(table))
        for table, column in (
            ("verdicts_verdict", "region_id"),
            ("verdicts_finding", "village_id"),
            ("verdicts_classmove", "village_id"),
        )
    ]
