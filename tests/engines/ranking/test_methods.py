"""Every method against another implementation, against published figures, and by what must always hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pymcdm
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lontar.engines.ranking import (
    LESS,
    MORE,
    Method,
    Preference,
    Problem,
    ProblemInvalid,
    Shape,
    cpi,
    mpe,
    problem,
    promethee,
    rank,
    saw,
    topsis,
    utilities,
    vikor,
)

# Hwang & Yoon (1981), the choice of a fighter aircraft: speed, range, load, cost, reliability, manoeuvrability.
AIRCRAFT = [
    [2.0, 1500, 20000, 5.5, 5, 9],
    [2.5, 2700, 18000, 6.5, 3, 5],
    [1.8, 2000, 21000, 4.5, 7, 7],
    [2.2, 1800, 20000, 5.0, 5, 5],
]
AIRCRAFT_WEIGHTS = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3]
ONE_FALLS = [MORE, MORE, MORE, LESS, MORE, MORE]
METHODS = [one for one in Method if one is not Method.MPE]  # MPE stands on a scale of 0 to 1: test_exponential


@st.composite
def problems(draw: st.DrawFn, *, least: float = 1.0) -> Problem:
    """Up to three problems of two to six alternatives under one to five criteria, some alternatives absent."""
    shape = draw(st.tuples(st.integers(1, 3), st.integers(2, 6), st.integers(1, 5)))
    values = draw(arrays.arrays(np.float64, shape, elements=st.integers(int(least * 10), 1000).map(lambda n: n / 10)))
    there = draw(arrays.arrays(np.bool_, shape[:2]))
    there[:, 0] = True
    raw = draw(arrays.arrays(np.float64, shape[2], elements=st.integers(1, 20).map(float)))
    directions = draw(st.lists(st.sampled_from([MORE, LESS]), min_size=shape[2], max_size=shape[2]))
    return problem(values, directions=directions, weights=raw / raw.sum(), present=there)


def test_topsis_gives_the_published_closeness_of_the_four_aircraft() -> None:
    found = topsis(problem(AIRCRAFT, directions=ONE_FALLS, weights=AIRCRAFT_WEIGHTS))

    # The book rounds on its way, so its third place may differ by one.
    assert np.abs(found[0] - [0.643, 0.268, 0.613, 0.312]).max() < 0.0015


@pytest.mark.parametrize("seed", range(5))
def test_saw_topsis_vikor_and_promethee_agree_with_another_implementation(seed: int) -> None:
    source = np.random.default_rng(seed)
    values, weights = source.random((7, 5)) * 50 + 1, source.dirichlet(np.ones(5))
    directions = np.where(source.random(5) < 0.4, LESS, MORE)
    asked = problem(values, directions=directions.tolist(), weights=weights)
    theirs = pymcdm.methods

    assert np.allclose(
        saw(asked)[0], theirs.WSM(pymcdm.normalizations.minmax_normalization)(values, weights, directions)
    )
    assert np.allclose(
        topsis(asked)[0], theirs.TOPSIS(pymcdm.normalizations.vector_normalization)(values, weights, directions)
    )
    assert np.allclose(vikor(asked).q[0], theirs.VIKOR()(values, weights, directions))
    assert np.allclose(promethee(asked)[0], theirs.PROMETHEE_II("usual")(values, weights, directions))


@pytest.mark.parametrize(
    ("name", "preference"),
    [
        ("ushape", Preference(Shape.U, q=4.0)),
        ("vshape", Preference(Shape.V, p=9.0)),
        ("level", Preference(Shape.LEVEL, q=4.0, p=9.0)),
        ("vshape_2", Preference(Shape.LINEAR, q=4.0, p=9.0)),
    ],
)
def test_promethee_with_thresholds_agrees_with_another_implementation(name: str, preference: Preference) -> None:
    values, weights = np.random.default_rng(3).random((6, 4)) * 20, np.array([0.4, 0.3, 0.2, 0.1])
    directions = np.array([1, -1, 1, 1])
    asked = problem(values, directions=directions.tolist(), weights=weights)
    count = values.shape[1]
    theirs = pymcdm.methods.PROMETHEE_II(name, p=np.full(count, preference.p), q=np.full(count, preference.q))

    assert np.allclose(
        promethee(asked, preferences=dict.fromkeys(range(count), preference))[0],
        theirs(values, weights, directions),
    )


@given(problems(), st.sampled_from(METHODS))
def test_ranks_are_a_complete_order_of_those_that_are_present(asked: Problem, method: Method) -> None:
    found = rank(asked, method)

    assert (np.isnan(found.ranks) == ~asked.present).all()
    count = asked.present.sum(axis=1)
    assert np.nansum(found.ranks, axis=1).tolist() == (count * (count + 1) / 2).tolist()
    assert found.first.any(axis=1).all()


@given(problems(), st.sampled_from(METHODS), st.randoms(use_true_random=False))
def test_the_order_of_the_alternatives_does_not_matter(asked: Problem, method: Method, source: Any) -> None:
    order = list(range(asked.values.shape[1]))
    source.shuffle(order)
    mixed = Problem(asked.values[:, order], asked.directions, asked.weights, asked.present[:, order])

    assert np.array_equal(rank(mixed, method).ranks, rank(asked, method).ranks[:, order], equal_nan=True)


@given(problems(), st.sampled_from([Method.SAW, Method.VIKOR]), st.integers(0, 4), st.integers(2, 9))
def test_another_unit_of_a_criterion_changes_nothing(asked: Problem, method: Method, number: int, factor: int) -> None:
    values = asked.values.copy()
    values[:, :, number % values.shape[2]] *= factor
    other = problem(values, directions=asked.directions.tolist(), weights=asked.weights, present=asked.present)

    assert np.allclose(rank(other, method).scores, rank(asked, method).scores, equal_nan=True)


@given(problems(), st.sampled_from(METHODS), st.integers(0, 4))
def test_who_becomes_better_never_falls_behind(asked: Problem, method: Method, number: int) -> None:
    values, criterion = asked.values.copy(), number % asked.values.shape[2]
    best = (asked.values * asked.directions)[:, :, criterion].max(axis=1)
    values[:, 0, criterion] = np.maximum(best * asked.directions[criterion], 0.1)
    better = problem(values, directions=asked.directions.tolist(), weights=asked.weights, present=asked.present)
    if method is Method.TOPSIS:  # its norm moves with every value, and the order of others with it
        return
    assert (rank(better, method).ranks[:, 0] <= rank(asked, method).ranks[:, 0] + 1e-9).all()


@given(problems())
def test_who_is_best_in_everything_is_first_by_every_method(asked: Problem) -> None:
    values = asked.values.copy()
    rising = asked.directions > 0
    values[:, 0] = np.where(rising, 200.0, 0.05)
    best = problem(values, directions=asked.directions.tolist(), weights=asked.weights, present=asked.present)

    for method in METHODS:
        assert (rank(best, method).ranks[:, 0] == 1).all(), method


@given(problems())
def test_net_flows_sum_to_nothing_and_closeness_stays_within_its_bounds(asked: Problem) -> None:
    assert np.allclose(promethee(asked).sum(axis=1), 0)
    assert ((topsis(asked) >= 0) & (topsis(asked) <= 1)).all()
    assert ((utilities(asked)[asked.present] >= 0) & (utilities(asked)[asked.present] <= 1)).all()


@pytest.mark.parametrize("method", METHODS)
def test_equal_alternatives_are_tied(method: Method) -> None:
    found = rank(problem([[3.0, 4.0], [3.0, 4.0], [3.0, 4.0]], directions=[MORE, LESS]), method)

    assert found.ranks.tolist() == [[2.0, 2.0, 2.0]]


def test_vikor_gives_one_where_its_advantage_is_clear() -> None:
    found = vikor(problem([[9.0, 9.0], [2.0, 3.0], [1.0, 1.0]], directions=[MORE, MORE]))

    assert found.chosen.tolist() == [[True, False, False]]


def test_vikor_gives_all_that_lie_too_near_to_be_told_apart() -> None:
    """Q of the second is 0.325, of the third 1; the step for three alternatives is 1/2: only the second is near."""
    found = vikor(problem([[10.0, 10.0], [9.5, 8.0], [5.0, 5.0]], directions=[MORE, MORE], weights=[0.5, 0.5]))

    assert found.q.round(3).tolist() == [[0.0, 0.325, 1.0]]
    assert found.chosen.tolist() == [[True, True, False]]


def test_vikor_gives_the_first_two_where_the_best_is_neither_best_by_the_sum_nor_by_the_regret() -> None:
    """Q of the eighth is 0.027 and of the fourth 0.165, more than the step of 1/8; but the sixth has the least S, the fourth
    the least R."""
    values = [[3, 4, 7], [9, 2, 3], [1, 6, 9], [7, 4, 4], [4, 7, 5], [9, 1, 8], [5, 3, 2], [6, 8, 4], [4, 3, 5]]
    found = vikor(problem(values, directions=[MORE] * 3, weights=[0.5, 0.3, 0.2]))

    assert found.q[0, [7, 3]].round(3).tolist() == [0.027, 0.165]
    assert (int(found.s[0].argmin()), int(found.r[0].argmin())) == (5, 3)
    assert np.flatnonzero(found.chosen[0]).tolist() == [3, 7]


def test_an_absent_alternative_moves_nobody() -> None:
    values = [[[5.0, 2.0], [1.0, 9.0], [99.0, 99.0]]]
    with_it = problem(values, directions=[MORE, MORE], present=[[True, True, False]])
    without = problem([row[:2] for row in values], directions=[MORE, MORE])

    for method in METHODS:
        assert np.allclose(rank(with_it, method).scores[:, :2], rank(without, method).scores), method


def test_a_village_without_candidates_has_no_ranks() -> None:
    nobody = problem(np.zeros((1, 2, 2)), directions=[MORE, MORE], present=[[False, False]])

    for method in METHODS:
        found = rank(nobody, method)
        assert np.isnan(found.ranks).all(), method
        assert not found.first.any()


def test_cpi_is_the_worked_table() -> None:
    """Rising: 4/2·100 and 2/2·100; falling: 5/10·100 and 5/5·100; halves of both."""
    assert cpi(problem([[4.0, 10.0], [2.0, 5.0]], directions=[MORE, LESS])).tolist() == [[125.0, 100.0]]


def test_mpe_is_the_worked_table() -> None:
    """3² + 2³ = 17, 2² + 3³ = 31."""
    assert mpe(problem([[3.0, 2.0], [2.0, 3.0]], directions=[MORE, MORE]), powers=(2, 3)).tolist() == [[17.0, 31.0]]


@pytest.mark.parametrize(
    ("values", "arguments", "said"),
    [
        ([[1.0, np.nan]], {"directions": [1, 1]}, "values[0, 0, 1]: nan bukan angka"),
        ([[1.0, 2.0]], {"directions": [1, 0]}, "directions"),
        ([[1.0, 2.0]], {"directions": [1, 1], "weights": [0.5, 0.6]}, "jumlahnya 1.100000"),
        ([[1.0, 2.0]], {"directions": [1, 1], "weights": [1.5, -0.5]}, "negatif"),
        ([[1.0, 2.0]], {"directions": [1, 1], "weights": [1.0]}, "bentuk"),
        ([[1.0, 2.0]], {"directions": [1, 1], "present": [True, True]}, "present"),
        ([1.0, 2.0], {"directions": [1, 1]}, "pilihan × kriteria"),
    ],
)
def test_a_problem_that_cannot_be_read_is_refused_with_its_place(
    values: Any, arguments: dict[str, Any], said: str
) -> None:
    with pytest.raises(ProblemInvalid) as refused:
        problem(values, **arguments)

    assert said in str(refused.value)


def test_cpi_and_mpe_refuse_what_would_turn_their_order_round() -> None:
    with pytest.raises(ProblemInvalid):
        cpi(problem([[0.0], [1.0]], directions=[MORE]))
    with pytest.raises(ProblemInvalid):
        mpe(problem([[0.5], [1.0]], directions=[MORE]), powers=(2,))
    with pytest.raises(ProblemInvalid):
        mpe(problem([[5.0], [1.0]], directions=[LESS]), powers=(2,))
    with pytest.raises(ProblemInvalid):
        mpe(problem([[5.0], [1.0]], directions=[MORE]), powers=(0,))
