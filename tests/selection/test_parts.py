"""Units of one, few and many candidates are ranked in groups of like size: nothing may come out otherwise than all at once."""

from __future__ import annotations

import numpy as np

from lontar.engines.ranking import rank
from lontar.selection.steps.ranking import _METHODS, _WAY, Rules, _pack, _parts, _sure, _ways
from lontar.selection.steps.ways import WAYS

SIZES = [1, 2, 3, 5, 9, 17, 30, 1, 4]
WEIGHTS = (0.5, 0.3, 0.2)


def packed() -> object:
    unit = np.repeat(np.arange(len(SIZES) + 1), [*SIZES, 0])
    low = np.random.default_rng(3).random((len(unit), 3))
    return _pack(np.arange(len(unit)), unit=unit, low=low, high=low, weights=WEIGHTS)


def test_every_unit_is_in_one_part_with_all_of_its_candidates() -> None:
    held = packed()

    parts = _parts(held)  # type: ignore[arg-type]  # as packed

    assert sorted(unit for part in parts for unit in part.units.tolist()) == list(range(len(SIZES)))
    assert sum(int(part.asked.present.sum()) for part in parts) == sum(SIZES)


def test_ranks_in_parts_are_the_ranks_of_all_at_once() -> None:
    held = packed()

    _scores, orders, _chosen = _ways(held)  # type: ignore[arg-type]  # as packed

    for method in _METHODS:
        whole = rank(held.asked, method)  # type: ignore[attr-defined]  # as packed
        assert np.array_equal(orders[WAYS.index(_WAY[method])], whole.ranks, equal_nan=True), method


def test_shares_of_first_places_sum_to_one_in_every_unit() -> None:
    held = packed()
    rules = Rules(("producers", "lq", "months"), (1, 1, 1), WEIGHTS, ())

    sure = _sure(held, rules=rules, draws=100, seed=5)  # type: ignore[arg-type]  # as packed

    assert np.allclose(sure.first.sum(axis=1)[: len(SIZES)], 1)
    assert sure.first[0, 0] == 1
