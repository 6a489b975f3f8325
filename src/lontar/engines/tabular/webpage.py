"""Web pages named .xls: the export of many government systems, read as the table they hold.

The largest table of the page counts; cells spanning columns or rows are laid out as a browser would. Nothing is fetched and no
script is run. Values arrive as text, for a page stores no numbers.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import polars as pl

from lontar.engines.tabular.delimited import SHEET, text_of
from lontar.engines.tabular.raw import RawSheet, tidy
from lontar.engines.tabular.sheetxml import SheetFacts
from lontar.engines.tabular.table import Limits, UnreadableFile

_BREAKS = frozenset({"br", "p", "div"})
_SILENT = frozenset({"style", "script", "title"})
_SPAN = 1_000


class _Tables(HTMLParser):
    """Collects every table as rows of (text, columns spanned, rows spanned). Inner tables count on their own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self._limits = limits
        self._open: list[list[list[tuple[str, int, int]]]] = []
        self._text: list[str] | None = None
        self._spans = (1, 1)
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self.tables.append([])
            self._open.append(self.tables[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in {"td", "th"} and self._open:
            self._end_cell()
            self._text, self._spans = [], (_span(attrs, "colspan"), _span(attrs, "rowspan"))
        elif tag in _BREAKS and self._text is not None:
            self._text.append(" ")
        elif tag in _SILENT:
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()
        elif tag in _SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None or not self._open:
            return
        table = self._open[-1]
        if not table:
            table.append([])
        table[-1].append((" ".join("".join(self._text).split()), *self._spans))
        self._text = None
        if len(table[-1]) > self._limits.columns or len(table) > self._limits.rows:
            raise UnreadableFile(
                "file-too-wide",
                "Tabel dalam berkas ini terlalu besar. Simpan ulang dari Excel sebagai .xlsx, lalu unggah.",
            )


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    value = dict(attrs).get(name) or "1"
    return max(1, min(int(value), _SPAN)) if value.isdecimal() and len(value) < 6 else 1


def read_webpage(path: Path, *, limits: Limits) -> RawSheet:
    """Read the largest table of an HTML file. Raises `UnreadableFile` when the page has none."""
    parser = _Tables(limits)
    parser.feed(text_of(path.read_bytes()))
    parser.close()
    rows = max(parser.tables, key=lambda table: sum(map(len, table)), default=[])
    if not any(rows):
        raise UnreadableFile(
            "file-not-table",
            "Berkas ini halaman web tanpa tabel, walau namanya Excel. Biasanya itu pesan galat dari sistem asalnya: "
            "unduh ulang, buka di Excel, simpan sebagai .xlsx, lalu unggah.",
        )
    grid, merges = _lay_out(rows, limits)
    width = max(map(len, grid))
    cells = pl.DataFrame(
        {
            str(at): pl.Series([row[at] if at < len(row) else None for row in grid], dtype=pl.String)
            for at in range(width)
        }
    )
    absent = pl.DataFrame({name: pl.Series([None] * cells.height, dtype=pl.Boolean) for name in cells.columns})
    cells, numeric, _ = tidy(cells, absent)
    numeric = numeric.select(pl.all() & pl.lit(value=False))
    notes = ["Berkas ini halaman web yang bernama Excel; tabel terbesarnya yang dibaca."]
    return RawSheet(SHEET, hidden=False, cells=cells, numeric=numeric, facts=SheetFacts(merges=merges), notes=notes)


def _lay_out(
    rows: list[list[tuple[str, int, int]]], limits: Limits
) -> tuple[list[list[str | None]], list[tuple[int, int, int, int]]]:
    """Place the cells; a spanning cell keeps its text at its top left and counts as a merged range, as in Excel."""
    grid: list[list[str | None]] = []
    merges: list[tuple[int, int, int, int]] = []
    reserved: dict[int, int] = {}
    for row in rows:
        placed: list[str | None] = []
        for text, columns, down in row:
            while reserved.get(len(placed), 0) > 0:
                placed.append(None)
            if down > 1 or columns > 1:
                merges.append((len(grid), len(placed), len(grid) + down - 1, len(placed) + columns - 1))
            if down > 1:
                reserved.update({len(placed) + at: down for at in range(columns)})
            placed += [text, *[None] * (columns - 1)]
            if len(placed) > limits.columns:
                raise UnreadableFile(
                    "file-too-wide",
                    "Tabel dalam berkas ini terlalu lebar. Simpan ulang dari Excel sebagai .xlsx, lalu unggah.",
                )
        reserved = {column: left - 1 for column, left in reserved.items() if left > 1}
        grid.append(placed)
    return grid, merges
