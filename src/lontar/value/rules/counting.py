"""How a quarter is counted from its returns: prices along the chain, and the turnover taken apart by place.

Works on the frame of `returns.queries.frames.accepted` alone (one row per producer and month; null is "not told") and knows
no database. Sums are made set-based; only the few sums of a cell are then taken apart with exact decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from lontar.engines.economy import Kept, Part, Place, kept
from lontar.value.rules.assumptions import Assumptions
from lontar.value.rules.hiding import Cell, Rule, hidden
from lontar.value.states import Level, Step

NOT_NAMED = "-"
STEPS = {Step.RAW: "price_raw", Step.PROCESSED: "price_processed", Step.PACKED: "price_packed"}
_CENT = Decimal("0.01")
_MONEY = ("turnover", "channel_outside", "material_inside", "material_outside")
_KEYS = ("level", "region_code", "commodity")


@dataclass(frozen=True, slots=True)
class Price:
    """A step of the chain at a place; `n` and prices are None where hidden."""

    level: str
    region_code: str
    commodity: str
    unit: str
    step: str
    n: int | None
    low: Decimal | None
    price: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Sums:
    """A cell of value kept; everything but its key is None where hidden."""

    level: str
    region_code: str
    commodity: str
    n: int | None = None
    returns: int | None = None
    turnover: Decimal | None = None
    material_outside: Decimal | None = None
    sold_known: Decimal | None = None
    sold_outside: Decimal | None = None
    kept: Kept | None = None


def _at_levels(frame: pl.DataFrame, root: str, levels: Mapping[Level, int]) -> pl.DataFrame:
    """The rows once per level, with `level` and `region_code` (the first letters of the village's code)."""
    return pl.concat(
        frame.with_columns(
            pl.lit(level.value).alias("level"),
            (pl.lit(root) if level == Level.PROVINCE else pl.col("village").str.slice(0, length)).alias("region_code"),
        )
        for level, length in levels.items()
    )


def prices(returns: pl.DataFrame, *, root: str, rule: Rule) -> list[Price]:
    """Median price per step, place, commodity and unit, of producers (each with the median of its months) that told one.

    `root` is the province's code. All accepted returns count, those of the comparison group too: a price is a price.
    Returns without commodity, unit or price are left out.
    """
    frame = returns.filter(pl.col("commodity").fill_null("") != "", pl.col("unit").fill_null("") != "").select(
        "producer_id",
        "village",
        "commodity",
        pl.col("unit").str.to_lowercase(),
        pl.col("turnover").cast(pl.Float64),
        *(pl.col(column).cast(pl.Float64).alias(step.value) for step, column in STEPS.items()),
    )
    of_each = (
        frame.unpivot(
            [step.value for step in STEPS],
            index=["producer_id", "village", "commodity", "unit", "turnover"],
            variable_name="step",
            value_name="price",
        )
        .filter(pl.col("price") > 0)
        .group_by("producer_id", "village", "commodity", "unit", "step")
        .agg(pl.col("price").median(), pl.col("turnover").sum())
    )
    placed = _at_levels(of_each, root, {Level.PROVINCE: 0, Level.REGENCY: 5, Level.VILLAGE: 13})
    found = (
        placed.group_by(*_KEYS, "unit", "step")
        .agg(
            pl.len().alias("n"),
            pl.col("price").quantile(0.25, "linear").alias("low"),
            pl.col("price").median().alias("middle"),
            pl.col("price").quantile(0.75, "linear").alias("high"),
            (pl.col("turnover").max() / pl.col("turnover").sum()).fill_nan(0.0).alias("top"),
        )
        .sort(*_KEYS, "unit", "step")
    )
    return [_price(row, rule) for row in found.iter_rows(named=True)]


def _price(row: dict[str, object], rule: Rule) -> Price:
    key = (str(row["level"]), str(row["region_code"]), str(row["commodity"]), str(row["unit"]), str(row["step"]))
    if rule.hides(Cell(n=int(str(row["n"])), turnover=1.0, top=float(str(row["top"])))):
        return Price(*key, None, None, None, None)
    low, middle, high = (_cents(row[name]) for name in ("low", "middle", "high"))
    return Price(*key, int(str(row["n"])), low, middle, high)


def _cents(value: object) -> Decimal:
    return Decimal(str(value)).quantize(_CENT)


def sums(returns: pl.DataFrame, *, root: str, rule: Rule, assumed: Assumptions) -> list[Sums]:
    """Value kept of the programme by kabupaten and commodity, with totals over each (region `root`, commodity "").

    The comparison group is no part of the programme. A return counts as taken apart when both its materials are known; the
    labour of a return that tells no days is unknown, and stays in the margin of its owner.
    """
    cells = _cells(returns.filter(~pl.col("is_comparison")), root)
    table = {
        ("" if row["level"] == Level.PROVINCE else str(row["region_code"]), str(row["commodity"])): row
        for row in cells.iter_rows(named=True)
    }
    told = {key: Cell(n=row["n"], turnover=row["turnover"], top=row["top"]) for key, row in table.items()}
    gone = hidden(told, rule, root=root)
    return [_sums(row, is_hidden=key in gone, assumed=assumed) for key, row in table.items()]


def _cells(returns: pl.DataFrame, root: str) -> pl.DataFrame:
    """One row per cell with its plain sums, the number of producers and the share of the largest."""
    known = pl.col("material_inside").is_not_null() & pl.col("material_outside").is_not_null()
    sold = pl.col("channel_outside").is_not_null()
    rows = returns.select(
        "producer_id",
        "village",
        pl.col("commodity").fill_null("").replace({"": NOT_NAMED}).alias("named"),
        *(pl.col(name).cast(pl.Float64) for name in _MONEY),
        pl.col("worker_days").cast(pl.Float64).fill_null(0.0),
        known.alias("known"),
        sold.alias("sold"),
    )
    both = pl.concat(
        [rows.with_columns(pl.lit("").alias("commodity")), rows.with_columns(pl.col("named").alias("commodity"))]
    )
    of_each = (
        _at_levels(both, root, {Level.PROVINCE: 0, Level.REGENCY: 5})
        .group_by(*_KEYS, "producer_id")
        .agg(
            pl.len().alias("returns"),
            pl.col("turnover").sum(),
            pl.col("turnover").filter("known").sum().alias("counted"),
            pl.col("material_inside").filter("known").sum(),
            pl.col("material_outside").filter("known").sum(),
            pl.col("worker_days").filter("known").sum().alias("days"),
            pl.col("turnover").filter("sold").sum().alias("sold_known"),
            pl.col("channel_outside").sum().alias("sold_outside"),
        )
    )
    return (
        of_each.group_by(*_KEYS)
        .agg(
            pl.len().alias("n"),
            (pl.col("turnover").max() / pl.col("turnover").sum()).fill_nan(0.0).alias("top"),
            pl.col(
                "returns",
                "turnover",
                "counted",
                "material_inside",
                "material_outside",
                "days",
                "sold_known",
                "sold_outside",
            ).sum(),
        )
        .sort(*_KEYS)
    )


def _sums(row: dict[str, object], *, is_hidden: bool, assumed: Assumptions) -> Sums:
    key = (str(row["level"]), str(row["region_code"]), str(row["commodity"]))
    if is_hidden:
        return Sums(*key)
    inside, outside, counted = (_cents(row[name]) for name in ("material_inside", "material_outside", "counted"))
    return Sums(
        *key,
        n=int(str(row["n"])),
        returns=int(str(row["returns"])),
        turnover=_cents(row["turnover"]),
        material_outside=outside,
        sold_known=_cents(row["sold_known"]),
        sold_outside=_cents(row["sold_outside"]),
        kept=taken_apart(
            counted=counted, inside=inside, outside=outside, days=Decimal(str(row["days"])), assumed=assumed
        ),
    )


def taken_apart(*, counted: Decimal, inside: Decimal, outside: Decimal, days: Decimal, assumed: Assumptions) -> Kept:
    """A turnover (rupiah) taken apart: material from inside and outside NTT, other inputs and wages as assumed, the rest.

    The share of material that is from NTT is what the returns say; where in NTT it comes from is assumed.
    """
    material = inside + outside
    found = kept(
        output=counted,
        material=material,
        others=(counted * assumed.of("value.others")).quantize(_CENT),
        labour=(days * assumed.of("value.wage")).quantize(_CENT),
        spreads=assumed.spreads(inside / material if material else Decimal(1)),
    )
    return found


def place_sums(found: Kept) -> dict[str, Decimal]:
    """Parts and places by the names of the columns in which they are kept."""
    return {
        "counted": found.output,
        **{part.value: found.part(part) for part in Part},
        **{place.value: found.place(place) for place in Place},
    }
