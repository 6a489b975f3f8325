"""Who changed class within a year: PP 7/2021 by yearly sales, BPS by workers, and the rungs within micro; never mixed.

Both years are told by the same criterion and the same bounds, those in force at the end of the later one. A year counts when
nine of its twelve months were answered; its sales are twelve times the mean of those.
"""

from __future__ import annotations

import polars as pl

from lontar.engines.periods import Month
from lontar.engines.sizes import SizeBands
from lontar.verdicts.rules.results import Inputs, Moved
from lontar.verdicts.states import Group, Ladder

LEAST_MONTHS = 9
_BOUND = pl.Decimal(20, 2)


def class_moves(rows: pl.DataFrame, inputs: Inputs, *, region: str) -> list[Moved]:
    """Up, down and the same: for the programme, for the comparison group, and for each unit of enough producers."""
    years = _years(rows, inputs)
    found: list[Moved] = []
    for ladder in Ladder:
        moves = _steps(years, inputs, ladder)
        found.append(_counted(moves.filter("joined"), "", region, Group.PROGRAMME, ladder))
        found.append(_counted(moves.filter(~pl.col("joined")), "", region, Group.COMPARISON, ladder))
        for key, part in moves.filter("joined").sort("unit_key").group_by("unit_key", maintain_order=True):
            if len(part) >= inputs.numbers.cell:
                found.append(_counted(part, str(key[0]), str(part["village"][0]), Group.PROGRAMME, ladder))
    return found


def _years(rows: pl.DataFrame, inputs: Inputs) -> pl.DataFrame:
    """Producers seen in both years, with yearly sales and mean workers of each."""
    last = Month.from_date(inputs.quarter.last_day).ordinal
    inside = rows.filter(pl.col("at") > last - 24).with_columns(later=pl.col("at") > last - 12)
    yearly = inside.group_by("producer_id", "later").agg(
        pl.col("village", "unit_key").first(), joined=pl.col("joined").first().is_not_null(),
        sales=(pl.col("turnover").mean() * 12), workers=pl.col("workers").mean(), months=pl.len(),
    ).filter(pl.col("months") >= LEAST_MONTHS)  # fmt: skip
    before = yearly.filter(~pl.col("later")).select("producer_id", "sales", "workers")
    return yearly.filter("later").join(before, on="producer_id", suffix="_before").sort("producer_id")


def _steps(years: pl.DataFrame, inputs: Inputs, ladder: Ladder) -> pl.DataFrame:
    """Steps up (negative: down) for those who have a class of this ladder in both years."""
    numbers = inputs.numbers
    if ladder is Ladder.WORKERS:
        ranks = [_rank(numbers.workers, pl.col(name).round()) for name in ("workers", "workers_before")]
    elif ladder is Ladder.SALES:
        ranks = [_rank(numbers.sales, pl.col(name)) for name in ("sales", "sales_before")]
    else:
        ranks = [_rank(numbers.rungs, pl.col(name)) for name in ("sales", "sales_before")]
    return years.with_columns(step=ranks[0] - ranks[1]).drop_nulls("step")


def _rank(bands: SizeBands, column: pl.Expr) -> pl.Expr:  # type: ignore[type-arg]  # any of the three
    places = {band.size.value: place for place, band in enumerate(bands.bands)}
    return bands.expression(column.cast(_BOUND)).replace_strict(places, default=None, return_dtype=pl.Int64)


def _counted(moves: pl.DataFrame, key: str, village: str, group: Group, ladder: Ladder) -> Moved:
    steps = moves["step"]
    return Moved(
        unit_key=key, village=village, group=group.value, ladder=ladder.value, up=int((steps > 0).sum()),
        down=int((steps < 0).sum()), same=int((steps == 0).sum()),
    )  # fmt: skip
