"""The figures of a mapping document, read in one pass over each table for a whole region; no personal column is touched.

Runs in the scope of the region: the wall shows the rows of the region alone. Names that agencies typed pass
`registry.rules.public_text`, which hides numbers of people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from lontar.access.scope import bounds
from lontar.engines.papers import Counted, Group, Leading, SourceLine, VillageLine
from lontar.registry.models import OfficialTotal, Region
from lontar.registry.queries.coverage import OFFICIAL_ENTERPRISES
from lontar.registry.rules import public_text
from lontar.registry.states import Level, PointQuality, RegionKind

MOST = 3
LEADING = 12

_VILLAGES = """
    SELECT v.code, v.name, v.kind, d.code, d.name, k.code, k.name, coalesce(t.registered, 0), coalesce(t.verified, 0),
           v.lat, v.lon, v.point_quality
    FROM registry_region v
    JOIN registry_region d ON d.code = v.parent_id JOIN registry_region k ON k.code = d.parent_id
    LEFT JOIN registry_villagetally t ON t.village_id = v.code
    WHERE v.level = 'village' AND (v.valid_until IS NULL OR t.registered > 0) AND v.code >= %(low)s AND v.code < %(high)s
    ORDER BY v.code
"""
_GROWN = """
    SELECT p.village_id, c.name
    FROM registry_villagepotential p JOIN registry_commodity c ON c.id = p.commodity_id
    WHERE p.village_id >= %(low)s AND p.village_id < %(high)s
      AND p.year = (SELECT max(n.year) FROM registry_villagepotential n WHERE n.village_id = p.village_id)
    ORDER BY p.village_id, p.area_ha DESC NULLS LAST, p.production DESC NULLS LAST, c.name
"""
_GOODS = """
    SELECT village_id, name FROM (
        SELECT village_id, name, 0 AS made_by_lists, count(*) AS number FROM registry_product
        WHERE village_id >= %(low)s AND village_id < %(high)s GROUP BY 1, 2
        UNION ALL
        SELECT village_id, min(main_product), 1, count(*) FROM registry_publicenterprise
        WHERE village_id >= %(low)s AND village_id < %(high)s AND main_product <> '' GROUP BY 1, lower(main_product)
    ) g ORDER BY village_id, made_by_lists, number DESC, name
"""
_SOURCES = """
    SELECT coalesce(a.name, ''), s.subject, s.number, s.latest FROM (
        SELECT source_agency_id, 'Usaha' AS subject, count(*) AS number, max(recorded_at) AS latest
        FROM registry_enterprise
        WHERE status <> 'closed' AND village_id >= %(low)s AND village_id < %(high)s GROUP BY 1
        UNION ALL SELECT source_agency_id, 'Potensi desa', count(*), max(recorded_at) FROM registry_villagepotential
        WHERE village_id >= %(low)s AND village_id < %(high)s GROUP BY 1
        UNION ALL SELECT source_agency_id, 'Produk', count(*), max(recorded_at) FROM registry_product
        WHERE village_id >= %(low)s AND village_id < %(high)s GROUP BY 1
    ) s LEFT JOIN access_agency a ON a.id = s.source_agency_id ORDER BY s.subject DESC, s.number DESC, 1
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A village on the map: degrees, and its registered enterprises."""

    lon: float
    lat: float
    registered: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the document of a region counts; `placed` and `spots` (name, lon, lat) are for its map."""

    region: Region
    total: Counted
    lines: tuple[Counted, ...]
    groups: tuple[Group, ...]
    leading: tuple[Leading, ...]
    sources: tuple[SourceLine, ...]
    official_source: str
    data_as_of: date | None
    placed: tuple[Placed, ...]
    spots: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class _Village:
    code: str
    name: str
    kind: str
    district_code: str
    district: str
    regency_code: str
    regency: str
    registered: int
    verified: int
    lat: float | None
    lon: float | None
    quality: str


