"""Signing sections of villages step by step (BPS prepares, DPMD verifies), and withdrawing: set-based, one audit event each."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils import timezone

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.verification import policies
from lontar.verification.actions.acts import LIVE_SQL, Done, done_by, lock_villages, open_act
from lontar.verification.queries.choosing import VillageChoice, codes_of
from lontar.verification.queries.sections import duties_of
from lontar.verification.states import Act, ActKind, SubjectKind

# A step needs the one before it in force and unchanged; a step that is signed and unchanged is left out.
VILLAGE_WANTED = """
    FROM registry_region r
    LEFT JOIN verification_signoff s ON s.village_id = r.code AND s.section_id = %(section)s AND s.step = %(step)s
         AND s.enterprise_id IS NULL AND s.ended_act_id IS NULL
    WHERE r.code = ANY(%(codes)s) AND (s.id IS NULL OR s.changed_fields <> '{}')
"""
VILLAGE_RETURNED = f"""
    EXISTS (SELECT FROM verification_fieldreturn q WHERE q.village_id = r.code AND q.section_id = %(section)s
            AND q.enterprise_id IS NULL AND q.state IN ({LIVE_SQL}))
"""
VILLAGE_READY = """
    (%(step)s = 1 OR EXISTS (SELECT FROM verification_signoff p WHERE p.village_id = r.code AND p.section_id = %(section)s
                             AND p.step = %(step)s - 1 AND p.enterprise_id IS NULL AND p.ended_act_id IS NULL
                             AND p.changed_fields = '{}'))
"""
_SIGN_VILLAGES = f"""
    WITH wanted AS MATERIALIZED (
        SELECT r.code, s.id AS before {VILLAGE_WANTED} AND NOT {VILLAGE_RETURNED} AND {VILLAGE_READY}
    ), ended AS (
        UPDATE verification_signoff s SET ended_act_id = %(act)s FROM wanted w WHERE s.id = w.before RETURNING s.id
    )
    INSERT INTO verification_signoff (section_id, step, village_id, signed_at, act_id, changed_fields, returns, is_live)
    SELECT %(section)s, %(step)s, w.code, %(at)s, %(act)s, '{{}}', 0, true
    FROM wanted w WHERE (SELECT count(*) FROM ended) >= 0 ORDER BY w.code
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - our own SQL, bound values


def sign_villages(*, choice: VillageChoice, section: str, by: User, post: Post, at: datetime) -> Done:
    """Sign a section of the chosen villages in the step that the post's agency answers for (BPS prepares, DPMD verifies).

    Left out are villages whose step before is not signed or changed since, those signed and unchanged, and those with a live
    returned field in the section.
    """
    duties = duties_of(post, timezone.localdate(at), subject=SubjectKind.VILLAGE, keys=[section])
    policies.check_sign_within(post, post.region_code, duties)
    with recorded(Act.SIGNED, by=by, at=at, post=post) as event:
        codes = lock_villages(codes_of(choice, within=post.region_code))
        open_act(event, ActKind.SIGNED, by=by, post=post, at=at)
        with connection.cursor() as cursor:
            for duty in duties:
                cursor.execute(
                    _SIGN_VILLAGES,
                    {"codes": codes, "section": duty.section.id, "step": duty.step, "act": event, "at": at},
                )
        return done_by(event)


def withdraw_villages(*, choice: VillageChoice, section: str, by: User, post: Post, at: datetime) -> Done:
    """Withdraw the agency's sign-offs of a section; a step on which a later one stands stays until that is withdrawn."""
    duties = duties_of(post, timezone.localdate(at), subject=SubjectKind.VILLAGE, keys=[section])
    policies.check_sign_within(post, post.region_code, duties)
    with recorded(Act.WITHDRAWN, by=by, at=at, post=post) as event:
        codes = lock_villages(codes_of(choice, within=post.region_code))
        open_act(event, ActKind.WITHDRAWN, by=by, post=post, at=at)
        with connection.cursor() as cursor:
            for duty in sorted(duties, key=lambda one: -one.step):
                cursor.execute(
                    "UPDATE verification_signoff s SET ended_act_id = %(act)s WHERE s.village_id = ANY(%(codes)s)"
                    " AND s.section_id = %(section)s AND s.step = %(step)s AND s.enterprise_id IS NULL"
                    " AND s.ended_act_id IS NULL AND NOT EXISTS (SELECT FROM verification_signoff n"
                    " WHERE n.village_id = s.village_id AND n.section_id = s.section_id AND n.step > s.step"
                    " AND n.enterprise_id IS NULL AND n.ended_act_id IS NULL)",
                    {"codes": codes, "section": duty.section.id, "step": duty.step, "act": event},
                )
        return done_by(event)
