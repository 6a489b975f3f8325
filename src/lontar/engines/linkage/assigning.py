"""One to one: of all pairs that could be, the set that is likeliest as a whole, each row in one pair at most.

First every pair's odds are weighed against the other pairs of its two rows: of three namesakes one at most is the
enterprise. Then the pairs fall into groups that share no row, and each group is assigned by the Hungarian method
for the greatest sum of log-odds; a group too large for a matrix is assigned from the strongest pair down, as is a
group where that is the same anyway.
"""

from typing import Final

import numpy as np
import polars as pl

from lontar.engines.linkage.arrays import Bools, Doubles, Ints

#: Rows times columns of the largest matrix that is assigned exactly.
LARGEST: Final = 4_000_000


def against_rivals(lefts: Ints, rights: Ints, odds: Doubles) -> Doubles:
    """Probability of each pair when each row has one partner at most: odds / (1 + odds + odds of all rival pairs)."""
    strength = np.exp(np.clip(odds, -40, 40))
    frame = pl.DataFrame({"l": lefts, "r": rights, "s": strength})
    rivals = frame.select(
        (pl.col("s").sum().over("l") + pl.col("s").sum().over("r") - 2 * pl.col("s")).alias("rivals")
    ).to_series()
    chance: Doubles = strength / (1 + strength + np.maximum(rivals.to_numpy(), 0))
    return chance


def one_to_one(lefts: Ints, rights: Ints, worth: Doubles) -> Bools:
    """Which pairs to keep so that no `l` and no `r` stands twice and the sum of `worth` is greatest; worth must be positive."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    keep = np.zeros(len(lefts), dtype=bool)
    if not len(lefts):
        return keep
    left, at = np.unique(lefts, return_inverse=True)
    right, to = np.unique(rights, return_inverse=True)
    size = len(left) + len(right)
    graph = coo_matrix((np.ones(len(lefts)), (at, to + len(left))), shape=(size, size))
    group = connected_components(graph, directed=False)[1][at]
    sizes = np.bincount(group)
    keep[sizes[group] == 1] = True
    several = np.flatnonzero(sizes[group] > 1)
    order = several[np.argsort(group[several], kind="stable")]
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        keep[rows[_assigned(at[rows], to[rows], worth[rows])]] = True
    return keep


def _assigned(at: Ints, to: Ints, worth: Doubles) -> Ints:
    if len(worth) < 2:
        return np.arange(len(worth))
    left, i = np.unique(at, return_inverse=True)
    right, j = np.unique(to, return_inverse=True)
    if len(left) == 1 or len(right) == 1:
        return np.array([np.argmax(worth)])
    if len(left) * len(right) > LARGEST:
        return _from_the_strongest(i, j, worth)
    from scipy.optimize import linear_sum_assignment

    value = np.zeros((len(left), len(right)))
    which = np.full(value.shape, -1, dtype=np.int64)
    value[i, j], which[i, j] = worth, np.arange(len(worth))
    picked: Ints = which[linear_sum_assignment(value, maximize=True)]
    return picked[picked >= 0]


def _from_the_strongest(i: Ints, j: Ints, worth: Doubles) -> Ints:
    taken_i, taken_j = np.zeros(i.max() + 1, dtype=bool), np.zeros(j.max() + 1, dtype=bool)
    kept = []
    for pair in np.argsort(-worth, kind="stable").tolist():
        if not (taken_i[i[pair]] or taken_j[j[pair]]):
            taken_i[i[pair]] = taken_j[j[pair]] = True
            kept.append(pair)
    return np.array(kept, dtype=np.int64)
