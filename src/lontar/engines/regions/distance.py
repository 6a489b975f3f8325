"""Distances on the globe: the nearest of many places to each of many others, in kilometres as the crow flies.

Great circles on a sphere of the mean radius: within 0.6 % of the ellipsoid, which is finer than points of villages are. Roads
and straits are not seen.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

EARTH_KM: Final = 6371.0088
"""The mean radius of the earth (IUGG, R1)."""
Floats = NDArray[np.float64]


def great_circle_km(lat: ArrayLike, lon: ArrayLike, other_lat: ArrayLike, other_lon: ArrayLike) -> Floats:
    """Kilometres between points pair by pair (degrees, WGS84); NaN where a coordinate is NaN. The haversine formula."""
    a, b, c, d = (np.radians(np.asarray(one, dtype=np.float64)) for one in (lat, lon, other_lat, other_lon))
    half = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))), dtype=np.float64)


def nearest(
    lat: ArrayLike, lon: ArrayLike, *, to_lat: ArrayLike, to_lon: ArrayLike
) -> tuple[Floats, NDArray[np.int64]]:
    """For each point (n) the kilometres to the nearest of the places (m) and its place in the list; NaN and −1 for no place.

    A tree over chords, so that n log m steps suffice. Points and places must be known (no NaN).
    """
    points, places = _on_sphere(lat, lon), _on_sphere(to_lat, to_lon)
    if not len(places):
        return np.full(len(points), np.nan), np.full(len(points), -1, dtype=np.int64)
    _chord, at = cKDTree(places).query(points)
    found = np.asarray(at, dtype=np.int64)
    to_lat, to_lon = np.asarray(to_lat, dtype=np.float64)[found], np.asarray(to_lon, dtype=np.float64)[found]
    return great_circle_km(lat, lon, to_lat, to_lon), found


def _on_sphere(lat: ArrayLike, lon: ArrayLike) -> Floats:
    one, other = (np.radians(np.asarray(values, dtype=np.float64)) for values in (lat, lon))
    return np.column_stack([np.cos(one) * np.cos(other), np.cos(one) * np.sin(other), np.sin(one)])
