"""Distances on the globe against known ones, and the tree against every pair."""

from __future__ import annotations

import numpy as np
import pytest

from lontar.engines.regions.distance import EARTH_KM, great_circle_km, nearest
from lontar.engines.regions.seats import SEATS


def test_a_degree_of_the_meridian_and_a_quarter_of_the_globe_are_what_geometry_says() -> None:
    assert float(great_circle_km(-9, 124, -10, 124)) == pytest.approx(EARTH_KM * np.pi / 180)
    assert float(great_circle_km(0, 0, 0, 90)) == pytest.approx(EARTH_KM * np.pi / 2)
    assert float(great_circle_km(-10, 123, -10, 123)) == 0
    assert np.isnan(float(great_circle_km(np.nan, 123, -10, 123)))


def test_the_nearest_is_the_least_of_all_pairs() -> None:
    draw = np.random.default_rng(7)
    lat, lon = draw.uniform(-11, -8, 300), draw.uniform(119, 125, 300)
    to_lat, to_lon = draw.uniform(-11, -8, 40), draw.uniform(119, 125, 40)

    far, at = nearest(lat, lon, to_lat=to_lat, to_lon=to_lon)

    pairs = great_circle_km(lat[:, None], lon[:, None], to_lat[None, :], to_lon[None, :])
    assert far == pytest.approx(pairs.min(axis=1))
    assert at.tolist() == pairs.argmin(axis=1).tolist()


def test_without_places_nothing_is_near() -> None:
    far, at = nearest([-9.0], [124.0], to_lat=[], to_lon=[])

    assert np.isnan(far).all()
    assert at.tolist() == [-1]


def test_each_of_the_22_capitals_lies_in_its_own_kabupaten() -> None:
    assert len(SEATS) == 22
    assert all(seat.startswith(f"{code}.") for code, seat in SEATS.items())
