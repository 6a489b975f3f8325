"""What a unit's own products show: permits and the days to the missing ones, markets open to them, price, value added.

Products are written down one by one and most of an enterprise's are not: shares taken from few of them are intervals.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from lontar.selection.steps.reading import Facts

_ON: Final = ("kind", "owner", "village", "commodity", "product")
_FOOD: Final = pl.col("category").is_in(["food", "drink", "herbal"])
_ALLOWED: Final = pl.when(_FOOD).then("market").otherwise("nib")
_TRUSTED: Final = pl.when(_FOOD).then("halal").otherwise("mark")
#: A weight or volume within a product's name or unit: "Kopi bubuk 250 g", "1 liter"; a litre counts as a kilogram.
_AMOUNT: Final = r"(?i)(\d+(?:[.,]\d+)?)\s*(kg|kilogram|gram|gr|g|ml|liter|l)\b"
_KILOGRAMS: Final = {
    "kg": 1.0, "kilogram": 1.0, "liter": 1.0, "l": 1.0, "gram": 0.001, "gr": 0.001, "g": 0.001, "ml": 0.001, "ton": 1000.0,
}  # fmt: skip
_LEVELS: Final = (13, 8, 5, 2)  # digits and dots of village, kecamatan, kabupaten, province


def opened(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Columns by the unit's own products, by the geographical indications of its kabupaten, and `added_low`, `added_high`."""
    made = _made(facts)
    own = made.group_by(*_ON).agg(
        products=pl.len(), lacking=pl.col("lacking").mean(), days=pl.col("days").mean(),
        processed=(pl.col("stage") != "raw").sum(), ready=pl.col("ready").sum(), reach=pl.col("reach").max(),
        dear=pl.col("dear").median(), priced=pl.col("dear").count(),
    )  # fmt: skip
    signs = (
        facts.products.filter(pl.col("ig") & pl.col("commodity").is_not_null())
        .select("commodity", regency=pl.col("village").str.slice(0, 5), has_sign=pl.lit(1))
        .unique()
    )
    terms = {key.removeprefix("selection."): value for key, value in facts.terms.items()}
    return (
        rows.join(own, on=list(_ON), how="left")
        .with_columns(regency=pl.col("village").str.slice(0, 5))
        .join(signs, on=["commodity", "regency"], how="left")
        .join(_added(facts.products, rows, terms=terms), on=["village", "commodity"], how="left")
        .with_columns(
            pl.col("has_sign", "products").fill_null(0),
            thin=pl.lit(terms.get("products.thin")),
            days_nib=pl.lit(terms.get("permit_days.nib")),
            days_more=pl.lit(_more(terms)),
        )
    )


def _more(terms: dict[str, float]) -> float | None:
    """The longest way from a NIB to everything that a product of any group may need."""
    food, other = [terms.get(f"permit_days.{key}") for key in ("market", "halal")], terms.get("permit_days.mark")
    ways = [sum(one for one in food if one is not None) if None not in food else None, other]
    known = [one for one in ways if one is not None]
    return max(known) if known else None


def _made(facts: Facts) -> pl.DataFrame:
    """The products with the unit that they are of, the permits that they lack and the days these take, and what is open."""
    days = {key.rsplit(".", 1)[1]: value for key, value in facts.terms.items() if ".permit_days." in key}
    lacks = {"nib": ~pl.col("nib"), "market": _FOOD & ~pl.col("market"), "halal": _FOOD & ~pl.col("halal"),
             "mark": ~_FOOD & ~pl.col("mark")}  # fmt: skip
    usual = pl.col("price").median().over(pl.col("label").str.to_lowercase(), "unit")
    packed = ~_FOOD | (pl.col("stage") == "packaged")
    return facts.products.with_columns(
        kind=pl.when(pl.col("school").is_not_null()).then(pl.lit("school"))
        .when(pl.col("community").is_not_null()).then(pl.lit("community")).otherwise(pl.lit("village")),
        owner=pl.coalesce("school", "community", pl.lit(0)),
        lacking=pl.sum_horizontal(one.cast(pl.Int64) for one in lacks.values()),
        days=pl.sum_horizontal(
            (one.cast(pl.Float64) * pl.lit(days.get(key), pl.Float64) for key, one in lacks.items()), ignore_nulls=False
        ),
        ready=(packed & _ALLOWED & pl.col("price").is_not_null()).cast(pl.Int64),
        reach=1 + sum(pl.col(one).cast(pl.Int64) for one in ("wide", "gtin")) + _ALLOWED.cast(pl.Int64)
        + _TRUSTED.cast(pl.Int64),
        dear=pl.col("price") / usual,
        product=pl.when(pl.col("commodity").is_null()).then(pl.col("product")).otherwise(0),
        commodity=pl.col("commodity").fill_null(0),
    )  # fmt: skip


