"""Candidates of all units and their measures, each with a lower and an upper value; NaN where nothing is known.

A village's candidates are the commodities that it grows, makes or has enterprises of; those of a school or a community are
the commodities of its own products, and where a product has none the product itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lontar.engines.economy import density, dynamic_quotient, location_quotient, proximity, revealed
from lontar.selection.rules.shipped import CULTURE, KEEPS, STORABLE, UNLAWFUL
from lontar.selection.steps.reading import Facts

Floats = NDArray[np.float64]
SHRINK: Final = 10.0  # as many producers spread as in the province steady the shares of a small village
FLOOR: Final = 3.0  # fewer producers make no speciality of a kecamatan
_UNIT: Final = ("kind", "owner", "village")
_ON: Final = (*_UNIT, "commodity", "product")


@dataclass(frozen=True, slots=True)
class Measured:
    """Candidates (rows) with identity and gate figures, and by measure the lower and upper values (arrays over the rows)."""

    rows: pl.DataFrame
    low: dict[str, Floats]
    high: dict[str, Floats]

    def bounds(self, key: str) -> tuple[Floats, Floats]:
        """The interval of a measure; a measure that nothing in the registry answers is NaN everywhere."""
        nothing = np.full(len(self.rows), np.nan)
        return self.low.get(key, nothing), self.high.get(key, self.low.get(key, nothing))


def measure(facts: Facts) -> Measured:
    """All candidates with all measures."""
    rows = _candidates(facts)
    for step in (_with_enterprises, _with_potential, _with_products, _with_region):
        rows = step(rows, facts)
    rows = rows.join(facts.means, on="village", how="left").sort("kind", "village", "owner", "commodity", "product")
    return Measured(rows, low=_values(rows, _LOW), high=_values(rows, _HIGH))


def _values(rows: pl.DataFrame, wanted: dict[str, pl.Expr]) -> dict[str, Floats]:
    found = rows.select(**{key: one.cast(pl.Float64).fill_null(float("nan")) for key, one in wanted.items()})
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
    before, rows, columns = _table(base, "before", by="village")
    after, _rows, _columns = _table(base, "after", by="village")
    found = dynamic_quotient(before, after, years=float(years[1] - years[0]))
    at = _places(base, rows=rows, columns=columns, by="village")
    return base.select(*on).with_columns(dlq=pl.Series(found[at]).fill_nan(None))


def _with_products(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """What the unit's own products show: permits, stage, price; and the geographical indications of its kabupaten."""
    food = pl.col("category").is_in(["food", "drink", "herbal"])
    needed = (
        (~pl.col("nib")).cast(pl.Int64)
        + (food & ~pl.col("market")).cast(pl.Int64)
        + (food & ~pl.col("halal")).cast(pl.Int64)
        + (~food & ~pl.col("mark")).cast(pl.Int64)
    )
    usual = pl.col("price").median().over(pl.col("label").str.to_lowercase(), "unit")
    made = facts.products.with_columns(
        kind=pl.when(pl.col("school").is_not_null()).then(pl.lit("school"))
        .when(pl.col("community").is_not_null()).then(pl.lit("community")).otherwise(pl.lit("village")),
        owner=pl.coalesce("school", "community", pl.lit(0)),
        lacking=needed, processed=pl.col("stage") != "raw", dear=pl.col("price") / usual,
        product=pl.when(pl.col("commodity").is_null()).then(pl.col("product")).otherwise(0),
        commodity=pl.col("commodity").fill_null(0),
    )  # fmt: skip
    own = made.group_by(*_ON).agg(
        products=pl.len(), lacking=pl.col("lacking").mean(), processed=100 * pl.col("processed").mean(),
        dear=pl.col("dear").median(),
    )  # fmt: skip
    signs = (
        facts.products.filter(pl.col("ig") & pl.col("commodity").is_not_null())
        .select("commodity", regency=pl.col("village").str.slice(0, 5), has_sign=pl.lit(1))
        .unique()
    )
    return (
        rows.join(own, on=list(_ON), how="left")
        .with_columns(regency=pl.col("village").str.slice(0, 5))
        .join(signs, on=["commodity", "regency"], how="left")
        .with_columns(pl.col("has_sign", "products").fill_null(0))
    )


