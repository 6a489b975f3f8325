"""How a list of goods in and out is read: its columns, and every fault with row, column, value and cure.

A list is taken whole or not at all. Which rows of it are already known, and who may send it, is the action's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from lontar.engines.periods import PeriodError, parse_period
from lontar.value.states import TIMES, Direction, MoneyUnit

if TYPE_CHECKING:
    from lontar.engines.tabular import Table

COLUMNS = ("arah", "periode", "komoditas", "nilai", "satuan", "sumber", "tanggal_sumber", "kutipan", "catatan")
NEEDED = ("arah", "periode", "nilai", "satuan", "sumber", "tanggal_sumber")
MOST_ROWS = 20_000
_DIRECTIONS = {
    "masuk": Direction.INWARD, "in": Direction.INWARD, "impor": Direction.INWARD,
    "keluar": Direction.OUTWARD, "out": Direction.OUTWARD, "ekspor": Direction.OUTWARD,
}  # fmt: skip
_UNITS = {
    "rp": MoneyUnit.ONE, "rupiah": MoneyUnit.ONE, "juta": MoneyUnit.MILLION, "juta rp": MoneyUnit.MILLION,
    "miliar": MoneyUnit.BILLION, "miliar rp": MoneyUnit.BILLION, "milyar": MoneyUnit.BILLION,
    "triliun": MoneyUnit.TRILLION, "triliun rp": MoneyUnit.TRILLION,
}  # fmt: skip
_YES = {"": False, "tidak": False, "no": False, "0": False, "ya": True, "yes": True, "1": True}
_LARGEST = Decimal(10) ** 17
# The quoted figure with which a programme begins: told in the press, not read in the publication of Bank Indonesia itself.
_QUOTE = {
    "komoditas": "", "satuan": "triliun", "sumber": "Bank Indonesia, dikutip Koran NTT pada Desember 2025",
    "tanggal_sumber": "2025-12-01", "kutipan": "ya",
    "catatan": "Hari terbit dan periode tidak disebut dalam kutipan, dicatat pada bulan dan tahun kutipannya",
}  # fmt: skip
FIRST = (
    {"arah": "keluar", "periode": "2025", "nilai": "8", **_QUOTE},
    {"arah": "masuk", "periode": "2025", "nilai": "59", **_QUOTE},
)


@dataclass(frozen=True, slots=True)
class TradeLine:
    """A row that was read: what the source states, and the same in rupiah."""

    row: int
    direction: Direction
    period: str
    from_date: date
    until_date: date
    commodity: str
    stated: Decimal
    unit: MoneyUnit
    source: str
    source_date: date
    is_quoted: bool
    note: str

    @property
    def amount(self) -> Decimal:
        """Rupiah."""
        return self.stated * TIMES[self.unit]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which cell, and what to do; row 0 is the file itself."""

    row: int
    column: str
    value: str
    cure: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of a list, and its faults in the order of the rows."""

    lines: tuple[TradeLine, ...]
    faults: tuple[Fault, ...]


class _Wrong(ValueError):
    """A cell that cannot be read; the message is its cure."""


def read_file(path: Path, *, file_name: str, commodities: Iterable[str], today: date) -> Reading:
    """Read a CSV or workbook. Raises `UnreadableFile` (a message for the person) for what is no table."""
    from lontar.engines.tabular import Limits, read_table

    limits = Limits(file_bytes=8 * 1024 * 1024, rows=MOST_ROWS + 100, seconds=30)
    return read_sheet(read_table(path, filename=file_name, limits=limits, known_headers=COLUMNS), commodities, today)


def read_sheet(sheet: Table, commodities: Iterable[str], today: date) -> Reading:
    """The rows of a table whose headers are `COLUMNS`, in any order; `commodities` are the codes of the catalogue."""
    names = {column.header.strip().lower().replace(" ", "_"): column.name for column in sheet.columns}
    texts = [
        {name: str(row.get(names[name]) or "").strip() for name in COLUMNS if name in names}
        for row in sheet.frame.iter_rows(named=True)
    ]
    return read_rows(zip(sheet.row_numbers, texts, strict=True), names, commodities=commodities, today=today)


def read_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]], headers: Iterable[str], *, commodities: Iterable[str], today: date
) -> Reading:
    """Rows as texts by column, with their numbers in the file."""
    missing = [name for name in NEEDED if name not in set(headers)]
    if missing:
        cure = _("Tambahkan kolom ini; judul kolom: %(columns)s.") % {"columns": ", ".join(COLUMNS)}
        return Reading((), tuple(Fault(0, name, "", cure) for name in missing))
    codes = frozenset(commodities)
    lines: list[TradeLine] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str, str], int] = {}
    for number, row in rows:
        found = _line(number, row, codes=codes, today=today)
        if isinstance(found, list):
            faults.extend(found)
            continue
        first = seen.setdefault((found.direction, found.period, found.commodity), number)
        if first != number:
            cure = _("Arah, periode, dan komoditas ini sudah ada pada baris %(row)s; hapus salah satunya.") % {
                "row": first
            }
            faults.append(Fault(number, "periode", found.period, cure))
        lines.append(found)
    if not lines and not faults:
        faults.append(Fault(0, "arah", "", _("Berkas tidak berisi baris; isi sedikitnya satu baris di bawah judul.")))
    return Reading(tuple(lines), tuple(faults))


def _line(number: int, row: Mapping[str, str], *, codes: frozenset[str], today: date) -> TradeLine | list[Fault]:
    """The row as a line, or everything that is wrong with it."""
    faults: list[Fault] = []
    cells: dict[str, Any] = {}
    for column, read in _READERS.items():
        text = row.get(column, "").strip()
        try:
            cells[column] = read(text)
        except _Wrong as wrong:
            faults.append(Fault(number, column, text[:60], str(wrong)))
    commodity = row.get("komoditas", "").strip().lower()
    if commodity and commodity not in codes:
        faults.append(
            Fault(
                number,
                "komoditas",
                commodity[:60],
                _("Pakai kode komoditas katalog, atau kosongkan untuk seluruh barang."),
            )
        )
    told = cells.get("tanggal_sumber")
    if isinstance(told, date) and told > today:
        faults.append(
            Fault(number, "tanggal_sumber", told.isoformat(), _("Tanggal ini belum tiba; perbaiki tahunnya."))
        )
    if faults:
        return faults
    return _made(number, commodity, cells, row.get("catatan", "").strip()[:300])


def _made(number: int, commodity: str, cells: Mapping[str, Any], note: str) -> TradeLine:
    label, start, end = cells["periode"]
    return TradeLine(
        number, cells["arah"], label, start, end, commodity, cells["nilai"], cells["satuan"], cells["sumber"],
        cells["tanggal_sumber"], cells["kutipan"], note,
    )  # fmt: skip


def _direction(text: str) -> Direction:
    if text.lower() not in _DIRECTIONS:
        raise _Wrong(_("Tulis masuk atau keluar."))
    return _DIRECTIONS[text.lower()]


def _period(text: str) -> tuple[str, date, date]:
    try:
        found = parse_period(text.removesuffix(".0"))
    except PeriodError:
        raise _Wrong(_("Tulis tahun atau triwulan, misalnya 2025 atau 2025-T3.")) from None
    if len(found.label) == 7 and "T" not in found.label:
        raise _Wrong(_("Angka bulanan tidak dipakai; jumlahkan menjadi triwulan, misalnya 2025-T3."))
    return found.label, found.start, found.end


def _amount(text: str) -> Decimal:
    plain = text.replace(" ", "")
    if "," in plain:  # Indonesian: points group, a comma divides
        plain = plain.replace(".", "").replace(",", ".")
    elif plain.count(".") > 1:
        plain = plain.replace(".", "")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise _Wrong(_("Tulis angka saja, misalnya 59 atau 8,4; satuannya pada kolom satuan.")) from None
    if not found.is_finite() or found < 0:
        raise _Wrong(_("Nilai barang tidak boleh negatif; arah ditulis pada kolom arah."))
    if found >= _LARGEST:
        raise _Wrong(_("Nilai ini terlalu besar; periksa satuannya."))
    return found.quantize(Decimal("0.0001"))


def _unit(text: str) -> MoneyUnit:
    if text.lower() not in _UNITS:
        raise _Wrong(_("Tulis Rp, juta, miliar, atau triliun."))
    return _UNITS[text.lower()]


def _source(text: str) -> str:
    if not text:
        raise _Wrong(_("Sebutkan sumbernya: lembaga dan terbitan."))
    return text[:300]


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise _Wrong(_("Tulis tanggal terbit sumber, misalnya 2025-12-02."))


def _quoted(text: str) -> bool:
    if text.lower() not in _YES:
        raise _Wrong(_("Tulis ya bila angka ini kutipan, tidak bila dibaca pada sumbernya."))
    return _YES[text.lower()]


_READERS: dict[str, Callable[[str], object]] = {
    "arah": _direction, "periode": _period, "nilai": _amount, "satuan": _unit, "sumber": _source,
    "tanggal_sumber": _day, "kutipan": _quoted,
}  # fmt: skip