# --- value added ------------------------------------------------------------------------------------------------------


def _added(products: pl.DataFrame, rows: pl.DataFrame, *, terms: dict[str, float]) -> pl.DataFrame:
    """Hayami's ratio by village and commodity, from prices per kilogram raw and processed of the narrowest region that has
    both. Yield and other inputs are known to nobody here: their least and greatest give the interval."""
    schema = {"village": pl.String, "commodity": pl.Int64, "added_low": pl.Float64, "added_high": pl.Float64}
    names = [f"hayami.{one}" for one in ("yield_low", "yield_high", "others_low", "others_high")]
    if any(name not in terms for name in names):
        return pl.DataFrame(schema=schema | {"added_prices": pl.Int64})
    low, high, others_low, others_high = (terms[name] for name in names)
    share = pl.col("raw") / pl.col("sold")
    found = _nearest(_priced(products), rows.select("village", "commodity").unique())
    return found.select(
        "village", "commodity", added_low=1 - share / low - others_high, added_high=1 - share / high - others_low,
        added_prices="prices",
    )  # fmt: skip


def _priced(products: pl.DataFrame) -> pl.DataFrame:
    """Prices per kilogram of those products whose amount can be read."""
    text = pl.concat_str([pl.col("label").fill_null(""), pl.lit(" "), pl.col("unit").fill_null("")])
    amount = text.str.extract(_AMOUNT, 1).str.replace(",", ".").cast(pl.Float64, strict=False)
    written = amount * text.str.extract(_AMOUNT, 2).str.to_lowercase().replace_strict(_KILOGRAMS, default=None)
    alone = pl.col("unit").str.to_lowercase().replace_strict(_KILOGRAMS, default=None, return_dtype=pl.Float64)
    return (
        products.filter(pl.col("price").is_not_null() & pl.col("commodity").is_not_null())
        .with_columns(kilograms=pl.coalesce(written, alone))
        .filter(pl.col("kilograms") > 0)
        .select("village", "commodity", is_raw=pl.col("stage") == "raw", price=pl.col("price") / pl.col("kilograms"))
    )


def _nearest(priced: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    """By village and commodity as wanted: median prices `raw` and `sold`, and how many `prices`."""
    out = wanted.with_columns(
        raw=pl.lit(None, pl.Float64), sold=pl.lit(None, pl.Float64), prices=pl.lit(None, pl.Int64)
    )
    for length in _LEVELS:
        by = [pl.col("village").str.slice(0, length).alias("area"), pl.col("commodity")]
        here = priced.group_by(*by).agg(
            raw_here=pl.col("price").filter(pl.col("is_raw")).median(),
            sold_here=pl.col("price").filter(~pl.col("is_raw")).median(), prices_here=pl.len().cast(pl.Int64),
        ).drop_nulls()  # fmt: skip
        out = (
            out.with_columns(area=pl.col("village").str.slice(0, length))
            .join(here, on=["area", "commodity"], how="left")
            .with_columns(
                raw=pl.coalesce("raw", "raw_here"), sold=pl.coalesce("sold", "sold_here"),
                prices=pl.coalesce("prices", "prices_here"),
            )
            .select("village", "commodity", "raw", "sold", "prices")
        )  # fmt: skip
    return out.drop_nulls("raw")
