"""A rubric out of a workbook or JSON: one line for each part, criterion, option, star and gate, in reading order.

The lines of both are the same (`writing.COLUMNS`); what cannot be read is told with row, column, value and cure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lontar.engines.rubrics.checking import Fault, faults_of
from lontar.engines.rubrics.model import Band, Gate, Item, ItemKind, Option, Rubric
from lontar.engines.rubrics.writing import COLUMNS, HEADS, KINDS, SHEET

FORMATS = ("xlsx", "json")
SHIPPED = Path(__file__).with_name("shipped")
MOST_LINES = 2_000
Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """A rubric that was read, or None with the faults that keep it from being used."""

    rubric: Rubric | None
    faults: tuple[Fault, ...]


def read_workbook(path: Path, filename: str) -> Read:
    """The rubric in the sheet `rubrik`. Raises `tabular.UnreadableFile` for what is no workbook or lacks the sheet."""
    from lontar.engines.tabular import read_table

    table = read_table(path, filename=filename, sheet=SHEET, known_headers=COLUMNS)
    names = {column.name: column.header.strip().lower() for column in table.columns}
    lines = [
        {names[key]: (value or "").strip() for key, value in row.items() if names[key] in COLUMNS}
        for row in table.frame.iter_rows(named=True)
    ]
    return read_rows(list(zip(table.row_numbers.to_list(), lines, strict=True)))


def read_json(content: bytes) -> Read:
    """The rubric in a JSON list of lines; `row` counts them from 1."""
    try:
        found = json.loads(content)
    except ValueError as problem:
        return _not_json(str(problem)[:80])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        return _not_json(type(found).__name__)
    lines = [{str(key): "" if value is None else str(value).strip() for key, value in one.items()} for one in found]
    return read_rows(list(enumerate(lines, start=1)))


def shipped() -> list[Rubric]:
    """The rubrics that an installation starts with, each version a file of its own. Raises ValueError for a broken one."""
    found = []
    for path in sorted(SHIPPED.glob("*.json")):
        read = read_json(path.read_bytes())
        if read.rubric is None:
            raise ValueError(f"{path.name}: {read.faults[0]}")
        found.append(read.rubric)
    return found


def _not_json(value: str) -> Read:
    cure = "Berkas JSON harus berupa daftar baris; unduh satu rubrik sebagai contoh."
    return Read(None, (Fault("berkas", "", "isi", value, cure),))


def read_rows(rows: Sequence[tuple[int, Line]]) -> Read:
    """The rubric in numbered lines, checked by `faults_of`."""
    reader = _Reader()
    for number, line in rows[:MOST_LINES]:
        if any(line.get(column) for column in COLUMNS):
            reader.take(number, line)
    if len(rows) > MOST_LINES:
        reader.fault("berkas", "", "isi", str(len(rows)), cure=f"Paling banyak {MOST_LINES} baris.")
    rubric = reader.rubric()
    if rubric is None or reader.faults:
        return Read(None, tuple(reader.faults))
    faults = tuple(replace(one, row=reader.rows.get((one.kind, one.code), 0)) for one in faults_of(rubric))
    return Read(None if faults else rubric, faults)


class _Reader:
    """Collects the lines of one rubric, and what is wrong with them."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.rows: dict[tuple[str, str], int] = {}
        self.heads: dict[str, str] = {}
        self.items: list[Item] = []
        self.options: dict[str, list[Option]] = {}
        self.bands: list[Band] = []
        self.gates: list[Gate] = []
        self._row = 0

    def fault(self, kind: str, code: str, column: str, value: str, *, cure: str) -> None:
        """Note what is wrong with the present line."""
        self.faults.append(Fault(kind, code, column, value, cure, self._row))

    def take(self, row: int, line: Line) -> None:
        """Read one line."""
        self._row = row
        kind, code = line.get("jenis", "").lower(), line.get("kode", "")
        if kind not in KINDS:
            self.fault(kind or "baris", code, "jenis", kind, cure=f"Jenis baris: {', '.join(KINDS)}.")
            return
        self.rows.setdefault((kind, code), row)
        getattr(self, f"_{kind}")(line, code)

    def _rubrik(self, line: Line, code: str) -> None:
        if code not in HEADS:
            self.fault("rubrik", code, "kode", code, cure=f"Keterangan rubrik: {', '.join(HEADS)}.")
        else:
            self.heads[code] = line.get("nama", "")

    def _bagian(self, line: Line, code: str) -> None:
        self._item(line, code, ItemKind.PART)

    def _kriteria(self, line: Line, code: str) -> None:
        self._item(line, code, ItemKind.CRITERION)

    def _item(self, line: Line, code: str, kind: ItemKind) -> None:
        word = "bagian" if kind is ItemKind.PART else "kriteria"
        known = line.get("diketahui", "").lower()
        if known not in ("", "ya", "tidak"):
            self.fault(word, code, "diketahui", known, cure="Tulis ya atau tidak.")
        self.items.append(
            Item(
                code=code, kind=kind, name=line.get("nama", ""), name_en=line.get("nama_inggris", ""),
                parent=line.get("induk", ""), hint=line.get("keterangan", ""), is_known=known != "tidak",
                low=self._number(word, line, "terendah", otherwise=Decimal(0)),
                high=self._number(word, line, "tertinggi"),
                step=self._number(word, line, "langkah", otherwise=Decimal(1)),
            )
        )  # fmt: skip

    def _pilihan(self, line: Line, code: str) -> None:
        parent = line.get("induk", "")
        if parent not in {item.code for item in self.items if item.kind is ItemKind.CRITERION}:
            self.fault("pilihan", code, "induk", parent, cure="Induk pilihan adalah kriteria yang ditulis di atasnya.")
        points = self._number("pilihan", line, "tertinggi")
        self.options.setdefault(parent, []).append(Option(points, line.get("nama", ""), line.get("nama_inggris", "")))

    def _bintang(self, line: Line, code: str) -> None:
        low = self._number("bintang", line, "terendah")
        self.bands.append(Band(self._stars("bintang", code, "kode", code), low, line.get("nama", "")))

    def _gerbang(self, line: Line, code: str) -> None:
        cap = self._stars("gerbang", code, "tertinggi", line.get("tertinggi", ""))
        self.gates.append(Gate(code, cap, line.get("nama", "")))

    def _stars(self, kind: str, code: str, column: str, text: str) -> int:
        if text not in ("1", "2", "3", "4", "5"):
            self.fault(kind, code, column, text, cure="Tulis bintang dari 1 sampai 5.")
            return 1
        return int(text)

    def _number(self, kind: str, line: Line, column: str, *, otherwise: Decimal | None = None) -> Decimal:
        text = line.get(column, "")
        if not text and otherwise is not None:
            return otherwise
        found = _decimal(text)
        if found is None:
            cure = "Tulis bilangan dengan paling banyak dua angka di belakang koma, misalnya 5 atau 2,5."
            self.fault(kind, line.get("kode", ""), column, text, cure=cure)
            return Decimal(1)
        return found

    def rubric(self) -> Rubric | None:
        """The rubric, or None when its heads cannot be read."""
        self._row = 0
        start, end = self._day("berlaku_mulai"), self._day("berlaku_sampai", optional=True)
        maximum, version = _decimal(self.heads.get("jumlah", "")), self.heads.get("versi", "")
        if maximum is None:
            self._head_fault("jumlah", "Tulis jumlah nilai tertinggi, misalnya 100.")
        if not version.isdecimal() or not 1 <= int(version) <= 999:
            self._head_fault("versi", "Tulis nomor versi, misalnya 1.")
        for code in ("kunci", "nama", "keadaan", "sumber"):
            if not self.heads.get(code):
                self._head_fault(code, f"Isilah {code} rubrik pada kolom nama.")
        if self.faults or start is None or maximum is None:
            return None
        heads = self.heads
        return Rubric(
            key=heads["kunci"], version=int(version), name=heads["nama"], name_en=heads.get("nama_inggris", ""),
            standing=heads["keadaan"], maximum=maximum, source=heads["sumber"], note=heads.get("catatan", ""),
            valid_from=start, valid_until=end, items=tuple(self._with_options()), bands=tuple(self.bands),
            gates=tuple(self.gates),
        )  # fmt: skip

    def _with_options(self) -> Iterable[Item]:
        for item in self.items:
            yield replace(item, options=tuple(self.options[item.code])) if item.code in self.options else item

    def _head_fault(self, code: str, cure: str) -> None:
        row = self.rows.get(("rubrik", code), 0)
        self.faults.append(Fault("rubrik", code, "nama", self.heads.get(code, ""), cure, row))

    def _day(self, code: str, *, optional: bool = False) -> date | None:
        text = self.heads.get(code, "")
        if not text and optional:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            self._head_fault(code, "Tulis tanggal seperti 2026-01-31.")
            return None


def _decimal(text: str) -> Decimal | None:
    """A number of at most two places, 0 to 9,999; None for anything else."""
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    fits = found.is_finite() and 0 <= found < 10_000 and found == found.quantize(Decimal("0.01"))
    return found if fits else None
