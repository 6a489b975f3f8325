"""From the sums of a cell to its figure: value, interval, missing share, and who stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from lontar.engines.indicators.estimating import Floats, half_width, ratio, rounded
from lontar.engines.indicators.recipes import Kind, Recipe

QUARTER_MONTHS = 3
MISSING_STATUS, SHOWN, HIDDEN = "M", "A", "S"


@dataclass(frozen=True, slots=True)
class Cells:
    """The sums of one recipe in every cell (`table` as `cells.sums` made it)."""

    table: pl.DataFrame
    place: int
    recipe: Recipe
    full_days: int

    def column(self, name: str) -> Floats:
        """Sums of this recipe by their short name."""
        return self.table[f"{name}_{self.place}"].to_numpy().astype(np.float64)

    def months(self) -> tuple[Floats, Floats]:
        """Producer-months asked for, and answered."""
        asked, answered = self.table["months_asked"].to_numpy(), self.table["months_answered"].to_numpy()
        return asked.astype(np.float64), answered.astype(np.float64)

    def missing(self) -> Floats:
        """The share that was asked and did not answer: months for all turnover, producers for everything else."""
        if self.recipe.code in ("O1T", "O1E", "R1", "R2"):
            asked, answered = self.months()
        else:
            asked, answered = (
                self.table[f"asked_{self.recipe.family.name}"].to_numpy().astype(np.float64),
                self.column("n"),
            )
        share: Floats = np.maximum(1 - np.where(asked > 0, answered / np.maximum(asked, 1), 0.0), 0.0)
        return share

    def denominator(self) -> pl.Series | None:
        """Σx, or the days of full work."""
        if self.recipe.kind is Kind.SCALED:
            return pl.Series([self.full_days * QUARTER_MONTHS] * self.table.height, dtype=pl.Int64)
        return self.table[f"x_{self.place}"] if self.recipe.x else None

    def half(self, rest: Floats) -> Floats:
        """Half the interval of Σy/Σx."""
        sums = {name: self.column(name) for name in ("n", "y", "x", "yy", "xy", "xx")}
        return half_width(rest=rest, **sums)

    def largest(self) -> tuple[Floats, Floats]:
        """Total and largest part that dominance is looked up on (`recipes.Family`)."""
        y, x = np.abs(self.column("y")), self.column("x")
        top_y, top_x = np.nan_to_num(self.column("ty")), np.nan_to_num(self.column("tx"))
        if not self.recipe.family.has_dominance or self.recipe.family.is_open:
            return np.zeros(y.shape), np.zeros(y.shape)
        if self.recipe.kind in (Kind.SHARE, Kind.RATIO):
            return x, top_x
        is_y = (top_y * np.maximum(x, 1) >= top_x * np.maximum(y, 1)) | (self.recipe.kind is not Kind.GROWTH)
        return np.where(is_y, y, x), np.where(is_y, top_y, top_x)


Estimate = tuple[Floats, Floats]


def _counted(cells: Cells) -> Estimate:
    value = ratio(cells.column("y"), cells.column("x"))
    return value, np.full(value.shape, np.nan)


def _total(cells: Cells) -> Estimate:
    value = np.where(cells.column("n") > 0, cells.column("y"), np.nan)
    return value, np.full(value.shape, np.nan)


def _scaled(cells: Cells) -> Estimate:
    value, nothing = _total(cells)
    return value / (cells.full_days * QUARTER_MONTHS), nothing


def _ratio(cells: Cells) -> Estimate:
    return ratio(cells.column("y"), cells.column("x")), cells.half(cells.missing())


def _growth(cells: Cells) -> Estimate:
    y, x = cells.column("y"), cells.column("x")
    return ratio(y - x, x), cells.half(cells.missing())


def _expanded(cells: Cells) -> Estimate:
    """The mean of an answered month times the months asked for, in whole rupiah."""
    asked, _answered = cells.months()
    mean = ratio(cells.column("y"), cells.column("x"))
    return np.round(mean * asked), np.round(cells.half(cells.missing()) * asked)


ESTIMATORS: dict[Kind, Callable[[Cells], Estimate]] = {
    Kind.TOTAL: _total,
    Kind.SCALED: _scaled,
    Kind.COUNTED: _counted,
    Kind.SHARE: _ratio,
    Kind.RATIO: _ratio,
    Kind.GROWTH: _growth,
    Kind.EXPANDED: _expanded,
}

Column = pl.Series | Floats | None


def finished(
    keys: pl.DataFrame,
    recipe: Recipe,
    *,
    value: Column,
    low: Column,
    high: Column,
    numerator: pl.Series | None,
    denominator: pl.Series | None,
    n: pl.Series,
    missing: Column,
    producers: pl.Series,
    total: Column = None,
    top: Column = None,
) -> pl.DataFrame:
    """The figures of one indicator: keys, numbers rounded as they are kept, status A or M, and who stands behind them."""
    floats = {"value": value, "low": low, "high": high, "missing": missing}
    height = keys.height
    columns = [
        pl.Series(name, rounded(_floats(given)), dtype=pl.Float64).fill_nan(None)
        if given is not None
        else pl.Series(name, [None] * height, dtype=pl.Float64)
        for name, given in floats.items()
    ]
    whole = {"numerator": numerator, "denominator": denominator, "n": n, "producers": producers}
    columns += [
        given.cast(pl.Int64).alias(name) if given is not None else pl.Series(name, [None] * height, dtype=pl.Int64)
        for name, given in whole.items()
    ]
    columns += [
        pl.Series(name, np.zeros(height) if given is None else given, dtype=pl.Float64)
        for name, given in (("total", total), ("top", top))
    ]
    made = keys.with_columns(*columns, indicator=pl.lit(recipe.code), family=pl.lit(recipe.family.name))
    known = pl.col("value").is_not_null()
    numbers = [pl.when(known).then(pl.col(one)).alias(one) for one in ("low", "high", "numerator", "denominator")]
    return made.with_columns(*numbers, status=pl.when(known).then(pl.lit(SHOWN)).otherwise(pl.lit(MISSING_STATUS)))


def _floats(given: pl.Series | Floats) -> Floats:
    """As floats, null as nan."""
    if isinstance(given, pl.Series):
        given = given.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return np.asarray(given, dtype=np.float64)
