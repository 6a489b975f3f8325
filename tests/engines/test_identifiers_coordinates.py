"""Points inside and outside the envelope of the province."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.identifiers import check_coordinates, point_columns


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        ("-8.787654", "120.598150", (-8.787654, 120.59815)),
        ("-8,787654", "120,598150", (-8.787654, 120.59815)),
        ("8.5° LS", "120.5° BT", (-8.5, 120.5)),
        ("8°30'00\" LS", "120°30'00\" BT", (-8.5, 120.5)),
        ("-8 30 0", "120 30 0", (-8.5, 120.5)),
        ("S 8.5", "E 120.5", (-8.5, 120.5)),
        ("−8.5", "120.5", (-8.5, 120.5)),
        ("-11.1", "125.3", (-11.1, 125.3)),
    ],
)
def test_a_point_is_read_however_it_is_typed(latitude: str, longitude: str, point: tuple[float, float]) -> None:
    checked = check_coordinates(latitude, longitude)

    assert (checked.latitude, checked.longitude, checked.rule) == (*point, "ok")


@pytest.mark.parametrize(
    ("latitude", "longitude", "rule", "point"),
    [
        ("120.5", "-8.5", "coordinates.swapped", (-8.5, 120.5)),
        ("120.5", "8.5", "coordinates.swapped", (-8.5, 120.5)),
        ("8.5", "120.5", "coordinates.sign", (-8.5, 120.5)),
        ("-6.2", "106.8", "coordinates.outside", (None, None)),
        ("0", "0", "coordinates.outside", (None, None)),
        ("-8787654", "120598150", "coordinates.decimal", (None, None)),
        ("-8.787.654", "120.598.150", "coordinates.decimal", (None, None)),
        ("-8.5", "", "coordinates.incomplete", (None, None)),
        ("", "120.5", "coordinates.incomplete", (None, None)),
        ("dekat gereja", "120.5", "coordinates.characters", (None, None)),
        ("8°75'00\" LS", "120.5", "coordinates.characters", (None, None)),
        ("", "-", "blank", (None, None)),
    ],
)
def test_a_doubtful_point_names_its_rule(
    latitude: str, longitude: str, rule: str, point: tuple[float | None, float | None]
) -> None:
    checked = check_coordinates(latitude, longitude)

    assert (checked.rule, (checked.latitude, checked.longitude)) == (rule, point)


_NUMBERS = st.decimals(-200, 200, places=6).map(str) | st.decimals(-12, -7, places=3).map(str)
_CELLS = (
    _NUMBERS
    | _NUMBERS.map(lambda text: text.replace(".", ","))
    | st.decimals(118, 126, places=5).map(str)
    | st.sampled_from(["", "-", "8.5 LS", "120°30'00\" BT", "x", "1e5", "+8.5", " -8.5 ", "-8787654"])
    | st.none()
)


@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=40))
def test_the_columns_say_what_the_single_check_says(cells: list[tuple[str | None, str | None]]) -> None:
    latitude = pl.Series([south for south, _ in cells], dtype=pl.String)
    longitude = pl.Series([east for _, east in cells], dtype=pl.String)

    checked = point_columns(latitude, longitude)

    singles = [check_coordinates(south or "", east or "") for south, east in cells]
    assert checked.latitude.to_list() == [single.latitude for single in singles]
    assert checked.longitude.to_list() == [single.longitude for single in singles]
    assert checked.severity.to_list() == [single.severity.value for single in singles]
    assert checked.rule.to_list() == [None if single.severity == "ok" else single.rule for single in singles]
