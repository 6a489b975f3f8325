"""Regions read back for looking up: the gazetteer of the place-name resolver, and one region with its neighbours.

What a written name means is decided by `lontar.engines.places`; this only gives it the regions of the table.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q

from lontar.engines.places import Gazetteer
from lontar.engines.regions import PointQuality as GivenQuality
from lontar.engines.regions import RegionRow, ancestors_of, make_region
from lontar.registry.models import Region, RegionSuccession
from lontar.registry.states import Level, PointQuality

_QUALITIES: dict[str, GivenQuality] = {
    PointQuality.EXACT: "given",
    PointQuality.APPROXIMATE: "approximate",
    PointQuality.NONE: "none",
}
_lock = threading.Lock()
_kept: dict[tuple[object, ...], Gazetteer] = {}


@dataclass(frozen=True, slots=True)
class RegionCard:
    """One region with its path (outermost first), what lies directly beneath it, and whom it followed or gave way to."""

    code: str
    level: str
    kind: str
    name: str
    bps_code: str | None
    lat: float | None
    lon: float | None
    point_quality: str
    valid_from: date | None
    valid_until: date | None
    source: str
    path: tuple[tuple[str, str], ...]
    children: int
    villages: int
    predecessors: tuple[tuple[str, str, date, str], ...]
    successors: tuple[tuple[str, str, date, str], ...]


def region_rows(within: str) -> list[RegionRow]:
    """The regions in force at or beneath `within`, by code."""
    found = Region.objects.within(within).filter(valid_until__isnull=True).order_by("code")
    columns = found.values_list("code", "name", "bps_code", "lat", "lon", "point_quality")
    return [
        make_region(
            code,
            name,
            bps_code=bps,
            point=None if lat is None or lon is None else (lat, lon),
            point_quality=_QUALITIES[quality],
        )
        for code, name, bps, lat, lon, quality in columns
    ]


def gazetteer() -> Gazetteer:
    """The gazetteer of the programme's regions, built anew in this process when the region table has changed."""
    mark = _mark()
    with _lock:
        if mark not in _kept:
            _kept.clear()
            _kept[mark] = Gazetteer(region_rows(settings.PROGRAMME_ROOT), successors=_successors())
        return _kept[mark]


def _mark() -> tuple[object, ...]:
    """Changes whenever a transaction that touched regions or successions has ended: visible history, counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), count(*), max(pgh_id) FROM registry_regionevent")
        regions = cursor.fetchone()
    followed = RegionSuccession.objects.aggregate(Count("pk"), Max("pk"))
    return (*(regions or ()), *followed.values())


def _successors() -> dict[str, list[str]]:
    follows: dict[str, list[str]] = defaultdict(list)
    for old, new in RegionSuccession.objects.order_by("on_date", "pk").values_list("old_id", "new_id"):
        follows[old].append(new)
    return dict(follows)


def region_card(code: str) -> RegionCard | None:
    """The region with that exact code, in force or not; None when there never was one."""
    region = Region.objects.filter(code=code).first()
    if region is None:
        return None
    above = Region.objects.in_bulk([code, *ancestors_of(code)])
    after = (
        RegionSuccession.objects.filter(old=region)
        .order_by("on_date")
        .values_list("new_id", "kind", "on_date", "decree")
    )
    before = (
        RegionSuccession.objects.filter(new=region)
        .order_by("on_date")
        .values_list("old_id", "kind", "on_date", "decree")
    )
    return RegionCard(
        code=region.code,
        level=region.level,
        kind=region.kind,
        name=region.name,
        bps_code=region.bps_code,
        lat=region.lat,
        lon=region.lon,
        point_quality=region.point_quality,
        valid_from=region.valid_from,
        valid_until=region.valid_until,
        source=region.source,
        path=tuple((step, above[step].name) for step in sorted(above)),
        children=Region.objects.filter(parent=region, valid_until__isnull=True).count(),
        villages=Region.objects.within(code).villages().filter(valid_until__isnull=True).count(),
        predecessors=tuple(before),
        successors=tuple(after),
    )


@dataclass(frozen=True, slots=True)
class LevelTotals:
    """Regions in force of one level: how many, with a BPS code, with an exact point, an approximate one, none."""

    level: str
    number: int
    bps_coded: int
    exact: int
    approximate: int
    pointless: int


def region_totals(within: str) -> list[LevelTotals]:
    """Totals of the regions in force at or beneath `within`, outermost level first; four rows for a whole province."""

    def of(quality: PointQuality) -> Count:
        return Count("pk", filter=Q(point_quality=quality))

    found = (
        Region.objects.within(within)
        .filter(valid_until__isnull=True)
        .values("level")
        .annotate(number=Count("pk"), coded=Count("bps_code"))
        .annotate(exact=of(PointQuality.EXACT), approximate=of(PointQuality.APPROXIMATE), none=of(PointQuality.NONE))
    )
    by_level = {row["level"]: row for row in found}
    return [
        LevelTotals(
            level=level.value,
            number=by_level[level]["number"],
            bps_coded=by_level[level]["coded"],
            exact=by_level[level]["exact"],
            approximate=by_level[level]["approximate"],
            pointless=by_level[level]["none"],
        )
        for level in Level
        if level in by_level
    ]
