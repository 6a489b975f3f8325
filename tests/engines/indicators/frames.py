"""Frames of returns and producers for tests, each answer stated by the test; what is not stated is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from lontar.engines.indicators import OPTIONAL, Parameters

PARAMETERS = Parameters(
    least=3, dominance=85, full_days=25, sales=(2_000_000_000, 15_000_000_000, 50_000_000_000), workers=(4, 19, 99),
    rungs=(50_000_000, 300_000_000), required={"food": ("nib", "pirt", "halal")},
)  # fmt: skip
NO_PRICES = pl.DataFrame(schema={"month": pl.Date, "index": pl.Float64})
VILLAGE, OTHER = "53.01.01.2001", "53.01.02.2001"


def asked(*rows: dict[str, Any]) -> pl.DataFrame:
    """Producers; by default of one village, asked since 2024, in the programme."""
    usual = {
        "village": VILLAGE, "pillar": "village", "is_comparison": False, "category": "food", "sex": "F",
        "first_month": date(2024, 1, 1), "until_month": None,
    }  # fmt: skip
    return pl.DataFrame(
        [usual | row for row in rows], schema_overrides={"until_month": pl.Date}, infer_schema_length=None
    )


def answers(*rows: dict[str, Any]) -> pl.DataFrame:
    """Returns; turnover 0 unless said."""
    usual = {"turnover": 0} | dict.fromkeys(OPTIONAL)
    types = {name: pl.Int64 for name in OPTIONAL}
    return pl.DataFrame([usual | row for row in rows], schema_overrides=types, infer_schema_length=None)


def months(producer: int, year: int, *turnover: int | None, first: int = 7) -> list[dict[str, Any]]:
    """Returns of consecutive months of a year, in rupiah; None: not answered."""
    return [
        {"producer_id": producer, "month": date(year, first + place, 1), "turnover": amount}
        for place, amount in enumerate(turnover)
        if amount is not None
    ]


def cell(figures: pl.DataFrame, indicator: str, region: str = "53", by: str = "", part: str = "") -> dict[str, Any]:
    """The one figure."""
    found = figures.filter(indicator=indicator, region=region, by=by, part=part)
    assert found.height == 1, (indicator, region, by, part, found.height)
    return found.row(0, named=True)
