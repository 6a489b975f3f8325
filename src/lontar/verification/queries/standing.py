"""How sections stand: of a region in numbers, of one enterprise or village with what changed since and who signed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from lontar.access.scope import bounds
from lontar.verification.models import SignOff
from lontar.verification.queries.choosing import LIVE_SQL, VILLAGE_STANDING
from lontar.verification.queries.sections import SectionView, sections_on
from lontar.verification.states import Standing, SubjectKind


@dataclass(frozen=True, slots=True)
class Counts:
    """Enterprises or villages of one region by how a section stands; `prepared` only where a section has two steps."""

    code: str
    name: str
    total: int
    signed: int
    prepared: int
    changed: int
    returned: int

    @property
    def unsigned(self) -> int:
        """Neither signed nor prepared nor returned."""
        return self.total - self.signed - self.prepared - self.changed - self.returned

    def of(self, standing: Standing) -> int:
        """How many stand so."""
        return {
            Standing.SIGNED: self.signed,
            Standing.PREPARED: self.prepared,
            Standing.CHANGED: self.changed,
            Standing.RETURNED: self.returned,
            Standing.UNSIGNED: self.unsigned,
        }[standing]


_ENTERPRISES = f"""
    SELECT left(v.code, %(length)s) AS code, coalesce(sum(t.registered), 0), coalesce(sum(s.signed), 0), 0,
           coalesce(sum(s.changed), 0), coalesce(sum(s.returned), 0) + coalesce(sum(q.number), 0)
    FROM registry_region v
    LEFT JOIN registry_villagetally t ON t.village_id = v.code
    LEFT JOIN verification_sectiontally s ON s.village_id = v.code AND s.section_id = %(section)s AND s.step = %(step)s
    LEFT JOIN (
        SELECT r.village_id, count(DISTINCT r.enterprise_id) AS number FROM verification_fieldreturn r
        JOIN registry_enterprise e ON e.id = r.enterprise_id AND e.status <> 'closed'
        WHERE r.section_id = %(section)s AND r.state IN ({LIVE_SQL}) AND NOT EXISTS (
            SELECT FROM verification_signoff o WHERE o.enterprise_id = r.enterprise_id AND o.section_id = r.section_id
            AND o.ended_act_id IS NULL)
        GROUP BY 1
    ) q ON q.village_id = v.code
    WHERE v.level = 'village' AND v.code >= %(low)s AND v.code < %(high)s GROUP BY 1
"""  # noqa: S608 - our own states
_VILLAGES = f"""
    SELECT left(code, %(length)s), count(*), count(*) FILTER (WHERE state = 'disahkan'),
           count(*) FILTER (WHERE state = 'disiapkan'), count(*) FILTER (WHERE state = 'berubah'),
           count(*) FILTER (WHERE state = 'dikembalikan')
    FROM (SELECT r.code, {VILLAGE_STANDING.replace("= %s", "= %(section)s")} AS state FROM registry_region r
          WHERE r.level = 'village' AND r.valid_until IS NULL AND r.code >= %(low)s AND r.code < %(high)s) x GROUP BY 1
"""  # noqa: S608 - our own SQL, bound values
_LENGTHS = {2: 5, 5: 8, 8: 13, 13: 13}


def counts(section: SectionView, within: str, *, split: bool = False) -> list[Counts]:
    """How a section stands in region `within`; with `split` for each region right beneath it, by code."""
    low, high = bounds(within)
    values: dict[str, Any] = {
        "section": section.id, "step": section.last_step, "low": low, "high": high,
        "length": _LENGTHS.get(len(within), 2) if split else len(within),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ENTERPRISES if section.subject is SubjectKind.ENTERPRISE else _VILLAGES, values)
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute("SELECT code, name FROM registry_region WHERE code = ANY(%s) ORDER BY code", [list(rows)])
        return [Counts(code, name, *map(int, rows[code])) for code, name in cursor.fetchall()]


# --- one record -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A value that changed after the sign-off: which, from what, to what, when and by whom (the audit event)."""

    field: str
    before: Any
    after: Any
    at: datetime | None
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-off in force."""

    step: int
    at: datetime
    agency: str
    person: str
    changed_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section of one record: how it stands, who signed each step, what changed since."""

    section: SectionView
    standing: Standing
    signed: tuple[Signed, ...]
    changes: tuple[Change, ...] = ()


