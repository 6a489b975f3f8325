"""The first glance at a pair: what codes alone show, so that the hopeless many are dropped before anything is spelt
out.

Most pairs that share a key share nothing else. A table of weights per feature, learnt with the model, sums up what
equal codes say; pairs below the model's limit go no further. The limit is set in training where three true
candidate pairs in a hundred would be lost: those show too little to be linked anyway.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from lontar.engines.linkage.arrays import Bools, Floats, Ints, Narrow, Smalls
from lontar.engines.linkage.coding import Coded

#: Feature → number of its levels; 0 is blank.
GLANCES: Final[dict[str, int]] = {
    "words": 8,
    "heads": 5,
    "trades": 8,
    "village": 5,
    "born": 5,
    "phone": 3,
    "nik": 4,
    "nib": 3,
    "kbli": 4,
    "woman": 3,
}
_BITS: Final = np.array([1, 4, 6, 8, 11, 15], dtype=np.float32)
AT_ONCE: Final = 500_000
#: Pairs of one row that go on: of a crowd that looks alike only the best are looked at.
MOST_OF_A_ROW: Final = 40


def glances(rows: Coded, *, lefts: Ints, rights: Ints) -> dict[str, Smalls]:
    """Level of every feature of `GLANCES` for pairs of positions."""
    found = {
        "words": _shared_bits(rows.words, rows.bits["words"], lefts, rights),
        "heads": _shared(rows.heads, lefts, rights),
        "trades": _shared_bits(rows.trades, rows.bits["trades"], lefts, rights),
        "village": _nearest([rows[name] for name in ("village", "district", "regency")], lefts, rights),
        "nik": _nearest([rows["nik"], rows["nik_head"]], lefts, rights),
        "kbli": _nearest([rows["kbli"], rows["kbli_group"]], lefts, rights),
        "born": _born(rows["born"], lefts, rights),
    }
    for name in ("phone", "nib", "woman"):
        found[name] = _nearest([rows[name]], lefts, rights)
    return {name: found[name] for name in GLANCES}


def among_the_best(rows: Ints, odds: Floats) -> Bools:
    """Whether a pair is among the `MOST_OF_A_ROW` best of its row; of equals the first."""
    often = np.bincount(rows) > MOST_OF_A_ROW if len(rows) else np.zeros(0, dtype=bool)
    result = ~often[rows]
    crowded = np.flatnonzero(~result)
    order = crowded[np.lexsort((-odds[crowded], rows[crowded]))]
    start = np.flatnonzero(np.diff(rows[order], prepend=-1))
    place = np.arange(len(order)) - np.repeat(start, np.diff(start, append=len(order)))
    result[order[place < MOST_OF_A_ROW]] = True
    return result


def _both_sides(table: Narrow, lefts: Ints, rights: Ints) -> tuple[Narrow, Narrow]:
    """Words of both rows of each pair, (words × pairs) each; a row of the table is fetched whole, for it lies together."""
    mine, theirs = (np.take(table, rows, axis=0) for rows in (lefts, rights))
    return np.ascontiguousarray(mine.T), np.ascontiguousarray(theirs.T)


def _hit(word: Narrow, others: Narrow) -> Bools:
    """Whether a word of one row is among the words of the other."""
    hit: Bools = word == others[0]
    for other in others[1:]:
        hit |= word == other
    hit &= word >= 0
    return hit


def _unless_blank(level: Smalls, mine: Narrow, theirs: Narrow) -> Smalls:
    """0 where a side has no word at all."""
    level[(np.maximum.reduce(mine) < 0) | (np.maximum.reduce(theirs) < 0)] = 0
    return level


def _shared(table: Narrow, lefts: Ints, rights: Ints) -> Smalls:
    """Words in common: 0 where a side has none, else one more than the count, at most 4."""
    mine, theirs = _both_sides(table, lefts, rights)
    count = np.ones(len(lefts), dtype=np.uint8)
    for word in mine:
        count += _hit(word, theirs)
    return _unless_blank(np.minimum(count, 4), mine, theirs)


def _shared_bits(table: Narrow, bits: Floats, lefts: Ints, rights: Ints) -> Smalls:
    """What the words in common say: 0 where a side has none, 1 nothing in common, then by `_BITS`."""
    mine, theirs = _both_sides(table, lefts, rights)
    total = np.zeros(len(lefts), dtype=np.float32)
    for word in mine:
        hit = np.flatnonzero(_hit(word, theirs))
        total[hit] += bits[word[hit]]
    level = np.ones(len(lefts), dtype=np.uint8)
    some = np.flatnonzero(total)
    level[some] += np.searchsorted(_BITS, total[some], side="right").astype(np.uint8)
    return _unless_blank(level, mine, theirs)


def _nearest(columns: Iterable[Ints], lefts: Ints, rights: Ints) -> Smalls:
    """0 blank, 1 different, then one more for every coarser column that still agrees; the first column is the finest."""
    told = np.ones(len(lefts), dtype=np.uint8)
    blank = np.zeros(len(lefts), dtype=bool)
    for steps, codes in enumerate(reversed(list(columns))):
        mine, theirs = codes[lefts], codes[rights]
        there = mine >= 0
        if not steps:
            blank = ~there | (theirs < 0)
        told[(mine == theirs) & there] = steps + 2
    told[blank] = 0
    return told


def _born(born: Ints, lefts: Ints, rights: Ints) -> Smalls:
    a, b = born[lefts], born[rights]
    told = 4 - np.searchsorted([0, 1, 5], np.abs(a - b), side="left")
    return np.where((a < 0) | (b < 0), 0, told).astype(np.uint8)
