"""Smaller shapes for display: neighbours keep one common edge, islets stay, coordinates are rounded.

Shapes are simplified together as one coverage (Visvalingam-Whyatt on shared edges, by GEOS), so no gaps or overlaps open
between villages. Measurement uses the unsimplified shapes; tiles are made elsewhere.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import orjson
import shapely

from lontar.engines.boundaries.model import Geometry
from lontar.engines.boundaries.repairing import Geometries

_METRES_PER_DEGREE: Final = 111_320.0


def simplify(geometries: Sequence[Geometry], tolerance_m: float, *, decimals: int = 5) -> list[Geometry]:
    """Simplified copies, in order, in WGS84 degrees rounded to ``decimals`` (5: about one metre).

    ``tolerance_m`` is the side in metres of the triangles that may vanish from an edge. Every shape and every piece of
    it is still there afterwards; a coverage that is not edge-matched is cleaned first (overlaps go to the smaller
    shape). Shapes must be valid, as ``repair`` leaves them.
    """
    shapes = np.asarray(geometries, dtype=object)
    if not len(shapes):
        return []
    scale = _scale(shapes)
    metric = _scaled(shapes, scale)
    covering = metric if shapely.coverage_is_valid(metric) else _cleaned(metric)
    thin = shapely.coverage_simplify(covering, tolerance_m)
    pairs = zip(covering, thin, strict=True)
    kept = np.asarray([_with_islets(old, new, tolerance_m=tolerance_m) for old, new in pairs], dtype=object)
    return list(_rounded(_scaled(kept, 1 / scale), decimals))


def _scale(shapes: Geometries) -> npt.NDArray[np.float64]:
    """Factors from degrees to metres (longitude, latitude) at the middle of the shapes."""
    _, south, _, north = shapely.total_bounds(shapes)
    shrink = float(np.cos(np.radians((south + north) / 2)))
    return np.array([_METRES_PER_DEGREE * shrink, _METRES_PER_DEGREE])


def _scaled(shapes: Geometries, factor: npt.NDArray[np.float64]) -> Geometries:
    return np.asarray(shapely.transform(shapes, lambda points: points * factor), dtype=object)


def _cleaned(shapes: Geometries) -> Geometries:
    """An edge-matched coverage; a shape that cleaning would swallow whole stays as it was."""
    clean = shapely.coverage_clean(shapes, merge_strategy="min_area")
    gone = shapely.is_empty(clean)
    clean[gone] = shapes[gone]
    return np.asarray(clean, dtype=object)


def _with_islets(before: Geometry, after: Geometry, *, tolerance_m: float) -> Geometry:
    """Put back pieces that simplifying removed, each simplified on its own."""
    if shapely.get_num_geometries(after) >= shapely.get_num_geometries(before) and not shapely.is_empty(after):
        return after
    parts = shapely.get_parts(before)
    lost = [part for part in parts if shapely.is_empty(after) or not shapely.intersects(part, after)]
    small = shapely.simplify(np.asarray(lost, dtype=object), tolerance_m, preserve_topology=True)
    return shapely.multipolygons([*shapely.get_parts(after), *small])


def _rounded(shapes: Geometries, decimals: int) -> Geometries:
    """Coordinates rounded alike for all, so common edges stay common; a shape that rounding breaks is mended."""
    rounded = shapely.transform(shapes, lambda points: np.round(points, decimals))
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = [_mended(*pair) for pair in zip(shapes[broken], rounded[broken], strict=True)]
    rounded = shapely.remove_repeated_points(rounded)
    return np.asarray(shapely.orient_polygons(rounded), dtype=object)


def _mended(exact: Geometry, rounded: Geometry) -> Geometry:
    fixed = shapely.make_valid(rounded, method="structure", keep_collapsed=False)
    parts = [part for part in shapely.get_parts(fixed) if shapely.get_type_id(part) == 3 and not shapely.is_empty(part)]
    if len(parts) < shapely.get_num_geometries(exact):
        return exact  # a piece smaller than the rounding: keep its exact shape rather than lose it
    return shapely.multipolygons(parts) if len(parts) > 1 else parts[0]


def to_geojson_bytes(shapes: Sequence[tuple[str, Geometry, dict[str, Any]]]) -> bytes:
    """A GeoJSON FeatureCollection (RFC 7946) of (code, shape, properties): the code is both ``id`` and a property."""
    geometries = shapely.to_geojson(np.asarray([shape for _, shape, _ in shapes], dtype=object)) if shapes else []
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, **properties},
            "geometry": orjson.Fragment(geometry),
        }
        for (code, _, properties), geometry in zip(shapes, geometries, strict=True)
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})
