"""One computation of every figure of a quarter, set-based: the table that all of *measure* shares.

`compute` is deterministic: the same input gives the same bytes, in any order of rows. Publication (hiding cells) is
`publishing`; where the input comes from is left to the caller.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb
import polars as pl

from lontar.engines.indicators.cells import KEYS, sums
from lontar.engines.indicators.definitions import Definition
from lontar.engines.indicators.given import Facts, IndicatorError, Parameters
from lontar.engines.indicators.hidden import hide
from lontar.engines.indicators.measuring import ESTIMATORS, Cells, finished
from lontar.engines.indicators.producing import prepare
from lontar.engines.indicators.recipes import FROM_RETURNS, RECIPES, Recipe
from lontar.engines.indicators.registered import from_facts
from lontar.engines.periods import Quarter

#: The table of figures. `value`, `low`, `high` have six decimals; `numerator`, `denominator` are whole; `missing` is 0 to 1.
FIGURES: dict[str, type[pl.DataType]] = {
    "quarter": pl.String, "indicator": pl.String, "level": pl.String, "region": pl.String, "by": pl.String, "part": pl.String,
    "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "numerator": pl.Int64, "denominator": pl.Int64, "n": pl.Int64,
    "missing": pl.Float64, "status": pl.String, "unit": pl.String,
}  # fmt: skip
ORDER = ("indicator", "level", "region", "by", "part")


def compute(
    quarter: Quarter,
    *,
    returns: pl.DataFrame | Path,
    producers: pl.DataFrame,
    facts: Facts,
    cpi: pl.DataFrame,
    definitions: Collection[Definition],
    parameters: Parameters,
    threads: int = 2,
) -> pl.DataFrame:
    """The published figures of a quarter: columns of `FIGURES`, sorted by `ORDER`.

    What must be hidden has status S and no number.

    `returns` (frame or Parquet) holds at least the columns of `producing.RETURNS` for the two years that end with the
    quarter, `cpi` the columns month and index. Raises `IndicatorError` where columns are missing or a definition has
    no computation.
    """
    units = {one.code: one.unit for one in definitions}
    unknown = sorted(set(units) - set(RECIPES))
    if unknown:
        raise IndicatorError(f"Indikator {', '.join(unknown)} tidak punya rumus. Yang ada: {', '.join(RECIPES)}.")
    computed = compute_all(
        quarter, returns=returns, producers=producers, facts=facts, cpi=cpi, parameters=parameters, threads=threads
    )
    shown = hide(computed, parameters).filter(pl.col("indicator").is_in(list(units)))
    unit = pl.col("indicator").replace_strict(units, return_dtype=pl.String, default=None)
    return shown.with_columns(unit=unit).select(FIGURES.keys()).sort(ORDER)


def compute_all(
    quarter: Quarter,
    *,
    returns: pl.DataFrame | Path,
    producers: pl.DataFrame,
    facts: Facts,
    cpi: pl.DataFrame,
    parameters: Parameters,
    threads: int = 2,
) -> pl.DataFrame:
    """Every figure before anything is hidden, with the columns of `BEHIND`.

    For the office's eyes and tests, never published.
    """
    with duckdb.connect(config={"threads": threads}) as db:
        panel = prepare(db, quarter, returns=returns, producers=producers, facts=facts, cpi=cpi, parameters=parameters)
    table = sums(panel, FROM_RETURNS)
    frames = [_figure(table, place, recipe, parameters) for place, recipe in enumerate(FROM_RETURNS)]
    frames += from_facts(quarter, facts, parameters)
    return pl.concat(frames).select(pl.lit(quarter.label).alias("quarter"), pl.all()).sort(ORDER)


def _figure(table: pl.DataFrame, place: int, recipe: Recipe, parameters: Parameters) -> pl.DataFrame:
    """One indicator of every cell from the table of sums."""
    held = Cells(table, place, recipe, parameters.full_days)
    value, half = ESTIMATORS[recipe.kind](held)
    total, top = held.largest()
    return finished(
        table.select(KEYS),
        recipe,
        value=value,
        low=value - half,
        high=value + half,
        numerator=table[f"y_{place}"],
        denominator=held.denominator(),
        n=table[f"n_{place}"],
        missing=held.missing(),
        producers=table[f"n_{place}"],
        total=total,
        top=top,
    )
