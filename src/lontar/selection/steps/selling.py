"""How far a candidate is from where things are sold, and in how many months its makers sold through steady channels."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from lontar.engines.regions.distance import nearest
from lontar.selection.steps.reading import Facts

_PLACE: Final = {"regency": pl.String, "lat": pl.Float64, "lon": pl.Float64, "rough": pl.Boolean}


def with_market(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """`far_low`, `far_high` (km) and `markets`: the nearest of the markets and the capital in the village's kabupaten/kota.

    Distances do not cross a border of kabupaten, so that a market beyond a strait or a border counts for nobody. Where a
    point is known only roughly, the distance is an interval of `selection.market.rough` km to either side.
    """
    rough = facts.terms.get("selection.market.rough", 0.0)
    known = facts.points.filter(pl.col("lat").is_not_null())
    parts = [
        _of_regency(group, facts.markets.filter(pl.col("regency") == key[0]), rough=rough)
        for key, group in known.group_by(pl.col("village").str.slice(0, 5))
    ]
    schema = {"village": pl.String, "far_low": pl.Float64, "far_high": pl.Float64, "markets": pl.Int64}
    found = pl.concat(parts) if parts else pl.DataFrame(schema=schema)
    return rows.join(found, on="village", how="left").with_columns(pl.col("markets").fill_null(0))


def _of_regency(villages: pl.DataFrame, places: pl.DataFrame, *, rough: float) -> pl.DataFrame:
    far, at = nearest(
        villages["lat"].to_numpy(), villages["lon"].to_numpy(),
        to_lat=places["lat"].to_numpy(), to_lon=places["lon"].to_numpy(),
    )  # fmt: skip
    vague = villages["rough"].to_numpy().astype(bool)
    if len(places):
        vague = vague | places["rough"].to_numpy().astype(bool)[at]
    half = np.where(vague & (far > 0), rough, 0.0)
    return pl.DataFrame(
        {
            "village": villages["village"], "far_low": pl.Series(np.maximum(far - half, 0)).fill_nan(None),
            "far_high": pl.Series(far + half).fill_nan(None), "markets": np.full(len(villages), len(places), dtype=np.int64),
        }
    )  # fmt: skip


def with_steady(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """`sellers`, `sales_months`, `steady_months`, `untold_months` of a village's candidates.

    Fewer producers than open figures may rest on (`disclosure.min_producers`) count as not known: rankings are public.
    """
    enough = facts.steady.filter(pl.col("sellers") >= facts.least_producers).with_columns(kind=pl.lit("village"))
    return rows.join(enough, on=["kind", "village", "code"], how="left").with_columns(
        pl.col("sellers", "sales_months", "steady_months", "untold_months").fill_null(0)
    )
