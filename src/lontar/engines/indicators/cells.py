"""From rows to cells: sums for every level of region, and for every breakdown one at a time.

Districts and villages are shown in all only: crossed with a breakdown nearly each of their cells would hold fewer
than three producers (adr/0016). Rows are put in one order first and sums are of whole numbers, so that the order in
which they came cannot matter; a cell exists where somebody was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from lontar.engines.indicators.recipes import Kind, Recipe

LEVELS = ("province", "regency", "district", "village")
BREAKDOWNS = ("pillar", "category", "sex", "star")
BROKEN_DOWN = ("province", "regency")
KEYS = ("level", "region", "by", "part")
#: Figures of these kinds have no interval and need no squares.
_PLAIN = (Kind.TOTAL, Kind.SCALED, Kind.COUNTED)

Whole = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int64] | npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Step:
    """How rows become groups: their order, and where each group starts."""

    order: Whole
    starts: Whole

    def apply(self, values: Numbers, how: np.ufunc) -> Numbers:
        """Reduce values of rows to values of groups."""
        reduced: Numbers = how.reduceat(values[self.order], self.starts)
        return reduced


@dataclass(slots=True)
class Grouping:
    """All cells of a table of rows, in one order; `reduce` makes a value per cell of a value per row."""

    keys: pl.DataFrame
    steps: list[tuple[_Step, list[_Step]]] = field(default_factory=list)

    @classmethod
    def of(cls, rows: pl.DataFrame, breakdowns: Sequence[str] = BREAKDOWNS) -> Grouping:
        """The cells of rows that have a column for every level and breakdown."""
        made = cls(pl.DataFrame(schema=dict.fromkeys(KEYS, pl.String)))
        if not rows.height:
            return made
        keys = []
        for by in ("", *breakdowns):
            finest = LEVELS[-1] if not by else BROKEN_DOWN[-1]
            columns = [finest, *([by] if by else [])]
            step, groups = _grouped(rows, columns)
            above: list[_Step] = []
            keys.append(_keys(groups, finest, by))
            for level in reversed(LEVELS[: LEVELS.index(finest)]):
                length = {"province": 2, "regency": 5, "district": 8}[level]
                cut = groups.with_columns(pl.col(finest).str.slice(0, length).alias(level))
                up, whole = _grouped(cut, [level, *columns[1:]])
                above.append(up)
                keys.append(_keys(whole, level, by))
            made.steps.append((step, above))
        made.keys = pl.concat(keys)
        return made

    def reduce(self, values: Numbers, how: np.ufunc = np.add) -> Numbers:
        """One value per cell, in the order of `keys`."""
        pieces = []
        for step, above in self.steps:
            finest = step.apply(values, how)
            pieces.append(finest)
            pieces += [up.apply(finest, how) for up in above]
        joined: Numbers = np.concatenate(pieces) if pieces else values[:0]  # type: ignore[assignment]  # of one kind
        return joined


def _grouped(rows: pl.DataFrame, columns: list[str]) -> tuple[_Step, pl.DataFrame]:
    ranked = rows.select(columns).with_row_index("at").sort([*columns, "at"])
    starts = ranked.select(pl.struct(columns).rle_id()).to_series().to_numpy()
    first = np.flatnonzero(np.r_[True, starts[1:] != starts[:-1]])
    return _Step(ranked["at"].to_numpy().astype(np.int64), first), ranked.select(columns)[first]


def _keys(groups: pl.DataFrame, level: str, by: str) -> pl.DataFrame:
    part = pl.col(by) if by else pl.lit("")
    return groups.select(
        pl.lit(level).alias("level"), pl.col(level).alias("region"), pl.lit(by).alias("by"), part.alias("part")
    )


def sums(panel: pl.DataFrame, recipes: Sequence[Recipe]) -> pl.DataFrame:
    """A row per cell; per recipe `i` the columns `n_i y_i x_i ty_i tx_i`, and `yy_i xy_i xx_i` where an interval needs them.

    Beside them per family `asked_<name>`, and the producer-months asked for and answered. `panel` is sorted by village and
    producer, so that squares, which are floats, are added in one order whatever came first.
    """
    cells = Grouping.of(panel)
    columns: dict[str, Numbers] = {}
    for place, recipe in enumerate(recipes):
        columns |= {f"{name}_{place}": values for name, values in _of(panel, cells, recipe).items()}
    for family in {recipe.family.name: recipe.family for recipe in recipes}.values():
        columns[f"asked_{family.name}"] = cells.reduce(panel[family.asked].cast(pl.Int64).to_numpy())
    for name in ("months_asked", "months_answered"):
        columns[name] = cells.reduce(panel[name].cast(pl.Int64).to_numpy())
    return cells.keys.with_columns(pl.Series(name, values) for name, values in columns.items())


def _of(panel: pl.DataFrame, cells: Grouping, recipe: Recipe) -> dict[str, Numbers]:
    y_given, x_given = panel[recipe.y], panel[recipe.x or "one"]
    known = (y_given.is_not_null() & x_given.is_not_null()).to_numpy()
    y = np.where(known, y_given.fill_null(0).cast(pl.Int64).to_numpy(), 0)
    x = np.where(known, x_given.fill_null(0).cast(pl.Int64).to_numpy(), 0)
    made = {
        "n": cells.reduce(known.astype(np.int64)),
        "y": cells.reduce(y),
        "x": cells.reduce(x),
        "ty": cells.reduce(np.abs(y), np.maximum),
        "tx": cells.reduce(x, np.maximum),
    }
    if recipe.kind not in _PLAIN:
        wide_y, wide_x = y.astype(np.float64), x.astype(np.float64)
        made["yy"] = cells.reduce(wide_y * wide_y)
        made["xy"] = cells.reduce(wide_x * wide_y)
        made["xx"] = cells.reduce(wide_x * wide_x)
    return made
