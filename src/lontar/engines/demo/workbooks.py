"""Writes the demo province as the workbooks that agencies would send: clean ones, and one as a hurried office makes it.

Every workbook is written row by row in constant memory, its spare files beside it, and bears a fixed date, so that the same
frames give the same bytes. Reading workbooks back is left to the intake.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import polars as pl
import xlsxwriter

from lontar.engines.demo.official import AS_AT, REGENCIES, Regency
from lontar.engines.demo.province import Frames
from lontar.engines.demo.second import SECOND_HEADERS

#: File name of each frame of `Frames`, in the order in which they are written.
FILES: Final[dict[str, str]] = {
    "enterprises": "usaha-dpmd.xlsx",
    "second": "usaha-dinas-koperasi.xlsx",
    "potential": "potensi-desa.xlsx",
    "products": "produk.xlsx",
    "licences": "izin.xlsx",
    "schools": "sekolah.xlsx",
    "communities": "komunitas.xlsx",
    "groups": "kelompok.xlsx",
}
_TITLES: Final = (
    "DATA USAHA MIKRO, KECIL DAN MENENGAH — DATA PERAGAAN",
    "DINAS KOPERASI DAN UKM {} — KEADAAN DESEMBER {}",
)
#: The upper header row: a text and how many columns it spans; the lower names the spanned columns.
_UPPER: Final = (
    *((header, 1) for header in SECOND_HEADERS[:7]),
    ("Lokasi Usaha", 3),
    ("Jenis Usaha", 1),
    ("Jml TK", 2),
    *((header, 1) for header in SECOND_HEADERS[13:]),
)
_LOWER: Final = {7: "Desa", 8: "Kecamatan", 9: "Kab/Kota", 11: "L", 12: "P"}
_FIRST_ROW: Final = 5
_NIK, _PHONE, _MEN, _WOMEN, _TURNOVER = (
    SECOND_HEADERS.index(header) for header in ("NIK", "Telp/HP", "Jml TK L", "Jml TK P", "Omset per Bulan")
)


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook that was written: frame, file, rows of data, seconds taken."""

    frame: str
    path: Path
    rows: int
    seconds: float


def write_workbooks(folder: Path, frames: Frames) -> tuple[Written, ...]:
    """Write one workbook per frame into `folder` (made if missing); files of the same names are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, file in FILES.items():
        frame: pl.DataFrame = getattr(frames, name)
        start = perf_counter()
        if name == "second":
            write_hurried(folder / file, frame, truth=frames.truth)
        else:
            write_clean(folder / file, frame)
        written.append(Written(name, folder / file, frame.height, perf_counter() - start))
    return tuple(written)


def write_clean(path: Path, frame: pl.DataFrame) -> None:
    """One sheet, one header row, text columns as text, dates as dates; nothing where a value is missing."""
    with _workbook(path) as book:
        sheet = book.add_worksheet("Data")
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        head = book.add_format({"bold": True, "num_format": "@"})
        sheet.freeze_panes(1, 0)
        for column, (header, kind) in enumerate(frame.schema.items()):
            form = text if kind == pl.String else day if kind == pl.Date else None
            sheet.set_column(column, column, min(max(len(header) + 2, 12), 28), form)
        for column, header in enumerate(frame.columns):
            sheet.write_string(0, column, header, head)
        writers = [_writer(sheet, kind) for kind in frame.dtypes]
        _write_rows(frame.iter_rows(), writers, first=1)


def write_hurried(path: Path, frame: pl.DataFrame, *, truth: pl.DataFrame) -> None:
    """A sheet per regency with two title rows, a gap, two header rows, data, and a row of sums; numbers and text mixed.

    Telephones are numbers in two sheets of three (their first 0 is lost), turnover is a number, text with points, or text
    with Rp by turns, and the NIK that `truth` marks as rounded are numbers. `frame` and `truth` as of `second`.
    """
    regency = truth["village_code"].str.slice(0, 5)
    rounded = truth["nik_rounded"]
    with _workbook(path) as book:
        for number, entry in enumerate(REGENCIES):
            chosen = regency == entry.code
            if chosen.any():
                part = frame.filter(chosen).with_columns(rounded.filter(chosen).alias("rounded"))
                _hurried_sheet(book, part, entry=entry, number=number)


def _workbook(path: Path) -> Any:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_urls": False})
    book.set_properties({"title": "Data peragaan", "created": datetime(AS_AT.year, AS_AT.month, AS_AT.day)})
    return book


def _writer(sheet: Any, kind: pl.DataType) -> Callable[..., object]:
    if kind == pl.Date:
        return sheet.write_datetime  # type: ignore[no-any-return]  # xlsxwriter carries no types
    return sheet.write_string if kind == pl.String else sheet.write_number  # type: ignore[no-any-return]  # the same


def _write_rows(rows: Iterable[tuple[object, ...]], writers: list[Callable[..., object]], *, first: int) -> None:
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row):
            if value is not None:
                writers[column](number, column, value)


def _hurried_sheet(book: Any, part: pl.DataFrame, *, entry: Regency, number: int) -> None:
    name = f"{'Kota' if entry.kind == 'kota' else 'Kab.'} {entry.name}"
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True, "align": "center"})
    last = len(SECOND_HEADERS) - 1
    for row, title in enumerate(_TITLES):
        sheet.merge_range(row, 0, row, last, title.format(name.upper(), AS_AT.year), bold)
    _hurried_header(sheet, bold)
    for offset, values in enumerate(part.iter_rows()):
        for column, value in enumerate(_as_typed(values, number=number)):
            if isinstance(value, str):
                sheet.write_string(_FIRST_ROW + offset, column, value)
            elif value is not None:
                sheet.write_number(_FIRST_ROW + offset, column, value)
    foot = _FIRST_ROW + part.height
    sheet.write_string(foot, 1, "JUMLAH", bold)
    for column in (_MEN, _WOMEN):
        sheet.write_number(foot, column, part[SECOND_HEADERS[column]].sum(), bold)


def _hurried_header(sheet: Any, bold: Any) -> None:
    column = 0
    for text, width in _UPPER:
        if width > 1:
            sheet.merge_range(3, column, 3, column + width - 1, text, bold)
        else:
            sheet.write_string(3, column, text, bold)
        column += width
    for column, text in _LOWER.items():
        sheet.write_string(4, column, text, bold)


def _as_typed(values: tuple[Any, ...], *, number: int) -> list[Any]:
    """A row as it stands in sheet `number`: the last value says whether the NIK was typed as a number."""
    *cells, rounded = values
    if rounded:
        cells[_NIK] = int(cells[_NIK])
    phone = cells[_PHONE]
    if number % 3 and phone is not None and phone.isdigit():
        cells[_PHONE] = int(phone)
    turnover = cells[_TURNOVER]
    if number % 3 and turnover is not None:
        grouped = f"{turnover:,}".replace(",", ".")
        cells[_TURNOVER] = grouped if number % 3 == 1 else f"Rp {grouped}"
    return cells
