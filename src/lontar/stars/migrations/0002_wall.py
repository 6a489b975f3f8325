"""Row-level security: assessments within the region of the post, stars and rounds open to read, scores sealed.

A score is seen once its assessment is open (`revealed_at`), or by the assessor itself: `lontar.assessor`, set for one
transaction by `stars.sealing`, holds the number of the post that scores. Assessors and assessments are behind the wall
themselves, so that a score is never seen from outside the region either. The same holds for the history of scores.
"""

from django.db import migrations

from lontar.access.scope import protect_sql, protect_writes_sql, unprotect_sql

CLOSED = ("stars_assessment", "stars_assessmentevent", "stars_assessor", "stars_assessorevent", "stars_starevent")
SEALED = ("stars_score", "stars_scoreevent")


def seal_sql(table: str) -> str:
    """SQL that shows rows of `table` (with `assessor_id`) only when open, or to the assessor that wrote them."""
    return f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY within_scope ON {table} USING (EXISTS (
            SELECT FROM stars_assessor a JOIN stars_assessment s ON s.id = a.assessment_id
            WHERE a.id = {table}.assessor_id AND (s.revealed_at IS NOT NULL
                OR a.post_id = nullif(current_setting('lontar.assessor', true), '')::bigint)));
        CREATE POLICY owner_passes ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
    """


class Migration(migrations.Migration):
    dependencies = [("stars", "0001_rubrics_assessments_stars")]

    operations = [
        *[migrations.RunSQL(protect_sql(table, "village_id"), unprotect_sql(table)) for table in CLOSED],
        migrations.RunSQL(protect_writes_sql("stars_star", "village_id"), unprotect_sql("stars_star")),
        *[
            migrations.RunSQL(protect_writes_sql(table, "region_id"), unprotect_sql(table))
            for table in ("stars_round", "stars_roundevent")
        ],
        *[migrations.RunSQL(seal_sql(table), unprotect_sql(table)) for table in SEALED],
    ]
