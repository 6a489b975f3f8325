"""The second judgement: what levels of a pair mean together.

Splink adds the evidence of columns as if they were independent, and so calls an owner's second business a match:
the NIK, the name and the telephone all agree. Here a log-linear model weighs the levels of `details` singly and two
by two (name beside trade, telephone beside name …), learnt from pairs whose truth is known. Its sum is a log-odds;
a table of numbers that anyone can read is the whole model.
"""

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

import numpy as np

from lontar.engines.linkage.arrays import Bools, Doubles, Ints, Smalls
from lontar.engines.linkage.details import FEATURES

#: Features that are weighed two by two; the others singly.
_PAIRED: Final = tuple(FEATURES)
CROSSES: Final = tuple(combinations(_PAIRED, 2))
#: How strongly weights are drawn to nothing, per weight of one level and of two together.
_SINGLE_PENALTY: Final = 0.3
_CROSS_PENALTY: Final = 3.0


@dataclass(frozen=True, slots=True)
class Weights:
    """`start`, a table of weights per feature, and a table (flattened) per two features of `CROSSES`; natural log-odds."""

    start: float
    singles: dict[str, Doubles]
    crosses: dict[tuple[str, str], Doubles]

    def odds(self, levels: dict[str, Smalls]) -> Doubles:
        """Log-odds that each pair is the same enterprise."""
        total = np.full(len(next(iter(levels.values()))), self.start)
        for name, table in self.singles.items():
            total += table[levels[name]]
        for (one, other), table in self.crosses.items():
            total += table[_crossed(levels, one, other)]
        return total


def _crossed(levels: dict[str, Smalls], one: str, other: str) -> Ints:
    return levels[one].astype(np.int64) * len(FEATURES[other]) + levels[other]


def learn(levels: dict[str, Smalls], same: Bools, *, rounds: int = 150) -> Weights:
    """Weights that explain best which pairs are the same; `same` tells it of each pair.

    Penalised maximum likelihood (ridge), by L-BFGS on the distinct patterns of levels. Deterministic.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    matrix = np.stack([levels[name] for name in FEATURES], axis=1)
    patterns, where = np.unique(matrix, axis=0, return_inverse=True)
    where = where.ravel()
    total = np.bincount(where, minlength=len(patterns)).astype(np.float64)
    hits = np.bincount(where, weights=same, minlength=len(patterns))
    columns, sizes = _columns(patterns)
    width = columns.shape[1]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    indices = (columns + starts[:-1]).ravel()
    design = csr_matrix(
        (np.ones(indices.size), indices, np.arange(0, indices.size + 1, width)), shape=(len(patterns), starts[-1])
    )
    ridge = np.concatenate(
        [np.full(size, _SINGLE_PENALTY if at < len(FEATURES) else _CROSS_PENALTY) for at, size in enumerate(sizes)]
    )

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        odds = design @ weights[1:] + weights[0]
        value = float(np.sum(total * np.logaddexp(0, odds) - hits * odds) + 0.5 * np.sum(ridge * weights[1:] ** 2))
        error = total / (1 + np.exp(-odds)) - hits
        return value, np.concatenate([[error.sum()], design.T @ error + ridge * weights[1:]])

    found = minimize(
        loss, np.zeros(starts[-1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 20}
    )
    tables = [found.x[1 + a : 1 + b].round(4) for a, b in pairwise(starts)]
    names = list(FEATURES)
    return Weights(
        start=round(float(found.x[0]), 4),
        singles=dict(zip(names, tables[: len(names)], strict=True)),
        crosses=dict(zip(CROSSES, tables[len(names) :], strict=True)),
    )


def _columns(patterns: Smalls) -> tuple[Ints, list[int]]:
    """For every pattern the position within its table, for every single and every two together; and the tables' sizes."""
    levels = {name: patterns[:, at] for at, name in enumerate(FEATURES)}
    columns = [levels[name].astype(np.int64) for name in FEATURES] + [_crossed(levels, *cross) for cross in CROSSES]
    sizes = [len(FEATURES[name]) for name in FEATURES] + [len(FEATURES[a]) * len(FEATURES[b]) for a, b in CROSSES]
    return np.stack(columns, axis=1), sizes
