"""How much a difference is worth under PROMETHEE: the six functions of Brans and Vincke (1985), each from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from lontar.engines.ranking.problem import Floats, ProblemInvalid


class Shape(StrEnum):
    """The six shapes, by the names of the paper."""

    USUAL = "usual"
    U = "u"
    V = "v"
    LEVEL = "level"
    LINEAR = "linear"
    GAUSSIAN = "gaussian"


@dataclass(frozen=True, slots=True)
class Preference:
    """A shape with its thresholds in the units of the criterion: `q` indifference, `p` full preference, `s` the bend."""

    shape: Shape
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0

    def __post_init__(self) -> None:
        """Refuse thresholds that the shape cannot have; raises `ProblemInvalid`."""
        if min(self.q, self.p, self.s) < 0:
            raise ProblemInvalid(f"Ambang preferensi {self.shape}: tidak boleh negatif.")
        if self.shape is Shape.V and self.p <= 0:
            raise ProblemInvalid("Ambang preferensi V: p harus di atas 0.")
        if self.shape in {Shape.LEVEL, Shape.LINEAR} and self.p <= self.q:
            raise ProblemInvalid(f"Ambang preferensi {self.shape}: p ({self.p}) harus di atas q ({self.q}).")
        if self.shape is Shape.GAUSSIAN and self.s <= 0:
            raise ProblemInvalid("Ambang preferensi Gauss: s harus di atas 0.")

    def __call__(self, difference: Floats) -> Floats:
        """The preference for differences of any shape, positive where the first is better."""
        return _SHAPES[self.shape](self, np.maximum(difference, 0.0))


def _level(one: Preference, d: Floats) -> Floats:
    return np.where(d > one.p, 1.0, np.where(d > one.q, 0.5, 0.0))


_SHAPES: Final[dict[Shape, Callable[[Preference, Floats], Floats]]] = {
    Shape.USUAL: lambda _one, d: (d > 0).astype(np.float64),
    Shape.U: lambda one, d: (d > one.q).astype(np.float64),
    Shape.V: lambda one, d: np.minimum(d / one.p, 1.0),
    Shape.LEVEL: _level,
    Shape.LINEAR: lambda one, d: np.clip((d - one.q) / (one.p - one.q), 0.0, 1.0),
    Shape.GAUSSIAN: lambda one, d: 1 - np.exp(-(d**2) / (2 * one.s**2)),
}
USUAL: Final = Preference(Shape.USUAL)
