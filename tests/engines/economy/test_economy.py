"""Measures of region science: worked tables, what must add up, and what is not defined."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lontar.engines.economy import (
    Klassen,
    Level,
    TableInvalid,
    density,
    dispersion,
    dynamic_quotient,
    klassen,
    location_quotient,
    proximity,
    quotient_interval,
    revealed,
    shift_share,
    symmetric,
    value_added,
)

tables = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 500).map(float)
)


def test_location_quotients_are_the_worked_table() -> None:
    """Two kecamatan, kopi and tenun: 30 and 10, 10 and 50. Shares 0.75/0.4 = 1.875, 0.25/0.6, 0.167/0.4, 0.833/0.6."""
    found = location_quotient([[30, 10], [10, 50]])

    assert found.round(4).tolist() == [[1.875, 0.4167], [0.4167, 1.3889]]
    assert symmetric(found).round(4).tolist() == [[0.3043, -0.4118], [-0.4118, 0.1628]]


def test_one_weaver_in_a_small_village_is_no_speciality_once_shrunk() -> None:
    values = [[1, 0], [9, 990]]

    assert location_quotient(values)[0, 0] == pytest.approx(100)
    assert location_quotient(values, strength=20)[0, 0] == pytest.approx((1 + 20 * 0.01) / 21 / 0.01)


@given(tables)
def test_quotients_average_to_one_by_the_sizes_of_the_regions(values: np.ndarray) -> None:
    quotient = location_quotient(values)
    size = values.sum(axis=1)
    for product in range(values.shape[1]):
        if values[:, product].sum():
            known = size > 0
            assert np.average(quotient[known, product], weights=size[known]) == pytest.approx(1)
        else:
            assert np.isnan(quotient[:, product]).all()


def test_the_interval_holds_the_estimate_and_narrows_with_more_producers() -> None:
    few, many = np.array([[3.0, 7.0], [20.0, 80.0]]), np.array([[300.0, 700.0], [2000.0, 8000.0]])

    low, high = quotient_interval(few, seed=1)
    closer_low, closer_high = quotient_interval(many, seed=1)

    estimate = location_quotient(few, strength=1)
    assert ((low <= estimate) & (estimate <= high)).all()
    assert (closer_high - closer_low < high - low).all()
    assert np.array_equal(quotient_interval(few, seed=1)[0], low)


def test_a_region_like_the_province_is_not_one_sided() -> None:
    krugman, herfindahl = dispersion([[10, 30], [20, 60], [40, 0]])

    assert krugman.round(4).tolist() == [0.375, 0.375, 1.125]
    assert herfindahl.round(4).tolist() == [0.625, 0.625, 1.0]


def test_shift_share_is_the_worked_table() -> None:
    """The province grows by a half, kopi doubles: of 10 more kopi, 5 are the province's, 5 the product's, 0 the place's."""
    found = shift_share([[10, 20], [10, 20]], [[20, 25], [20, 25]])

    assert found.national.tolist() == [[5.0, 10.0], [5.0, 10.0]]
    assert found.mix.tolist() == [[5.0, -5.0], [5.0, -5.0]]
    assert found.local.tolist() == [[0.0, 0.0], [0.0, 0.0]]


@given(tables, st.integers(0, 2**32 - 1))
def test_the_three_parts_add_up_to_the_change_exactly(before: np.ndarray, seed: int) -> None:
    after = np.random.default_rng(seed).integers(0, 500, before.shape).astype(float)

    found = shift_share(before, after)

    assert np.allclose(found.national + found.mix + found.local, after - before)


def test_the_dynamic_quotient_is_one_where_nothing_moves_and_above_where_a_place_gains() -> None:
    before = [[10, 10], [10, 10]]

    assert dynamic_quotient(before, before).tolist() == [[1.0, 1.0], [1.0, 1.0]]
    found = dynamic_quotient(before, [[20, 10], [10, 10]])
    assert found[0, 0] > 1 > found[0, 1]
    assert np.isnan(dynamic_quotient([[0, 10], [10, 10]], [[5, 10], [10, 10]])[0, 0])


