"""Which step brings which dataset into the registry, and the words for rows that the registry refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import polars as pl

from lontar.intake.datasets import Dataset
from lontar.intake.models import Batch
from lontar.intake.states import Severity
from lontar.intake.steps import enterprises, goods, places_and_units
from lontar.intake.steps.staging import RESULT_SCHEMA

_Apply = Callable[..., pl.DataFrame]
_STEPS: dict[str, _Apply] = {
    "enterprises": enterprises.apply_chunk,
    "potential": places_and_units.apply_potential,
    "schools": places_and_units.apply_schools,
    "communities": places_and_units.apply_communities,
    "products": goods.apply_products,
    "licences": goods.apply_licences,
}
_REFUSALS = enterprises.REFUSALS | goods.REFUSALS


def apply_chunk(
    batch: Batch, dataset: Dataset, rows: pl.DataFrame, *, scope: tuple[str, str], at: datetime
) -> pl.DataFrame:
    """Bring checked rows into the registry inside the caller's transaction; what became of each, by `ord`."""
    if not rows.height:
        return pl.DataFrame(schema=RESULT_SCHEMA)
    return _STEPS[dataset.key](batch, rows, scope=scope, at=at)


def refusal_findings(dataset: Dataset, refused: pl.DataFrame) -> pl.DataFrame:
    """Findings for rows that the registry refused: sheet_no, row_no, refusal, detail → field, rule, message, …"""
    frames = [
        refused.filter(pl.col("refusal") == rule).select(
            "sheet_no",
            "row_no",
            field=pl.lit(field),
            rule=pl.lit(rule),
            severity=pl.lit(Severity.ERROR.value),
            value=pl.lit(""),
            message=_words(message),
            suggestion=pl.lit(None, dtype=pl.String),
        )
        for rule, (field, message) in _REFUSALS.items()
        if field in dataset.keys
    ]
    return pl.concat(frames)


def _words(message: str) -> pl.Expr:
    if "{detail}" not in message:
        return pl.lit(message)
    return pl.format(message.replace("{detail}", "{}"), pl.col("detail").fill_null("–"))
