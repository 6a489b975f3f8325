"""Candidates of all units and their measures, each with a lower and an upper value; NaN where nothing is known.

A village's candidates are the commodities that it grows, makes or has enterprises of; those of a school or a community are
the commodities of its own products, and where a product has none the product itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lontar.engines.economy import density, dynamic_quotient, location_quotient, proximity, revealed
from lontar.selection.steps.growing import grown
from lontar.selection.steps.opening import opened
from lontar.selection.steps.reading import Facts
from lontar.selection.steps.selling import with_market, with_steady
from lontar.selection.steps.tables import Index, places, table
from lontar.selection.steps.traits import with_traits
from lontar.selection.steps.values import COUNTS, HIGH, LOW

Floats = NDArray[np.float64]
SHRINK: Final = 10.0  # as many producers spread as in the province steady the shares of a small village
FLOOR: Final = 3.0  # fewer producers make no speciality of a kecamatan


@dataclass(frozen=True, slots=True)
class Measured:
    """Candidates (rows) with identity and gate figures, and by measure the lower and upper values (arrays over the rows);
    `counts` says from how many records of the registry each value was taken."""

    rows: pl.DataFrame
    low: dict[str, Floats]
    high: dict[str, Floats]
    counts: dict[str, Floats]

    def bounds(self, key: str) -> tuple[Floats, Floats]:
        """The interval of a measure; a measure that nothing in the registry answers is NaN everywhere."""
        nothing = np.full(len(self.rows), np.nan)
        return self.low.get(key, nothing), self.high.get(key, self.low.get(key, nothing))

    def number(self, key: str) -> Floats:
        """How many records stand behind each value of a measure; 0 where none do."""
        return self.counts.get(key, np.zeros(len(self.rows)))


def measure(facts: Facts) -> Measured:
    """All candidates with all measures."""
    rows = _candidates(facts)
    for step in (
        with_traits,
        _with_enterprises,
        grown,
        _with_potential,
        opened,
        _with_region,
        with_market,
        with_steady,
    ):
        rows = step(rows, facts)
    rows = rows.join(facts.means, on="village", how="left").sort("kind", "village", "owner", "commodity", "product")
    return Measured(rows, low=_values(rows, LOW), high=_values(rows, HIGH), counts=_values(rows, COUNTS, otherwise=0.0))


def _values(rows: pl.DataFrame, wanted: dict[str, pl.Expr], *, otherwise: float = float("nan")) -> dict[str, Floats]:
    found = rows.select(**{key: one.cast(pl.Float64).fill_null(otherwise) for key, one in wanted.items()})
    return {key: np.ascontiguousarray(found[key].to_numpy(), dtype=np.float64) for key in wanted}


def _candidates(facts: Facts) -> pl.DataFrame:
    """Identity: kind, owner (0, school or community), village, commodity or product (0: none), label, sector."""
    nobody = pl.lit(0, pl.Int64)
    own = facts.products.filter(pl.col("school").is_null() & pl.col("community").is_null())
    grown = [one.select("village", "commodity") for one in (facts.potential, facts.enterprises, own)]
    village = (
        pl.concat(grown)
        .drop_nulls()
        .unique()
        .join(facts.villages.select("village"), on="village")
        .select(kind=pl.lit("village"), owner=nobody, village="village", commodity="commodity", product=nobody)
    )
    bare = own.filter(pl.col("commodity").is_null())
    parts = [village, _of_products(bare, kind="village", owner=nobody)]
    for kind in ("school", "community"):
        made = facts.products.filter(pl.col(kind).is_not_null())
        parts.append(_of_products(made, kind=kind, owner=pl.col(kind)))
    names = facts.commodities.select("commodity", "code", "commodity_name", "sector", "usual")
    labels = facts.products.select("product", "label")
    return (
        pl.concat(parts)
        .join(names, on="commodity", how="left")
        .join(labels, on="product", how="left")
        .with_columns(label=pl.coalesce("commodity_name", "label").str.slice(0, 160))
        .drop("commodity_name")
    )


def _of_products(made: pl.DataFrame, *, kind: str, owner: pl.Expr) -> pl.DataFrame:
    has = pl.col("commodity").is_not_null()
    return made.select(
        kind=pl.lit(kind), owner=owner, village="village", commodity=pl.col("commodity").fill_null(0),
        product=pl.when(has).then(0).otherwise(pl.col("product")),
    ).unique()  # fmt: skip


def _with_enterprises(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Counts of the village's enterprises by commodity; `unsure` could be of this commodity by their KBLI."""
    sums = [name for name in facts.enterprises.columns if name not in ("village", "commodity", "open_kbli")]
    sure = facts.enterprises.drop_nulls("commodity").group_by("village", "commodity").agg(pl.col(sums).sum())
    unsure = (
        facts.enterprises.filter(pl.col("commodity").is_null() & (pl.col("open_kbli") != ""))
        .join(facts.commodities.select("kbli", open_commodity="commodity"), left_on="open_kbli", right_on="kbli")
        .group_by("village", commodity="open_commodity")
        .agg(unsure=pl.col("number").sum())
    )
    everything = facts.enterprises.group_by("village").agg(all_here=pl.col("number").sum())
    district = (
        facts.enterprises.with_columns(district=pl.col("village").str.slice(0, 8))
        .group_by("district")
        .agg(turnover_district=pl.col("turnover").sum())
    )
    return (
        rows.join(sure, on=["village", "commodity"], how="left")
        .join(unsure, on=["village", "commodity"], how="left")
        .join(everything, on="village", how="left")
        .with_columns(district=pl.col("village").str.slice(0, 8))
        .join(district, on="district", how="left")
        .with_columns(pl.col("number", "unsure").fill_null(0))
    )


