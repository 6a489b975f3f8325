"""Turns values into classes: numeric breaks (quantile, natural) and named categories, each with its legend.

Class 0 is always "no data"; classes 1…n take the steps of the colour ramp in the style sheet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from lontar.ui import formats

STEPS = 7
MOST_DISTINCT = 512
Value = float | str | None


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One line of the legend: style class of the colour, words, how many places."""

    css: str
    label: str
    count: int


def quantile_breaks(values: Iterable[float], classes: int = 5) -> tuple[float, ...]:
    """Edges so that classes hold about equally many; equal values never part, so fewer classes may come out.

    Returns k+1 edges for k ≤ `classes` classes: the first value of each class, then the largest value of all (equal to
    the edge before it where the top class is a single value); empty for no values.
    """
    data = sorted(values)
    if not data:
        return ()
    starts = [data[k * len(data) // classes] for k in range(classes)]
    return (*(float(v) for v in dict.fromkeys(starts)), float(data[-1]))


def natural_breaks(values: Iterable[float], classes: int = 5) -> tuple[float, ...]:
    """Edges that keep like with like: least squared distance to the class mean (Fisher 1958), exact by dynamic programming.

    More than 512 distinct values are first gathered into 512 quantiles. Returns edges as `quantile_breaks` does.
    """
    data = np.asarray(sorted(values), dtype=np.float64)
    if not data.size:
        return ()
    levels, weights = _distinct(data)
    starts = list(range(len(levels))) if len(levels) <= classes else _fisher(levels, weights, classes)
    return (*(float(levels[i]) for i in starts), float(data[-1]))


def _distinct(data: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    levels, counts = np.unique(data, return_counts=True)
    if len(levels) <= MOST_DISTINCT:
        return levels, counts.astype(np.float64)
    edges = np.unique(np.quantile(data, np.linspace(0, 1, MOST_DISTINCT + 1), method="inverted_cdf"))
    place = np.clip(np.searchsorted(edges, data, side="right") - 1, 0, len(edges) - 1)
    weights = np.bincount(place, minlength=len(edges)).astype(np.float64)
    return edges[weights > 0], weights[weights > 0]


def _fisher(levels: NDArray[np.float64], weights: NDArray[np.float64], classes: int) -> list[int]:
    """First index of each class of the best partition."""
    n = len(levels)
    w = np.concatenate(([0.0], np.cumsum(weights)))
    s = np.concatenate(([0.0], np.cumsum(weights * levels)))
    q = np.concatenate(([0.0], np.cumsum(weights * levels**2)))

    def cost(first: NDArray[np.int_], last: int) -> NDArray[np.float64]:
        mass = w[last] - w[first]
        result: NDArray[np.float64] = q[last] - q[first] - (s[last] - s[first]) ** 2 / mass
        return result

    best = np.array([0.0, *(cost(np.array([0]), j)[0] for j in range(1, n + 1))])
    cuts = np.zeros((classes, n + 1), dtype=np.int_)
    for k in range(1, classes):
        following = np.full(n + 1, np.inf)
        for j in range(k + 1, n + 1):
            first = np.arange(k, j)
            total = best[first] + cost(first, j)
            at = int(np.argmin(total))
            following[j], cuts[k, j] = total[at], first[at]
        best = following
    starts, end = [], n
    for k in range(classes - 1, 0, -1):
        end = int(cuts[k, end])
        starts.append(end)
    return [0, *reversed(starts)]


@dataclass(frozen=True, slots=True)
class Classes:
    """Numeric classes between `edges`, half-open, the last one closed. Up to seven. Values have at most `decimals` places."""

    edges: tuple[float, ...]
    unit: str = ""
    decimals: int = 0

    @classmethod
    def of(
        cls, values: Iterable[Value], *, classes: int = 5, natural: bool = False, unit: str = "", decimals: int = 0
    ) -> Classes:
        """Breaks found in the values themselves; those without data are left out."""
        if not 2 <= classes <= STEPS:
            raise ValueError(f"between 2 and {STEPS} classes can be told apart, not {classes}")
        known = [float(v) for v in values if v is not None and not isinstance(v, str)]
        find = natural_breaks if natural else quantile_breaks
        return cls(find(known, classes), unit, decimals)

    @property
    def size(self) -> int:
        """Number of classes."""
        return max(0, len(self.edges) - 1)

    def class_of(self, value: Value) -> int:
        """1…size, or 0 for no data and text."""
        if value is None or isinstance(value, str) or not self.edges:
            return 0
        return min(bisect_right(self.edges, float(value), 1, self.size), self.size)

    def css(self, place: int) -> str:
        """Style class of a class: the ramp's steps spread evenly, so that few classes still reach from light to deep."""
        if place == 0:
            return "r0"
        if self.size == 1:
            return "r5"
        return f"r{1 + round((place - 1) * (STEPS - 1) / (self.size - 1))}"

    def label(self, place: int) -> str:
        """`12 – 39`: as read, so the upper end is the last value before the next class; one number where they are one."""
        low, high = self.edges[place - 1], self.edges[place]
        step = Decimal(1).scaleb(-self.decimals)
        top = _exact(high) if place == self.size else _exact(high) - step
        low_text = formats.number(_exact(low), self.decimals)
        return low_text if top <= _exact(low) else f"{low_text} – {formats.number(top, self.decimals)}"

    def legend(self, values: Iterable[Value]) -> list[LegendLine]:
        """Lines of the legend with counts, low to high, "no data" last where there is any."""
        counts = Counter(self.class_of(value) for value in values)
        lines = [LegendLine(self.css(p), self.label(p), counts[p]) for p in range(1, self.size + 1)]
        return [*lines, *_nothing(counts[0])]


@dataclass(frozen=True, slots=True)
class Categories:
    """Named classes, at most six and "others": (key, label) in the order of the legend."""

    names: Sequence[tuple[str, str]]

    def __post_init__(self) -> None:
        """Refuses more names than colours."""
        if len(self.names) > STEPS:
            raise ValueError("more than seven categories cannot be told apart on a map; join the rare ones")

    @property
    def size(self) -> int:
        """Number of categories."""
        return len(self.names)

    def class_of(self, value: Value) -> int:
        """1…size by key, 0 for anything else."""
        return next((i for i, (key, _label) in enumerate(self.names, 1) if key == value), 0)

    def css(self, place: int) -> str:
        """Style class of a category."""
        return f"k{place}" if place else "r0"

    def label(self, place: int) -> str:
        """Words of a category."""
        return self.names[place - 1][1]

    def legend(self, values: Iterable[Value]) -> list[LegendLine]:
        """Lines with counts in the order given."""
        counts = Counter(self.class_of(value) for value in values)
        lines = [LegendLine(self.css(p), self.label(p), counts[p]) for p in range(1, self.size + 1)]
        return [*lines, *_nothing(counts[0])]


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))


def _nothing(count: int) -> list[LegendLine]:
    return [LegendLine("r0", _("tidak ada data"), count)] if count else []
