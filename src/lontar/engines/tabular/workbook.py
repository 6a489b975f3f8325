"""Cells of XLSX, XLS and ODS workbooks, read with calamine through fastexcel.

The reader is asked twice, side by side: once for the text of every cell and once which cells hold numbers, for a column
of codes stored partly as text and partly as numbers looks the same in either answer alone. Safety checks come before
(`archive`), the meaning of the cells after (`shape`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import fastexcel
import polars as pl

from lontar.engines.tabular.archive import Archive, examine, inspect
from lontar.engines.tabular.raw import RawSheet, apply_facts, tidy
from lontar.engines.tabular.sniff import DAMAGED, TOO_MUCH, Kind
from lontar.engines.tabular.table import Limits, SheetInfo, UnreadableFile, column_letter

_PARALLEL_BYTES = 400 * 1024 * 1024


@dataclass(slots=True)
class RawWorkbook:
    """The sheets that were read, and a line for every sheet of the file."""

    sheets: list[RawSheet]
    infos: list[SheetInfo]


@dataclass(frozen=True, slots=True)
class _Loaded:
    name: str
    hidden: bool
    height: int
    frame: pl.DataFrame | None


def read_workbook(path: Path, kind: Kind, *, limits: Limits, sheet: str | None) -> RawWorkbook:
    """Read the visible sheets, or only `sheet` (then hidden ones too).

    Raises `UnreadableFile` for archives that are unsafe, damaged or locked, and for sheets wider than the limit.
    """
    archive = inspect(path, limits) if kind is Kind.ZIP else None
    names = archive.names if archive and archive.names else _names(path)
    hidden = archive.hidden if archive else frozenset()
    if sheet is not None and sheet not in names:
        listed = ", ".join(f"“{name}”" for name in names[:20])
        raise UnreadableFile("sheet-unknown", f"Lembar “{sheet}” tidak ada dalam buku kerja ini. Yang ada: {listed}.")
    wanted = [name for name in names if name == sheet or (sheet is None and name not in hidden)]
    texts, stored = _load_twice(path, wanted, archive=archive, limits=limits)
    sheets = [
        _raw(text, number.frame, archive)
        for text, number in zip(texts, stored, strict=True)
        if text.frame is not None and number.frame is not None and (not text.hidden or text.name == sheet)
    ]
    return RawWorkbook(sheets, _infos(names, texts, archive))


def _infos(names: list[str], loaded: list[_Loaded], archive: Archive | None) -> list[SheetInfo]:
    known = {one.name: one for one in loaded}
    hidden = archive.hidden if archive else frozenset()
    return [
        SheetInfo(
            name,
            hidden=name in hidden or (name in known and known[name].hidden),
            rows=known[name].height if name in known else None,
            used=False,
        )
        for name in names
    ]


def _names(path: Path) -> list[str]:
    try:
        return fastexcel.read_excel(path).sheet_names
    except fastexcel.FastExcelError as error:
        raise _refusal(error) from error


def _load_twice(
    path: Path, names: list[str], *, archive: Archive | None, limits: Limits
) -> tuple[list[_Loaded], list[_Loaded]]:
    """Load text and number flags while the archive is examined; one after the other where two copies would cost too much.

    A refusal by the examination does not wait for the readers: they belong to a process that then ends.
    """
    small = path.stat().st_size * 8 < _PARALLEL_BYTES
    pool = ThreadPoolExecutor(max_workers=2 if small else 1)
    try:
        texts = pool.submit(_load, path, names, as_type="string", limits=limits)
        stored = pool.submit(_load, path, names, as_type="boolean", limits=limits)
        if archive is not None:
            examine(archive, limits)
        return texts.result(), stored.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _load(path: Path, names: list[str], *, as_type: Literal["string", "boolean"], limits: Limits) -> list[_Loaded]:
    try:
        reader = fastexcel.read_excel(path)
        return [_load_sheet(reader, name, as_type=as_type, limits=limits) for name in names]
    except fastexcel.FastExcelError as error:
        raise _refusal(error) from error


def _load_sheet(
    reader: fastexcel.ExcelReader, name: str, *, as_type: Literal["string", "boolean"], limits: Limits
) -> _Loaded:
    try:
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes=as_type)
    except fastexcel.InvalidParametersError:
        return _Loaded(name, hidden=False, height=0, frame=None)
    hidden = sheet.visible != "visible"
    columns = sheet.available_columns()
    if not columns or not sheet.height:
        return _Loaded(name, hidden=hidden, height=0, frame=None)
    last = columns[-1].absolute_index
    if len(columns) > limits.columns or last >= limits.columns * 2:
        raise UnreadableFile("file-too-wide", too_wide(name, last))
    frame = pl.DataFrame(sheet)
    frame.columns = [str(column.absolute_index) for column in columns]
    return _Loaded(name, hidden=hidden, height=frame.height, frame=frame)


def too_wide(sheet: str, last: int) -> str:
    """Return the message for a sheet whose content reaches too far to the right (0-based column `last`)."""
    return (
        f"Lembar “{sheet}” berisi sesuatu jauh di kanan, sampai kolom {column_letter(last)}. "
        "Di Excel, hapus semua kolom di kanan tabel Anda, simpan, lalu unggah lagi."
    )


def _raw(text: _Loaded, numbers: pl.DataFrame, archive: Archive | None) -> RawSheet:
    assert text.frame is not None  # noqa: S101 - narrowed by the caller
    width = int(text.frame.columns[-1]) + 1
    missing = [str(at) for at in range(width) if str(at) not in text.frame.columns]
    order = [str(at) for at in range(width)]
    cells = text.frame.with_columns(pl.lit(None, pl.String).alias(name) for name in missing).select(order)
    stored = numbers.with_columns(pl.lit(None, pl.Boolean).alias(name) for name in missing).select(order)
    cells, numeric, quoted = tidy(cells, stored)
    raw = RawSheet(text.name, hidden=text.hidden, cells=cells, numeric=numeric)
    if quoted:
        raw.notes.append(f"Tanda petik (') di depan {quoted} sel dihapus.")
    if archive is not None and text.name in archive.facts:
        raw.facts = archive.facts[text.name]
        apply_facts(raw)
    return raw


def _refusal(error: fastexcel.FastExcelError) -> UnreadableFile:
    said = str(error).casefold()
    if "password" in said:
        return UnreadableFile(
            "file-locked", "Buku kerja ini dikunci kata sandi. Hapus kata sandinya di Excel, simpan, lalu unggah lagi."
        )
    return (
        UnreadableFile("file-memory", TOO_MUCH) if "limit exceeded" in said else UnreadableFile("file-damaged", DAMAGED)
    )
