"""Anonymous records beside the figures: enough to see how they come about, never enough to find anybody or undo a hidden cell.

1. A record stands at the finest region where its group (region and product category) is large enough **and** both the cell of
   that region and the cell of that category in it are published; groups that are too small are told at the next coarser region.
2. Of a group at most a stated share is shown, drawn at random with a stated seed, never the largest producers, so that what a
   published total leaves after subtracting the records is always the sum of at least `group` producers, none of which has more
   than `dominance` of it.
3. Amounts are rounded to two significant digits, workers told in classes; numbers of records are random.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

import polars as pl

from lontar.engines.reporting.tables import RECORDS

_LENGTHS = (("village", 13), ("district", 8), ("regency", 5), ("province", 2))


@dataclass(frozen=True, slots=True)
class Limits:
    """At least `group` producers stay unshown in each group, at most `share` is shown; see the module."""

    group: int
    share: float
    dominance: float


def anonymised(
    producers: pl.DataFrame, figures: pl.DataFrame, *, indicator: str, limits: Limits, seed: str
) -> pl.DataFrame:
    """Records by the columns of `RECORDS`.

    `producers` has a row per producer of the quarter: `village` (code), `category`, `turnover`, `turnover_before` (Rp; null
    unknown), `workers` (persons, null unknown), `months`. `figures` are those published; `indicator` is the one whose cells
    must stand (turnover). The same input and seed give the same records.
    """
    rest = producers.filter(pl.col("turnover").is_not_null())
    shown = []
    for level, length in _LENGTHS:
        here = rest.with_columns(region=pl.col("village").str.slice(0, length), level=pl.lit(level))
        grouped = here.join(_open(figures, indicator, level), on=["region", "category"], how="semi")
        large = grouped.filter(pl.len().over("region", "category") >= 2 * limits.group)
        for (region, category), group in large.sort("turnover").group_by(["region", "category"], maintain_order=True):
            shown.append(_drawn(group, limits, f"{seed}|{region}|{category}"))
        rest = here.join(large, on=["region", "category"], how="anti").drop("region", "level")
    if not shown:
        return RECORDS.shaped(pl.DataFrame(schema=_EMPTY))
    return _told(pl.concat(shown), seed)


_EMPTY = {one.name: {"text": pl.String, "integer": pl.Int64, "number": pl.Float64}[one.kind] for one in RECORDS.columns}


def _open(figures: pl.DataFrame, indicator: str, level: str) -> pl.DataFrame:
    """Region and category whose cells are published, the region's own among them."""
    here = figures.filter((pl.col("indicator") == indicator) & (pl.col("level") == level) & (pl.col("status") == "A"))
    whole = here.filter(pl.col("by") == "").select("region")
    parts = here.filter(pl.col("by") == "category").select("region", category="part")
    return parts.join(whole, on="region", how="semi")


def _drawn(group: pl.DataFrame, limits: Limits, seed: str) -> pl.DataFrame:
    """The shown part of a group, which is ordered by turnover; empty where no part is safe."""
    draw = random.Random(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]))  # noqa: S311 - a sample, not a secret
    most = min(int(group.height * limits.share), group.height - limits.group)
    below_the_largest = list(range(group.height - max(1, group.height // 20)))
    places = draw.sample(below_the_largest, min(most, len(below_the_largest)))
    turnover = group["turnover"].cast(pl.Float64)
    while places:
        left = float(turnover.sum()) - float(turnover.gather(places).sum())
        if left > 0 and float(turnover[-1]) <= limits.dominance * left:
            break
        places = places[: len(places) // 2]
    return group[sorted(places)] if places else group.clear()


def _told(shown: pl.DataFrame, seed: str) -> pl.DataFrame:
    numbers = list(range(1, shown.height + 1))
    random.Random(seed).shuffle(numbers)  # noqa: S311 - an order, not a secret
    workers = pl.col("workers")
    classes = (
        pl.when(workers.is_null())
        .then(pl.lit(""))
        .when(workers <= 2)
        .then(workers.cast(pl.Int64).cast(pl.String))
        .when(workers <= 4)
        .then(pl.lit("3-4"))
        .when(workers <= 9)
        .then(pl.lit("5-9"))
        .otherwise(pl.lit("10+"))
    )
    return RECORDS.shaped(
        shown.with_columns(
            pl.Series("record", numbers),
            pl.col("turnover").cast(pl.Float64).round_sig_figs(2),
            pl.col("turnover_before").cast(pl.Float64).round_sig_figs(2),
            classes.alias("workers"),
        )
    )