def _with_region(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """LQ of the village, LQ (RCA) and density of the kecamatan, from the number of enterprises by commodity."""
    counts = facts.enterprises.drop_nulls("commodity").with_columns(
        district=pl.col("village").str.slice(0, 8), number=pl.col("number").cast(pl.Float64)
    )
    if counts.is_empty():
        return rows.with_columns(*[pl.lit(None, pl.Float64).alias(key) for key in ("lq", "rca", "density")])
    own, villages, columns = _table(counts, "number", by="village")
    pooled, districts, _same = _table(counts, "number", by="district")
    good = revealed(pooled, floor=FLOOR, strength=SHRINK)
    rows = _looked_up(rows, "lq", location_quotient(own, strength=SHRINK), by="village", rows=villages, columns=columns)
    rows = _looked_up(
        rows, "rca", location_quotient(pooled, strength=SHRINK), by="district", rows=districts, columns=columns
    )
    return _looked_up(rows, "density", density(good, proximity(good)), by="district", rows=districts, columns=columns)


Index = dict[object, int]


def _table(frame: pl.DataFrame, value: str, *, by: str) -> tuple[Floats, Index, Index]:
    rows: Index = {key: place for place, key in enumerate(frame[by].unique().sort().to_list())}
    columns: Index = {key: place for place, key in enumerate(frame["commodity"].unique().sort().to_list())}
    made = np.zeros((len(rows), len(columns)))
    np.add.at(made, _places(frame, rows=rows, columns=columns, by=by), frame[value].to_numpy())
    return made, rows, columns


def _places(
    frame: pl.DataFrame, *, rows: Index, columns: Index, by: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    one = np.array([rows.get(key, -1) for key in frame[by].to_list()], dtype=np.int64)
    other = np.array([columns.get(key, -1) for key in frame["commodity"].to_list()], dtype=np.int64)
    return one, other


def _looked_up(frame: pl.DataFrame, name: str, table: Floats, *, by: str, rows: Index, columns: Index) -> pl.DataFrame:
    one, other = _places(frame, rows=rows, columns=columns, by=by)
    found = np.where((one >= 0) & (other >= 0), table[one, other], np.nan)
    return frame.with_columns(pl.Series(name, found).fill_nan(None))


def _share(part: str, whole: str) -> pl.Expr:
    return pl.when(pl.col(whole) > 0).then(100 * pl.col(part) / pl.col(whole))


_counted: Final = pl.when(pl.col("all_here").is_not_null())
_IS_VILLAGE: Final = pl.col("kind") == "village"
_BY_NIB: Final = pl.when(pl.col("number") > 0).then(1 - pl.col("nib") / pl.col("number"))
_LOW: Final[dict[str, pl.Expr]] = {
    "producers": _counted.then(pl.col("number")),
    "lq": pl.col("lq"),
    "dlq": pl.col("dlq"),
    "rca": pl.col("rca"),
    "density": pl.col("density"),
    "months": pl.coalesce("months", "usual"),
    "production": pl.col("production"),
    "workers": _counted.then(pl.col("workers").fill_null(0)),
    "women": _share("women", "sex_known"),
    "youth": _share("youth", "age_known"),
    "uniqueness": pl.col("has_sign") + pl.col("sector").is_in(list(CULTURE)).cast(pl.Int64),
    # Without a product nobody knows which permits it needs: from none but the NIB to two more.
    "permits": pl.coalesce("lacking", _BY_NIB),
    "turnover": pl.when(pl.col("turnover_known") > 0).then(100 * pl.col("turnover") / pl.col("turnover_district")),
    "management": _share("nib", "number"),
    "technology": pl.col("processed"),
    "price": pl.col("dear"),
    "means": pl.col("means"),
}
_HIGH: Final[dict[str, pl.Expr]] = _LOW | {
    "producers": _counted.then(pl.col("number") + pl.col("unsure")),
    "permits": pl.coalesce("lacking", _BY_NIB + 2),
}


# --- gates ------------------------------------------------------------------------------------------------------------

#: (1 yes, 0 no, −1 unknown; the figure looked at) for rows and a limit.
Answer = tuple[NDArray[np.int8], Floats]


def _lawful(rows: pl.DataFrame, _limit: float) -> Answer:
    code = rows["code"].fill_null("")
    said = np.where(code.is_in(list(UNLAWFUL)).to_numpy(), 0, np.where((code == "").to_numpy(), -1, 1))
    return said.astype(np.int8), np.full(len(rows), np.nan)


def _material(rows: pl.DataFrame, limit: float) -> Answer:
    months = rows.select(pl.coalesce("months", "usual").cast(pl.Float64).fill_null(float("nan"))).to_series().to_numpy()
    keeps = rows.select(pl.col("sector").is_in(list(STORABLE)) | pl.col("code").is_in(list(KEEPS))).to_series()
    long = np.nan_to_num(months, nan=0.0) >= limit
    said = np.where(long | keeps.fill_null(False).to_numpy(), 1, np.where(np.isnan(months), -1, 0))
    return said.astype(np.int8), months


def _producers(rows: pl.DataFrame, limit: float) -> Answer:
    """Of a village: enterprises; those that are only likely may pass it, none recorded at all leaves it open. A school or a
    community is one producer by nature."""
    number, unsure = rows["number"].to_numpy(), rows["unsure"].to_numpy()
    counted = rows["all_here"].is_not_null().to_numpy()
    alone = (rows["kind"] != "village").to_numpy()
    said = np.where(alone | (number >= limit), 1, np.where(~counted | (number + unsure >= limit), -1, 0))
    return said.astype(np.int8), np.where(alone | ~counted, np.nan, number.astype(np.float64))


GATES: Final[dict[str, Callable[[pl.DataFrame, float], Answer]]] = {
    "lawful": _lawful,
    "material": _material,
    "producers": _producers,
}
