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
#: Pairs of a group that is assigned by trying; nearly every group is so small, and scipy need not be loaded for it.
FEW: Final = 40
#: Sets of rights in use beyond which trying is given up for a matrix.
_MOST_WAYS: Final = 2_000


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
    _, at, often_l = np.unique(lefts, return_inverse=True, return_counts=True)
    _, to, often_r = np.unique(rights, return_inverse=True, return_counts=True)
    keep: Bools = (often_l[at] == 1) & (often_r[to] == 1)
    several = np.flatnonzero(~keep)
    group = _groups(at[several], to[several] + len(often_l))
    order = several[np.argsort(group, kind="stable")]
    for rows in np.split(order, np.flatnonzero(np.diff(np.sort(group))) + 1):
        keep[rows[_assigned(at[rows], to[rows], worth[rows])]] = True
    return keep


def _groups(at: Ints, to: Ints) -> Ints:
    """A number per pair, the same for pairs that hang together: the least row that can be reached."""
    label = np.arange(max(at.max(initial=-1), to.max(initial=-1)) + 1)
    while True:
        least = np.minimum(label[at], label[to])
        if np.array_equal(least, label[at]) and np.array_equal(least, label[to]):
            return least
        np.minimum.at(label, at, least)
        np.minimum.at(label, to, least)
        label = label[label]


def _assigned(at: Ints, to: Ints, worth: Doubles) -> Ints:
    tried = _by_trying(at.tolist(), to.tolist(), worth.tolist()) if len(worth) <= FEW else None
    if tried is not None:
        return tried
    left, i = np.unique(at, return_inverse=True)
    right, j = np.unique(to, return_inverse=True)
    if len(left) * len(right) > LARGEST:
        return _from_the_strongest(i, j, worth)
    from scipy.optimize import linear_sum_assignment

    value = np.zeros((len(left), len(right)))
    which = np.full(value.shape, -1, dtype=np.int64)
    value[i, j], which[i, j] = worth, np.arange(len(worth))
    picked: Ints = which[linear_sum_assignment(value, maximize=True)]
    return picked[picked >= 0]


def _by_trying(at: list[int], to: list[int], worth: list[float]) -> Ints | None:
    """Left by left: for every set of rights in use the best way to come there. Exact; None where the sets are many."""
    ways: dict[frozenset[int], tuple[float, tuple[int, ...]]] = {frozenset(): (0.0, ())}
    for left in dict.fromkeys(at):
        grown = dict(ways)
        for pair in [pair for pair, mine in enumerate(at) if mine == left]:
            for taken, (total, pairs) in ways.items():
                used = taken | {to[pair]}
                if len(used) > len(taken) and total + worth[pair] > grown.get(used, (0.0, ()))[0]:
                    grown[used] = (total + worth[pair], (*pairs, pair))
        if len(grown) > _MOST_WAYS:
            return None
        ways = grown
    return np.array(max(ways.values())[1], dtype=np.int64)


def _from_the_strongest(i: Ints, j: Ints, worth: Doubles) -> Ints:
    taken_i, taken_j = np.zeros(i.max() + 1, dtype=bool), np.zeros(j.max() + 1, dtype=bool)
    kept = []
    for pair in np.argsort(-worth, kind="stable").tolist():
        if not (taken_i[i[pair]] or taken_j[j[pair]]):
            taken_i[i[pair]] = taken_j[j[pair]] = True
            kept.append(pair)
    return np.array(kept, dtype=np.int64)
