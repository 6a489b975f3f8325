"""Weights from people and from numbers: worked tables, consistency, the pair to look at again, refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pymcdm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.ranking import LESS, MORE, ProblemInvalid, ahp, critic, entropy, judgements, problem, together
from lontar.engines.ranking.elicited import RANDOM_INDEX

# Three goals: the second three times the first, the first five times the third, the second seven times the third.
GOALS = {(1, 0): 3.0, (0, 2): 5.0, (1, 2): 7.0}


def test_ahp_gives_the_worked_table() -> None:
    """Weights 0.2790, 0.6491, 0.0719; λmax 3.0649; CI 0.0324; CR 0.0559."""
    found = ahp(judgements(3, GOALS))

    assert found.weights.round(4).tolist() == [0.279, 0.6491, 0.0719]
    assert round(found.greatest_eigenvalue, 4) == 3.0649
    assert (round(found.consistency_index, 4), round(found.consistency_ratio, 4)) == (0.0324, 0.0559)
    assert found.is_consistent


def test_judgements_that_contradict_one_another_are_not_accepted_and_the_worst_pair_is_named() -> None:
    """A is twice B, B twice C, C three times D as A is twelve times D – but somebody said that D is more than A."""
    said = {(0, 1): 2.0, (1, 2): 2.0, (0, 2): 4.0, (2, 3): 2.0, (1, 3): 4.0, (0, 3): 1 / 4}

    found = ahp(judgements(4, said))

    assert not found.is_consistent
    assert found.worst is not None
    assert (found.worst.one, found.worst.other) == (0, 3)
    assert found.worst.implied > 1 > found.worst.said


@given(st.lists(st.integers(1, 9), min_size=1, max_size=10))
def test_judgements_made_from_weights_give_these_weights_back(raw: list[int]) -> None:
    weights = np.array(raw) / sum(raw)

    found = ahp(weights[:, None] / weights[None, :])

    assert np.allclose(found.weights, weights)
    assert found.consistency_ratio < 1e-6
    assert found.worst is None


def test_experts_are_put_together_by_the_geometric_mean_of_each_pair() -> None:
    one, other = judgements(2, {(0, 1): 9.0}), judgements(2, {(0, 1): 1.0})

    assert together([one, other])[0, 1] == pytest.approx(3.0)
    assert together([one, other], voices=[3, 1])[0, 1] == pytest.approx(9**0.75)


@given(st.permutations([0, 1, 2]), st.floats(1 / 9, 9), st.floats(1 / 9, 9), st.floats(1 / 9, 9))
def test_the_order_of_the_experts_does_not_matter(order: list[int], a: float, b: float, c: float) -> None:
    experts = [judgements(2, {(0, 1): one}) for one in (a, b, c)]

    assert np.allclose(together(experts), together([experts[one] for one in order]))


@pytest.mark.parametrize(
    ("count", "said", "words"),
    [
        (3, {(0, 1): 3.0}, "belum dibandingkan; 2 pasangan"),
        (2, {(0, 1): 3.0, (1, 0): 0.5}, "sudah diberikan"),
        (2, {(0, 1): 12.0}, "skala Saaty"),
        (2, {(0, 5): 2.0}, "tidak dikenal"),
    ],
)
def test_incomplete_or_impossible_judgements_are_refused(count: int, said: dict[Any, float], words: str) -> None:
    with pytest.raises(ProblemInvalid, match=words):
        judgements(count, said)


@pytest.mark.parametrize("matrix", [[[1, 2], [3, 1]], [[1, 2, 3]], [[1, 0], [1, 1]], np.ones((11, 11))])
def test_a_matrix_that_is_no_comparison_is_refused(matrix: Any) -> None:
    with pytest.raises(ProblemInvalid):
        ahp(matrix)


def test_random_judgements_have_the_mean_index_that_the_table_says() -> None:
    """Saaty's table for four criteria is 0.90; ours of 4,000 random matrices must come near it."""
    source, scale = np.random.default_rng(5), [*(1 / n for n in range(9, 1, -1)), *range(1, 10)]
    found = []
    for _ in range(4_000):
        pairs = {(i, j): float(source.choice(scale)) for i in range(4) for j in range(i + 1, 4)}
        found.append(ahp(judgements(4, pairs)).consistency_index)

    assert np.mean(found) == pytest.approx(RANDOM_INDEX[3], abs=0.03)


@pytest.mark.parametrize("seed", range(4))
def test_critic_agrees_with_another_implementation(seed: int) -> None:
    values = np.random.default_rng(seed).random((8, 4)) * 10

    found = critic(problem(values, directions=[MORE] * 4))

    assert np.allclose(found[0], pymcdm.weights.critic_weights(values))


def test_entropy_gives_everything_to_the_only_criterion_that_tells_alternatives_apart() -> None:
    found = entropy(problem([[5.0, 1.0], [5.0, 2.0], [5.0, 9.0]], directions=[MORE, LESS]))

    assert found.round(9).tolist() == [[0.0, 1.0]]


def test_where_all_are_equal_all_criteria_weigh_the_same() -> None:
    same = problem([[5.0, 1.0], [5.0, 1.0]], directions=[MORE, LESS])

    assert entropy(same).tolist() == [[0.5, 0.5]]
    assert critic(same).tolist() == [[0.5, 0.5]]
