"""Whether a rubric holds together: sums, codes, options within their criterion, bands without a hole, gates within the stars.

Each fault names kind and code of the line, column, value and cure; the reader of a workbook adds the row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lontar.engines.rubrics.model import Item, ItemKind, Rubric

MOST_STARS = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where, with its cure: the line's `kind` and `code`, the column, the value; `row` once it is known."""

    kind: str
    code: str
    column: str
    value: str
    cure: str
    row: int = 0

    def __str__(self) -> str:
        line = f"{self.kind} {self.code}".strip()
        place = f"Baris {self.row} ({line})" if self.row else line.capitalize()
        return f"{place}, kolom {self.column}: “{self.value}”. {self.cure}"


def word_of(item: Item) -> str:
    """What the workbook calls an item."""
    return "bagian" if item.kind is ItemKind.PART else "kriteria"


def faults_of(rubric: Rubric) -> list[Fault]:
    """Everything that keeps the rubric from being used; empty when it holds together."""
    return [*_heads(rubric), *_items(rubric), *_sums(rubric), *_bands(rubric), *_gates(rubric)]


def _heads(rubric: Rubric) -> Iterator[Fault]:
    for column, value in (("nama", rubric.name), ("sumber", rubric.source)):
        if not value.strip():
            yield Fault("rubrik", column, "nama", value, f"Isilah {column} rubrik.")
    if rubric.maximum <= 0:
        yield Fault("rubrik", "jumlah", "nama", str(rubric.maximum), "Isilah jumlah nilai tertinggi, misalnya 100.")
    if rubric.valid_until is not None and rubric.valid_until <= rubric.valid_from:
        cure = "Berlaku sampai harus sesudah berlaku mulai."
        yield Fault("rubrik", "berlaku_sampai", "nama", str(rubric.valid_until), cure)


def _items(rubric: Rubric) -> Iterator[Fault]:
    seen: set[str] = set()
    kinds: dict[str, ItemKind] = {}
    twice = {code for code, number in Counter(item.code for item in rubric.items).items() if number > 1}
    for item in rubric.items:
        if not item.code or item.code in twice:
            yield Fault(word_of(item), item.code, "kode", item.code, "Setiap butir memerlukan kode sendiri.")
        if item.parent and item.parent not in seen:
            yield Fault(
                word_of(item), item.code, "induk", item.parent, "Induk harus berupa bagian yang ditulis di atasnya."
            )
        elif item.parent and kinds[item.parent] is not ItemKind.PART:
            yield Fault(word_of(item), item.code, "induk", item.parent, "Induk harus berupa bagian, bukan kriteria.")
        if not item.name.strip():
            yield Fault(word_of(item), item.code, "nama", item.name, "Isilah nama butir.")
        yield from _points(item)
        seen.add(item.code)
        kinds[item.code] = item.kind


def _points(item: Item) -> Iterator[Fault]:
    if item.high <= 0 or item.low < 0 or item.low > item.high:
        cure = "Nilai tertinggi di atas nol dan tidak kurang dari nilai terendah."
        yield Fault(word_of(item), item.code, "tertinggi", str(item.high), cure)
    if item.kind is ItemKind.PART:
        if item.options:
            yield Fault(
                word_of(item), item.code, "kode", item.code, "Bagian tidak mempunyai pilihan; pindahkan ke kriterianya."
            )
        return
    if item.options:
        values = [option.points for option in item.options]
        if len(set(values)) != len(values) or (min(values), max(values)) != (item.low, item.high):
            cure = f"Nilai pilihan harus berbeda-beda, dari {item.low} sampai {item.high}."
            yield Fault(word_of(item), item.code, "kode", item.code, cure)
    elif item.step <= 0 or (item.high - item.low) % item.step:
        cure = "Langkah harus di atas nol dan membagi habis jarak nilai terendah ke tertinggi."
        yield Fault(word_of(item), item.code, "langkah", str(item.step), cure)


def _sums(rubric: Rubric) -> Iterator[Fault]:
    if not rubric.items:
        yield Fault("kriteria", "", "kode", "", "Rubrik memerlukan paling sedikit satu kriteria.")
        return
    total = sum((item.high for item in rubric.children()), Decimal(0))
    if total != rubric.maximum:
        cure = f"Nilai tertinggi bagian teratas berjumlah {total}; sesuaikan bagian atau jumlahnya."
        yield Fault("rubrik", "jumlah", "nama", str(rubric.maximum), cure)
    for item in rubric.items:
        if item.kind is not ItemKind.PART or not item.is_known:
            continue
        own = sum((child.high for child in rubric.children(item.code) if child.code != item.code), Decimal(0))
        if own != item.high:
            cure = f"Butir di bawah {item.code} berjumlah {own}, seharusnya {item.high}."
            yield Fault(word_of(item), item.code, "tertinggi", str(item.high), cure)


def _bands(rubric: Rubric) -> Iterator[Fault]:
    if not rubric.bands or min(band.low for band in rubric.bands) != 0:
        yield Fault(
            "bintang", "", "terendah", "", "Batas bawah bintang yang terendah harus 0, agar setiap nilai berbintang."
        )
    for band, lower in zip(rubric.bands, [None, *rubric.bands], strict=False):
        if not 1 <= band.stars <= MOST_STARS:
            yield Fault("bintang", str(band.stars), "kode", str(band.stars), "Bintang dari 1 sampai 5.")
        if band.low < 0 or band.low >= rubric.maximum:
            cure = f"Batas bawah dari 0 sampai di bawah {rubric.maximum}."
            yield Fault("bintang", str(band.stars), "terendah", str(band.low), cure)
        if lower is not None and (band.stars <= lower.stars or band.low <= lower.low):
            cure = "Urutkan dari bintang terendah; bintang dan batas bawah harus naik."
            yield Fault("bintang", str(band.stars), "terendah", str(band.low), cure)


def _gates(rubric: Rubric) -> Iterator[Fault]:
    seen: set[str] = set()
    for gate in rubric.gates:
        if gate.condition in seen:
            yield Fault("gerbang", gate.condition, "kode", gate.condition, "Setiap syarat ditulis satu kali.")
        if not 1 <= gate.cap <= MOST_STARS:
            yield Fault("gerbang", gate.condition, "tertinggi", str(gate.cap), "Bintang tertinggi dari 1 sampai 5.")
        if not gate.reason.strip():
            yield Fault(
                "gerbang", gate.condition, "nama", gate.reason, "Isilah alasan yang akan dibaca pembuat produk."
            )
        seen.add(gate.condition)
