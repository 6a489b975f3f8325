"""Shapes for small maps: outlines of regions where the operator has imported them, and the points of villages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from lontar.registry.models import Region, RegionBoundary
from lontar.registry.states import Level

Polygons = list[list[list[list[float]]]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A region's polygons (rings of lon, lat), with its source; a fallback is the shape of its kecamatan."""

    code: str
    name: str
    polygons: Polygons
    is_fallback: bool
    source: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A named point."""

    code: str
    name: str
    lat: float
    lon: float


def polygons_of(geometry: dict[str, Any]) -> Polygons:
    """Polygons of a GeoJSON Polygon or MultiPolygon; nothing for other kinds."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates", [])
    if kind == "Polygon":
        return [coordinates]
    return list(coordinates) if kind == "MultiPolygon" else []


def outlines_of(parent: str) -> list[Outline]:
    """Outlines of the regions directly beneath `parent`, by code; empty where none were imported."""
    rows = (
        RegionBoundary.objects.filter(region__parent_id=parent, region__valid_until__isnull=True)
        .select_related("region")
        .order_by("region_id")
    )
    return [
        Outline(row.region_id, row.region.name, polygons_of(json.loads(row.geojson)), row.is_fallback, row.source)
        for row in rows
    ]


def spots_of(parent: str) -> list[Spot]:
    """Points of the regions directly beneath `parent`, by code; those without a point are left out."""
    rows = Region.objects.filter(parent_id=parent, valid_until__isnull=True, lat__isnull=False).order_by("code")
    found = rows.values_list("code", "name", "lat", "lon")
    return [Spot(code, name, lat, lon) for code, name, lat, lon in found if lat is not None and lon is not None]


def boundary_levels() -> dict[str, str]:
    """Levels of which outlines exist, each with the newest source, for the map."""
    rows = (
        RegionBoundary.objects.values("region__level")
        .annotate(source=Max("source"))
        .values_list("region__level", "source")
    )
    return {level: source for level, source in rows if level in Level.values}


def boundary_collection(level: str, within: str) -> Sequence[tuple[str, str, str]]:
    """(code, name, GeoJSON geometry text) of every outline of `level` at or beneath `within`, by code, no fallbacks."""
    rows = RegionBoundary.objects.filter(
        is_fallback=False, region__in=Region.objects.within(within).filter(level=level, valid_until__isnull=True)
    )
    return list(rows.order_by("region_id").values_list("region_id", "region__name", "geojson"))
