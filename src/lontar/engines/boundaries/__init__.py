"""Boundaries: polygons of regions out of official files of any kind, matched to codes, repaired and made small.

The public names of the package. Regions and their codes come from ``lontar.engines.regions``, written names from
``lontar.engines.places``; storing polygons and making tiles is left to the apps.
"""

from lontar.engines.boundaries.matching import (
    FallbackPolygon,
    MatchedBoundary,
    MatchReport,
    UnmatchedBoundary,
    fallback_polygons,
    match,
    tell_system,
)
from lontar.engines.boundaries.model import Boundary, BoundaryFile, Geometry, UnreadableBoundaries
from lontar.engines.boundaries.reading import read_boundaries
from lontar.engines.boundaries.simplifying import simplify, to_geojson_bytes

__all__ = [
    "Boundary",
    "BoundaryFile",
    "FallbackPolygon",
    "Geometry",
    "MatchReport",
    "MatchedBoundary",
    "UnmatchedBoundary",
    "UnreadableBoundaries",
    "fallback_polygons",
    "match",
    "read_boundaries",
    "simplify",
    "tell_system",
    "to_geojson_bytes",
]
