"""Undoing an act of signing, withdrawing or undoing, as far as nobody signed or withdrew since."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.verification import policies
from lontar.verification.actions.acts import LIVE_SQL, Done, done_by, open_act
from lontar.verification.queries.sections import duties_of
from lontar.verification.states import Act, ActKind


class NothingToUndo(Refused):
    """Nothing of the act is left that could be taken back."""


# The rows that the act opened end; those that it ended come back as new rows of the undoing act. `same` says which rows are
# of one subject; `changed` what changed since they were signed.
_UNDO = """
    WITH closing AS MATERIALIZED (
        SELECT s.id FROM verification_signoff s
        WHERE s.act_id = %(undone)s AND s.ended_act_id IS NULL AND s.section_id = ANY(%(sections)s) AND s.enterprise_id {kind}
    ), coming AS MATERIALIZED (
        SELECT DISTINCT ON (s.section_id, s.step, s.enterprise_id, s.village_id) s.section_id, s.step, s.enterprise_id,
               {place} AS village_id, s.event, {changed} AS changed
        FROM verification_signoff s
        LEFT JOIN LATERAL (
            SELECT c.id, c.act_id, c.changed_fields FROM verification_signoff c WHERE {same}
            AND c.section_id = s.section_id AND c.step = s.step AND c.ended_act_id IS NULL OFFSET 0
        ) c ON true
        {more}
        WHERE s.ended_act_id = %(undone)s AND s.section_id = ANY(%(sections)s) AND s.enterprise_id {kind}
          AND (c.id IS NULL OR c.act_id = %(undone)s)
          AND NOT EXISTS (SELECT FROM verification_fieldreturn c WHERE {same} AND c.section_id = s.section_id
                          AND c.state IN ({live}) OFFSET 0)
    ), ended AS (
        UPDATE verification_signoff s SET ended_act_id = %(act)s FROM closing c WHERE s.id = c.id RETURNING s.id
    )
    INSERT INTO verification_signoff (section_id, step, enterprise_id, village_id, signed_at, act_id, event, changed_fields,
                                      returns, is_live)
    SELECT section_id, step, enterprise_id, village_id, %(at)s, %(act)s, event, changed, 0, true FROM coming
    WHERE (SELECT count(*) FROM ended) >= 0 ORDER BY enterprise_id, village_id, section_id
    ON CONFLICT DO NOTHING
"""
_NOTED = "s.changed_fields || coalesce(c.changed_fields, '{}')"
# An enterprise is compared with what the signer saw; closed ones and those that a merge absorbed stay without.
_ENTERPRISES = _UNDO.format(
    kind="IS NOT NULL",
    place="e.village_id",
    same="c.enterprise_id = s.enterprise_id",
    live=LIVE_SQL,
    changed=f"""
        ARRAY(SELECT f FROM unnest({_NOTED} || ARRAY(
            SELECT f FROM unnest(t.fields) f
            WHERE to_jsonb(v) ? f AND to_jsonb(v) -> f IS DISTINCT FROM to_jsonb(e) -> f)::varchar[]) f
            GROUP BY f ORDER BY f)::varchar[]
    """,  # noqa: S608 - our own SQL
    more="""
        CROSS JOIN LATERAL (
            SELECT e.* FROM registry_enterprise e WHERE e.id = s.enterprise_id AND e.status <> 'closed' OFFSET 0
        ) e
        LEFT JOIN LATERAL (SELECT v.* FROM registry_enterpriseevent v WHERE v.pgh_id = s.event OFFSET 0) v ON true
        JOIN verification_sectionterm t ON t.section_id = s.section_id AND t.valid_until IS NULL
    """,
)
_VILLAGES = _UNDO.format(
    kind="IS NULL",
    place="s.village_id",
    same="c.village_id = s.village_id AND c.enterprise_id IS NULL",
    live=LIVE_SQL,
    changed=f"ARRAY(SELECT f FROM unnest({_NOTED}) f GROUP BY f ORDER BY f)::varchar[]",  # noqa: S608 - our own SQL
    more="",
)
_LOCK = """
    SELECT id FROM registry_enterprise WHERE id = ANY(ARRAY(
        SELECT enterprise_id FROM verification_signoff WHERE act_id = %(undone)s
        UNION SELECT enterprise_id FROM verification_signoff WHERE ended_act_id = %(undone)s
    )) ORDER BY id FOR NO KEY UPDATE
"""


def undo_act(*, act_id: UUID, by: User, post: Post, at: datetime) -> Done:
    """Take back what signing, withdrawing or undoing did, where nobody signed or withdrew since; it can be undone in turn.

    Only sections that the post's agency answers for, within the connection's scope. A sign-off that comes back is dated `at`.
    Raises `NothingToUndo` when nothing is left to change.
    """
    duties = duties_of(post, timezone.localdate(at))
    policies.check_sign_within(post, post.region_code, duties)
    sections = sorted({duty.section.id for duty in duties})
    with recorded(Act.UNDONE, by=by, at=at, post=post) as event:
        values: dict[str, Any] = {"undone": act_id, "sections": sections, "act": event, "at": at}
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, values)
            open_act(event, ActKind.UNDONE, by=by, post=post, at=at, undoes=act_id)
            cursor.execute(_ENTERPRISES, values)
            cursor.execute(_VILLAGES, values)
        done = done_by(event)
        if not done.rows:
            raise NothingToUndo(_("Tidak ada lagi yang dapat diurungkan: data sudah berubah sesudahnya."))
    return done
