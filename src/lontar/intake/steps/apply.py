"""Which step brings which dataset into the registry, and the words for rows that the registry refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import polars as pl
from django.db import connection

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
_TABLES = {
    "enterprises": "registry_enterprise",
    "potential": "registry_villagepotential",
    "schools": "registry_school",
    "communities": "registry_organization",
    "products": "registry_product",
    "licences": "registry_licence",
}
_REFUSALS = enterprises.REFUSALS | goods.REFUSALS


def apply_chunk(
    batch: Batch, dataset: Dataset, rows: pl.DataFrame, *, scope: tuple[str, str], at: datetime
) -> pl.DataFrame:
    """Bring checked rows into the registry inside the caller's transaction; what became of each, by `ord`."""
    if not rows.height:
        return pl.DataFrame(schema=RESULT_SCHEMA)
    return _STEPS[dataset.key](batch, _still_there(dataset, rows), scope=scope, at=at)


def ahead(dataset: Dataset, rows: pl.DataFrame) -> pl.DataFrame:
    """What can be done to a chunk before its turn and without the database: the sealing of personal values."""
    return enterprises.sealed(rows) if dataset.key == "enterprises" else rows


def _still_there(dataset: Dataset, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `origin` only where what a row went to before is still in the registry and within the scope."""
    ids = rows["origin"].drop_nulls().unique().to_list()
    if not ids:
        return rows
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {_TABLES[dataset.key]} WHERE id = ANY(%s)", [ids])
        there = [number for (number,) in cursor.fetchall()]
    return rows.with_columns(origin=pl.when(pl.col("origin").is_in(there)).then("origin"))


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
