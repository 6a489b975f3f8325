"""What a verification in bulk will touch, and what a past one touched, read from its audit event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection
from pghistory.models import Context

from lontar.registry.queries import EnterpriseFilter, count_office
from lontar.registry.queries.enterprises import OFFICE, office_where
from lontar.registry.states import Act, EnterpriseStatus


@dataclass(frozen=True, slots=True)
class Plan:
    """How many enterprises were chosen, and how many of them the act would change."""

    chosen: int
    changing: int


@dataclass(frozen=True, slots=True)
class Touched:
    """Enterprises of one event whose mark is still as the event left it; `verified`: it gave the mark."""

    ids: list[int]
    verified: bool


def plan(asked: EnterpriseFilter, ids: Sequence[int] | None, *, within: str, verified: bool) -> Plan:
    """What marking everything that `asked` finds, or the chosen `ids`, would change within the region."""
    if ids is None:
        changing, target = 0, replace(asked, is_verified=not verified)
        if asked.is_verified is not verified:
            changing = count_office(target, within=within)
        if verified and changing and asked.status in ("", EnterpriseStatus.CLOSED):
            changing -= count_office(replace(target, status=EnterpriseStatus.CLOSED.value), within=within)
        return Plan(count_office(asked, within=within), changing)
    where = office_where(EnterpriseFilter(), within=within)
    where.add("r.id = ANY(%s)", list(ids))
    state = "r.verified_at IS NULL AND r.status <> 'closed'" if verified else "r.verified_at IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE {state}) FROM {OFFICE.table} r{where.sql}",  # noqa: S608 - declared columns, bound values
            where.values,
        )
        row = cursor.fetchone()
    return Plan(*row) if row else Plan(0, 0)


def marked_by(event: UUID) -> Touched:
    """The enterprises that an event marked, as far as their mark is still the one that it left."""
    act = Context.objects.filter(pk=event).values_list("metadata__action", flat=True).first()
    if act not in (Act.ENTERPRISES_VERIFIED, Act.ENTERPRISES_UNVERIFIED):
        return Touched([], verified=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id FROM registry_enterpriseevent v JOIN registry_officeenterprise r ON r.id = v.pgh_obj_id"
            " WHERE v.pgh_context_id = %s AND v.pgh_label = 'update' AND r.status <> 'closed'"
            " AND r.verified_at IS NOT DISTINCT FROM v.verified_at ORDER BY r.id",
            [event],
        )
        return Touched([row[0] for row in cursor.fetchall()], verified=act == Act.ENTERPRISES_VERIFIED)
