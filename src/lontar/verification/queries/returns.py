"""Returned fields: those of a record, those that wait for a post, and what the field held then and holds now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Min, Q, QuerySet

from lontar.access.models import Post
from lontar.access.states import AgencyKind, Role
from lontar.registry.models import EnterpriseClaim
from lontar.verification.models import FieldReturn
from lontar.verification.rules import ENTERPRISE_FIELDS, POTENTIAL_FIELDS, Returnable


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many returned fields wait, and since when the first."""

    number: int
    since: datetime | None


def returnable(found: FieldReturn) -> Returnable:
    """The field in words and columns."""
    fields = ENTERPRISE_FIELDS if found.enterprise_id is not None else POTENTIAL_FIELDS
    return fields[found.field]


def for_keeper(post: Post) -> QuerySet[FieldReturn]:
    """Returned fields that the post answers: of its village, or of records that its agency brought."""
    rows = FieldReturn.objects.with_keeper().within(post.region_code)
    is_village = post.role == Role.VILLAGE_OFFICER or post.agency.kind == AgencyKind.VILLAGE
    mine = Q(keeper=post.agency)
    return rows.filter(mine | Q(keeper__isnull=True)) if is_village else rows.filter(mine)


def for_reviewer(post: Post) -> QuerySet[FieldReturn]:
    """Answers that the post's agency has to review: those of fields that it returned."""
    return FieldReturn.objects.answered().within(post.region_code).filter(post__agency=post.agency)


def waiting(rows: QuerySet[FieldReturn]) -> Waiting:
    """How many, and since when."""
    found = rows.aggregate(since=Min("moved_at"))
    return Waiting(rows.count() if found["since"] else 0, found["since"])


def live_of_enterprise(enterprise_id: int) -> list[FieldReturn]:
    """Live returns of an enterprise, oldest first."""
    rows = FieldReturn.objects.live().filter(enterprise_id=enterprise_id)
    return list(rows.select_related("section", "post__agency", "keeper").order_by("returned_at", "pk"))


def live_of_village(code: str) -> list[FieldReturn]:
    """Live returns of a village's own data, oldest first."""
    rows = FieldReturn.objects.live().filter(village_id=code, enterprise_id__isnull=True)
    return list(rows.select_related("section", "post__agency", "keeper").order_by("returned_at", "pk"))


@dataclass(frozen=True, slots=True)
class Held:
    """The record of a return: its name, the instant at which it was recorded, and the field's columns now and then."""

    name: str
    recorded_at: datetime
    now: dict[str, Any]
    then: dict[str, Any]


def held_of(found: FieldReturn) -> Held | None:
    """What the returned field holds now and held when it was returned; None when the record is gone."""
    columns = ", ".join(f"t.{name}" for name in returnable(found).columns)
    if found.enterprise_id is not None:
        table, name, number = "registry_enterprise", "t.name", found.enterprise_id
    else:
        table, number = "registry_villagepotential", found.record_id or 0
        name = "(SELECT c.name || ' ' || t.year FROM registry_commodity c WHERE c.id = t.commodity_id)"
    names = list(returnable(found).columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}, t.recorded_at, {columns} FROM {table} t WHERE t.id = %s", [number])  # noqa: S608 - declared columns
        now = cursor.fetchone()
        cursor.execute(f"SELECT {columns} FROM {table}event t WHERE t.pgh_id = %s", [found.event or 0])  # noqa: S608 - declared columns
        then = cursor.fetchone()
    if now is None:
        return None
    return Held(now[0], now[1], dict(zip(names, now[2:], strict=True)), dict(zip(names, then or (), strict=False)))


def proposed_claim(found: FieldReturn) -> EnterpriseClaim | None:
    """What the keeper's correction claims, as long as another agency's word is in force instead; None when it is in force."""
    if found.enterprise_id is None or found.answered_at is None or found.answered_post_id is None:
        return None
    claim = EnterpriseClaim.objects.filter(
        enterprise_id=found.enterprise_id, post_id=found.answered_post_id, recorded_at=found.answered_at
    ).first()
    held = held_of(found)
    if claim is None or held is None:
        return None
    told = {name: getattr(claim, name) for name in returnable(found).columns}
    differs = any(value is not None and value != held.now[name] for name, value in told.items())
    return claim if differs else None


def enterprise_place(enterprise_id: int) -> tuple[str, str] | None:
    """Name and village of an enterprise; None outside the connection's scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, village_id FROM registry_officeenterprise WHERE id = %s", [enterprise_id])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def names_of(rows: Iterable[FieldReturn]) -> dict[int, str]:
    """Names of the enterprises of these returns, by number."""
    ids = [row.enterprise_id for row in rows if row.enterprise_id is not None]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM registry_officeenterprise WHERE id = ANY(%s)", [ids])
        return dict(cursor.fetchall())
