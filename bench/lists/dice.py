"""Random draws one at a time at the speed of a list: uniform numbers drawn in bulk from a seeded numpy generator."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")


class Dice:
    """Draws from one seed; the same calls give the same answers."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._drawn: list[float] = []

    def roll(self) -> float:
        """A number in [0, 1)."""
        if not self._drawn:
            self._drawn = self._rng.random(65_536).tolist()
        return self._drawn.pop()

    def chance(self, rate: float) -> bool:
        """True at the given rate."""
        return self.roll() < rate

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return int(self.roll() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[self.below(len(items))]

    def weighted(self, sums: Sequence[float]) -> int:
        """A position, by running sums of weights (`running`)."""
        return bisect(sums, self.roll() * sums[-1], 0, len(sums) - 1)


def running(weights: Sequence[float]) -> list[float]:
    """Running sums for `Dice.weighted`."""
    return list(accumulate(weights))
