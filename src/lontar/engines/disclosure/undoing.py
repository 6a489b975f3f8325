"""What a reader can compute back: the hidden cells that the known sums determine.

The hidden cells are unknowns of linear equations. A cell can be computed back exactly when every solution agrees on
it, that is when its row in the null space of the equations is zero. Equations with a cell that stands in no other
equation tell nothing of the other cells as long as that cell is free; they are peeled off first, so that what is left
for linear algebra is small.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from lontar.engines.disclosure.tables import Marks

_NOTHING: Final = 1e-9
Counts = npt.NDArray[np.int64]


def determined(matrix: sparse.csr_array, hidden: Marks) -> Marks:
    """Which of the `hidden` cells follow from the others by the sums in `matrix` (sums × cells)."""
    found = np.zeros(hidden.shape, dtype=bool)
    places = np.flatnonzero(hidden)
    if places.size == 0:
        return found
    among = sparse.csr_array(matrix[:, places])
    among = sparse.csr_array(among[np.diff(among.indptr) > 0])
    found[places] = _fixed(among)
    return found


def _fixed(among: sparse.csr_array) -> Marks:
    """Which unknowns are fixed: those of the core by algebra, those peeled off when all others of their sum are fixed."""
    unknowns = among.shape[1]
    open_sums = np.ones(among.shape[0], dtype=bool)
    peeled: list[tuple[int, int]] = []
    members = sparse.csr_array(abs(among))
    by_column = sparse.csc_array(members)
    count = np.asarray(members.sum(axis=0), dtype=np.int64)
    waiting: list[int] = np.flatnonzero(count == 1).tolist()
    taken = np.zeros(unknowns, dtype=bool)
    while waiting:
        cell = waiting.pop()
        rows = by_column.indices[by_column.indptr[cell] : by_column.indptr[cell + 1]]
        rows = rows[open_sums[rows]]
        if taken[cell] or rows.size != 1:
            continue
        row = int(rows[0])
        taken[cell], open_sums[row] = True, False
        peeled.append((cell, row))
        others = members.indices[members.indptr[row] : members.indptr[row + 1]]
        count[others] -= 1
        waiting.extend(others[(count[others] == 1) & ~taken[others]].tolist())
    fixed = _core(among, open_sums, ~taken & (count > 0))
    for cell, row in reversed(peeled):
        others = members.indices[members.indptr[row] : members.indptr[row + 1]]
        fixed[cell] = bool(np.all(fixed[others[others != cell]]))
    return fixed


def _core(among: sparse.csr_array, rows: Marks, cells: Marks) -> Marks:
    """Which cells the sums that are left fix, component by component; cells in no sum are free."""
    fixed = np.zeros(among.shape[1], dtype=bool)
    places = np.flatnonzero(cells)
    if places.size == 0:
        return fixed
    left = sparse.csr_array(among[np.flatnonzero(rows)][:, places])
    linked = sparse.csgraph.connected_components(left.T @ abs(left), directed=False)[1]
    for component in range(int(linked.max()) + 1):
        inside = np.flatnonzero(linked == component)
        block = sparse.csc_array(left[:, inside])
        dense = block.toarray()
        space = linalg.null_space(dense[np.any(dense != 0, axis=1)], rcond=_NOTHING)
        fixed[places[inside]] = np.all(np.abs(space) < _NOTHING, axis=1)
    return fixed
