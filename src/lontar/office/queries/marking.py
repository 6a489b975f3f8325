"""What signing or withdrawing would change: how many, and what is left out and why; read before anybody confirms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from lontar.access.models import Post
from lontar.verification.actions.signing import CHOSEN, DUE, RETURNED, due_of
from lontar.verification.actions.villages import VILLAGE_READY, VILLAGE_RETURNED, VILLAGE_WANTED
from lontar.verification.queries.choosing import Choice, VillageChoice, codes_of, ids_of
from lontar.verification.queries.sections import duties_of
from lontar.verification.rules import reasons_left_out
from lontar.verification.states import SubjectKind


@dataclass(frozen=True, slots=True)
class Plan:
    """How many were chosen, how many of them the act would change, how many sections of them; and what is left out.

    `left_out` gives (reason key, number of enterprises or villages): closed, signed, returned, waiting, nothing, or the
    key of a registered reason.
    """

    chosen: int
    changing: int
    sections: int
    left_out: tuple[tuple[str, int], ...] = ()


def plan(choice: Choice, sections: Sequence[str], *, post: Post, day: date, gives: bool) -> Plan:
    """What signing (or withdrawing) would do with the chosen enterprises of the post's region."""
    duties = duties_of(post, day, subject=SubjectKind.ENTERPRISE, keys=sections)
    ids = ids_of(choice, within=post.region_code)
    reasons = reasons_left_out() if gives else []
    extra = "".join(f", bool_or({reason.sql}) AS left_{number}" for number, reason in enumerate(reasons))
    free = "".join(f" AND NOT ({reason.sql})" for reason in reasons)
    can = f"(s.id IS NULL OR s.changed_fields <> '{{}}') AND NOT {RETURNED}{free}" if gives else "s.id IS NOT NULL"
    going = "sections > 0 AND NOT closed" if gives else "sections > 0"
    more = "".join(f", count(*) FILTER (WHERE NOT closed AND left_{number})" for number in range(len(reasons)))
    sql = f"""
        WITH {CHOSEN}, each AS (
            SELECT e.id, bool_or(e.status = 'closed') AS closed, count(*) FILTER (WHERE {can}) AS sections,
                   bool_or({RETURNED}) AS returned, bool_and(s.id IS NOT NULL AND s.changed_fields = '{{}}') AS signed{extra}
            {DUE} GROUP BY e.id
        )
        SELECT (SELECT count(*) FROM chosen), count(*) FILTER (WHERE {going}),
               coalesce(sum(sections) FILTER (WHERE {going}), 0), count(*) FILTER (WHERE closed),
               count(*) FILTER (WHERE NOT closed AND returned), count(*) FILTER (WHERE NOT closed AND signed),
               (SELECT count(*) FROM chosen) - count(*){more} FROM each
    """  # noqa: S608 - our own SQL, bound values
    with connection.cursor() as cursor:
        cursor.execute(sql, {**due_of(duties, 1), "ids": ids, "day": day})
        row = cursor.fetchone() or (0,) * 7
    if not gives:
        return Plan(row[0], row[1], row[2])
    keys = ["closed", "returned", "signed", "nothing", *(reason.key for reason in reasons)]
    return Plan(
        row[0], row[1], row[2], tuple((key, number) for key, number in zip(keys, row[3:], strict=True) if number)
    )


def plan_villages(choice: VillageChoice, section: str, *, post: Post, day: date, gives: bool) -> Plan:
    """What signing (or withdrawing) a section would do with the chosen villages of the post's region."""
    duties = duties_of(post, day, subject=SubjectKind.VILLAGE, keys=[section])
    codes = codes_of(choice, within=post.region_code)
    if not duties:
        return Plan(len(codes), 0, 0)
    duty = duties[0]
    values: dict[str, Any] = {"codes": codes, "section": duty.section.id, "step": duty.step}
    with connection.cursor() as cursor:
        if not gives:
            cursor.execute(
                "SELECT count(DISTINCT village_id) FROM verification_signoff WHERE village_id = ANY(%(codes)s)"
                " AND section_id = %(section)s AND step = %(step)s AND enterprise_id IS NULL AND ended_act_id IS NULL",
                values,
            )
            row = cursor.fetchone() or (0,)
            return Plan(len(codes), row[0], row[0])
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE {VILLAGE_RETURNED}),"
            f" count(*) FILTER (WHERE NOT {VILLAGE_READY}),"
            f" count(*) FILTER (WHERE NOT {VILLAGE_RETURNED} AND {VILLAGE_READY}) {VILLAGE_WANTED}",
            values,
        )
        wanted, returned, waiting, going = cursor.fetchone() or (0, 0, 0, 0)
    left = (("signed", len(codes) - wanted), ("returned", returned), ("waiting", waiting))
    return Plan(len(codes), going, going, tuple(pair for pair in left if pair[1]))
