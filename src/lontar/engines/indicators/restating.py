"""What a restatement may show: which figures changed, and which of them would tell of single producers by their difference.

New less old is a table of its own: a late return of one producer would be read off the difference of two published
totals. Changes that come from fewer producers than a cell needs are therefore held back, with companions, until more
have come together; and what was hidden stays hidden.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from lontar.engines.disclosure import Behind, Limits, protect
from lontar.engines.indicators.cells import BREAKDOWNS, BROKEN_DOWN, LEVELS
from lontar.engines.indicators.given import Parameters

CELL = ["level", "region", "by", "part"]
KEY = ["indicator", *CELL]
NUMBERS = ("value", "low", "high", "numerator", "denominator", "n", "missing", "status")
#: Columns of a return that say how it came, not what it tells.
_ABOUT = ("submitted_at", "accepted_at", "return_id")
_LENGTH = {"province": 2, "regency": 5, "district": 8, "village": 13}
#: However large the change of one producer is among the others, it does not hide them.
_NO_DOMINANCE = 101


def differing(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Rows of `new` whose numbers are not those of `old`."""
    joined = new.join(old, on=KEY, how="left", suffix="_old", maintain_order="left")
    differs = pl.any_horizontal(pl.col(one).ne_missing(pl.col(f"{one}_old")) for one in NUMBERS)
    return joined.filter(differs).select(new.columns)


def restated(old: pl.DataFrame, new: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The figures in force after a restatement: those of `old`, with the changes of `new` that may be shown."""
    hidden = old.filter(pl.col("status") == "S").select(KEY)
    shown = differing(old, new).join(hidden, on=KEY, how="anti").join(held, on=CELL, how="anti")
    return pl.concat([old.join(shown, on=KEY, how="anti"), shown]).sort(KEY)


def held_cells(
    old: pl.DataFrame | Path,
    new: pl.DataFrame | Path,
    *,
    producers: pl.DataFrame,
    stars: pl.DataFrame,
    parameters: Parameters,
) -> pl.DataFrame:
    """Cells (level, region, by, part) whose change comes from too few producers, with the companions that hide them.

    `old` and `new` are the returns of both snapshots, `producers` all that either of them asked, in the new one's words.
    """
    changed = changed_producers(old, new)
    cells = _cells(producers.filter(~pl.col("is_comparison")).join(stars, on="producer_id", how="left"), changed)
    counted = cells["changed"].to_numpy()
    first = np.asarray((counted > 0) & (counted < parameters.least), dtype=bool)
    limits = Limits(parameters.least, _NO_DOMINANCE)
    mask = protect(cells.select(CELL), first, behind=Behind.counted(counted), limits=limits)
    return cells.select(CELL).filter(pl.Series(mask))


def changed_producers(old: pl.DataFrame | Path, new: pl.DataFrame | Path) -> pl.DataFrame:
    """Producers of whom any return is new, gone or different: the column producer_id."""
    one, two = (pl.read_parquet(given) if isinstance(given, Path) else given for given in (old, new))
    values = [name for name in one.columns if name in two.columns and name not in _ABOUT]
    left, right = one.select(values), two.select(values)
    gone = left.join(right, on=values, how="anti", nulls_equal=True)
    came = right.join(left, on=values, how="anti", nulls_equal=True)
    return pl.concat([gone, came]).select("producer_id").unique(maintain_order=True)


def _cells(listed: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """Every cell with the number of changed producers in it."""
    words = [pl.col(name).replace({"": None}).fill_null("unknown") for name in ("pillar", "category", "sex")]
    marked = listed.join(changed.with_columns(changed=pl.lit(1)), on="producer_id", how="left").with_columns(
        pl.col("changed").fill_null(0).cast(pl.Int64), pl.col("star").fill_null(0).cast(pl.String), *words
    )
    pieces = []
    for level in LEVELS:
        for by in ("", *BREAKDOWNS) if level in BROKEN_DOWN else ("",):
            region = pl.col("village").str.slice(0, _LENGTH[level]).alias("region")
            part = (pl.col(by) if by else pl.lit("")).alias("part")
            counted = marked.group_by(region, part).agg(pl.col("changed").sum())
            about = (pl.lit(level).alias("level"), pl.lit(by).alias("by"))
            pieces.append(counted.with_columns(about).select(*CELL, "changed"))
    return pl.concat(pieces).sort(CELL)
