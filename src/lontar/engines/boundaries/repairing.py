"""Repairing shapes: valid polygons only, pieces joined, slivers gone, rings turned the right way. All in WGS84 degrees.

Islets are kept: a small piece goes only when it is thin and not all there is. Making shapes smaller for display is left
to ``simplifying``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from lontar.engines.boundaries.model import Geometry
from lontar.engines.regions import Envelope

Geometries = npt.NDArray[np.object_]

_METRES_PER_DEGREE: Final = 111_320.0
_POLYGON: Final = 3
_MULTIPOLYGON: Final = 6
_SLIVER_M2: Final = 2_000.0
_CRUMB_M2: Final = 25.0
_THINNEST: Final = 0.03


@dataclass(frozen=True, slots=True)
class Repaired:
    """Shapes after repair (``None`` where nothing polygonal was left) and how many needed which repair."""

    shapes: Geometries
    mended: int
    empty: int
    turned: int


def repair(shapes: Geometries) -> Repaired:
    """Make every shape a valid (multi)polygon with its exterior counter-clockwise; shape order stays."""
    usable = shapes.copy()
    usable[~_finite(shapes)] = None
    polygonal = _polygons_only(usable)
    broken = ~shapely.is_missing(polygonal) & ~shapely.is_valid(polygonal)
    mended = polygonal.copy()
    mended[broken] = shapely.make_valid(polygonal[broken], method="structure", keep_collapsed=False)
    mended[broken] = [_valid(_without_slivers(shape)) for shape in _polygons_only(mended[broken])]
    empty = shapely.is_missing(mended) | shapely.is_empty(mended)
    mended[empty] = None
    oriented = shapely.orient_polygons(mended)
    turned = ~empty & ~broken & (shapely.to_wkb(oriented) != shapely.to_wkb(mended))
    return Repaired(oriented, int(broken.sum()), int(empty.sum()), int(turned.sum()))


def _finite(shapes: Geometries) -> npt.NDArray[np.bool_]:
    """Which shapes have only real numbers for coordinates (an infinite one would break every later step)."""
    bounds = shapely.bounds(shapes)
    finite = np.isfinite(bounds).all(axis=1)
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    bad = owners[~np.isfinite(coordinates).all(axis=1)]
    finite[bad] = False
    return np.asarray(finite, dtype=np.bool_)


def _polygons_only(shapes: Geometries) -> Geometries:
    """Polygons as they are; collections cut down to their polygons; points and lines become ``None``."""
    kinds = shapely.get_type_id(shapes)
    result = shapes.copy()
    for place in np.flatnonzero((kinds != _POLYGON) & (kinds != _MULTIPOLYGON)):
        parts = [part for part in _flat(shapes[place]) if shapely.get_type_id(part) == _POLYGON]
        result[place] = shapely.multipolygons(parts) if parts else None
    return result


def _flat(shape: Geometry) -> list[Geometry]:
    if shape is None:
        return []
    parts: list[Geometry] = []
    for part in shapely.get_parts(shape):
        parts.extend(_flat(part) if shapely.get_type_id(part) > _MULTIPOLYGON else shapely.get_parts(part))
    return parts


def _without_slivers(shape: Geometry) -> Geometry:
    """Drop crumbs and thin strips that mending leaves behind, never the largest piece."""
    parts = shapely.get_parts(shape) if shape is not None else np.array([], dtype=object)
    if len(parts) < 2:
        return shape
    area = square_metres(parts)
    around = shapely.length(parts) * _METRES_PER_DEGREE
    thin = 4 * np.pi * area / np.maximum(around, 1e-9) ** 2 < _THINNEST
    keep = (area >= _CRUMB_M2) & ~(thin & (area < _SLIVER_M2))
    keep[int(np.argmax(area))] = True
    return shapely.multipolygons(parts[keep]) if keep.sum() > 1 else parts[keep][0]


def _valid(shape: Geometry) -> Geometry:
    """Pieces that still share an edge where they ought to touch in a point, joined: rounding can leave that behind."""
    if shape is None or shapely.is_valid(shape):
        return shape
    parts = shapely.buffer(shapely.get_parts(shape), 0.0)
    return _polygons_only(np.asarray([shapely.union_all(parts)], dtype=object))[0]


def square_metres(shapes: Geometries) -> npt.NDArray[np.float64]:
    """Rough areas of shapes in degrees: good to a few per cent at these latitudes, for thresholds only."""
    middle = np.nan_to_num((shapely.bounds(shapes)[:, 1] + shapely.bounds(shapes)[:, 3]) / 2)
    area = shapely.area(shapes) * _METRES_PER_DEGREE**2 * np.cos(np.radians(middle))
    return np.asarray(area, dtype=np.float64)


def joined(shapes: Sequence[Geometry]) -> tuple[Geometry, bool]:
    """Pieces of one region as one shape, and whether pieces lay over each other by more than a hundredth."""
    if len(shapes) == 1:
        return shapes[0], False
    union = shapely.union_all(np.asarray(shapes, dtype=object))
    overlap = float(shapely.area(np.asarray(shapes, dtype=object)).sum() - shapely.area(union))
    smallest = float(shapely.area(np.asarray(shapes, dtype=object)).min())
    return shapely.orient_polygons(union), overlap > 0.01 * smallest


def place_in(shapes: Geometries, envelope: Envelope) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which shapes touch the envelope as they stand, and which would with longitude and latitude exchanged."""
    west, south, east, north = shapely.bounds(shapes).T
    with np.errstate(invalid="ignore"):
        inside = (
            (east >= envelope.west) & (west <= envelope.east) & (north >= envelope.south) & (south <= envelope.north)
        )
        exchanged = (
            (north >= envelope.west) & (south <= envelope.east) & (east >= envelope.south) & (west <= envelope.north)
        )
    return inside, exchanged & ~inside


def exchange_axes(shapes: Geometries) -> Geometries:
    """The shapes with longitude and latitude exchanged."""
    return np.asarray(shapely.transform(shapes, lambda points: points[:, ::-1]), dtype=object)
