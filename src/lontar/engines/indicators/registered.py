"""Figures that do not come from returns: products with licences, days to a licence, and coverage."""

from __future__ import annotations

import duckdb
import numpy as np
import polars as pl

from lontar.engines.indicators.cells import KEYS, Grouping
from lontar.engines.indicators.estimating import median_ranks
from lontar.engines.indicators.given import Facts, Parameters
from lontar.engines.indicators.measuring import finished
from lontar.engines.indicators.recipes import FROM_FACTS, LICENCES, RECIPES
from lontar.engines.periods import Quarter

_PARTS = ("pillar", "category", "sex", "star")


def from_facts(quarter: Quarter, facts: Facts, parameters: Parameters) -> list[pl.DataFrame]:
    """The figures of `FROM_FACTS`, one frame each."""
    return [
        _coverage(facts.frames()["units"]),
        *_certified(facts, quarter, parameters),
        _waiting(facts, quarter),
    ]


def _placed(rows: pl.DataFrame) -> pl.DataFrame:
    """With a column for every level, and words where a breakdown is not known."""
    there = [one for one in _PARTS if one in rows.columns]
    return rows.with_columns(
        *(
            pl.col("village").str.slice(0, length).alias(level)
            for level, length in (("province", 2), ("regency", 5), ("district", 8))
        ),
        *(
            pl.col(one).cast(pl.String).replace({"": None}).fill_null("0" if one == "star" else "unknown").alias(one)
            for one in there
        ),
    )


def _coverage(units: pl.DataFrame) -> pl.DataFrame:
    rows = _placed(units)
    cells = Grouping.of(rows, ("pillar",))
    every = pl.Series(cells.reduce(rows["units"].to_numpy()), dtype=pl.Int64)
    decided = pl.Series(cells.reduce(rows["decided"].to_numpy()), dtype=pl.Int64)
    return finished(
        cells.keys, RECIPES["C1"],
        value=decided / every, low=None, high=None, numerator=decided, denominator=every, n=every,
        missing=every * 0.0, producers=every,
    )  # fmt: skip


def _certified(facts: Facts, quarter: Quarter, parameters: Parameters) -> list[pl.DataFrame]:
    """Shares of products with a licence valid on the last day. MD stands in for PIRT, never the other way round."""
    rows = _placed(_with_licences(facts, quarter, parameters))
    cells = Grouping.of(rows)
    every = pl.Series(cells.reduce(np.ones(rows.height, dtype=np.int64)), dtype=pl.Int64)
    makers = _distinct(rows, cells)
    figures = []
    for recipe in (one for one in FROM_FACTS if one.family.name == "products"):
        held = pl.Series(cells.reduce(rows[recipe.y].cast(pl.Int64).to_numpy()), dtype=pl.Int64)
        figures.append(
            finished(
                cells.keys, recipe,
                value=held / every, low=None, high=None, numerator=held, denominator=every, n=every,
                missing=every * 0.0, producers=makers,
            )
        )  # fmt: skip
    return figures


def _with_licences(facts: Facts, quarter: Quarter, parameters: Parameters) -> pl.DataFrame:
    """Products with one column per kind of licence, and `required`: any that their category needs."""
    needed = [(category, kind) for category, kinds in parameters.required.items() for kind in kinds]
    needed += [(category, "md") for category, kinds in parameters.required.items() if "pirt" in kinds]
    with duckdb.connect() as db:
        for name, frame in facts.frames().items():
            db.register(name, frame)
        db.register(
            "needed", pl.DataFrame(needed, schema={"category": pl.String, "kind": pl.String}, orient="row").unique()
        )
        held = ", ".join(f"coalesce(bool_or(l.kind = '{kind}'), false) AS {kind}" for kind in LICENCES)
        query = f"""
            SELECT p.*, {held}, coalesce(bool_or(n.kind IS NOT NULL), false) AS required
            FROM products p
            LEFT JOIN licences l ON l.product_id = p.product_id AND (l.issued IS NULL OR l.issued < $until)
                 AND (l.expires IS NULL OR l.expires >= $until)
            LEFT JOIN needed n ON n.category = p.category AND n.kind = l.kind
            GROUP BY ALL ORDER BY p.product_id
        """  # noqa: S608 - kinds of our own
        return db.execute(query, {"until": quarter.end}).pl()


