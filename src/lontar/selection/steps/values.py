"""The values of all measures as expressions over the rows of candidates: lower, upper, and from how many records.

What is not known is null and becomes the whole scale; what is half known is an interval.
"""

from __future__ import annotations

from typing import Final

import polars as pl

_Z: Final = 1.645  # nine of ten


def _share(part: str, whole: str) -> pl.Expr:
    return pl.when(pl.col(whole) > 0).then(100 * pl.col(part) / pl.col(whole))


def _least(part: str, known: str) -> pl.Expr:
    """Of all enterprises of the candidate, when those of whom nothing is known are all without it."""
    return pl.when(pl.col(known) > 0).then(100 * pl.col(part) / pl.col("number"))


def _most(part: str, known: str) -> pl.Expr:
    return pl.when(pl.col(known) > 0).then(100 * (pl.col(part) + pl.col("number") - pl.col(known)) / pl.col("number"))


def _wilson(part: str, sign: int) -> pl.Expr:
    """A share of the recorded products as an interval after Wilson (1927); exact where every enterprise's are recorded."""
    n, k = pl.col("products").cast(pl.Float64), pl.col(part).cast(pl.Float64)
    p, square = k / n, _Z * _Z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = _Z / (1 + square / n) * (p * (1 - p) / n + square / (4 * n * n)).sqrt()
    rough = (100 * (middle + sign * half)).clip(0, 100)
    return (
        pl.when(pl.col("products") == 0)
        .then(None)
        .when(pl.col("products") < pl.col("number"))
        .then(rough)
        .otherwise(100 * p)
    )


def _steady(part: pl.Expr, sign: int) -> pl.Expr:
    """A share of the months with sales; months of one producer are alike, so that producers are the sample (Wilson)."""
    n, p = pl.col("sellers").cast(pl.Float64), part / pl.col("sales_months")
    square = _Z * _Z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = _Z / (1 + square / n) * (p * (1 - p) / n + square / (4 * n * n)).sqrt()
    return (
        pl.when(pl.col("sellers") == 0)
        .then(None)
        .when(pl.col("sellers") < pl.col("number"))
        .then((100 * (middle + sign * half)).clip(0, 100))
        .otherwise(100 * p)
    )


def _capital(quantile: float) -> pl.Expr:
    """Million rupiah for each enterprise; those without a figure are taken at this quantile of the province's."""
    known = pl.col("capital_known") > 0
    mean = pl.when(known).then(pl.col("capital") / pl.col("capital_known"))
    filled = pl.col("capital") + (pl.col("number") - pl.col("capital_known")) * mean.quantile(
        quantile, interpolation="linear"
    )
    return pl.when(known).then(filled / pl.col("number") / 1_000_000)


_COUNTED: Final = pl.when(pl.col("all_here").is_not_null())
_BY_NIB: Final = pl.when(pl.col("number") > 0).then(1 - pl.col("nib") / pl.col("number"))
_HAS_PRODUCT: Final = pl.col("products") > 0
_THIN: Final = (pl.col("products") < pl.col("thin")) & (pl.col("products") < pl.col("number"))
LOW: Final[dict[str, pl.Expr]] = {
    "producers": _COUNTED.then(pl.col("number")),
    "lq": pl.col("lq"),
    "dlq": pl.col("dlq"),
    "shift": pl.col("shift_low"),
    "klassen": pl.col("klassen_low"),
    "rca": pl.col("rca"),
    "density": pl.col("density"),
    "value_added": pl.col("added_low"),
    "months": pl.coalesce("months", "usual"),
    "production": pl.col("production"),
    "workers": _COUNTED.then(pl.col("workers").fill_null(0)),
    "women": _least("women", "sex_known"),
    "youth": _least("youth", "age_known"),
    "uniqueness": (pl.col("has_sign").cast(pl.Boolean) | pl.col("ig")).cast(pl.Int64)
    + pl.col("culture").cast(pl.Int64),
    # Without a product nobody knows which permits it needs: from none but the NIB to two more.
    "permits": pl.coalesce("lacking", _BY_NIB),
    "permit_days": pl.coalesce("days", _BY_NIB * pl.col("days_nib")),
    "turnover": pl.when(pl.col("turnover_known") > 0).then(100 * pl.col("turnover") / pl.col("turnover_district")),
    "management": _share("nib", "number"),
    "technology": _wilson("processed", -1),
    "price": pl.col("dear"),
    "reach": pl.col("reach"),
    "buyers": _wilson("ready", -1),
    "skills": pl.when(pl.col("workers_dated") > 0).then(100 * pl.col("workers_old") / pl.col("workers")),
    "capital": _capital(0.1),
    "means": pl.col("means"),
    "market_km": pl.col("far_low"),
    "regular_buyers": _steady(pl.col("steady_months"), -1),
}
HIGH: Final[dict[str, pl.Expr]] = LOW | {
    "producers": _COUNTED.then(pl.col("number") + pl.col("unsure")),
    "shift": pl.col("shift_high"),
    "klassen": pl.col("klassen_high"),
    "value_added": pl.col("added_high"),
    "women": _most("women", "sex_known"),
    "youth": _most("youth", "age_known"),
    "permits": pl.coalesce("lacking", _BY_NIB + 2),
    "permit_days": pl.coalesce("days", _BY_NIB * pl.col("days_nib") + pl.col("days_more")),
    "technology": _wilson("processed", 1),
    "reach": pl.when(_THIN).then((pl.col("reach") + 1).clip(1, 5)).otherwise(pl.col("reach")),
    "buyers": _wilson("ready", 1),
    "skills": pl.when(pl.col("workers_dated") > 0).then(
        100 * (pl.col("workers_old") + pl.col("workers") - pl.col("workers_dated")) / pl.col("workers")
    ),
    "capital": _capital(0.9),
    "market_km": pl.col("far_high"),
    "regular_buyers": _steady(pl.col("steady_months") + pl.col("untold_months"), 1),
}
_ENTERPRISES: Final = ("producers", "management")
_HERE: Final = ("lq", "rca", "density")
_PRODUCTS: Final = ("technology", "reach", "buyers")
#: From how many records of the registry a value was taken: enterprises, products, prices, years.
COUNTS: Final[dict[str, pl.Expr]] = {
    **{one: pl.col("number") for one in _ENTERPRISES},
    **{one: pl.col("all_here") for one in _HERE},
    **{one: pl.col("products") for one in _PRODUCTS},
    "permits": pl.when(_HAS_PRODUCT).then("products").otherwise("number"),
    "permit_days": pl.when(_HAS_PRODUCT).then("products").otherwise("number"),
    "shift": pl.col("year_known"),
    "klassen": pl.col("year_known"),
    "value_added": pl.col("added_prices"),
    "months": pl.col("months").is_not_null().cast(pl.Int64),
    "production": pl.col("production").is_not_null().cast(pl.Int64),
    "dlq": pl.col("dlq").is_not_null().cast(pl.Int64) * 2,
    "workers": pl.col("workers_known"),
    "women": pl.col("sex_known"),
    "youth": pl.col("age_known"),
    "turnover": pl.col("turnover_known"),
    "price": pl.col("priced"),
    "skills": pl.col("year_known"),
    "capital": pl.col("capital_known"),
    "uniqueness": pl.col("has_sign") + pl.col("ig").cast(pl.Int64) + pl.col("culture").cast(pl.Int64),
    "means": pl.col("means"),
    "market_km": pl.col("markets"),
    "regular_buyers": pl.col("sales_months"),
}
