"""The workbook that people download to fill in: data sheet, explanation of every column, examples.

Columns are declared by the caller (`TemplateSpec`); reading the filled workbook back is `reading`'s, which passes over the
sheets "Petunjuk" and "Contoh".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lontar.engines.tabular.export import HEADER_STYLE, open_workbook

TemplateKind = Literal["text", "integer", "decimal", "money", "date", "choice"]

LAST_ROW = 200_000
"""Formats, drop-downs and checks of the data sheet reach to this row."""

_CODES = {"text": "@", "choice": "@", "integer": "0", "decimal": "0.######", "money": "#,##0", "date": "yyyy-mm-dd"}
_SAID = {
    "text": "teks",
    "choice": "pilihan dari daftar",
    "integer": "bilangan bulat",
    "decimal": "bilangan, boleh pecahan",
    "money": "rupiah, tanpa titik dan tanpa Rp",
    "date": "tanggal, misalnya 2025-11-27",
}
_LISTS = "Daftar"
_INLINE = 255
_TITLE, _MESSAGE = 32, 255


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column to fill. `choices` are needed for kind "choice"; `examples` are texts as a person would type them."""

    label: str
    kind: TemplateKind
    required: bool = False
    choices: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    explanation: str = ""
    width: int | None = None


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """A template: its title, its columns in order, and sentences that stand above the explanation."""

    title: str
    columns: tuple[TemplateColumn, ...]
    instructions: tuple[str, ...] = ()


def write_template(path: Path, spec: TemplateSpec) -> None:
    """Write the workbook to `path`.

    Raises `ValueError` for a specification that cannot be written: no columns, two columns of one label, a choice without
    choices.
    """
    _check(spec)
    book = open_workbook(str(path))
    book.set_properties({"title": spec.title})
    data, guide, examples = book.add_worksheet("Data"), book.add_worksheet("Petunjuk"), book.add_worksheet("Contoh")
    lists = _write_lists(book, spec)
    formats = {kind: book.add_format({"num_format": code}) for kind, code in _CODES.items()}
    for sheet in (data, examples):
        _write_head(book, sheet, spec, formats)
    for at, column in enumerate(spec.columns):
        data.data_validation(1, at, LAST_ROW - 1, at, _validation(column, lists.get(at)))
    _write_examples(book, examples, spec, formats)
    _write_guide(book, guide, spec)
    data.activate()
    book.close()


def _check(spec: TemplateSpec) -> None:
    labels = [column.label for column in spec.columns]
    if not labels or len(set(labels)) != len(labels):
        raise ValueError("a template needs columns, each with a label of its own")
    empty = [column.label for column in spec.columns if column.kind == "choice" and not column.choices]
    if empty:
        raise ValueError(f"choices are missing for {', '.join(empty)}")


def _write_head(book: Workbook, sheet: Worksheet, spec: TemplateSpec, formats: dict[str, Format]) -> None:
    must = book.add_format({**HEADER_STYLE, "bg_color": "#8A2B2B"})
    may = book.add_format(HEADER_STYLE)
    sheet.set_row(0, 32)
    for at, column in enumerate(spec.columns):
        sheet.set_column(at, at, column.width or max(12, min(36, len(column.label) + 6)), formats[column.kind])
        sheet.write_string(
            0, at, f"{column.label} *" if column.required else column.label, must if column.required else may
        )
    sheet.freeze_panes(1, 0)


