"""How a list of goods in and out is read: every fault names row, column, value and cure; a list is whole or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lontar.value.rules.trade import COLUMNS, FIRST, Fault, read_file, read_rows
from lontar.value.states import Direction

TODAY = date(2026, 8, 3)
GOOD = {
    "arah": "masuk", "periode": "2025-T3", "komoditas": "beras", "nilai": "1.250,5", "satuan": "miliar",
    "sumber": "BPS, contoh", "tanggal_sumber": "02-12-2025", "kutipan": "", "catatan": "",
}  # fmt: skip


def test_the_first_figure_is_the_quoted_one() -> None:
    found = read_rows(enumerate(FIRST, 2), COLUMNS, commodities=(), today=TODAY)

    assert found.faults == ()
    assert [(one.direction, one.amount, one.period, one.is_quoted) for one in found.lines] == [
        (Direction.OUTWARD, Decimal(8) * 10**12, "2025", True),
        (Direction.INWARD, Decimal(59) * 10**12, "2025", True),
    ]


def test_a_quarter_a_commodity_and_an_indonesian_number_are_read() -> None:
    [line] = read_rows([(2, GOOD)], COLUMNS, commodities=["beras"], today=TODAY).lines

    assert (line.from_date, line.until_date) == (date(2025, 7, 1), date(2025, 10, 1))
    assert (line.amount, line.source_date, line.commodity) == (Decimal("1250500000000"), date(2025, 12, 2), "beras")


@pytest.mark.parametrize(
    ("column", "value", "cure"),
    [
        ("arah", "naik", "Tulis masuk atau keluar."),
        ("periode", "2025-07", "Angka bulanan tidak dipakai; jumlahkan menjadi triwulan, misalnya 2025-T3."),
        ("periode", "kemarin", "Tulis tahun atau triwulan, misalnya 2025 atau 2025-T3."),
        ("komoditas", "emas", "Pakai kode komoditas katalog, atau kosongkan untuk seluruh barang."),
        ("nilai", "banyak", "Tulis angka saja, misalnya 59 atau 8,4; satuannya pada kolom satuan."),
        ("nilai", "-5", "Nilai barang tidak boleh negatif; arah ditulis pada kolom arah."),
        ("satuan", "ton", "Tulis Rp, juta, miliar, atau triliun."),
        ("sumber", "", "Sebutkan sumbernya: lembaga dan terbitan."),
        ("tanggal_sumber", "Desember", "Tulis tanggal terbit sumber, misalnya 2025-12-02."),
        ("tanggal_sumber", "2027-01-01", "Tanggal ini belum tiba; perbaiki tahunnya."),
        ("kutipan", "mungkin", "Tulis ya bila angka ini kutipan, tidak bila dibaca pada sumbernya."),
    ],
)
def test_a_fault_names_row_column_value_and_cure(column: str, value: str, cure: str) -> None:
    found = read_rows([(7, {**GOOD, column: value})], COLUMNS, commodities=["beras"], today=TODAY)

    assert found.faults == (Fault(7, column, value, cure),)
    assert found.lines == ()


def test_the_same_figure_twice_in_a_list_names_the_first_row() -> None:
    found = read_rows([(2, GOOD), (3, GOOD)], COLUMNS, commodities=["beras"], today=TODAY)

    assert [(one.row, one.cure) for one in found.faults] == [
        (3, "Arah, periode, dan komoditas ini sudah ada pada baris 2; hapus salah satunya.")
    ]


def test_a_missing_column_and_an_empty_list_are_faults_of_the_file() -> None:
    missing = read_rows([(2, GOOD)], [one for one in COLUMNS if one != "satuan"], commodities=(), today=TODAY)
    empty = read_rows([], COLUMNS, commodities=(), today=TODAY)

    assert [(one.row, one.column) for one in missing.faults] == [(0, "satuan")]
    assert [one.cure for one in empty.faults] == [
        "Berkas tidak berisi baris; isi sedikitnya satu baris di bawah judul."
    ]


def test_a_csv_file_is_read_with_its_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "neraca.csv"
    rows = [";".join(COLUMNS), "keluar;2025;;8;triliun;BI;2025-12-01;ya;", "masuk;2025;;x;triliun;BI;2025-12-01;ya;"]
    path.write_text("\n".join(rows))

    found = read_file(path, file_name="neraca.csv", commodities=(), today=TODAY)

    assert [(one.row, one.column, one.value) for one in found.faults] == [(3, "nilai", "x")]
    assert [one.amount for one in found.lines] == [Decimal(8) * 10**12]
