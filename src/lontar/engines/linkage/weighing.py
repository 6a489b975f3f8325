"""The second judgement: what levels of a pair mean together.

Splink adds the evidence of columns as if they were independent, and so calls an owner's second business a match:
the NIK, the name and the telephone all agree. Here a log-linear model weighs the levels of `details` singly and two
by two (name beside trade, telephone beside name …), learnt from pairs whose truth is known. Its sum is a log-odds;
a table of numbers that anyone can read is the whole model.
"""

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final, TypeAlias

import numpy as np
import polars as pl

from lontar.engines.linkage.arrays import Bools, Doubles, Ints, Smalls
from lontar.engines.linkage.details import FEATURES

Crosses: TypeAlias = tuple[tuple[str, str], ...]
#: Features that are weighed two by two: all of them.
CROSSES: Final[Crosses] = tuple(combinations(FEATURES, 2))
SIZES: Final = {name: len(levels) for name, levels in FEATURES.items()}
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
            total += table[_crossed(levels, one, other, width=len(self.singles[other]))]
        return total


def _crossed(levels: dict[str, Smalls], one: str, other: str, *, width: int) -> Ints:
    return levels[one].astype(np.int64) * width + levels[other]


def learn(
    levels: dict[str, Smalls], same: Bools, *, sizes: dict[str, int], crosses: Crosses = (), rounds: int = 120
) -> Weights:
    """Weights that explain best which pairs are the same; `same` tells it of each pair, `sizes` the levels of each feature.

    Penalised maximum likelihood (ridge), by L-BFGS on the distinct patterns of levels. Deterministic.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    patterns, total, hits = _patterns(levels, same)
    columns, widths = _columns(patterns, sizes=sizes, crosses=crosses)
    starts = np.concatenate([[0], np.cumsum(widths)])
    indices = (columns + starts[:-1]).ravel()
    rows = np.arange(0, indices.size + 1, columns.shape[1])
    design = csr_matrix((np.ones(indices.size), indices, rows), shape=(len(total), starts[-1]))
    back = design.T.tocsr()
    ridge = np.repeat([_SINGLE_PENALTY] * len(sizes) + [_CROSS_PENALTY] * len(crosses), widths)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        odds = design @ weights[1:] + weights[0]
        value = float(np.sum(total * np.logaddexp(0, odds) - hits * odds) + 0.5 * np.sum(ridge * weights[1:] ** 2))
        error = total / (1 + np.exp(-odds)) - hits
        return value, np.concatenate([[error.sum()], back @ error + ridge * weights[1:]])

    found = minimize(
        loss, np.zeros(starts[-1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 20}
    )
    tables = [found.x[1 + a : 1 + b].round(4) for a, b in pairwise(starts)]
    names = list(sizes)
    return Weights(
        start=round(float(found.x[0]), 4),
        singles=dict(zip(names, tables[: len(names)], strict=True)),
        crosses=dict(zip(crosses, tables[len(names) :], strict=True)),
    )


def _patterns(levels: dict[str, Smalls], same: Bools) -> tuple[dict[str, Smalls], Doubles, Doubles]:
    """The distinct patterns of levels, how often each comes up, and how often it is the same enterprise."""
    frame = pl.DataFrame(levels).with_columns(same=pl.Series(same))
    told = frame.group_by(list(levels), maintain_order=True).agg(total=pl.len(), hits=pl.col("same").sum())
    patterns = {name: told[name].to_numpy() for name in levels}
    return patterns, told["total"].cast(pl.Float64).to_numpy(), told["hits"].cast(pl.Float64).to_numpy()


def _columns(patterns: dict[str, Smalls], *, sizes: dict[str, int], crosses: Crosses) -> tuple[Ints, list[int]]:
    """For every pattern the position within its table, for every single and every two together; and the tables' sizes."""
    columns = [patterns[name].astype(np.int64) for name in sizes]
    columns += [_crossed(patterns, one, other, width=sizes[other]) for one, other in crosses]
    return np.stack(columns, axis=1), [*sizes.values(), *(sizes[a] * sizes[b] for a, b in crosses)]
