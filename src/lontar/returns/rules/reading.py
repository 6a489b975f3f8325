"""Answers as people write them ("Rp1.250.000", "12,5", "Juli 2026") as numbers and days: for form, grid, workbook alike."""

from __future__ import annotations

from datetime import date

import polars as pl

from lontar.engines.periods import Month, PeriodError, parse_period
from lontar.intake.datasets.declare import Kind
from lontar.intake.rules.kinds import Settings, check_kind
from lontar.returns.queries.frames import RETURN_COLUMNS
from lontar.returns.rules.checks import Finding
from lontar.returns.rules.schema import RETURN, VALUES


def read(
    texts: pl.DataFrame, *, today: date, numeric: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, list[Finding]]:
    """Columns of text named by `VALUES` (missing ones are unknown) as numbers, and what could not be read.

    `numeric` says which cells were numbers in the workbook. A cell that cannot be read is null, and an error.
    """
    found: list[Finding] = []
    columns = []
    plain = pl.Series([False]).new_from_index(0, texts.height) if texts.height else pl.Series([], dtype=pl.Boolean)
    for name in VALUES:
        kind = RETURN_COLUMNS[name]
        if name not in texts.columns:
            columns.append(pl.Series(name, [None] * texts.height, dtype=kind))
            continue
        column = RETURN.column(name)
        was_number = numeric[name] if numeric is not None and name in numeric.columns else plain
        done = check_kind(column, texts[name], was_number, Settings(today))
        value = done.value
        if column.kind is Kind.MONEY:
            value = value.cast(pl.Decimal(20, 2)).cast(pl.Float64).round(0)
        columns.append(value.cast(kind, strict=False).alias(name))
        bad = done.severity.cast(pl.String) == "error"
        found += [
            Finding(
                index, name, str(done.rule[index]), True, str(texts[name][index] or "")[:60], str(done.message[index])
            )
            for index in bad.arg_true().to_list()
        ]
    return pl.DataFrame(columns), found


def months_of(texts: pl.Series) -> pl.Series:
    """The first days of months as people write them; null where none can be read."""
    known = {text: _month(text) for text in texts.unique().to_list() if text is not None}
    return pl.Series("month", [known.get(text) for text in texts.to_list()], dtype=pl.Date)


def _month(text: str) -> date | None:
    words = text.strip()
    if len(words) >= 10 and words[4:5] == "-" and words[7:8] == "-":
        words = words[:7]  # a spreadsheet made a day of it
    try:
        period = parse_period(words)
    except PeriodError:
        return None
    return period.start if isinstance(period, Month) else None
