"""Lists of enterprises and villages by how a section of theirs stands, and of returned fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from lontar.access.models import Post
from lontar.registry.queries.enterprises import OFFICE, region_within
from lontar.verification.models import FieldReturn
from lontar.verification.queries.choosing import (
    LIVE_SQL,
    VILLAGE_STANDING,
    Choice,
    VillageChoice,
    village_where,
    where_of,
)
from lontar.verification.queries.returns import for_keeper, for_reviewer
from lontar.verification.queries.sections import SectionView
from lontar.verification.queries.standing import counts
from lontar.verification.states import Standing

STEP = 2_000


@dataclass(frozen=True, slots=True)
class SectionLine:
    """An enterprise or a village with the standing of one section; `agency` signed it last."""

    key: str
    name: str
    place: str
    district: str
    standing: Standing
    changed: tuple[str, ...]
    signed_at: datetime | None
    agency: str


_SIGNED = """
    LEFT JOIN LATERAL (
        SELECT s.changed_fields, s.signed_at, s.act_id FROM verification_signoff s
        WHERE {subject} AND s.section_id = %s AND s.ended_act_id IS NULL ORDER BY s.step DESC LIMIT 1
    ) s ON true
    LEFT JOIN verification_signact a ON a.id = s.act_id LEFT JOIN access_agency g ON g.id = a.agency_id
"""
_STANDING = f"""
    CASE WHEN EXISTS (SELECT FROM verification_fieldreturn q WHERE q.enterprise_id = r.id AND q.section_id = %s
                      AND q.state IN ({LIVE_SQL})) THEN 'dikembalikan'
         WHEN s.act_id IS NULL THEN 'belum' WHEN s.changed_fields <> '{{}}' THEN 'berubah' ELSE 'disahkan' END
"""
_PLACE = "(SELECT v.name FROM registry_region v WHERE v.code = {})"


def enterprise_lines(
    choice: Choice, section: SectionView, *, within: str, limit: int | None = None, offset: int = 0
) -> list[SectionLine]:
    """The chosen enterprises, by village and number, each with the standing of the section."""
    where = where_of(choice, within=within)
    sql = (
        f"SELECT r.id::text, r.name, {_PLACE.format('r.village_id')}, {_PLACE.format('left(r.village_id, 8)')}, {_STANDING},"  # noqa: S608 - declared columns, bound values
        f" coalesce(s.changed_fields, '{{}}'), s.signed_at, coalesce(g.short_name, '') FROM {OFFICE.table} r"
        f" {_SIGNED.format(subject='s.enterprise_id = r.id')}{where.sql} ORDER BY r.village_id, r.id LIMIT %s OFFSET %s"
    )
    return _lines(sql, [section.id, section.id, *where.values, limit, offset])


def village_lines(
    choice: VillageChoice, section: SectionView, *, within: str, limit: int | None = None, offset: int = 0
) -> list[SectionLine]:
    """The chosen villages by code, each with the standing of the section."""
    where = village_where(choice, within=within)
    sql = (
        f"SELECT r.code, r.name, {_PLACE.format('left(r.code, 8)')}, {_PLACE.format('left(r.code, 5)')}, {VILLAGE_STANDING},"  # noqa: S608 - declared columns, bound values
        " coalesce(s.changed_fields, '{}'), s.signed_at, coalesce(g.short_name, '') FROM registry_region r"
        f" {_SIGNED.format(subject='s.village_id = r.code AND s.enterprise_id IS NULL')}{where.sql}"
        " ORDER BY r.code LIMIT %s OFFSET %s"
    )
    return _lines(sql, [section.id, section.id, section.id, *where.values, limit, offset])


def _lines(sql: str, values: list[object]) -> list[SectionLine]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)  # type: ignore[arg-type]  # values of declared columns
        return [
            SectionLine(row[0], row[1], row[2] or "", row[3] or "", Standing(row[4]), tuple(row[5]), row[6], row[7])
            for row in cursor.fetchall()
        ]


def all_enterprises(choice: Choice, section: SectionView, *, within: str) -> Iterator[SectionLine]:
    """Every chosen enterprise, some thousand at a time."""
    offset = 0
    while rows := enterprise_lines(choice, section, within=within, limit=STEP, offset=offset):
        yield from rows
        offset += STEP


def count_enterprises(choice: Choice, section: SectionView, *, within: str) -> int:
    """How many are chosen: from the tallies where only region and standing are asked for, else counted."""
    region = region_within(choice.asked.region, within)
    if region is not None and choice.standing is not None and not choice.missing:
        total = next(iter(counts(section, region)), None)
        return total.of(choice.standing) if total else 0
    where = where_of(choice, within=within)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {OFFICE.table} r{where.sql}", where.values)  # noqa: S608 - declared columns, bound values
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def count_villages(choice: VillageChoice, *, within: str) -> int:
    """How many villages are chosen."""
    where = village_where(choice, within=within)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM registry_region r{where.sql}", where.values)  # noqa: S608 - declared columns, bound values
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def returns_of(post: Post, *, region: str, mine: str, state: str) -> QuerySet[FieldReturn]:
    """Returned fields of the region, those that moved last first; `mine` is "jawab" or "periksa"."""
    rows = FieldReturn.objects.within(region) if region else FieldReturn.objects.none()
    if mine == "jawab":
        rows = rows & for_keeper(post)
    elif mine == "periksa":
        rows = rows & for_reviewer(post)
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("village", "section", "post__agency", "keeper").order_by("-moved_at", "-pk")
