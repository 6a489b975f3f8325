"""The workbook to fill in: what Excel will offer, and that it comes back readable."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lontar.engines.tabular import TemplateColumn, TemplateSpec, UnreadableFile, parse_table, write_template

VILLAGES = tuple(f"Desa Contoh {number}" for number in range(3442))
SPEC = TemplateSpec(
    "Data usaha",
    (
        TemplateColumn(
            "NIK", "text", required=True, examples=("5303010101900001",), explanation="16 angka di KTP pemilik."
        ),
        TemplateColumn("Nama Usaha", "text", required=True, examples=("Contoh Uji", "Contoh Dua"), width=30),
        TemplateColumn("Jenis Kelamin", "choice", choices=("Laki-laki", "Perempuan"), examples=("Perempuan",)),
        TemplateColumn("Desa", "choice", required=True, choices=VILLAGES, examples=("Desa Contoh 7",)),
        TemplateColumn("Tenaga Kerja", "integer", examples=("3",)),
        TemplateColumn("Omzet", "money", examples=("1500000",)),
        TemplateColumn("Lintang", "decimal", examples=("-8.65",)),
        TemplateColumn("Tanggal Berdiri", "date", examples=("2020-01-31",)),
    ),
    instructions=("Diisi oleh dinas kabupaten.",),
)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "templat.xlsx"
    write_template(path, SPEC)
    return path


def test_the_data_sheet_has_header_formats_and_checks_to_the_last_row(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    data = book["Data"]

    assert book.sheetnames == ["Data", "Petunjuk", "Contoh", "Daftar"]
    assert [cell.value for cell in data[1]] == [
        "NIK *", "Nama Usaha *", "Jenis Kelamin", "Desa *", "Tenaga Kerja", "Omzet", "Lintang", "Tanggal Berdiri",
    ]  # fmt: skip
    assert data.freeze_panes == "A2"
    assert [data.column_dimensions[letter].number_format for letter in "ADFH"] == ["@", "@", "#,##0", "yyyy-mm-dd"]
    checks = {str(check.sqref): check for check in data.data_validations.dataValidation}
    assert set(checks) == {f"{letter}2:{letter}200000" for letter in "ABCDEFGH"}
    assert checks["C2:C200000"].formula1 == '"Laki-laki,Perempuan"'
    assert checks["D2:D200000"].formula1 == "Daftar!$A$1:$A$3442"
    assert checks["A2:A200000"].promptTitle == "NIK"
    assert checks["A2:A200000"].prompt == "16 angka di KTP pemilik. Isi: teks. Wajib diisi."
    assert checks["E2:E200000"].type == "whole"


def test_the_other_sheets_explain_show_and_hide(template: Path) -> None:
    book = openpyxl.load_workbook(template)

    texts = [[cell.value for cell in row] for row in book["Petunjuk"].iter_rows()]
    assert texts[0][0] == "Data usaha"
    assert texts[1][0] == "Diisi oleh dinas kabupaten."
    assert [1, "NIK", "Ya", "teks", "16 angka di KTP pemilik.", "5303010101900001"] in [row[:6] for row in texts]
    assert [cell.value for cell in book["Contoh"][2]] == [
        "5303010101900001", "Contoh Uji", "Perempuan", "Desa Contoh 7", 3, 1500000, -8.65, "2020-01-31",
    ]  # fmt: skip
    assert [cell.value for cell in book["Contoh"][3]][:2] == [None, "Contoh Dua"]
    assert book["Daftar"].sheet_state == "hidden"
    assert book["Daftar"]["A3442"].value == "Desa Contoh 3441"


def test_a_filled_template_is_read_without_its_examples(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    book["Data"].append(["5303010101900002", "Contoh Tiga", "Laki-laki", "Desa Contoh 1", 2, 5, -8.5, "2021-01-01"])
    book.save(template)

    table = parse_table(template, filename="templat.xlsx", known_headers=[column.label for column in SPEC.columns])

    assert table.sheet == "Data"
    assert table.frame["Nama Usaha *"].to_list() == ["Contoh Tiga"]
    assert set(table.row_sheets) == {"Data"}


def test_an_empty_template_uploaded_as_it_is_has_no_rows(template: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        parse_table(template, filename="templat.xlsx", known_headers=[column.label for column in SPEC.columns])

    assert refusal.value.rule == "no-rows"


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((), "needs columns"),
        ((TemplateColumn("A", "text"), TemplateColumn("A", "text")), "label of its own"),
        ((TemplateColumn("A", "choice"),), "choices are missing for A"),
    ],
)
def test_a_specification_that_cannot_be_written_raises(
    tmp_path: Path, columns: tuple[TemplateColumn, ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        write_template(tmp_path / "x.xlsx", TemplateSpec("x", columns))
