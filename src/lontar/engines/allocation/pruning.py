"""Leaving out offers that no best choice needs, so that thousands become hundreds and a plan is solved while somebody watches.

Offers that every limit counts alike can stand in for each other. Of such a group a choice of `count` never needs an offer to
which `count` others are preferable: worth no less and, where the limits cap one amount, no dearer. The optimum stays the
optimum, and what cannot be met stays so; only among equals another one may be taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Shape:
    """A limit as pruning sees it: coefficients of the offers, between `low` and `high`."""

    parts: Floats
    low: float
    high: float

    @property
    def is_cap(self) -> bool:
        """Whether it only caps an amount that differs from offer to offer: less of it is always allowed."""
        return self.low == -np.inf and bool((self.parts >= 0).all()) and len(np.unique(self.parts)) > 2


def needed(limits: Sequence[Shape], count: int) -> int:
    """The most offers of one kind that any limit can ask for, and no fewer than `count`."""
    asked = [one.low / one.parts[one.parts > 0].min() for one in limits if one.low > 0 and (one.parts > 0).any()]
    return max([count, *(int(np.ceil(number)) for number in asked)])


def useful(worth: Floats, limits: Sequence[Shape], count: int) -> Places:
    """Places of the offers that a best choice of `count` may need, in order."""
    number = len(worth)
    caps = [one for one in limits if one.is_cap]
    cap = caps[0].parts if len(caps) == 1 else np.zeros(number)
    rest = [one.parts for one in limits if not (len(caps) == 1 and one is caps[0])]
    if not rest:
        return np.arange(number)
    alike = np.unique(np.stack(rest), axis=1, return_inverse=True)[1].reshape(-1)
    kept = np.zeros(number, dtype=bool)
    # Preferable first: greater worth, then less of the amount, then the earlier place.
    order = np.lexsort((np.arange(number), cap, -worth, alike))
    starts = np.flatnonzero(np.r_[True, np.diff(alike[order]) != 0, True])
    for begin, end in pairwise(starts.tolist()):
        group = order[begin:end]
        kept[group[_preferred(cap[group], count)]] = True
    return np.flatnonzero(kept)


def _preferred(cap: Floats, count: int) -> NDArray[np.bool_]:
    """Of offers ordered by worth, those that fewer than `count` earlier ones undercut or equal in the amount."""
    if len(cap) <= count:
        return np.ones(len(cap), dtype=bool)
    kept = np.zeros(len(cap), dtype=bool)
    cheapest: list[float] = []  # the `count` smallest amounts so far, ascending
    for place, amount in enumerate(cap.tolist()):
        if len(cheapest) < count or amount < cheapest[-1]:
            kept[place] = True
            cheapest.append(amount)
            cheapest.sort()
            del cheapest[count:]
    return kept
