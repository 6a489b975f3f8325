"""The common scale and the explanation of an order are the worked tables of docs/explanation/choosing.md; examples of the
literature beside them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.ranking import (
    Method,
    ProblemInvalid,
    acceptability,
    ahp,
    contributions,
    judgements,
    least_value_change,
    least_weight_change,
    linear,
    percentile,
    problem,
    rank,
    topsis,
    weight_draws,
    worths,
)
from lontar.engines.ranking.methods import distances

FIRST, SECOND, WEIGHTS = [0.9, 0.4, 0.5], [0.5, 0.8, 0.5], [0.5, 0.3, 0.2]


def test_the_place_among_known_values_counts_equal_ones_half() -> None:
    found = percentile([10, 20, 20, 40, np.nan], among=[10, 20, 20, 40, np.nan])

    assert found[:4].tolist() == [0.125, 0.5, 0.5, 0.875]
    assert np.isnan(found[4])
    assert percentile([3, 50], among=[10, 20, 20, 40]).tolist() == [0, 1]
    assert percentile([3], among=[np.nan]).tolist() == [0.5]


def test_a_fixed_scale_ends_where_it_ends() -> None:
    assert linear([-1, 0, 3, 12, 15], bottom=0, top=12).tolist() == [0, 0, 0.25, 1, 1]
    with pytest.raises(ProblemInvalid):
        linear([1], bottom=3, top=3)


def test_what_is_not_known_is_the_whole_scale_and_less_is_better_turns_round() -> None:
    low, high = worths([0.2, np.nan], [0.3, np.nan], direction=-1)

    assert low.tolist() == pytest.approx([0.7, 0])
    assert high.tolist() == pytest.approx([0.8, 1])


def test_contributions_add_up_to_the_lead() -> None:
    adds = contributions(FIRST, SECOND, WEIGHTS)

    assert adds.tolist() == pytest.approx([0.2, -0.12, 0])
    assert adds.sum() == pytest.approx(0.67 - 0.59)


def test_the_least_weight_that_makes_both_equal_is_the_worked_table() -> None:
    found = least_weight_change(FIRST, SECOND, WEIGHTS)

    assert found is not None
    assert (found.criterion, found.now) == (1, 0.3)
    assert found.then == pytest.approx(0.4166667, abs=1e-6)


def test_the_least_value_that_makes_both_equal_is_the_worked_table() -> None:
    found = least_value_change(FIRST, SECOND, WEIGHTS)

    assert found is not None
    assert (found.criterion, found.now, found.then) == (0, 0.5, pytest.approx(0.66))


def test_where_one_leads_in_everything_no_weight_turns_it_round() -> None:
    assert least_weight_change([0.9, 0.8], [0.5, 0.4], [0.5, 0.5]) is None
    assert least_value_change([0.9, 0.9], [0.1, 0.1], [0.5, 0.5]) is None


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10), st.integers(1, 9)), min_size=2, max_size=6))
def test_at_the_weight_that_is_told_both_are_really_equal(rows: list[tuple[int, int, int]]) -> None:
    first, second = np.array([row[0] for row in rows]) / 10, np.array([row[1] for row in rows]) / 10
    weights = np.array([row[2] for row in rows], dtype=float)
    weights /= weights.sum()

    found = least_weight_change(first, second, weights)

    if found is not None:
        others = weights * (1 - found.then) / (1 - found.now)
        others[found.criterion] = found.then
        assert others.sum() == pytest.approx(1)
        assert others @ first == pytest.approx(others @ second, abs=1e-9)


def test_the_order_of_two_by_the_sum_stays_when_a_third_comes() -> None:
    two = [[0.9, 0.4, 0.5], [0.5, 0.8, 0.5]]
    alone = rank(problem(two, directions=[1, 1, 1], weights=WEIGHTS), Method.SUM)
    beside = rank(problem([*two, [1.0, 0.0, 0.0]], directions=[1, 1, 1], weights=WEIGHTS), Method.SUM)

    assert alone.scores[0].tolist() == pytest.approx([0.67, 0.59])
    assert beside.scores[0, :2].tolist() == pytest.approx([0.67, 0.59])


def test_certainty_by_the_sum_is_what_drawing_one_by_one_gives() -> None:
    asked = problem([FIRST, SECOND], directions=[1, 1, 1], weights=WEIGHTS)
    draws = weight_draws(WEIGHTS, count=300, seed=3)

    found = acceptability(asked.values, asked=asked, draws=draws, method=Method.SUM)

    by_hand = (draws @ np.array(FIRST) > draws @ np.array(SECOND)).mean()
    assert found.first[0].tolist() == pytest.approx([by_hand, 1 - by_hand])


def test_ahp_gives_the_consistent_weights_of_the_four_universities() -> None:
    """Leon, Linear Algebra with Applications (9th ed.), section 6.8, exercise 15: finance and reputation alike, four times
    social life, which is twice geography. Six times geography contradicts that a little; eight times is consistent."""
    said = {(0, 1): 1.0, (0, 2): 4.0, (1, 2): 4.0, (2, 3): 2.0}

    as_given = ahp(judgements(4, {**said, (0, 3): 6.0, (1, 3): 6.0}))
    made_even = ahp(judgements(4, {**said, (0, 3): 8.0, (1, 3): 8.0}))

    assert 0 < as_given.consistency_ratio < 0.1
    assert made_even.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert made_even.weights.tolist() == pytest.approx([8 / 19, 8 / 19, 2 / 19, 1 / 19])


def test_topsis_gives_the_published_ideal_of_the_four_cars() -> None:
    """A teaching example of wide use (style, reliability, fuel economy, cost; Civic, Saturn, Ford, Mazda): the ideal is
    published as 0.059, 0.244, 0.162, 0.080, from norms rounded on the way; Civic is nearest to it."""
    values = np.array([[7, 9, 9, 8], [8, 7, 8, 7], [9, 6, 8, 9], [6, 7, 8, 6]], dtype=float)
    weights = np.array([0.1, 0.4, 0.3, 0.2])
    asked = problem(values, directions=[1, 1, 1, -1], weights=weights)

    weighted = weights * values / np.sqrt((values**2).sum(axis=0))
    ideal = [*weighted[:, :3].max(axis=0), weighted[:, 3].min()]

    assert ideal == pytest.approx([0.059, 0.244, 0.162, 0.080], abs=0.002)
    to_best, _to_worst = distances(asked)
    away = np.sqrt((to_best[0] * weights**2).sum(axis=1))
    assert away == pytest.approx(np.sqrt(((weighted - ideal) ** 2).sum(axis=1)))
    assert int(topsis(asked)[0].argmax()) == 0
