"""Signing sections of enterprises and withdrawing sign-offs: set-based, one audit event each.

The rows are locked first, in the order of their keys, and only then read: so a field that somebody returns, or a value that
somebody changes at the same moment, is seen or waits. Tallies, `verified_at` and the state of each sign-off follow by triggers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.verification import policies
from lontar.verification.actions.acts import LIVE_SQL, Done, done_by, lock_enterprises, open_act
from lontar.verification.queries.choosing import Choice, ids_of
from lontar.verification.queries.sections import Duty, duties_of
from lontar.verification.rules import reasons_left_out
from lontar.verification.states import Act, ActKind, SubjectKind


class SeenOtherwise(Refused):
    """The record changed after the signer looked at it."""


# What the post may sign, of each chosen enterprise: d the section, s its present sign-off. The numbers come first and
# materialised, and rows are looked up one by one (OFFSET 0): behind the wall the planner takes any table for nearly empty
# and would loop over one inside another.
CHOSEN = """
    chosen AS MATERIALIZED (
        SELECT e.id, e.village_id, e.status, coalesce(c.sector, '') AS sector,
               (SELECT max(v.pgh_id) FROM registry_enterpriseevent v WHERE v.pgh_obj_id = e.id) AS event
        FROM registry_enterprise e LEFT JOIN registry_commodity c ON c.id = e.commodity_id WHERE e.id = ANY(%(ids)s)
    )
"""
DUE = """
    FROM chosen e
    JOIN unnest(%(sections)s::bigint[], %(sectors)s::text[]) AS due(section_id, sector) ON due.sector = e.sector
    JOIN verification_sectionterm d ON d.section_id = due.section_id
         AND d.valid_from <= %(day)s AND (d.valid_until IS NULL OR d.valid_until > %(day)s)
    LEFT JOIN LATERAL (
        SELECT s.id, s.changed_fields FROM verification_signoff s WHERE s.enterprise_id = e.id
        AND s.section_id = d.section_id AND s.step = %(step)s AND s.ended_act_id IS NULL OFFSET 0
    ) s ON true
"""
RETURNED = f"""
    EXISTS (SELECT FROM verification_fieldreturn q WHERE q.enterprise_id = e.id AND q.section_id = d.section_id
            AND q.state IN ({LIVE_SQL}) OFFSET 0)
"""
# A sign-off stands in the way unless something changed since; so does a live return of one of the section's fields.
_SIGN = """
    WITH {chosen}, wanted AS MATERIALIZED (
        SELECT e.id, e.village_id, e.event, d.section_id, s.id AS before
        {due} WHERE e.status <> 'closed' AND (s.id IS NULL OR s.changed_fields <> '{{}}') AND NOT {returned} {left_out}
    ), ended AS (
        UPDATE verification_signoff s SET ended_act_id = %(act)s FROM wanted w WHERE s.id = w.before RETURNING s.id
    )
    INSERT INTO verification_signoff (section_id, step, enterprise_id, village_id, signed_at, act_id, event, changed_fields,
                                      returns, is_live)
    SELECT w.section_id, %(step)s, w.id, w.village_id, %(at)s, %(act)s, w.event, '{{}}', 0, true
    FROM wanted w WHERE (SELECT count(*) FROM ended) >= 0 ORDER BY w.id, w.section_id
    ON CONFLICT DO NOTHING
"""


def sign_enterprises(
    *, choice: Choice, sections: Sequence[str] = (), seen: int | None = None, by: User, post: Post, at: datetime
) -> Done:
    """Sign the sections that the post's agency answers for (or of those only `sections`), for every chosen enterprise.

    Left out are closed enterprises, sections that stand signed and unchanged, and sections with a live returned field. `seen`
    is the newest event of the one chosen enterprise that the person saw; raises `SeenOtherwise` when its history went on, and
    what `policies.check_sign_within` raises for an agency that signs none of this.
    """
    duties = duties_of(post, timezone.localdate(at), subject=SubjectKind.ENTERPRISE, keys=sections)
    policies.check_sign_within(post, post.region_code, duties)
    with recorded(Act.SIGNED, by=by, at=at, post=post) as event:
        ids = lock_enterprises(ids_of(choice, within=post.region_code))
        if seen is not None:
            _check_seen(ids, seen)
        open_act(event, ActKind.SIGNED, by=by, post=post, at=at)
        left_out = " ".join(f"AND NOT ({reason.sql})" for reason in reasons_left_out())
        sql = _SIGN.format(chosen=CHOSEN, due=DUE, returned=RETURNED, left_out=left_out)
        with connection.cursor() as cursor:
            for step in sorted({duty.step for duty in duties}):
                cursor.execute(sql, {**due_of(duties, step), "ids": ids, "act": event, "at": at, "day": _day(at)})
        return done_by(event)


def due_of(duties: Iterable[Duty], step: int) -> dict[str, Any]:
    """The parameters of `DUE`: one pair for each section and sector of this step."""
    pairs = [(one.section.id, sector) for one in duties if one.step == step for sector in one.sectors]
    return {"sections": [pair[0] for pair in pairs], "sectors": [pair[1] for pair in pairs], "step": step}


def withdraw_enterprises(*, choice: Choice, sections: Sequence[str] = (), by: User, post: Post, at: datetime) -> Done:
    """Withdraw the sign-offs of the chosen enterprises in the sections that the post's agency answers for."""
    duties = duties_of(post, timezone.localdate(at), subject=SubjectKind.ENTERPRISE, keys=sections)
    policies.check_sign_within(post, post.region_code, duties)
    with recorded(Act.WITHDRAWN, by=by, at=at, post=post) as event:
        ids = lock_enterprises(ids_of(choice, within=post.region_code))
        open_act(event, ActKind.WITHDRAWN, by=by, post=post, at=at)
        with connection.cursor() as cursor:
            for step in sorted({duty.step for duty in duties}):
                cursor.execute(
                    f"WITH {CHOSEN} UPDATE verification_signoff s SET ended_act_id = %(act)s FROM (SELECT s.id {DUE}) x"  # noqa: S608 - our own SQL, bound values
                    " WHERE s.id = x.id AND s.ended_act_id IS NULL",
                    {**due_of(duties, step), "ids": ids, "act": event, "day": _day(at)},
                )
        return done_by(event)


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def _check_seen(ids: Sequence[int], seen: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(pgh_id) FROM registry_enterpriseevent WHERE pgh_obj_id = ANY(%s)", [list(ids)])
        row = cursor.fetchone()
    if row is None or row[0] != seen:
        raise SeenOtherwise(_("Data ini baru saja berubah. Muat ulang halaman, periksa lagi, lalu sahkan."))
