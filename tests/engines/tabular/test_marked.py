"""The person's workbook back with marks, and the rows recognised when it is uploaded again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from lontar.engines.tabular import Mark, Table, parse_table, write_marked
from lontar.engines.tabular.table import KEY_HEADER, REMARK_HEADER

RED, YELLOW = "FFF8C9C4", "FFFCE8B2"


@pytest.fixture
def table(tmp_path: Path) -> Table:
    path = tmp_path / "asli.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        day, percent = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "0%"})
        for name in ("Ngada", "Ringkasan Kab"):
            sheet = book.add_worksheet(name)
            sheet.write_row("A1", ["DATA USAHA"])
            sheet.write_row("A3", ["NIK", "Nama Usaha", "Omzet", "Tanggal", "Untung"])
            sheet.write_row("A4", ["5303010101900001", "Contoh Uji", 1500000.5])
            sheet.write_datetime("D4", datetime(2025, 11, 27), day)
            sheet.write_number("E4", 0.125, percent)
            sheet.write_row("A6", [5303010101900002, "Contoh Dua"])
            sheet.write_string("A7", "0001")
            sheet.write_string("B7", "=Contoh")
    return parse_table(path, filename="asli.xlsx")


CURE = "Ketik ulang NIK sebagai teks."
MARKS = [
    Mark(
        "Ngada",
        6,
        "NIK",
        "error",
        "NIK 16 angka tersimpan sebagai angka.",
        rule="NIK rusak",
        cure=CURE,
    ),
    Mark("Ngada", 7, "NIK", "error", "NIK hanya 4 angka.", rule="NIK rusak", cure=CURE),
    Mark("Ngada", 7, "Omzet", "warning", "Omzet kosong.", rule="Omzet kosong"),
    Mark("Ngada", 7, None, "warning", "Baris ini mirip baris 4."),
]


def keys(table: Table) -> pl.Series:
    return pl.Series([f"k{at}" for at in range(table.frame.height)])


def test_the_same_rows_and_columns_come_back_with_marks(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "tanda.xlsx"

    write_marked(path, table, marks=MARKS, row_keys=keys(table))

    book = openpyxl.load_workbook(path)
    sheet = book["Ngada"]
    assert book.sheetnames == ["Ringkasan", "Ngada", "Ringkasan Kab"]
    assert [cell.value for cell in sheet[1]] == [
        "NIK",
        "Nama Usaha",
        "Omzet",
        "Tanggal",
        "Untung",
        REMARK_HEADER,
        KEY_HEADER,
    ]
    assert [cell.value for cell in sheet[2]] == [
        "5303010101900001",
        "Contoh Uji",
        1500000.5,
        datetime(2025, 11, 27),
        0.125,
        None,
        "k0",
    ]
    assert [cell.value for cell in sheet[3]][:3] == [5303010101900002, "Contoh Dua", None]
    assert [cell.value for cell in sheet[4]][:2] == ["0001", "=Contoh"]
    assert sheet["A3"].number_format == "0"
    assert sheet["B4"].data_type == "s"
    assert sheet["B4"].quotePrefix
    assert sheet["A3"].fill.fgColor.rgb == RED
    assert sheet["C4"].fill.fgColor.rgb == YELLOW
    assert sheet["A2"].fill.fill_type is None
    assert sheet["A4"].comment is not None
    assert sheet["A4"].comment.text == "NIK hanya 4 angka. Ketik ulang NIK sebagai teks."
    assert sheet["F4"].value == "NIK: NIK hanya 4 angka.; Omzet: Omzet kosong.; Baris ini mirip baris 4."
    assert sheet.column_dimensions["G"].hidden is True


def test_the_summary_counts_by_rule_and_leads_to_the_cells(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "tanda.xlsx"

    write_marked(path, table, marks=MARKS, row_keys=keys(table))

    sheet = openpyxl.load_workbook(path)["Ringkasan"]
    assert sheet["A2"].value == "6 baris diperiksa: 2 harus diperbaiki, 0 perlu diperiksa."
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7)]
    assert rows == [
        [
            "Harus diperbaiki",
            "NIK rusak",
            "NIK",
            2,
            "NIK 16 angka tersimpan sebagai angka.",
            "Ketik ulang NIK sebagai teks.",
            "A3",
        ],
        ["Perlu diperiksa", "Baris ini mirip baris 4.", "(seluruh baris)", 1, "Baris ini mirip baris 4.", None, "F4"],
        ["Perlu diperiksa", "Omzet kosong", "Omzet", 1, "Omzet kosong.", None, "C4"],
    ]
    assert sheet["G7"].hyperlink.location == "'Ngada'!A3"


def test_a_marked_workbook_read_again_knows_its_rows(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "tanda.xlsx"
    write_marked(path, table, marks=MARKS, row_keys=keys(table))

    again = parse_table(path, filename="tanda.xlsx", known_headers=table.frame.columns)

    assert again.frame.columns == table.frame.columns
    assert again.frame.rows() == table.frame.rows()
    assert again.numeric.rows() == table.numeric.rows()
    assert again.row_keys is not None
    assert again.row_keys.to_list() == ["k0", "k1", "k2", "k3", "k4", "k5"]
    assert again.row_sheets.to_list() == table.row_sheets.to_list()
    assert table.row_keys is None


def test_a_row_whose_cells_were_cleared_is_gone_though_its_key_stays(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "tanda.xlsx"
    write_marked(path, table, marks=MARKS, row_keys=keys(table))
    book = openpyxl.load_workbook(path)
    for cell in book["Ngada"][3][:5]:
        cell.value = None
    book.save(path)

    again = parse_table(path, filename="tanda.xlsx")

    assert again.row_keys is not None
    assert again.row_keys.to_list() == ["k0", "k2", "k3", "k4", "k5"]


def test_only_the_rows_that_wait(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "tunggu.xlsx"
    marks = [*MARKS, Mark("Ngada", 4, "Omzet", "warning", "Omzet besar.")]

    write_marked(path, table, marks=marks, row_keys=keys(table), only_problem_rows=True)

    again = parse_table(path, filename="tunggu.xlsx")
    assert again.row_keys is not None
    assert again.row_keys.to_list() == ["k1", "k2"]
    assert openpyxl.load_workbook(path).sheetnames == ["Ringkasan", "Ngada"]


def test_nothing_waiting_still_gives_a_workbook(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "bersih.xlsx"

    write_marked(path, table, marks=[], row_keys=keys(table), only_problem_rows=True)

    book = openpyxl.load_workbook(path)
    assert book["Ringkasan"]["A2"].value == "6 baris diperiksa: 0 harus diperbaiki, 0 perlu diperiksa."
    assert book["Ngada"].max_row == 1


def test_keys_that_do_not_fit_are_refused(tmp_path: Path, table: Table) -> None:
    with pytest.raises(ValueError, match="1 keys for 6 rows"):
        write_marked(tmp_path / "x.xlsx", table, marks=[], row_keys=pl.Series(["a"]))
