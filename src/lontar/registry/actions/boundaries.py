"""Outlines of regions: taking a read and matched boundary file, simplified for display, and shapes lent by the kecamatan.

What a file says and which regions its polygons are is decided by `lontar.engines.boundaries`; this keeps the shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely
from django.db import connection, transaction

from lontar.access.models import User
from lontar.access.trail import recorded
from lontar.engines.boundaries import MatchReport, fallback_polygons, simplify
from lontar.engines.regions import Level
from lontar.registry.models import Region, RegionBoundary
from lontar.registry.states import Act

# Sides in metres of the triangles that may vanish from an edge: unseen at the zoom where the level is drawn.
TOLERANCES: Mapping[Level, float] = {"province": 400.0, "regency": 250.0, "district": 120.0, "village": 60.0}


@dataclass(frozen=True, slots=True)
class BoundariesChanged:
    """How many outlines are new, replaced, the same; how many villages show their kecamatan's; GeoJSON bytes kept."""

    added: int
    replaced: int
    unchanged: int
    lent: int
    size: int


@transaction.atomic
def import_boundaries(
    report: MatchReport, *, source: str, as_of: date | None, by: User | None, at: datetime
) -> BoundariesChanged:
    """Keep every matched outline of the report, and lend the kecamatan's outline to villages that have none of their own.

    An outline of its own replaces a lent one; a lent one never replaces an outline of its own.
    """
    shapes = simplify([match.geometry for match in report.matched], TOLERANCES[report.level])
    geojson = [str(text) for text in shapely.to_geojson(shapes)] if shapes else []
    own = dict(zip((match.code for match in report.matched), geojson, strict=True))
    with recorded(Act.BOUNDARIES_IMPORTED, by=by, at=at, source=source):
        before = dict(
            RegionBoundary.objects.filter(region_id__in=own, is_fallback=False).values_list("region_id", "geojson")
        )
        _keep([(code, text, False, source, as_of) for code, text in own.items()])
        lent = _lend()
    unchanged = sum(before.get(code) == text for code, text in own.items())
    return BoundariesChanged(
        added=len(own) - len(before),
        replaced=len(before) - unchanged,
        unchanged=unchanged,
        lent=lent,
        size=sum(map(len, geojson)),
    )


def _lend() -> int:
    """Give villages without an outline of their own the one of their kecamatan; how many show one now."""
    wanting = Region.objects.villages().filter(valid_until__isnull=True).exclude(boundary__is_fallback=False)
    districts = {
        row.region_id: row for row in RegionBoundary.objects.filter(region__level="district", is_fallback=False)
    }
    polygons: dict[str, Any] = {code: row.geojson for code, row in districts.items()}
    lent = fallback_polygons(list(wanting.order_by("code").values_list("code", flat=True)), polygons)
    _keep(
        [
            (one.code, one.geometry, True, districts[one.district_code].source, districts[one.district_code].as_of)
            for one in lent
        ]
    )
    return len(lent)


def _keep(rows: Iterable[tuple[str, str, bool, str, date | None]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE boundaries_in (LIKE registry_regionboundary) ON COMMIT DROP")
        with cursor.copy("COPY boundaries_in (region_id, geojson, is_fallback, source, as_of) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            """
            INSERT INTO registry_regionboundary AS b (region_id, geojson, is_fallback, source, as_of)
            SELECT region_id, geojson, is_fallback, source, as_of FROM boundaries_in ORDER BY region_id
            ON CONFLICT (region_id) DO UPDATE SET geojson = excluded.geojson, is_fallback = excluded.is_fallback,
                source = excluded.source, as_of = excluded.as_of
            WHERE (b.geojson, b.is_fallback, b.source, b.as_of)
                IS DISTINCT FROM (excluded.geojson, excluded.is_fallback, excluded.source, excluded.as_of)
            """
        )
        cursor.execute("DROP TABLE boundaries_in")
