"""Why one stands before another under a weighted sum, and what would change that: sums a person can follow by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lontar.engines.ranking.problem import Floats

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class WeightChange:
    """The least change of one weight at which the two are equal: which criterion, its weight now and then (0 to 1).

    The other weights keep their proportions and share the rest.
    """

    criterion: int
    now: float
    then: float


@dataclass(frozen=True, slots=True)
class ValueChange:
    """The least rise of the second's worth under one criterion at which the two are equal (0 to 1, now and then)."""

    criterion: int
    now: float
    then: float


def contributions(first: ArrayLike, second: ArrayLike, weights: ArrayLike) -> Floats:
    """What each criterion adds to the first's lead over the second (criteria); the sum is the lead."""
    one, other, held = (np.asarray(x, dtype=np.float64) for x in (first, second, weights))
    return np.asarray(held * (one - other))


def least_weight_change(first: ArrayLike, second: ArrayLike, weights: ArrayLike) -> WeightChange | None:
    """The weight that would have to move least for both to be equal; None where no single weight can do it.

    With weight x on criterion j and the rest in proportion the lead is x·d_j + (1 − x)·R, R = (Σ w_k d_k without j)/(1 − w_j);
    it is 0 at x = R/(R − d_j).
    """
    one, other, held = (np.asarray(x, dtype=np.float64) for x in (first, second, weights))
    gap = one - other
    lead = float(held @ gap)
    found: WeightChange | None = None
    for place, (weight, own) in enumerate(zip(held, gap, strict=True)):
        if weight >= 1 - _NOTHING:
            continue
        rest = (lead - weight * own) / (1 - weight)
        if abs(rest - own) <= _NOTHING:
            continue
        then = float(rest / (rest - own))
        if 0 <= then <= 1 and (found is None or abs(then - weight) < abs(found.then - found.now)):
            found = WeightChange(place, float(weight), then)
    return found


def least_value_change(first: ArrayLike, second: ArrayLike, weights: ArrayLike) -> ValueChange | None:
    """The criterion under which the second needs the least rise of worth to be equal; None where no single one suffices."""
    one, other, held = (np.asarray(x, dtype=np.float64) for x in (first, second, weights))
    lead = float(held @ (one - other))
    found: ValueChange | None = None
    for place, (weight, now) in enumerate(zip(held, other, strict=True)):
        if weight <= _NOTHING:
            continue
        then = float(now + lead / weight)
        if then <= 1 + _NOTHING and (found is None or then - now < found.then - found.now):
            found = ValueChange(place, float(now), min(then, 1.0))
    return found
