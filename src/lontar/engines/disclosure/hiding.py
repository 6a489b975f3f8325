"""Which cells of a table are hidden: those that tell of single producers, and as few others as it takes to keep these
hidden.

Primary: fewer than `least` producers stand behind a cell, or one of them holds `dominance` per cent or more of it.
Secondary: what the known sums give away of the hidden cells of a sum together must not tell of single producers
either, therefore the smallest other one is hidden too; and what linear algebra still finds after that gets another
companion, until nothing is found. Which figures belong together is left to the caller, who hides them by one mask.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from lontar.engines.disclosure.tables import Marks, Sums, known_sums
from lontar.engines.disclosure.undoing import determined

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
PER_CENT = 100
#: Hiding a whole hides the answer that most readers come for; parts are taken while there are any.
_WHOLE_COSTS = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """Fewer than `least` producers, or one with `dominance` per cent or more of a cell, is too close to a single one."""

    least: int
    dominance: int


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind each cell: how many producers, the cell's total, and the part of the largest one (zeros: not asked)."""

    producers: Counts
    total: Floats
    top: Floats

    @classmethod
    def counted(cls, producers: Counts) -> Behind:
        """Only numbers of producers; no cell is dominated."""
        nothing = np.zeros(producers.shape)
        return cls(producers, nothing, nothing)

    def rows(self, order: Counts) -> Behind:
        """The same in another order."""
        return Behind(self.producers[order], self.total[order], self.top[order])


def primary(behind: Behind, limits: Limits) -> Marks:
    """Cells that tell of single producers by themselves; an empty cell tells of none."""
    dominated = (behind.total > 0) & (behind.top * PER_CENT >= limits.dominance * behind.total)
    result: Marks = (behind.producers > 0) & ((behind.producers < limits.least) | dominated)
    return result


def protect(cells: pl.DataFrame, first: Marks, *, behind: Behind, limits: Limits) -> Marks:
    """The mask of all cells to hide: `first` and the companions that they need.

    `cells` has level, region, by, part. Empty cells are never companions: that nothing is there is known. The same
    input gives the same mask, in any order of rows.
    """
    order = cells.with_row_index("at").sort("level", "region", "by", "part")["at"].to_numpy().astype(np.int64)
    hidden = _companions(known_sums(cells[order]), first[order], behind.rows(order), limits)
    result = np.zeros(first.shape, dtype=bool)
    result[order] = hidden
    return result


def _companions(sums: Sums, first: Marks, behind: Behind, limits: Limits) -> Marks:
    hidden = first.copy()
    across = sums.members.T.tocsr()
    is_whole = np.asarray(sums.wholes.sum(axis=0)).ravel() > 0

    def companions(needy: Marks, free: Marks) -> Marks:
        helps = np.maximum(across @ needy.astype(np.int64), 1)
        cost = np.where(is_whole, behind.producers * _WHOLE_COSTS, behind.producers / helps)
        return _cheapest(sums.members, needy, free=free, cost=cost)

    while True:
        free = ~hidden & (behind.producers > 0)
        added = companions(_telling(sums, hidden, behind, limits), free)
        if not added.any():
            found = determined(sums.matrix, hidden)
            if not found.any():
                return hidden
            # In the cells' own sums, else in the sums that share a cell with these, and so on.
            needy = _touching(sums, found)
            added = companions(needy, free)
            while not added.any():
                wider = _touching(sums, (across @ needy.astype(np.int64)) > 0)
                if bool((wider == needy).all()):
                    # Everything that could be a companion is hidden, up to the top of the table.
                    return hidden
                needy = wider
                added = companions(needy, free)
        hidden |= added


def _touching(sums: Sums, cells: Marks) -> Marks:
    """Sums that hold any of the cells."""
    result: Marks = (sums.members @ cells.astype(np.int64)) > 0
    return result


def _telling(sums: Sums, hidden: Marks, behind: Behind, limits: Limits) -> Marks:
    """Sums that give away too much: a single hidden cell, or hidden parts of a shown whole that together are of too few."""
    marks = hidden.astype(np.int64)
    count = sums.members @ marks
    parts = sums.parts
    has_shown_whole = (sums.wholes @ marks) == 0
    together = parts @ (marks * behind.producers)
    amount = parts @ np.where(hidden, behind.total, 0)
    largest = _largest(parts, np.where(hidden, behind.top, 0))
    close = (together < limits.least) | ((amount > 0) & (largest * PER_CENT >= limits.dominance * amount))
    result: Marks = (count == 1) | ((count > 1) & has_shown_whole & (together > 0) & close)
    return result


def _largest(parts: sparse.csr_array, top: Floats) -> Floats:
    """The largest single contribution among the parts of each sum."""
    at = np.repeat(np.arange(parts.shape[0]), np.diff(parts.indptr))
    result = np.zeros(parts.shape[0])
    np.maximum.at(result, at, top[parts.indices])
    return result


def _cheapest(members: sparse.csr_array, needy: Marks, *, free: Marks, cost: Floats) -> Marks:
    """For each sum that needs one, the free cell that costs least; the first of equals."""
    picked = np.zeros(free.shape, dtype=bool)
    wanted = members[np.flatnonzero(needy)].tocoo()
    row, cell = wanted.coords
    usable = free[cell]
    row, cell = row[usable], cell[usable]
    if row.size == 0:
        return picked
    order = np.lexsort((cell, cost[cell], row))
    row, cell = row[order], cell[order]
    picked[cell[np.r_[True, row[1:] != row[:-1]]]] = True
    return picked
