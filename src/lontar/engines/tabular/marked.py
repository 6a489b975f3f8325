"""The person's own workbook back, with what must be put right marked in it.

Same rows, same columns, same order; bad cells coloured with the reason as a comment and in a column at the right; a summary
in front; a hidden key column by which the corrected rows are recognised on the next upload. What is wrong, and with which
words, comes from the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lontar.engines.tabular.export import HEADER_STYLE, open_workbook, write_header
from lontar.engines.tabular.neutral import RISKY
from lontar.engines.tabular.table import KEY_HEADER, REMARK_HEADER, Table, column_letter

Severity = Literal["error", "warning"]

SUMMARY = "Ringkasan"
_SLICE = 5_000
_COMMENTS = 20_000
_COMMENT_LENGTH = 1_000
_TEXT = 32_767
_SHOWN_DIGITS = 11
_RISKY = re.compile(RISKY)
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?$")
_PLAIN = re.compile(r"^-?(?:0|[1-9][0-9]{0,20})(?:\.[0-9]{1,12})?$")
_FILLS: dict[Severity, str] = {"error": "#F8C9C4", "warning": "#FCE8B2"}
_SAID: dict[Severity, str] = {"error": "Harus diperbaiki", "warning": "Perlu diperiksa"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One remark on one cell, or on the whole row when `column` is None.

    `sheet` and `row` are the row's identity as read (`Table.row_sheets`, `Table.row_numbers`); `column` is a name in
    `Table.frame`. `rule` groups marks in the summary and `cure` says what to do; both may be empty.
    """

    sheet: str
    row: int
    column: str | None
    severity: Severity
    message: str
    rule: str = ""
    cure: str = ""


@dataclass(slots=True)
class _Group:
    """The marks of one rule on one column."""

    severity: Severity
    rule: str
    column: str
    message: str
    cure: str
    count: int = 0
    first: str = ""


@dataclass(slots=True)
class _Look:
    """The formats of a workbook, made when first needed."""

    book: Workbook
    made: dict[tuple[str, str], Format] = field(default_factory=dict)

    def of(self, shown: str, severity: str) -> Format | None:
        """Return the format for how a value is shown ("", "digits", "date", "moment", "percent", "quoted") and its severity."""
        if not shown and not severity:
            return None
        if (shown, severity) not in self.made:
            codes = {"digits": "0", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "percent": "0.##########%"}
            style: dict[str, object] = {"num_format": codes[shown]} if shown in codes else {}
            if shown == "quoted":
                style["quote_prefix"] = True
            if severity:
                style |= {"bg_color": _FILLS["error" if severity == "error" else "warning"]}
            self.made[shown, severity] = self.book.add_format(style)
        return self.made[shown, severity]


def write_marked(
    path: Path, table: Table, *, marks: Iterable[Mark], row_keys: pl.Series, only_problem_rows: bool = False
) -> None:
    """Write the marked workbook to `path`.

    `row_keys` (String, one per row of the table) goes into the hidden column that `read_table` gives back as
    `Table.row_keys`. With `only_problem_rows` only rows with an error are written: those that wait.
    Raises `ValueError` when the keys do not fit the rows.
    """
    if row_keys.len() != table.frame.height:
        raise ValueError(f"{row_keys.len()} keys for {table.frame.height} rows")
    by_row: dict[tuple[str, int], list[Mark]] = {}
    for mark in marks:
        by_row.setdefault((mark.sheet, mark.row), []).append(mark)
    waiting = {place for place, found in by_row.items() if any(mark.severity == "error" for mark in found)}
    places = pl.DataFrame(
        {"sheet": table.row_sheets, "row": table.row_numbers, "key": row_keys.cast(pl.String)}
    ).with_row_index("at")
    if only_problem_rows:
        chosen = pl.DataFrame(
            {"sheet": [sheet for sheet, _ in waiting], "row": [row for _, row in waiting]},
            schema={"sheet": pl.String, "row": places.schema["row"]},
        )
        places = places.join(chosen, on=["sheet", "row"], how="semi", maintain_order="left")
    sheets = _sheet_names(places["sheet"].unique(maintain_order=True).to_list() or [table.sheet])
    book = open_workbook(str(path))
    summary = book.add_worksheet(SUMMARY)
    look = _Look(book)
    groups: dict[tuple[str, str, str, str], _Group] = {}
    for name, own in sheets.items():
        sheet = book.add_worksheet(own)
        _write_sheet(sheet, table, places.filter(pl.col("sheet") == name), by_row=by_row, look=look, groups=groups)
    _write_summary(book, summary, table, by_row=by_row, groups=groups, written=places.height)
    summary.activate()
    book.close()