def _distinct(rows: pl.DataFrame, cells: Grouping) -> pl.Series:
    """How many makers stand behind each cell."""
    counted = []
    for level, by in cells.keys.select("level", "by").unique(maintain_order=True).iter_rows():
        columns = [level, *([by] if by else [])]
        found = rows.group_by(columns).agg(makers=pl.col("maker").n_unique().cast(pl.Int64))
        counted.append(
            found.select(
                pl.lit(level).alias("level"), pl.col(level).alias("region"), pl.lit(by).alias("by"),
                (pl.col(by) if by else pl.lit("")).alias("part"), "makers",
            )
        )  # fmt: skip
    if not counted:
        return pl.Series("makers", [], dtype=pl.Int64)
    return cells.keys.join(pl.concat(counted), on=list(KEYS), how="left", maintain_order="left")["makers"]


def _waiting(facts: Facts, quarter: Quarter) -> pl.DataFrame:
    """The median of days from `started` to `issued` of licences issued in the quarter; the share without both is missing."""
    frames = facts.frames()
    issued = pl.col("issued").is_between(quarter.start, quarter.end, closed="left")
    joined = (
        frames["licences"].filter(issued).join(frames["products"], on="product_id").sort("product_id", "kind", "issued")
    )
    days = pl.when(pl.col("started") <= pl.col("issued")).then((pl.col("issued") - pl.col("started")).dt.total_days())
    rows = _placed(joined.with_columns(days=days))
    pieces = [pl.DataFrame(schema=_WAITED)]
    for level, by in Grouping.of(rows).keys.select("level", "by").unique(maintain_order=True).iter_rows():
        columns = [level, *([by] if by else [])]
        pieces.append(
            rows.group_by(columns, maintain_order=True)
            .agg(
                n=pl.col("days").count().cast(pl.Int64),
                issued=pl.len().cast(pl.Int64),
                makers=pl.col("maker").filter(pl.col("days").is_not_null()).n_unique().cast(pl.Int64),
                days=pl.col("days").drop_nulls().sort(),
            )
            .select(
                pl.lit(level).alias("level"), pl.col(level).alias("region"), pl.lit(by).alias("by"),
                (pl.col(by) if by else pl.lit("")).alias("part"), "n", "issued", "makers", "days",
            )
        )  # fmt: skip
    return _medians(pl.concat(pieces))


_WAITED: dict[str, pl.DataType | type[pl.DataType]] = {
    "level": pl.String, "region": pl.String, "by": pl.String, "part": pl.String, "n": pl.Int64, "issued": pl.Int64,
    "makers": pl.Int64, "days": pl.List(pl.Int64),
}  # fmt: skip


def _medians(found: pl.DataFrame) -> pl.DataFrame:
    low, high = median_ranks(found["n"].to_numpy())
    place = {"at_low": np.maximum(low - 1, 0), "at_high": np.maximum(high - 1, 0)}
    ranked = found.with_columns(
        *(pl.Series(name, at) for name, at in place.items()), narrow=pl.Series(low > 0)
    ).with_columns(
        median=pl.col("days").list.median(),
        low=pl.when("narrow").then(pl.col("days").list.get(pl.col("at_low"), null_on_oob=True)),
        high=pl.when("narrow").then(pl.col("days").list.get(pl.col("at_high"), null_on_oob=True)),
    )
    return finished(
        ranked.select(KEYS), RECIPES["P2"],
        value=ranked["median"], low=ranked["low"], high=ranked["high"], numerator=None, denominator=None, n=ranked["n"],
        missing=1 - ranked["n"] / ranked["issued"], producers=ranked["makers"],
    )  # fmt: skip