def _with_potential(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """The newest year of each potential, and how production grew against the village's basket (`dlq`)."""
    newest = facts.potential.sort("year").group_by("village", "commodity").last()
    newest = newest.select("village", "commodity", "production", "area", "months")
    return rows.join(newest, on=["village", "commodity"], how="left").join(
        _growth(facts.potential), on=["village", "commodity"], how="left"
    )


def _growth(potential: pl.DataFrame) -> pl.DataFrame:
    """DLQ between the last two years. Units of commodities differ, so amounts are first made shares of the province's."""
    schema = {"village": pl.String, "commodity": pl.Int64, "dlq": pl.Float64}
    years = sorted(potential["year"].unique().to_list())[-2:]
    if len(years) < 2:
        return pl.DataFrame(schema=schema)
    on = ["village", "commodity"]
    known = potential.filter(pl.col("production") > 0)
    both = known.filter(pl.col("year") == years[0]).join(known.filter(pl.col("year") == years[1]), on=on, suffix="_now")
    base = both.with_columns(base=pl.col("production").sum().over("commodity"))
    base = base.with_columns(
        before=pl.col("production") / pl.col("base"), after=pl.col("production_now") / pl.col("base")
    )
    if base.is_empty():
        return pl.DataFrame(schema=schema)
    before, rows, columns = table(base, "before", by="village")
    after, _rows, _columns = table(base, "after", by="village")
    found = dynamic_quotient(before, after, years=float(years[1] - years[0]))
    at = places(base, rows=rows, columns=columns, by="village")
    return base.select(*on).with_columns(dlq=pl.Series(found[at]).fill_nan(None))


def _with_region(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """LQ of the village, LQ (RCA) and density of the kecamatan, from the number of enterprises by commodity."""
    counts = facts.enterprises.drop_nulls("commodity").with_columns(
        district=pl.col("village").str.slice(0, 8), number=pl.col("number").cast(pl.Float64)
    )
    if counts.is_empty():
        return rows.with_columns(*[pl.lit(None, pl.Float64).alias(key) for key in ("lq", "rca", "density")])
    own, villages, columns = table(counts, "number", by="village")
    pooled, districts, _same = table(counts, "number", by="district")
    good = revealed(pooled, floor=FLOOR, strength=SHRINK)
    rows = _looked_up(rows, "lq", location_quotient(own, strength=SHRINK), by="village", rows=villages, columns=columns)
    rows = _looked_up(
        rows, "rca", location_quotient(pooled, strength=SHRINK), by="district", rows=districts, columns=columns
    )
    return _looked_up(rows, "density", density(good, proximity(good)), by="district", rows=districts, columns=columns)


def _looked_up(frame: pl.DataFrame, name: str, table: Floats, *, by: str, rows: Index, columns: Index) -> pl.DataFrame:
    one, other = places(frame, rows=rows, columns=columns, by=by)
    found = np.where((one >= 0) & (other >= 0), table[one, other], np.nan)
    return frame.with_columns(pl.Series(name, found).fill_nan(None))
