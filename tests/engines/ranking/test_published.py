"""Published examples with complete tables: VIKOR and TOPSIS after Opricovic and Tzeng, PROMETHEE after Brans and Vincke."""

from __future__ import annotations

import numpy as np
import pytest

from lontar.engines.ranking import LESS, MORE, Preference, Shape, problem, promethee, topsis, vikor

# Opricovic & Tzeng (2004), European Journal of Operational Research 156, 445–455: a mountain climber's risk and altitude.
CLIMB = [[1.0, 3000.0], [2.0, 3750.0], [5.0, 4500.0]]
# Opricovic & Tzeng (2007), the same journal 178, 514–529: six alternatives for reservoirs on a river, eight criteria (profit,
# cost, energy, peak energy, homes, area, villages, environment).
RIVER = [
    [4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41],
    [5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41],
    [5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42],
    [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
    [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04],
    [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
]
RIVER_WAYS = [MORE, LESS, MORE, MORE, LESS, LESS, LESS, MORE]
# Brans & Vincke (1985), Management Science 31, 647–656: six power plants, each criterion with another of the six functions.
PLANTS = [
    [80, 90, 6, 5.4, 8, 5],
    [65, 58, 2, 9.7, 1, 1],
    [83, 60, 4, 7.2, 4, 7],
    [40, 80, 10, 7.5, 7, 10],
    [52, 72, 6, 2.0, 3, 8],
    [94, 96, 7, 3.6, 5, 6],
]
PLANT_WAYS = [LESS, MORE, LESS, LESS, LESS, MORE]
PREFERENCES = {
    0: Preference(Shape.U, q=10),
    1: Preference(Shape.V, p=30),
    2: Preference(Shape.LINEAR, q=0.5, p=5),
    3: Preference(Shape.LEVEL, q=1, p=6),
    4: Preference(Shape.USUAL),
    5: Preference(Shape.GAUSSIAN, s=5),
}
# How much the row is preferred to the column, equal weights, as printed.
INDICES = [
    [0.000, 0.296, 0.250, 0.268, 0.100, 0.185],
    [0.462, 0.000, 0.389, 0.333, 0.296, 0.500],
    [0.236, 0.180, 0.000, 0.333, 0.056, 0.429],
    [0.399, 0.505, 0.305, 0.000, 0.223, 0.212],
    [0.444, 0.515, 0.487, 0.380, 0.000, 0.448],
    [0.286, 0.399, 0.250, 0.432, 0.133, 0.000],
]


def test_vikor_chooses_the_middle_mountain_with_the_published_figures() -> None:
    found = vikor(problem(CLIMB, directions=[LESS, MORE], weights=[0.5, 0.5]))

    assert found.s.tolist() == [[0.5, 0.375, 0.5]]
    assert found.r.tolist() == [[0.5, 0.25, 0.5]]
    assert found.q.tolist() == [[1.0, 0.0, 1.0]]
    assert found.chosen.tolist() == [[False, True, False]]


def test_topsis_gives_the_mountains_the_published_closeness() -> None:
    found = topsis(problem(CLIMB, directions=[LESS, MORE], weights=[0.5, 0.5]))

    assert found[0] == pytest.approx([0.762, 0.722, 0.238], abs=0.0006)


@pytest.mark.parametrize(
    ("weights", "s", "r", "q", "chosen"),
    [
        ([1] * 8, [0.692, 0.7, 0.29, 0.423, 0.28, 0.346], [0.125, 0.125, 0.121, 0.125, 0.067, 0.125],
         [0.991, 1.0, 0.473, 0.670, 0.0, 0.578], {4}),
        ([2, 2, 2, 2, 1, 1, 1, 1], [0.701, 0.6, 0.386, 0.365, 0.317, 0.459], [0.167, 0.114, 0.161, 0.167, 0.089, 0.167],
         [1.0, 0.533, 0.552, 0.563, 0.0, 0.686], {4}),
        ([1, 1, 1, 1, 2, 2, 2, 2], [0.683, 0.8, 0.193, 0.48, 0.243, 0.232], [0.113, 0.167, 0.08, 0.122, 0.044, 0.083],
         [0.684, 1.0, 0.147, 0.554, 0.041, 0.191], {2, 4, 5}),
        ([1, 1, 1, 1, 3.2, 3.2, 3.2, 3.2], [0.678, 0.857, 0.138, 0.513, 0.222, 0.167],
         [0.129, 0.190, 0.057, 0.139, 0.042, 0.060], [0.668, 1.0, 0.051, 0.588, 0.058, 0.078], {2, 4, 5}),
    ],
)  # fmt: skip
def test_vikor_gives_the_published_table_of_the_river_under_four_weights(
    weights: list[float], s: list[float], r: list[float], q: list[float], chosen: set[int]
) -> None:
    found = vikor(problem(RIVER, directions=RIVER_WAYS, weights=np.array(weights) / sum(weights)))

    assert found.s[0] == pytest.approx(s, abs=0.002)
    assert found.r[0] == pytest.approx(r, abs=0.002)
    assert found.q[0] == pytest.approx(q, abs=0.002)
    assert set(np.flatnonzero(found.chosen[0]).tolist()) == chosen


def test_promethee_gives_every_published_index_of_the_power_plants() -> None:
    """Two plants alone have one comparison each way, so the net flow of a pair is the difference of its two indices."""
    for one in range(6):
        for other in range(one + 1, 6):
            pair = problem([PLANTS[one], PLANTS[other]], directions=PLANT_WAYS)
            flow = promethee(pair, preferences=PREFERENCES)[0, 0]
            assert flow == pytest.approx(INDICES[one][other] - INDICES[other][one], abs=0.0025), (one, other)


def test_promethee_ranks_the_power_plants_by_the_flows_of_the_published_indices() -> None:
    printed = np.array(INDICES)

    found = promethee(problem(PLANTS, directions=PLANT_WAYS), preferences=PREFERENCES)[0]

    assert found == pytest.approx((printed.sum(axis=1) - printed.sum(axis=0)) / 5, abs=0.001)
    assert np.argsort(-found).tolist() == [4, 1, 3, 5, 2, 0]  # a5 before a2, a4, a6, a3, a1
