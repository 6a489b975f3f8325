"""Rankings and candidates stand behind the wall; what anyone may read of them is a view with public columns.

Rows of runs before the current one stay and are read by the office; the view shows the rankings in force only.
"""

from django.db import migrations

from lontar.access.scope import protect_sql, unprotect_sql

TABLES = ("selection_ranking", "selection_candidate")
PUBLIC = """
    CREATE VIEW selection_publicstanding AS
    SELECT c.id, r.village_id, r.kind, r.unit_key, r.name, c.label, c.place, c.rank, c.first_share, s.key AS set_key,
           v.number AS set_version, n.day
    FROM selection_candidaterun n
    JOIN selection_criteriaset s ON s.id = n.criteria_set_id
    JOIN selection_setversion v ON v.id = n.version_id
    JOIN selection_ranking r ON r.run_id = n.id
    JOIN selection_candidate c ON c.ranking_id = r.id
    WHERE n.is_current AND c.rank IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("selection", "0001_units_sets_runs_panels")]

    operations = [
        *[migrations.RunSQL(protect_sql(table, "village_id"), unprotect_sql(table)) for table in TABLES],
        migrations.RunSQL(PUBLIC, "DROP VIEW selection_publicstanding"),
    ]
