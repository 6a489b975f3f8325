"""Worked numbers as a printed page: titled tables with notes, what they rest on, date and QR code, A4 landscape.

Everything is handed in as words; equal content gives equal bytes. Wide tables are cut into pieces that fit the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from lontar.engines.papers.pdf import HERE, compile_pdf, qr_svg

MOST: Final = 7  # columns beside the first that fit the page


@dataclass(frozen=True, slots=True)
class WorkedGrid:
    """A table: the first cell of each row names it. `is_text` gives the columns to words of any length, else to figures."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class WorkedSheet:
    """What the page says. `facts` are (label, value); `advice` reminds what numbers are for; `demo` is a notice or ""."""

    title: str
    region: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    grids: tuple[WorkedGrid, ...]
    advice: str
    demo: str
    printed: str
    address: str
    check: str
    lang: str


def make_worked_pdf(sheet: WorkedSheet, *, at: datetime) -> bytes:
    """The page as PDF/A-2b. Raises `PaperProblem` when it cannot be laid out."""
    grids = [asdict(piece) for grid in sheet.grids for piece in pieces(grid)]
    inputs = {
        "paper": json.dumps(asdict(sheet) | {"grids": grids}, ensure_ascii=False, sort_keys=True),
        "qr": qr_svg(sheet.address),
    }
    return compile_pdf((HERE / "worked.typ").read_bytes(), inputs, at=at)


def pieces(grid: WorkedGrid) -> Iterator[WorkedGrid]:
    """The table itself, or, where it is too wide, parts of `MOST` columns under the same first column."""
    columns = len(grid.heads) - 1
    if columns <= MOST:
        yield grid
        return
    for start in range(1, columns + 1, MOST):
        part = slice(start, start + MOST)
        heads = (grid.heads[0], *grid.heads[part])
        rows = tuple((row[0], *row[part]) for row in grid.rows)
        title = f"{grid.title} ({start}–{min(start + MOST - 1, columns)} / {columns})"
        yield WorkedGrid(title, grid.note, heads, rows, grid.is_text)
