"""What triggers keep, counted anew from the rows: tallies of sign-offs, and which enterprises are verified since when."""

from __future__ import annotations

from django.db import connection

TALLIED = """
SELECT s.village_id, s.section_id, s.step,
       count(*) FILTER (WHERE s.returns = 0 AND s.changed_fields = '{}'),
       count(*) FILTER (WHERE s.returns = 0 AND s.changed_fields <> '{}'), count(*) FILTER (WHERE s.returns > 0)
FROM verification_signoff s LEFT JOIN registry_enterprise e ON e.id = s.enterprise_id
WHERE s.ended_act_id IS NULL AND (s.enterprise_id IS NULL OR e.status <> 'closed') GROUP BY 1, 2, 3
"""
RETURNED = """
SELECT count(*) FROM verification_signoff s WHERE s.ended_act_id IS NULL AND s.returns <> (
    SELECT count(*) FROM verification_fieldreturn r WHERE r.section_id = s.section_id
    AND (r.enterprise_id = s.enterprise_id OR (s.enterprise_id IS NULL AND r.enterprise_id IS NULL
         AND r.village_id = s.village_id)) AND r.state IN ('open', 'answered', 'again'))
"""
VERIFIED = """
SELECT e.name FROM registry_enterprise e WHERE e.verified_at IS DISTINCT FROM (
    SELECT CASE WHEN count(*) = 3 AND NOT EXISTS (
        SELECT FROM verification_fieldreturn r JOIN verification_section c ON c.id = r.section_id
        WHERE r.enterprise_id = e.id AND c.key IN ('identitas', 'usaha', 'ukuran')
          AND r.state IN ('open', 'answered', 'again')) THEN max(s.signed_at) END
    FROM verification_signoff s JOIN verification_section c ON c.id = s.section_id
    WHERE s.enterprise_id = e.id AND s.ended_act_id IS NULL AND c.key IN ('identitas', 'usaha', 'ukuran'))
"""


def check_kept() -> None:
    """Tallies, counts of returns and `verified_at` are what the rows say; enter a scope that covers them first."""
    with connection.cursor() as cursor:
        cursor.execute(TALLIED)
        counted = set(cursor.fetchall())
        cursor.execute(
            "SELECT village_id, section_id, step, signed, changed, returned FROM verification_sectiontally"
            " WHERE signed <> 0 OR changed <> 0 OR returned <> 0"
        )
        assert set(cursor.fetchall()) == counted
        cursor.execute(RETURNED)
        assert cursor.fetchall() == [(0,)]
        cursor.execute(VERIFIED)
        assert cursor.fetchall() == []