def standing_of(section: SectionView, signed: Sequence[Signed], *, returned: bool) -> Standing:
    """How a section stands with these sign-offs in force; the gravest word wins."""
    if returned:
        return Standing.RETURNED
    if any(one.changed_fields for one in signed):
        return Standing.CHANGED
    if not signed:
        return Standing.UNSIGNED
    return Standing.SIGNED if any(one.step == section.last_step for one in signed) else Standing.PREPARED


def sections_of_enterprise(enterprise_id: int, returned: set[int], day: date) -> list[SectionState]:
    """Every section of an enterprise on `day`; `returned` are the sections with a live returned field."""
    rows = SignOff.objects.standing().filter(enterprise_id=enterprise_id)
    return _states(rows, SubjectKind.ENTERPRISE, returned, day, enterprise_id)


def sections_of_village(code: str, returned: set[int], day: date) -> list[SectionState]:
    """Every section of a village on `day`."""
    rows = SignOff.objects.standing().filter(village_id=code, enterprise_id__isnull=True)
    return _states(rows, SubjectKind.VILLAGE, returned, day, None)


def _states(rows: Any, subject: SubjectKind, returned: set[int], day: date, number: int | None) -> list[SectionState]:
    found: dict[int, list[Signed]] = defaultdict(list)
    events: dict[int, int | None] = {}
    for row in rows.select_related("act__agency", "act__by").order_by("step"):
        act = row.act
        found[row.section_id].append(
            Signed(
                row.step,
                row.signed_at,
                act.agency.name if act.agency else "",
                str(act.by) if act.by else "",
                tuple(row.changed_fields),
            )
        )
        events[row.section_id] = row.event
    states = []
    for section in sections_on(day, subject):
        signed = tuple(found[section.id])
        fields = sorted({name for one in signed for name in one.changed_fields})
        changes = changes_since(number, events.get(section.id), fields) if number is not None and fields else ()
        standing = standing_of(section, signed, returned=section.id in returned)
        states.append(SectionState(section, standing, signed, changes))
    return states


def newest_event(enterprise_id: int) -> int | None:
    """The newest event of the enterprise's history: what a reader sees now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(pgh_id) FROM registry_enterpriseevent WHERE pgh_obj_id = %s", [enterprise_id])
        row = cursor.fetchone()
    return row[0] if row else None


def changes_since(enterprise_id: int, event: int | None, fields: Sequence[str]) -> tuple[Change, ...]:
    """What the fields were at the event that the signer saw and are now, with the event that set the present value.

    The owner's name is not in the history of the enterprise: its earlier value is unknown here.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.pgh_id, to_jsonb(v), v.pgh_created_at, c.metadata FROM registry_enterpriseevent v"
            " LEFT JOIN pghistory_context c ON c.id = v.pgh_context_id"
            " WHERE v.pgh_obj_id = %s AND v.pgh_id >= %s ORDER BY v.pgh_id",
            [enterprise_id, event or 0],
        )
        history = [(row[0], _loaded(row[1]), row[2], _loaded(row[3])) for row in cursor.fetchall()]
    made = []
    for name in fields:
        values = [(values.get(name), at, context) for _id, values, at, context in history if name in values]
        if not values:
            made.append(Change(name, None, None, None, {}))
            continue
        last = next((i for i in range(len(values) - 1, 0, -1) if values[i][0] != values[i - 1][0]), None)
        at, context = (values[last][1], values[last][2]) if last is not None else (None, {})
        made.append(Change(name, values[0][0], values[-1][0], at, context))
    return tuple(made)


def _loaded(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else json.loads(value) if value else {}