def _sheet_names(names: list[str]) -> dict[str, str]:
    """Return a valid and unique sheet name for each name of the table; "Ringkasan" is taken."""
    chosen: dict[str, str] = {}
    taken = {SUMMARY.casefold()}
    for name in names:
        base = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "Data"
        candidate, number = base, 2
        while candidate.casefold() in taken:
            candidate = f"{base[:26]} ({number})"
            number += 1
        taken.add(candidate.casefold())
        chosen[name] = candidate
    return chosen


def _write_sheet(
    sheet: Worksheet,
    table: Table,
    places: pl.DataFrame,
    *,
    by_row: dict[tuple[str, int], list[Mark]],
    look: _Look,
    groups: dict[tuple[str, str, str, str], _Group],
) -> None:
    names = table.frame.columns
    header = [*names, REMARK_HEADER, KEY_HEADER]
    sheet.set_column(0, len(names) - 1, 16)
    sheet.set_column(len(names), len(names), 60)
    sheet.set_column(len(names) + 1, len(names) + 1, None, None, {"hidden": True})
    write_header(look.book, sheet, header)
    index = {name: at for at, name in enumerate(names)}
    row = comments = 0
    for place, texts, stored in _slices(table, places):
        for at, line in enumerate(zip(*texts, strict=True)):
            row += 1
            found = by_row.get((str(place["sheet"][at]), int(place["row"][at])), ())
            worst = _worst(found, index)
            flags = stored[at]
            for column, text in enumerate(line):
                if text is not None or column in worst:
                    _write_cell(
                        sheet, row, column, text=text, number=flags[column], severity=worst.get(column, ""), look=look
                    )
            if found:
                comments += _write_remarks(sheet, row, found, index=index, look=look, room=_COMMENTS - comments)
                _count(found, groups, sheet=sheet.get_name(), row=row, index=index)
            sheet.write_string(row, len(names) + 1, place["key"][at] or "")
    if row:
        sheet.autofilter(0, 0, row, len(names))


def _slices(
    table: Table, places: pl.DataFrame
) -> Iterator[tuple[dict[str, list[str]], list[list[str | None]], list[tuple[bool, ...]]]]:
    """Yield the rows to write a few thousand at a time: their places, their texts by column, their number flags by row."""
    for piece in places.iter_slices(_SLICE):
        rows = piece["at"]
        texts = [series.to_list() for series in table.frame[rows].iter_columns()]
        yield piece.to_dict(as_series=False), texts, table.numeric[rows].rows()


def _worst(found: Iterable[Mark], index: dict[str, int]) -> dict[int, Severity]:
    """Return the severity that colours each marked column of a row."""
    worst: dict[int, Severity] = {}
    for mark in found:
        column = index.get(mark.column) if mark.column is not None else None
        if column is not None and worst.get(column) != "error":
            worst[column] = mark.severity
    return worst


def _write_cell(
    sheet: Worksheet, row: int, column: int, *, text: str | None, number: bool, severity: str, look: _Look
) -> None:
    """Write a value as it was stored: a number as a number, a date as a date, the rest as text.

    A code that Excel had rounded to a number goes back as that number: as text it would pass for a good one.
    """
    if text is None:
        sheet.write_blank(row, column, None, look.of("", severity))
    elif number and _PLAIN.match(text):
        shown = "digits" if len(text) > _SHOWN_DIGITS and "." not in text else ""
        sheet.write_number(row, column, float(text), look.of(shown, severity))
    elif number and _DATE.match(text):
        moment = datetime.fromisoformat(text)
        sheet.write_datetime(row, column, moment, look.of("date" if len(text) == 10 else "moment", severity))
    elif number and text.endswith("%") and _PLAIN.match(text[:-1]):
        sheet.write_number(row, column, float(text[:-1]) / 100, look.of("percent", severity))
    else:
        shown = "quoted" if _RISKY.match(text) else ""
        sheet.write_string(row, column, text[:_TEXT], look.of(shown, severity))


