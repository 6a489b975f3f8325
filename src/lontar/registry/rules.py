"""Programme rules of the registry: size classes by the thresholds in force on a day."""

from __future__ import annotations

from datetime import date

import polars as pl

from lontar.engines import sizes


def with_size_classes(frame: pl.DataFrame, *, day: date) -> pl.DataFrame:
    """Add `imk_class` (BPS, by workers) and `umkm_class` (PP 7/2021 article 35, by sales, else by capital).

    Reads workers_paid, workers_unpaid (integers), annual_turnover, capital (Decimal rupiah). Null where nothing is known.
    The two systems are never mixed: one counts people, the other rupiah.
    """
    total = pl.col("workers_paid").fill_null(0) + pl.col("workers_unpaid").fill_null(0)
    known = pl.col("workers_paid").is_not_null() | pl.col("workers_unpaid").is_not_null()
    bound = pl.Decimal(20, 2)
    sales = sizes.DEFAULT_SALES_BANDS.expression(pl.col("annual_turnover").cast(bound))
    capital = sizes.DEFAULT_CAPITAL_BANDS.expression(pl.col("capital").cast(bound))
    return frame.with_columns(
        imk_class=pl.when(known).then(sizes.DEFAULT_WORKER_BANDS.expression(total.cast(bound))),
        umkm_class=pl.coalesce(sales, capital),
    )