def _validation(column: TemplateColumn, source: str | None) -> dict[str, Any]:
    """Return the check that Excel makes while typing. It warns and does not forbid: the real checks come on upload."""
    need = "Wajib diisi." if column.required else "Boleh kosong."
    message = f"{column.explanation} Isi: {_SAID[column.kind]}. {need}".strip()
    shared: dict[str, Any] = {
        "input_title": column.label[:_TITLE],
        "input_message": message if len(message) <= _MESSAGE else message[: _MESSAGE - 1] + "…",
        "error_title": "Periksa isian",
        "error_message": f"Isi dengan {_SAID[column.kind]}."[:_MESSAGE],
        "error_type": "warning",
    }
    match column.kind:
        case "choice":
            inline = list(column.choices)
            return {
                **shared,
                "validate": "list",
                "source": source or inline,
                "error_message": "Pilih salah satu dari daftar.",
            }
        case "integer":
            return {**shared, "validate": "integer", "criteria": ">=", "value": 0}
        case "money":
            return {**shared, "validate": "decimal", "criteria": ">=", "value": 0}
        case "decimal":
            return {**shared, "validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
        case "date":
            return {**shared, "validate": "date", "criteria": ">=", "value": date(1900, 3, 1)}
        case _:
            return {**shared, "validate": "any"}


def _write_lists(book: Workbook, spec: TemplateSpec) -> dict[int, str]:
    """Write the lists that are too long for a drop-down of their own to a hidden sheet; return their ranges by column."""
    long = [at for at, column in enumerate(spec.columns) if column.choices and _is_long(column.choices)]
    if not long:
        return {}
    sheet = book.add_worksheet(_LISTS)
    sheet.hide()
    for row, choices in enumerate(zip_longest(*(spec.columns[at].choices for at in long))):
        for place, choice in enumerate(choices):
            if choice is not None:
                sheet.write_string(row, place, choice)
    names = {at: xl_col_to_name(place) for place, at in enumerate(long)}
    return {at: f"={_LISTS}!${name}$1:${name}${len(spec.columns[at].choices)}" for at, name in names.items()}


def _is_long(choices: Sequence[str]) -> bool:
    return len(",".join(choices)) > _INLINE or any("," in choice for choice in choices)


def _write_examples(book: Workbook, sheet: Worksheet, spec: TemplateSpec, formats: dict[str, Format]) -> None:
    for row, values in enumerate(zip_longest(*(column.examples for column in spec.columns)), start=1):
        for at, value in enumerate(values):
            if value is None:
                continue
            column = spec.columns[at]
            number = _number(value) if column.kind in {"integer", "decimal", "money"} else None
            if number is None:
                sheet.write_string(row, at, value, formats["text"])
            else:
                sheet.write_number(row, at, number, formats[column.kind])


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _write_guide(book: Workbook, sheet: Worksheet, spec: TemplateSpec) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format(HEADER_STYLE)
    for at, width in enumerate((6, 30, 10, 30, 60, 40)):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, spec.title, title)
    sentences = (
        *spec.instructions,
        "Isi lembar “Data”, satu baris untuk satu catatan. Jangan mengubah judul kolom. Kolom bertanda * wajib diisi.",
        "Kode, NIK, dan nomor telepon ditulis sebagai teks agar angka nol di depan dan digit terakhirnya tidak hilang.",
    )
    for row, sentence in enumerate(sentences, start=1):
        sheet.write_string(row, 0, sentence)
    start = len(sentences) + 2
    for at, name in enumerate(("No.", "Kolom", "Wajib", "Isian", "Penjelasan", "Contoh")):
        sheet.write_string(start, at, name, head)
    for number, column in enumerate(spec.columns, start=1):
        row = start + number
        sheet.write_number(row, 0, number, wrap)
        for at, text in enumerate(
            (
                column.label,
                "Ya" if column.required else "Tidak",
                _isian(column),
                column.explanation,
                "; ".join(column.examples),
            ),
            start=1,
        ):
            sheet.write_string(row, at, text, wrap)
    sheet.freeze_panes(start + 1, 0)


def _isian(column: TemplateColumn) -> str:
    if column.kind != "choice":
        return _SAID[column.kind]
    shown = ", ".join(column.choices[:12])
    return f"pilihan: {shown}" + (f", … ({len(column.choices)} pilihan)" if len(column.choices) > 12 else "")