def test_klassen_puts_each_product_into_its_quadrant() -> None:
    before = [[30, 10], [10, 30]]
    after = [[60, 11], [11, 33]]

    assert klassen(before, after).tolist() == [[Klassen.LEADING, Klassen.LAGGING], [Klassen.LAGGING, Klassen.PRESSED]]
    assert klassen([[0, 1], [1, 1]], [[1, 1], [1, 1]])[0, 0] == Klassen.UNKNOWN


def test_the_product_space_is_the_worked_table() -> None:
    """Three kecamatan: kopi and mete together in two, tenun alone in the third and with kopi in the second."""
    good_at = [[1, 1, 0], [1, 1, 1], [0, 0, 1]]

    phi = proximity(good_at)

    assert phi.tolist() == [[1.0, 1.0, 0.5], [1.0, 1.0, 0.5], [0.5, 0.5, 1.0]]
    assert density(good_at, phi)[2].round(4).tolist() == [0.3333, 0.3333, 0.0]
    assert density(good_at, phi)[0].round(4).tolist() == [0.6667, 0.6667, 1.0]


@given(arrays.arrays(np.bool_, st.tuples(st.integers(1, 6), st.integers(1, 6))))
def test_nearness_is_symmetric_and_within_its_bounds(good_at: np.ndarray) -> None:
    phi = proximity(good_at)
    omega = density(good_at, phi)

    assert np.array_equal(phi, phi.T)
    assert ((phi >= 0) & (phi <= 1)).all()
    assert ((omega[~np.isnan(omega)] >= 0) & (omega[~np.isnan(omega)] <= 1 + 1e-12)).all()


def test_a_single_producer_reveals_no_advantage_below_the_floor() -> None:
    values = [[1, 0], [5, 94]]

    assert revealed(values).tolist() == [[True, False], [False, True]]
    assert revealed(values, floor=3).tolist() == [[False, False], [False, True]]


def test_value_added_is_the_worked_table_of_coffee() -> None:
    """100 kg of coffee cherries at 15,000 become 16 kg of packed coffee at 150,000; 3,000 of other inputs; 6 days of 90,000."""
    found = value_added(
        raw_kg=Decimal(100), output_kg=Decimal(16), price_output=Decimal(150_000), price_raw=Decimal(15_000),
        others_per_kg=Decimal(3_000), labour_days=Decimal(6), wage_per_day=Decimal(90_000),
    )  # fmt: skip

    assert (found.output, found.added, found.labour, found.profit) == (24_000, 6_000, 5_400, 600)
    assert (found.ratio, found.labour_share, found.level) == (Decimal("0.25"), Decimal("0.9"), Level.MEDIUM)


@pytest.mark.parametrize(
    ("price", "level"), [(18_000, Level.LOW), (25_000, Level.MEDIUM), (30_000, Level.MEDIUM), (30_001, Level.HIGH)]
)
def test_the_levels_are_bounded_by_fifteen_and_forty_per_cent(price: int, level: Level) -> None:
    found = value_added(
        raw_kg=Decimal(1),
        output_kg=Decimal(1),
        price_output=Decimal(price),
        price_raw=Decimal(18_000),
        others_per_kg=Decimal(0),
    )

    assert found.level is level


def test_processing_that_loses_money_says_so() -> None:
    found = value_added(
        raw_kg=Decimal(1),
        output_kg=Decimal(1),
        price_output=Decimal(10),
        price_raw=Decimal(12),
        others_per_kg=Decimal(1),
    )

    assert (found.added, found.labour_share, found.level) == (Decimal(-3), None, Level.LOW)


@pytest.mark.parametrize("values", [[[1, -1]], [[float("nan"), 1]], [1, 2], [[]]])
def test_a_table_that_cannot_be_is_refused(values: object) -> None:
    with pytest.raises(TableInvalid):
        location_quotient(values)  # type: ignore[arg-type]  # that is the point


def test_amounts_that_cannot_be_are_refused() -> None:
    with pytest.raises(TableInvalid, match="raw_kg: 0; perlu lebih dari 0"):
        value_added(
            raw_kg=Decimal(0),
            output_kg=Decimal(1),
            price_output=Decimal(1),
            price_raw=Decimal(1),
            others_per_kg=Decimal(0),
        )
    with pytest.raises(TableInvalid, match="bentuk"):
        shift_share([[1, 2]], [[1], [2]])
