"""MPE on the common scale: the worked table, whole importances, and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lontar.engines.ranking import Method, ProblemInvalid, exponential, importances, mpe, problem, rank

units = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 3), st.integers(1, 6), st.integers(1, 5)),
    elements=st.integers(0, 20).map(lambda n: n / 20),
)  # fmt: skip


def test_exponential_comparison_is_the_worked_table() -> None:
    """Weights 0.5, 0.3, 0.2 of mean 1/3 are importances 5, 3, 2 (4.5 goes up, 2.7, 1.8). Ratings 5, 3, 1 give
    5⁵ + 3³ + 1² = 3153; 3, 5, 5 give 3⁵ + 5³ + 5² = 393."""
    asked = problem([[1.0, 0.5, 0.0], [0.5, 1.0, 1.0]], directions=[1, 1, 1], weights=[0.5, 0.3, 0.2])

    assert importances(np.array([0.5, 0.3, 0.2])).tolist() == [5.0, 3.0, 2.0]
    assert exponential(asked).tolist() == [[3153.0, 393.0]]
    assert rank(asked, Method.MPE).ranks.tolist() == [[1.0, 2.0]]


def test_it_is_the_method_of_the_books_on_these_ratings_and_importances() -> None:
    values = np.random.default_rng(5).integers(0, 5, (1, 6, 4)) / 4
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    asked = problem(values, directions=[1] * 4, weights=weights)
    rated = problem(1 + 4 * values, directions=[1] * 4)

    assert np.allclose(exponential(asked), mpe(rated, powers=tuple(int(one) for one in importances(weights))))


def test_equal_weights_are_the_middle_and_no_weight_says_nothing() -> None:
    assert importances(np.full(4, 0.25)).tolist() == [3.0] * 4
    assert importances(np.array([0.9, 0.1, 0.0])).tolist() == [5.0, 1.0, 0.0]
    asked = problem([[0.2, 0.9], [0.2, 0.1]], directions=[1, 1], weights=[1.0, 0.0])
    assert rank(asked, Method.MPE).ranks.tolist() == [[1.5, 1.5]]


@given(units, st.integers(0, 4), st.integers(0, 5))
def test_who_becomes_better_never_falls_behind_and_nobody_else_moves(values: np.ndarray, one: int, who: int) -> None:
    count = values.shape[2]
    asked = problem(values, directions=[1] * count)
    better = values.copy()
    better[:, who % values.shape[1], one % count] = 1.0

    found = rank(problem(better, directions=[1] * count), Method.MPE)

    mine = who % values.shape[1]
    assert (found.ranks[:, mine] <= rank(asked, Method.MPE).ranks[:, mine]).all()
    others = [place for place in range(values.shape[1]) if place != mine]
    assert np.array_equal(found.scores[:, others], rank(asked, Method.MPE).scores[:, others])


@given(units)
def test_scores_stay_between_all_ones_and_all_fives(values: np.ndarray) -> None:
    count = values.shape[2]
    found = exponential(problem(values, directions=[1] * count))

    assert (found >= count).all()
    assert (found <= count * 5.0**3 + 1e-9).all()


@pytest.mark.parametrize(("values", "directions"), [([[1.5]], [1]), ([[-0.1]], [1]), ([[0.5]], [-1])])
def test_values_off_the_scale_are_refused(values: list[list[float]], directions: list[int]) -> None:
    with pytest.raises(ProblemInvalid, match="skala bersama"):
        exponential(problem(values, directions=directions))