def figures_of(region: Region) -> Figures:
    """The figures of a province or kabupaten/kota as they stand now."""
    low, high = bounds(region.code)
    villages = [_Village(*row) for row in _rows(_VILLAGES, low, high)]
    grown, goods = _first(_rows(_GROWN, low, high)), _first(_rows(_GOODS, low, high))
    official, source = _published(low, high)
    line_level = Level.REGENCY if region.level == Level.PROVINCE else Level.DISTRICT
    by_line: dict[str, list[_Village]] = defaultdict(list)
    for one in villages:
        by_line[one.regency_code if line_level == Level.REGENCY else one.district_code].append(one)
    names = {one.regency_code: one.regency for one in villages} | {one.district_code: one.district for one in villages}
    sources = tuple(
        SourceLine(agency or "Tanpa instansi", subject, number, timezone.localdate(latest))
        for agency, subject, number, latest in _rows(_SOURCES, low, high)
    )
    spots = Region.objects.filter(parent_id=region.code, valid_until__isnull=True, lat__isnull=False).order_by("code")
    return Figures(
        region=region,
        total=_count(region.code, region.name, villages, grown=grown, official=_official(region.code, official)),
        lines=tuple(
            _count(code, names[code], found, grown=grown, official=official.get(code))
            for code, found in sorted(by_line.items())
        ),
        groups=_groups(villages, grown=grown, goods=goods),
        leading=_leading(low, high),
        sources=sources,
        official_source=source or "belum dicatat",
        data_as_of=max((one.latest for one in sources), default=None),
        placed=tuple(
            Placed(one.lon, one.lat, one.registered) for one in villages if one.lat is not None and one.lon is not None
        ),
        spots=tuple((s.name.removeprefix("Kabupaten "), s.lon or 0.0, s.lat or 0.0) for s in spots),
    )


def _rows(sql: str, low: str, high: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"low": low, "high": high})
        return list(cursor.fetchall())


def _first(rows: Iterable[Any]) -> dict[str, list[str]]:
    """The first few names of each village, in the order given, a name once however it is capitalised."""
    found: dict[str, list[str]] = defaultdict(list)
    seen: dict[str, set[str]] = defaultdict(set)
    for village, name in rows:
        code, text = str(village), public_text(str(name)).strip()
        if text and len(found[code]) < MOST and text.casefold() not in seen[code]:
            found[code].append(text)
            seen[code].add(text.casefold())
    return found


def _leading(low: str, high: str) -> tuple[Leading, ...]:
    """The commodities recorded in most villages, each village by its newest year."""
    counted = Counter(str(name) for _village, name in set(_rows(_GROWN, low, high)))
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Leading(name, number) for name, number in ordered[:LEADING])


def _published(low: str, high: str) -> tuple[dict[str, int], str]:
    found = (
        OfficialTotal.objects.filter(key=OFFICIAL_ENTERPRISES, region_id__gte=low, region_id__lt=high)
        .order_by("region_id", "-valid_from")
        .distinct("region_id")
    )
    rows = list(found)
    return {row.region_id: row.number for row in rows}, rows[0].source if rows else ""


def _official(code: str, published: dict[str, int]) -> int | None:
    """The published number of the region itself; of a province without one the sum of its kabupaten/kota."""
    if code in published or len(code) > 2:
        return published.get(code)
    return sum(published.values()) or None


def _count(
    code: str, name: str, villages: list[_Village], *, grown: dict[str, list[str]], official: int | None
) -> Counted:
    return Counted(
        code=code,
        name=name,
        villages=len(villages),
        official=official,
        registered=sum(one.registered for one in villages),
        verified=sum(one.verified for one in villages),
        bare=sum(not grown.get(one.code) for one in villages),
        empty=sum(not one.registered for one in villages),
        unplaced=sum(one.quality != PointQuality.EXACT for one in villages),
    )


def _groups(villages: list[_Village], *, grown: dict[str, list[str]], goods: dict[str, list[str]]) -> tuple[Group, ...]:
    gathered: dict[str, list[_Village]] = defaultdict(list)
    for one in villages:
        gathered[one.district_code].append(one)
    return tuple(
        Group(
            code,
            found[0].district,
            found[0].regency,
            tuple(
                VillageLine(
                    one.code, one.name, _KINDS.get(one.kind, "Desa"), one.registered, one.verified,
                    tuple(grown.get(one.code, ())), tuple(goods.get(one.code, ())),
                )
                for one in found
            ),
        )
        for code, found in sorted(gathered.items())
    )  # fmt: skip


_KINDS = {RegionKind.DESA.value: "Desa", RegionKind.KELURAHAN.value: "Kelurahan"}