def _write_remarks(
    sheet: Worksheet, row: int, found: list[Mark] | tuple[Mark, ...], *, index: dict[str, int], look: _Look, room: int
) -> int:
    """Write the remarks of a row into its last column and as comments; returns how many comments were made."""
    worst = "error" if any(mark.severity == "error" for mark in found) else "warning"
    said = "; ".join(f"{mark.column}: {mark.message}" if mark.column else mark.message for mark in found)
    sheet.write_string(row, len(index), said[:_TEXT], look.of("quoted" if _RISKY.match(said) else "", worst))
    comments: dict[int, list[str]] = {}
    for mark in found:
        column = index.get(mark.column, len(index)) if mark.column is not None else len(index)
        comments.setdefault(column, []).append(f"{mark.message} {mark.cure}".strip())
    written = 0
    for column, messages in list(comments.items())[: max(0, room)]:
        sheet.write_comment(row, column, "\n".join(messages)[:_COMMENT_LENGTH], {"author": "Lontar", "x_scale": 1.6})
        written += 1
    return written


def _count(
    found: Iterable[Mark],
    groups: dict[tuple[str, str, str, str], _Group],
    *,
    sheet: str,
    row: int,
    index: dict[str, int],
) -> None:
    for mark in found:
        title = mark.rule or mark.message
        key = (mark.severity, title, mark.column or "", mark.cure)
        if key not in groups:
            letter = column_letter(index.get(mark.column or "", len(index)))
            quoted = sheet.replace("'", "''")
            groups[key] = _Group(
                mark.severity,
                title,
                mark.column or "(seluruh baris)",
                mark.message,
                mark.cure,
                first=f"'{quoted}'!{letter}{row + 1}",
            )
        groups[key].count += 1


def _write_summary(
    book: Workbook,
    sheet: Worksheet,
    table: Table,
    *,
    by_row: dict[tuple[str, int], list[Mark]],
    groups: dict[tuple[str, str, str, str], _Group],
    written: int,
) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    head, wrap = book.add_format(HEADER_STYLE), book.add_format({"text_wrap": True, "valign": "top"})
    tones = {severity: book.add_format({"bg_color": fill, "valign": "top"}) for severity, fill in _FILLS.items()}
    link = book.add_format({"font_color": "#0B5394", "underline": 1, "valign": "top"})
    for at, width in enumerate((18, 34, 24, 10, 50, 60, 16)):
        sheet.set_column(at, at, width)
    waiting = sum(any(mark.severity == "error" for mark in found) for found in by_row.values())
    sheet.write_string(0, 0, "Hasil pemeriksaan berkas Anda", title)
    lines = (
        f"{table.frame.height} baris diperiksa: {waiting} harus diperbaiki, {len(by_row) - waiting} perlu diperiksa.",
        f"Berkas ini memuat {written} baris. Sel merah muda harus diperbaiki; sel kuning diterima, tetapi sebaiknya diperiksa.",
        "Perbaiki langsung di berkas ini, simpan, lalu unggah lagi. Hanya baris yang berubah yang diproses. "
        f"Jangan menghapus kolom tersembunyi {KEY_HEADER}.",
    )
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line)
    for at, name in enumerate(("Tingkat", "Masalah", "Kolom", "Jumlah", "Contoh", "Cara memperbaiki", "Sel pertama")):
        sheet.write_string(5, at, name, head)
    order = sorted(
        groups.values(), key=lambda group: (group.severity != "error", -group.count, group.rule, group.column)
    )
    for row, group in enumerate(order, start=6):
        sheet.write_string(row, 0, _SAID[group.severity], tones[group.severity])
        for at, text in ((1, group.rule), (2, group.column), (4, group.message), (5, group.cure)):
            if text:
                sheet.write_string(row, at, text, wrap)
        sheet.write_number(row, 3, group.count, wrap)
        sheet.write_url(row, 6, f"internal:{group.first}", link, group.first.rsplit("!", 1)[1])
    sheet.freeze_panes(6, 0)
