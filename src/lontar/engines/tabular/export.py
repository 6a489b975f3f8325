"""Rows going out as CSV or XLSX, streamed, safe to open in a spreadsheet.

Which rows and columns a person may have is decided before; this module only writes. Templates and marked workbooks have
modules of their own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import BinaryIO, Literal

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lontar.engines.tabular.neutral import neutralise, neutralised

Kind = Literal["text", "integer", "decimal", "money", "date", "datetime", "boolean"]
Rows = pl.DataFrame | Iterable[Sequence[object]]

_CSV_ROWS = 20_000
_CSV_FIRST = 500
_SHEET_ROWS = 1_048_575
_TEXT = 32_767
_FORMATS = {
    "text": "@",
    "integer": "#,##0",
    "decimal": "#,##0.######",
    "money": '"Rp" #,##0',
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}
HEADER_STYLE = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1F3A34",
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
}
"""How every header of ours looks."""


def stream_csv(
    rows: Rows, header: Sequence[str], *, delimiter: Literal[",", ";"] = ",", bom: bool = True
) -> Iterator[bytes]:
    """Yield a UTF-8 CSV in pieces, the first one small so that it leaves at once.

    `bom` lets Excel recognise UTF-8. With ";" decimal numbers get a comma, as Indonesian Excel expects of such files. Empty
    values are empty, dates ISO, truth values "Ya" and "Tidak"; texts that a spreadsheet would run get an apostrophe.
    """
    first = io.StringIO(newline="")
    csv.writer(first, delimiter=delimiter).writerow([neutralise(text) for text in header])
    yield (b"\xef\xbb\xbf" if bom else b"") + first.getvalue().encode()
    if isinstance(rows, pl.DataFrame):
        yield from _csv_of_frame(rows, delimiter)
    else:
        yield from _csv_of_rows(rows, delimiter)


def _csv_of_frame(frame: pl.DataFrame, delimiter: str) -> Iterator[bytes]:
    start, size = 0, _CSV_FIRST
    while start < frame.height:
        piece = frame.slice(start, size)
        texts = [neutralised(name) for name, kind in piece.schema.items() if kind == pl.String]
        truths = [
            pl.col(name).replace_strict({True: "Ya", False: "Tidak"}, return_dtype=pl.String)
            for name, kind in piece.schema.items()
            if kind == pl.Boolean
        ]
        written = piece.with_columns(*texts, *truths).write_csv(
            include_header=False,
            separator=delimiter,
            line_terminator="\r\n",
            datetime_format="%Y-%m-%d %H:%M:%S",
            decimal_comma=delimiter == ";",
        )
        yield written.encode()
        start, size = start + size, _CSV_ROWS


def _csv_of_rows(rows: Iterable[Sequence[object]], delimiter: str) -> Iterator[bytes]:
    source, size = iter(rows), _CSV_FIRST
    comma = delimiter == ";"
    while piece := list(islice(source, size)):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows(
            [[_csv_value(value, comma=comma) for value in row] for row in piece]
        )
        yield text.getvalue().encode()
        size = _CSV_ROWS


def _csv_value(value: object, *, comma: bool) -> object:
    if isinstance(value, str):
        return neutralise(value)
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, float | Decimal):
        text = format(value, "f") if isinstance(value, Decimal) else repr(value)
        return text.replace(".", ",") if comma else text
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value


def write_xlsx_rows(
    target: BinaryIO, header: Sequence[str], rows: Rows, *, kinds: Sequence[Kind], title: str = "Data"
) -> int:
    """Write a workbook of one sheet in constant memory and return how many rows it holds.

    `kinds` says for each column how its values are shown; text stays text (codes keep their zeros), amounts are numbers.
    Raises `ValueError` when the lengths of `header` and `kinds` differ or a sheet cannot hold the rows.
    """
    if len(header) != len(kinds):
        raise ValueError(f"{len(header)} headers but {len(kinds)} kinds")
    book = open_workbook(target)
    sheet = book.add_worksheet(title[:31])
    formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    for at, (name, kind) in enumerate(zip(header, kinds, strict=True)):
        sheet.set_column(at, at, max(10, min(40, len(name) + 4)), formats.get(kind))
    write_header(book, sheet, header)
    count = 0
    for count, row in enumerate(rows.iter_rows() if isinstance(rows, pl.DataFrame) else rows, start=1):
        if count > _SHEET_ROWS:
            raise ValueError("a sheet holds at most 1,048,575 rows below its header")
        for at, value in enumerate(row):
            _write(sheet, count, at, value=value, shown=formats.get(kinds[at]))
    if count:
        sheet.autofilter(0, 0, count, len(header) - 1)
    book.close()
    return count


def open_workbook(target: BinaryIO | str) -> Workbook:
    """Return a workbook that keeps one row in memory and never turns texts into numbers, links or formulas."""
    options = {
        "constant_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    return xlsxwriter.Workbook(target, options)


def write_header(book: Workbook, sheet: Worksheet, header: Sequence[str]) -> None:
    """Write the header in row 1 and keep it in sight."""
    style = book.add_format(HEADER_STYLE)
    sheet.set_row(0, 30)
    for at, name in enumerate(header):
        sheet.write_string(0, at, name, style)
    sheet.freeze_panes(1, 0)


def _write(sheet: Worksheet, row: int, column: int, *, value: object, shown: Format | None) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, neutralise(value)[:_TEXT], shown)
    elif isinstance(value, bool):
        sheet.write_string(row, column, "Ya" if value else "Tidak")
    elif isinstance(value, int | float | Decimal):
        _write_number(sheet, row, column, value=value, shown=shown)
    elif isinstance(value, date | time):
        sheet.write_datetime(row, column, value.replace(tzinfo=None) if isinstance(value, datetime) else value, shown)
    else:
        sheet.write_string(row, column, neutralise(str(value))[:_TEXT], shown)


def _write_number(sheet: Worksheet, row: int, column: int, *, value: float | Decimal, shown: Format | None) -> None:
    """Write a number that Excel can hold exactly, and as text one of more than 15 digits."""
    if isinstance(value, int) and abs(value) >= 10**15:
        sheet.write_string(row, column, str(value), shown)
    else:
        sheet.write_number(row, column, float(value), shown)
