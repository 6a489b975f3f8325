"""What stands around every chart: the question, the note with source and count, the table twin, the way to the CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from lontar.ui import formats

Cell = str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Frame:
    """Title as a question, source with its date, count with its noun, and a note (for instance what the band means).

    `csv_url` is where the page serves `csv_text` of the same chart; `live_url` is the data of its interactive twin in the
    office (the page then loads the `chart` entry). `level` is the heading level of the question.
    """

    question: str
    source: str
    n: int | None = None
    noun: str = ""
    note: str = ""
    csv_url: str = ""
    live_url: str = ""
    level: int = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of a chart as a table: headings, rows, and the decimals of its numbers (None: as they come)."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    decimals: int | None = None


def shown(value: Cell, decimals: int | None = None) -> str:
    """A cell of the table twin."""
    if value is None or isinstance(value, str):
        return value or formats.NONE
    if isinstance(value, date):
        return formats.short_date(value)
    return formats.number(value, decimals)


def csv_text(sheet: Sheet) -> str:
    """The sheet as CSV (RFC 4180, point as decimal mark, ISO dates), for machines; no rounding."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.heads)
    for row in sheet.rows:
        writer.writerow(["" if cell is None else _plain(cell) for cell in row])
    return out.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell  # a spreadsheet would run it as a formula
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def figure(frame: Frame, drawing: str, sheet: Sheet) -> SafeString:
    """The whole figure. `drawing` is markup made by this package, every text in it escaped."""
    rows = [
        [(shown(cell, sheet.decimals), isinstance(cell, int | float | Decimal)) for cell in row] for row in sheet.rows
    ]
    return render_to_string(
        "ui/parts/figure.html",
        {
            "frame": frame,
            "tag": f"h{frame.level}",
            "drawing": mark_safe(drawing),  # noqa: S308 -- built by `marks`, which escapes every text
            "heads": sheet.heads,
            "rows": rows,
        },
    )
