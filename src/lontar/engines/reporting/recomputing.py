"""Figures made again from the published statistics, and the statistics taken from figures when a report is written.

A value follows from numerator a and denominator b by one of the formulas below; where none gives the figure (a median), the
statistic is the value itself and the formula says so. Sources of the figures themselves are recomputed elsewhere, from what
is never published.
"""

from __future__ import annotations

import polars as pl

from lontar.engines.reporting.tables import CELLS, FIGURES

KEYS = list(FIGURES.keys)
NEAR = 1e-9  # of the value: figures are published with twelve significant digits
ROUNDED = 5.1e-7  # absolute: figures have six decimals
_A, _B = pl.col("a"), pl.col("b")
FORMULAS: dict[str, pl.Expr] = {
    "a": _A,
    "a/b": _A / _B,
    "a/b-1": _A / _B - 1,
    "100a/b": 100 * _A / _B,
    "100(a/b-1)": 100 * (_A / _B - 1),
    "a-b": _A - _B,
    "given": _A,
}


def near(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two numbers are the same but for rounding; two missing ones are the same."""
    apart = (one - other).abs()
    return (one.is_null() & other.is_null()) | (apart <= ROUNDED + NEAR * other.abs()).fill_null(value=False)


def cells_of(figures: pl.DataFrame) -> pl.DataFrame:
    """The statistics of every published figure (status A), by the columns of `CELLS`.

    `figures` has the columns of `FIGURES`; the result has a row per figure with a value, none for hidden or empty ones.
    """
    shown = FIGURES.shaped(figures).filter(pl.col("status") == "A")
    both = shown.with_columns(a=pl.col("numerator"), b=pl.col("denominator"))
    tried = both.with_columns(
        pl.coalesce(
            *[
                pl.when(near(expr, pl.col("value"))).then(pl.lit(name))
                for name, expr in FORMULAS.items()
                if name != "given"
            ],
            pl.lit("given"),
        ).alias("formula")
    )
    given = pl.col("formula") == "given"
    has_interval = pl.col("low").is_not_null() & pl.col("high").is_not_null()
    return CELLS.shaped(
        tried.with_columns(
            pl.when(given).then(pl.col("value")).otherwise(_A).alias("a"),
            pl.when(given | (pl.col("formula") == "a")).then(None).otherwise(_B).alias("b"),
            pl.when(has_interval).then(pl.lit("distance")).otherwise(pl.lit("")).alias("interval"),
            pl.when(has_interval).then(pl.col("value") - pl.col("low")).alias("below"),
            pl.when(has_interval).then(pl.col("high") - pl.col("value")).alias("above"),
        )
    )


def recomputed(cells: pl.DataFrame) -> pl.DataFrame:
    """Keys with `value`, `low`, `high` made from the statistics; an unknown formula gives no value."""
    value = pl.coalesce(*[pl.when(pl.col("formula") == name).then(expr) for name, expr in FORMULAS.items()])
    made = cells.with_columns(value=value)
    return made.select(
        *KEYS,
        "value",
        (pl.col("value") - pl.col("below")).alias("low"),
        (pl.col("value") + pl.col("above")).alias("high"),
    )


def differing(figures: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Figures that do not follow from the statistics: keys, `column`, `found`, `expected`.

    Names also published figures without statistics, statistics without a figure, and hidden cells that hold a number.
    """
    joined = figures.join(recomputed(cells), on=KEYS, how="full", coalesce=True, suffix="_again")
    shown = pl.col("status") == "A"
    told = [
        joined.filter(shown & ~near(pl.col(name), pl.col(f"{name}_again"))).select(
            *KEYS, column=pl.lit(name), found=pl.col(name), expected=pl.col(f"{name}_again")
        )
        for name in ("value", "low", "high")
    ]
    numbers = ("value", "low", "high", "numerator", "denominator")
    hidden = figures.filter(pl.col("status") != "A")
    nothing = pl.lit(None, pl.Float64)
    told += [
        hidden.filter(pl.col(name).is_not_null()).select(
            *KEYS, column=pl.lit(name), found=pl.col(name), expected=nothing
        )
        for name in numbers
    ]
    told.append(
        joined.filter(pl.col("status").is_null() | (~shown & pl.col("value_again").is_not_null())).select(
            *KEYS, column=pl.lit("value"), found=nothing, expected=pl.col("value_again")
        )
    )
    return pl.concat(told)
