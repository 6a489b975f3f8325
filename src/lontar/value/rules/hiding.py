"""What of value kept must be hidden so that nobody can tell what a single producer earned, also not by subtraction.

Brings the table of kabupaten × commodities with its totals to the rule of the house (`engines.disclosure`); it has no rule of
its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import polars as pl

from lontar.engines.disclosure import Behind, Limits, primary, protect

Key = tuple[str, str]
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: producers in it, their turnover, the share (0 to 1) of the largest of them."""

    n: int
    turnover: float
    top: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A shown cell has at least `producers` of them, and none with `share` (0 to 1) or more of its turnover."""

    producers: int
    share: Decimal

    @property
    def limits(self) -> Limits:
        """The same for the engine."""
        return Limits(self.producers, int(self.share * _HUNDRED))

    def hides(self, cell: Cell) -> bool:
        """True where the cell must be hidden by itself."""
        return bool(primary(_behind([cell]), self.limits)[0])


def _behind(cells: list[Cell]) -> Behind:
    turnover = np.array([cell.turnover for cell in cells])
    return Behind(
        np.array([cell.n for cell in cells], dtype=np.int64),
        turnover,
        turnover * np.array([cell.top for cell in cells]),
    )


def hidden(cells: Mapping[Key, Cell], rule: Rule, *, root: str) -> frozenset[Key]:
    """Keys (region, commodity) to hide; "" in either place of the key is the total over it, `root` the province's code."""
    keys = sorted(cells)
    if not keys:
        return frozenset()
    placed = pl.DataFrame(
        {
            "level": ["regency" if region else "province" for region, _part in keys],
            "region": [region or root for region, _part in keys],
            "by": ["commodity" if part else "" for _region, part in keys],
            "part": [part for _region, part in keys],
        }
    )
    behind = _behind([cells[key] for key in keys])
    marks = protect(placed, primary(behind, rule.limits), behind=behind, limits=rule.limits)
    return frozenset(key for key, is_hidden in zip(keys, marks, strict=True) if is_hidden)
