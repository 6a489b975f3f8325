"""From monthly returns to panels of quarters, and to changes between windows of months.

A quarter counts when two of its months were answered; its amount is the mean of those, so that a month without an answer is
no fall. A unit is compared with the same months of the year before, because goods are seasonal (DOMAIN trap 19).
"""

from __future__ import annotations

import polars as pl

from lontar.engines.impact import Treatment, within
from lontar.engines.periods import Month
from lontar.verdicts.rules.results import Inputs

LEAST_MONTHS = 2
#: The five decreed words of the village index (DOMAIN 5.1) by group; another word is a group of its own.
STATUS_GROUPS = {
    "sangat tertinggal": "lagging", "tertinggal": "lagging", "berkembang": "developing", "maju": "advanced",
    "mandiri": "advanced",
}  # fmt: skip


def ordinal(column: str) -> pl.Expr:
    """A day as the ordinal of its month (`engines.periods`)."""
    return pl.col(column).dt.year().cast(pl.Int64) * 12 + pl.col(column).dt.month().cast(pl.Int64) - 1


def usable(inputs: Inputs) -> pl.DataFrame:
    """Returns up to the quarter's end of the programme's units and of comparison producers outside the ring.

    Adds `at` (month) and `joined` (month of the designation, null: not by the quarter's end).
    """
    last = Month.from_date(inputs.quarter.last_day).ordinal
    rows = inputs.frame.with_columns(at=ordinal("month"), joined=ordinal("designated_from")).filter(
        pl.col("at") <= last
    )
    rows = rows.with_columns(
        joined=pl.when(pl.col("is_comparison") | (pl.col("joined") > last)).then(None).otherwise("joined")
    )
    places = rows.select(key="village", lat="lat", lon="lon").unique()
    joined = rows.filter(pl.col("joined").is_not_null())["village"].unique()
    near = within(
        places.filter(~pl.col("key").is_in(joined.implode())),
        centres=places.filter(pl.col("key").is_in(joined.implode())), km=inputs.numbers.ring,
    )  # fmt: skip
    return rows.filter(pl.col("joined").is_not_null() | ~pl.col("village").is_in(list(near)))


def panel(rows: pl.DataFrame, *, column: str) -> pl.DataFrame:
    """A panel of quarters for `engines.impact`: the mean of the answered months of a column."""
    joined = pl.col("joined") // 3
    return (
        rows.filter(pl.col(column).is_not_null())
        .group_by(unit=pl.col("producer_id"), period=pl.col("at") // 3)
        .agg(
            cluster=pl.col("village").first(), start=joined.first(),
            amount=pl.col(column).cast(pl.Float64).mean(), months=pl.len(),
        )
        .filter(pl.col("months") >= LEAST_MONTHS)
        .select("unit", "cluster", "period", "start", "amount")
        .sort("unit", "period")
    )  # fmt: skip


def attributes(rows: pl.DataFrame) -> pl.DataFrame:
    """What makes producers comparable besides level and trend of turnover.

    Product category and workers before anybody joined; of the village: desa or kelurahan, the group of its index status (""
    where none is recorded), the index, enterprises and kilometres to the kabupaten's point (log), kinds of facilities.
    """
    ahead = pl.col("at") < pl.col("joined").min()
    marked = rows.with_columns(ahead=ahead)
    return (
        marked.group_by(unit=pl.col("producer_id"))
        .agg(
            category=pl.col("category").first(), kind=pl.col("kind").first().fill_null(""),
            status=status_group(pl.col("index_status").first()), index=pl.col("index").first(),
            firms=pl.col("firms").first().cast(pl.Float64).log1p(), seat=pl.col("seat_km").first().log1p(),
            services=pl.col("services").first().cast(pl.Float64), workers=pl.col("workers").filter("ahead").mean(),
        )
        .sort("unit")
    )  # fmt: skip


def status_group(words: pl.Expr) -> pl.Expr:
    """The status of a village index in three groups, so that few are left without a like; "" where none is recorded."""
    written = words.str.strip_chars().str.to_lowercase().fill_null("")
    return written.replace(STATUS_GROUPS)


def changes(rows: pl.DataFrame, *, column: str, treatment: Treatment, after: range, ahead: range) -> pl.DataFrame:
    """Per producer the mean change between two windows of months of equal length, month by month (`change`).

    Also `before` and `later`, the mean amounts. Months without both answers do not count; a producer needs half of them.
    """
    amount = pl.col(column).cast(pl.Float64)
    scaled = (amount / treatment.unit).log1p() if treatment.scale == "log1p" else amount
    held = rows.filter(pl.col(column).is_not_null()).select("producer_id", "village", "at", amount=amount, value=scaled)
    later = held.filter(pl.col("at").is_between(after.start, after.stop - 1)).with_columns(
        place=pl.col("at") - after.start
    )
    before = held.filter(pl.col("at").is_between(ahead.start, ahead.stop - 1)).with_columns(
        place=pl.col("at") - ahead.start
    )
    both = later.join(before, on=["producer_id", "place"], suffix="_before")
    return (
        both.group_by("producer_id")
        .agg(
            village=pl.col("village").first(), change=(pl.col("value") - pl.col("value_before")).mean(),
            before=pl.col("amount_before").mean(), later=pl.col("amount").mean(), pairs=pl.len(),
        )
        .filter(pl.col("pairs") * 2 >= len(after))
        .sort("producer_id")
    )  # fmt: skip
