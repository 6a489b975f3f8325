"""Checking rows without files and database: a small gazetteer, one day, and the findings as plain tuples."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from lontar.engines.places import Gazetteer
from lontar.engines.regions import make_region
from lontar.intake.datasets import DATASETS
from lontar.intake.rules import Context, Verdict, check_rows
from lontar.intake.rules.kinds import Settings

TODAY = date(2026, 1, 15)
VILLAGE = "53.09.01.2001"
_PLACES = (
    ("53", "Nusa Tenggara Timur"),
    ("53.09", "Ngada"),
    ("53.09.01", "Aimere"),
    (VILLAGE, "Waesae Uji"),
    ("53.09.01.2002", "Keligejo Uji"),
    ("53.09.02", "Golewa"),
    ("53.09.02.2001", "Mataloko Uji"),
    ("53.10", "Manggarai"),
    ("53.10.01", "Cibal"),
    ("53.10.01.2001", "Pagal Uji"),
    ("53.10.01.2002", "Waesae Uji"),
)
GAZETTEER = Gazetteer([make_region(code, name) for code, name in _PLACES])
NAMES = {code: name for code, name in _PLACES if len(code) < 13}
COMMODITIES = {"Kopi arabika": 1, "Jambu mete": 2}

Row = Mapping[str, object]
Told = tuple[int, str, str, str, str | None, str]


def context(*, scope: str = "53", aliases: Mapping[str, str] | None = None) -> Context:
    """What the checks need besides the rows."""
    return Context(
        settings=Settings(today=TODAY),
        gazetteer=GAZETTEER,
        aliases=aliases or {},
        scope=scope,
        region_names=NAMES,
        commodities=COMMODITIES,
    )


def verdict(dataset: str, *rows: Row, given: Context | None = None) -> Verdict:
    """Check the rows as if they stood from row 2 on; a number that is not text counts as stored as a number."""
    keys = [key for key in DATASETS[dataset].keys if any(key in row for row in rows)]
    texts = {key: [None if row.get(key) is None else str(row[key]) for row in rows] for key in keys}
    numbers = {key: [isinstance(row.get(key), int | float) for row in rows] for key in keys}
    frame = pl.DataFrame({"row_no": range(2, len(rows) + 2)}, schema={"row_no": pl.Int32()})
    frame = frame.with_columns(pl.Series(key, values, dtype=pl.String) for key, values in texts.items())
    flags = frame.select(pl.Series(key, values, dtype=pl.Boolean) for key, values in numbers.items())
    return check_rows(DATASETS[dataset], frame, flags, given or context())


def told(dataset: str, *rows: Row, given: Context | None = None) -> list[Told]:
    """(row, field, rule, severity, value, message) of every finding."""
    found = verdict(dataset, *rows, given=given).findings
    lines = found.select(pl.col("index") + 2, "field", "rule", "severity", "value", "message")
    return [tuple(line) for line in lines.iter_rows()]  # type: ignore[misc]  # six columns each
