"""What a report is made of, gathered from the closed quarter: figures as they stand, and what explains and weighs them.

Everything that is published passes here; what is closed (returns, producers) is read only to draw anonymous records.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.engines.periods import Quarter
from lontar.engines.reporting import CELLS, FIGURES, RECORDS, Limits, Table, anonymised, cells_of
from lontar.registry.models import Region
from lontar.reports.steps import tables

TURNOVER = "O1T"


class NotClosed(Refused):
    """A quarter has no report before it is closed."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The tables of a package, the definitions, and from what they were taken."""

    tables: Sequence[tuple[Table, pl.DataFrame]]
    definitions: Sequence[Mapping[str, Any]]
    basis: Mapping[str, Any]


def stamp_of(quarter: Quarter) -> str:
    """What the closed quarter says now; changes with every restatement. Raises `NotClosed`."""
    raise NotClosed(f"{quarter} belum ditutup. Tutup triwulan itu dahulu.")


def gather(quarter: Quarter) -> Gathered:
    """Everything a report of the quarter holds. Raises `NotClosed`."""
    raise NotClosed(f"{quarter} belum ditutup. Tutup triwulan itu dahulu.")


def waiting() -> list[Quarter]:
    """Closed quarters without a report, oldest first: what comes earlier is published earlier."""
    return []


def mark_published(quarter: Quarter, *, post: Post, by: User | None, at: datetime) -> None:
    """Tell the quarter that its report is out."""


def recomputed(folder: Path) -> pl.DataFrame | None:
    """The figures of a package made again from the snapshot that it was taken from; None where that is not here."""
    return None


def from_snapshot(quarter: Quarter, folder: Path, limits: Limits) -> list[tuple[Table, pl.DataFrame]]:
    """Figures, their statistics, anonymous records, regions and definitions of a snapshot's folder."""
    figures = pl.read_parquet(folder / "figures.parquet")
    records = anonymised(
        producers_of(quarter, folder),
        figures,
        indicator=TURNOVER,
        limits=limits,
        seed=f"{quarter.label}|{_seed(folder)}",
    )
    return [
        (FIGURES, figures),
        (CELLS, cells_of(figures)),
        (RECORDS, records),
        (tables.REGIONS, regions()),
        (tables.DEFINITIONS, definitions_frame(definitions_of(folder))),
    ]


def _seed(folder: Path) -> str:
    """A seed that nobody outside can guess: it depends on the closed producers."""
    import hashlib

    return hashlib.sha256((folder / "producers.parquet").read_bytes()).hexdigest()


def producers_of(quarter: Quarter, folder: Path) -> pl.DataFrame:
    """A row per producer that answered: the columns that `anonymised` asks for."""
    before = quarter.same_last_year()
    columns = ["producer_id", "month", "turnover", "paid_women", "paid_men", "unpaid_women", "unpaid_men"]
    rows = pl.scan_parquet(folder / "returns.parquet").select(columns)
    now = rows.filter(pl.col("month").is_between(quarter.start, quarter.last_day))
    people = pl.sum_horizontal("paid_women", "paid_men", "unpaid_women", "unpaid_men", ignore_nulls=False)
    summed = (
        now.with_columns(people=people)
        .group_by("producer_id")
        .agg(pl.col("turnover").sum(), pl.col("people").mean().round().cast(pl.Int64).alias("workers"), months=pl.len())
    )
    past = rows.filter(pl.col("month").is_between(before.start, before.last_day))
    earlier = past.group_by("producer_id").agg(pl.col("turnover").sum().alias("turnover_before"), pl.len().alias("had"))
    asked = pl.scan_parquet(folder / "producers.parquet").select("producer_id", "village", "category")
    joined = summed.join(earlier.filter(pl.col("had") == 3), on="producer_id", how="left").join(asked, on="producer_id")
    return joined.sort("producer_id").collect()


def regions() -> pl.DataFrame:
    """Regions in force, by the columns of `tables.REGIONS`."""
    found = Region.objects.filter(valid_until__isnull=True).order_by("code")
    rows = list(found.values_list("code", "name", "level", "lat", "lon"))
    schema = {"code": pl.String, "name": pl.String, "level": pl.String, "lat": pl.Float64, "lon": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def definitions_of(folder: Path) -> list[dict[str, Any]]:
    """The metadata of the indicators as the snapshot froze them."""
    held = json.loads((folder / "definitions.json").read_bytes())
    return [dict(one) for one in held]


def definitions_frame(found: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """The same as a table."""
    names = tables.DEFINITIONS.names
    return pl.DataFrame(
        [[str(one.get(name, "")) for name in names] for one in found],
        schema=dict.fromkeys(names, pl.String),
        orient="row",
    )
