"""How a commodity's enterprises grew at a place against the province, from the years in which those of today were founded.

The registry holds no list of the past: what stands today with the year of its founding gives two points in time, for the
survivors. Enterprises whose year nobody wrote down could be old or new and widen the interval.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lontar.engines.economy import location_quotient, shift_share
from lontar.selection.steps.reading import Facts
from lontar.selection.steps.tables import numbered

Floats = NDArray[np.float64]


def grown(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """`shift_low`, `shift_high`: the place's own part of the change, in enterprises; `klassen_low`, `klassen_high`: of the two
    questions "more of it than in the province" and "growing faster" how many are answered by yes."""
    counts = (
        facts.enterprises.drop_nulls("commodity")
        .group_by("village", "commodity")
        .agg(pl.col("number", "year_known", "old").sum())
    )
    if not counts["old"].sum():
        return rows.with_columns(pl.lit(None, pl.Float64).alias(one) for one in _COLUMNS)
    at, shape = numbered(counts, by="village")
    tables = []
    for name in ("old", "year_known", "number"):
        made = np.zeros(shape)
        made[at] = counts[name].to_numpy()
        tables.append(made)
    found = counts.select("village", "commodity").with_columns(
        pl.Series(name, values[at]).fill_nan(None) for name, values in zip(_COLUMNS, _measures(*tables), strict=True)
    )
    return rows.join(found, on=["village", "commodity"], how="left")


_COLUMNS = ("shift_low", "shift_high", "klassen_low", "klassen_high")


def _measures(old: Floats, dated: Floats, number: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """The four tables (villages × commodities), NaN where no founding year is known.

    One enterprise of unknown year, if old, takes the product's growth g off the place's part (it should have brought g more);
    if new, it adds 1 to it.
    """
    local = shift_share(old, dated).local
    undated = number - dated
    of_product = _growth(old.sum(axis=0), dated.sum(axis=0))
    expected = np.nan_to_num(of_product, nan=0.0)
    known = dated > 0
    low = np.where(known, local - undated * expected, np.nan)
    high = np.where(known, local + undated, np.nan)
    is_much = location_quotient(number) > 1
    least = _growth(old + undated, number) > of_product
    most = _growth(old, number) > of_product
    # Growth from nothing has no rate: the question stays open.
    is_open = (old == 0) | np.isnan(of_product)
    share = is_much.astype(np.float64)
    return (
        low, high, np.where(known, share + np.where(is_open, False, least), np.nan),
        np.where(known, share + np.where(is_open, True, most), np.nan),
    )  # fmt: skip


def _growth(first: Floats, last: Floats) -> Floats:
    found = np.full(np.shape(first), np.nan)
    np.divide(last - first, first, out=found, where=first > 0)
    return found
