"""Size classes by the thresholds in force on a day: BPS by workers, PP 7/2021 by rupiah. The two are never mixed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import polars as pl

from lontar.audit.queries import parameters_with_prefix
from lontar.engines import sizes

_BOUND = pl.Decimal(20, 2)


@dataclass(frozen=True, slots=True)
class Bands:
    """The thresholds in force on a day: BPS by workers, PP 7/2021 by yearly sales and by capital."""

    workers: sizes.SizeBands[sizes.WorkerClass]
    sales: sizes.SizeBands[sizes.UmkmClass]
    capital: sizes.SizeBands[sizes.UmkmClass]


def bands_as_at(day: date) -> Bands:
    """The size bands of the parameters in force on `day`; upper bounds are inclusive (“paling banyak”).

    Source: BPS subject 170 (workers), PP 7/2021 article 35 (rupiah); the figures are parameters, not constants.
    """
    return Bands(
        workers=_bands(sizes.DEFAULT_WORKER_BANDS, "imk.workers", day),
        sales=_bands(sizes.DEFAULT_SALES_BANDS, "umkm.sales", day),
        capital=_bands(sizes.DEFAULT_CAPITAL_BANDS, "umkm.capital", day),
    )


def _bands(shape: sizes.SizeBands[sizes.SizeClass], prefix: str, day: date) -> sizes.SizeBands[sizes.SizeClass]:
    """The default bands with the bounds of the parameters; a bound without a parameter in force stays the default."""
    given = parameters_with_prefix(prefix, day)
    bands = list(shape.bands)
    for place, name in enumerate(("micro", "small", "medium")):
        value = given.get(f"{prefix}.{name}")
        if value is not None:
            bands[place] = replace(bands[place], upper=value.number)
    return replace(shape, bands=tuple(bands))


def classes_of(*, workers: int | None, sales: Decimal | None, capital: Decimal | None, bands: Bands) -> tuple[str, str]:
    """IMK and UMKM class of one enterprise, "" where nothing is known; the same rule as `with_size_classes`."""
    imk = None if workers is None else sizes.worker_class(workers, bands=bands.workers)
    if sales is not None:
        umkm = sizes.umkm_class_by_sales(sales, bands=bands.sales)
    else:
        umkm = None if capital is None else sizes.umkm_class_by_capital(capital, bands=bands.capital)
    return imk.value if imk else "", umkm.value if umkm else ""


def with_size_classes(frame: pl.DataFrame, *, day: date) -> pl.DataFrame:
    """Add `imk_class` (BPS, by workers) and `umkm_class` (PP 7/2021 article 35, by sales, else by capital).

    Reads workers_paid, workers_unpaid (integers), annual_turnover, capital (Decimal rupiah). Null where nothing is known.
    The two systems are never mixed: one counts people, the other rupiah.
    """
    bands = bands_as_at(day)
    total = pl.col("workers_paid").fill_null(0) + pl.col("workers_unpaid").fill_null(0)
    known = pl.col("workers_paid").is_not_null() | pl.col("workers_unpaid").is_not_null()
    sales = bands.sales.expression(pl.col("annual_turnover").cast(_BOUND))
    capital = bands.capital.expression(pl.col("capital").cast(_BOUND))
    return frame.with_columns(
        imk_class=pl.when(known).then(bands.workers.expression(total.cast(_BOUND))),
        umkm_class=pl.coalesce(sales, capital),
    )


def class_sql(bands: sizes.SizeBands[sizes.SizeClass], figure: str) -> str:
    """SQL for the class of a figure given as an SQL expression; NULL where there is none. The same rule as `SizeBands.find`."""
    below = "<=" if bands.edge is sizes.Edge.INCLUSIVE else "<"
    cases = "".join(
        f" WHEN ({figure}) {below} {band.upper:f} THEN '{band.size.value}'"
        if band.upper is not None
        else f" ELSE '{band.size.value}'"
        for band in bands.bands
    )
    return f"CASE WHEN ({figure}) IS NULL OR ({figure}) < {bands.lower:f} THEN NULL{cases} END"
