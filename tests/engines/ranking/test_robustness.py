"""How often first: exact where it can be counted, the same for the same seed, and honest about what is missing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from lontar.engines.ranking import (
    LESS,
    MORE,
    Method,
    ProblemInvalid,
    acceptability,
    borda,
    condorcet,
    kendall,
    problem,
    rank,
    weight_draws,
)

SHAKEN = [Method.SAW, Method.TOPSIS, Method.VIKOR, Method.PROMETHEE]


def test_drawn_weights_sum_to_one_and_stray_as_much_as_was_said() -> None:
    drawn = weight_draws([0.5, 0.3, 0.2, 0.0], count=20_000, seed=1, firmness=100)

    assert np.allclose(drawn.sum(axis=1), 1)
    assert (drawn[:, 3] == 0).all()
    assert drawn.mean(axis=0) == pytest.approx([0.5, 0.3, 0.2, 0.0], abs=0.002)
    assert drawn.std(axis=0)[:3] == pytest.approx(np.sqrt(np.array([0.25, 0.21, 0.16]) / 101), abs=0.001)


@pytest.mark.parametrize("method", SHAKEN)
def test_how_often_first_is_what_ranking_draw_by_draw_gives(method: Method) -> None:
    source = np.random.default_rng(2)
    values = source.random((3, 5, 4)) * 9 + 1
    there = np.array([[True] * 5, [True, True, True, False, False], [True, False, False, False, False]])
    directions = [MORE, LESS, MORE, MORE]
    asked = problem(values, directions=directions, present=there)
    draws = weight_draws([0.4, 0.3, 0.2, 0.1], count=200, seed=3, firmness=20)

    found = acceptability(values, asked=asked, draws=draws, method=method)

    counted = np.zeros_like(found.first)
    three = np.zeros_like(found.first)
    for weights in draws:
        one = rank(problem(values, directions=directions, weights=weights, present=there), method)
        counted += one.first / one.first.sum(axis=1, keepdims=True)
        three += np.nan_to_num(one.ranks, nan=99) <= 3
    assert np.allclose(found.first, counted / len(draws))
    assert np.allclose(found.among_three, three / len(draws))
    assert np.allclose(found.first.sum(axis=1), 1)


def test_a_missing_value_is_an_interval_and_not_zero() -> None:
    """The second is better unless its unknown value lies below 4 of 0 … 10: first in about six of ten worlds."""
    low, high = [[[4.0], [0.0]]], [[[4.0], [10.0]]]
    asked = problem(low, directions=[MORE])

    found = acceptability(low, high, asked=asked, draws=np.ones((4_000, 1)), worlds=4_000, seed=7)

    assert found.first[0, 1] == pytest.approx(0.6, abs=0.03)


def test_the_same_seed_gives_the_same_answer() -> None:
    values = np.random.default_rng(1).random((2, 4, 3))
    asked = problem(values, directions=[MORE] * 3)
    draws = weight_draws([0.5, 0.3, 0.2], count=50, seed=9)

    one, other = (acceptability(values, values + 0.2, asked=asked, draws=draws, seed=4).first for _ in range(2))

    assert np.array_equal(one, other)


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    asked = problem([[1.0], [2.0]], directions=[MORE])

    with pytest.raises(ProblemInvalid, match="batas atas di bawah batas bawah"):
        acceptability([[[1.0], [2.0]]], [[[0.0], [2.0]]], asked=asked, draws=np.ones((1, 1)))


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=8))
def test_kendall_agrees_with_scipy(pairs: list[tuple[int, int]]) -> None:
    one, other = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert np.isnan(kendall(one, other)[0])
        return
    assert kendall(one, other)[0] == pytest.approx(kendalltau(one, other).statistic)


def test_borda_is_the_worked_table() -> None:
    """Three kecamatan rank kopi, tenun and mete: 2+2+0, 1+0+1.5 and 0+1+1.5 points."""
    orders = [[1, 2, 3], [1, 3, 2], [3, 1.5, 1.5]]

    assert borda(orders).tolist() == [4.0, 2.5, 2.5]
    assert borda(orders, voters=[1, 1, 4]).tolist() == [4.0, 7.0, 7.0]


def test_who_was_not_ranked_gets_the_mean_of_the_points_that_are_left() -> None:
    assert borda([[1, np.nan, np.nan]]).tolist() == [2.0, 0.5, 0.5]


def test_borda_and_condorcet_may_disagree_and_both_are_told() -> None:
    """Three of five put the first before all others, two put it last: it beats everyone, and Borda prefers the second."""
    orders = [[1, 2, 3], [1, 2, 3], [1, 2, 3], [3, 1, 2], [3, 1, 2]]

    assert condorcet(orders) == 0
    assert int(np.argmax(borda(orders))) == 1


def test_a_circle_has_no_condorcet_winner() -> None:
    assert condorcet([[1, 2, 3], [3, 1, 2], [2, 3, 1]]) is None
