"""Headers, bodies and sheets as agencies really lay them out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.tabular.files import Cell, Rows, xlsx

from lontar.engines.tabular import Table, UnreadableFile, parse_table

KNOWN = ("No", "NIK", "Nama Usaha", "Alamat", "Desa", "Tenaga Kerja Dibayar", "Omzet")


def read(path: Path, **options: Any) -> Table:
    return parse_table(path, filename=path.name, **options)


def read_rows(tmp_path: Path, rows: Rows, *, known: tuple[str, ...] = ()) -> Table:
    return read(xlsx(tmp_path / "data.xlsx", rows), known_headers=known)


TITLED: Rows = [
    ["DATA INDUSTRI KECIL DAN MENENGAH"],
    ["KABUPATEN NGADA TAHUN 2025"],
    [],
    ["No", "Nama Usaha", "Alamat", "Omzet"],
    [1, "Contoh Uji", "Jl. Lontar 1", 1500000],
    [2, "Contoh Dua", "Jl. Lontar 2", 2500000],
]


@pytest.mark.parametrize("known", [(), KNOWN])
def test_titles_above_the_header_are_passed_over(tmp_path: Path, known: tuple[str, ...]) -> None:
    table = read_rows(tmp_path, TITLED, known=known)

    assert table.frame.columns == ["No", "Nama Usaha", "Alamat", "Omzet"]
    assert table.row_numbers.to_list() == [5, 6]
    assert "Judul kolom ditemukan di baris 4." in table.notes


def test_lines_of_particulars_above_the_header_are_no_group(tmp_path: Path) -> None:
    rows: Rows = [["Provinsi", ": NTT"], ["Kabupaten", None, ": Ngada"], *TITLED[3:]]

    table = read_rows(tmp_path, rows)

    assert table.frame.columns == ["No", "Nama Usaha", "Alamat", "Omzet"]
    assert table.frame.height == 2


def test_two_header_rows_with_merged_groups_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "gabung.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, style = book.add_worksheet("IKM"), book.add_format()
        sheet.merge_range("A1:G1", "DATA IKM KABUPATEN NGADA", style)
        for place, text in {
            "A3:A4": "No",
            "B3:B4": "Nama Usaha",
            "C3:D3": "Tenaga Kerja",
            "E3:F3": "Alamat",
            "G3:G4": "Omzet (Rp)",
        }.items():
            sheet.merge_range(place, text, style)
        sheet.write_row("C4", ["Dibayar", "Tidak Dibayar", "Desa", "Kecamatan"])
        sheet.write_row("A5", ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"])
        sheet.write_row("A6", [1, "Contoh Uji", 2, 3, "Obe", "Insana", 1500000])

    table = read(path)

    assert table.frame.columns == [
        "No",
        "Nama Usaha",
        "Tenaga Kerja / Dibayar",
        "Tenaga Kerja / Tidak Dibayar",
        "Alamat / Desa",
        "Alamat / Kecamatan",
        "Omzet (Rp)",
    ]
    assert table.frame.rows() == [("1", "Contoh Uji", "2", "3", "Obe", "Insana", "1500000")]
    assert table.row_numbers.to_list() == [6]
    assert "2 baris judul (baris 3–4) digabung." in table.notes
    assert "Baris 5 (nomor kolom) dilewati." in table.notes


def test_three_header_rows_with_a_group_two_rows_high(tmp_path: Path) -> None:
    path = tmp_path / "tiga.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, style = book.add_worksheet("IKM"), book.add_format()
        merged = {
            "A1:A3": "No",
            "B1:B3": "Nama Usaha",
            "C1:F1": "Tenaga Kerja",
            "C2:D2": "Dibayar",
            "E2:F2": "Tidak Dibayar",
            "G1:H2": "Letak",
        }
        for place, text in merged.items():
            sheet.merge_range(place, text, style)
        sheet.write_row("C3", ["L", "P", "L", "P", "Desa", "Kecamatan"])
        sheet.write_row("A4", [1, "Contoh Uji", 1, 2, 3, 4, "Obe", "Insana"])

    table = read(path)

    assert table.frame.columns == [
        "No",
        "Nama Usaha",
        "Tenaga Kerja / Dibayar / L",
        "Tenaga Kerja / Dibayar / P",
        "Tenaga Kerja / Tidak Dibayar / L",
        "Tenaga Kerja / Tidak Dibayar / P",
        "Letak / Desa",
        "Letak / Kecamatan",
    ]
    assert table.frame.row(0) == ("1", "Contoh Uji", "1", "2", "3", "4", "Obe", "Insana")


def test_two_header_rows_without_merged_cells_are_joined_by_their_gaps(tmp_path: Path) -> None:
    rows: Rows = [
        ["No", "Nama", "Tenaga Kerja", None, "Omzet"],
        [None, None, "Dibayar", "Tidak", None],
        [1, "Contoh Uji", 1, 2, 5],
        [2, "Dua", 3, 4, 6],
    ]

    table = read_rows(tmp_path, rows)

    assert table.frame.columns == ["No", "Nama", "Tenaga Kerja / Dibayar", "Tenaga Kerja / Tidak", "Omzet"]
    assert table.row_numbers.to_list() == [3, 4]


def test_years_and_units_under_the_header_belong_to_it(tmp_path: Path) -> None:
    years: Rows = [
        ["Desa", "Produksi", None, "Ket"],
        [None, 2023, 2024, None],
        ["Obe", 5, 6, "x"],
        ["Fafinesu", 7, 8, "y"],
    ]
    units: Rows = [["Desa", "Luas", "Omzet"], [None, "(ha)", "(Rp)"], ["Obe", 5, 6]]

    by_year = read_rows(tmp_path, years)
    by_unit = read_rows(tmp_path, units)

    assert by_year.frame.columns == ["Desa", "Produksi / 2023", "Produksi / 2024", "Ket"]
    assert by_year.row_numbers.to_list() == [3, 4]
    assert by_unit.frame.columns == ["Desa", "Luas / (ha)", "Omzet / (Rp)"]
    assert by_unit.row_numbers.to_list() == [3]


def test_a_table_of_texts_alone_keeps_its_first_row_as_data(tmp_path: Path) -> None:
    rows: Rows = [
        ["Nama", "Desa", "Produk", "Keterangan"],
        ["Contoh Uji", "Obe", None, None],
        ["Contoh Dua", "Fafinesu", "Kopi", None],
    ]

    table = read_rows(tmp_path, rows)

    assert table.frame.columns == ["Nama", "Desa", "Produk", "Keterangan"]
    assert table.row_numbers.to_list() == [2, 3]


def test_the_first_records_numbered_from_one_are_no_numbering_row(tmp_path: Path) -> None:
    table = read_rows(tmp_path, [["No", "Kelas", "Jumlah"], [1, 2, 3], [2, 5, 9]])

    assert table.row_numbers.to_list() == [2, 3]


def test_headers_repeated_on_every_page_and_blank_rows_go(tmp_path: Path) -> None:
    head: Sequence[Cell] = ["No", "Nama Usaha", "Desa"]
    numbers: Sequence[Cell] = ["(1)", "(2)", "(3)"]
    rows: Rows = [head, numbers, [1, "Contoh Uji", "Obe"], [], head, numbers, [2, "Contoh Dua", "Obe"]]

    table = read_rows(tmp_path, rows)

    assert table.frame["Nama Usaha"].to_list() == ["Contoh Uji", "Contoh Dua"]
    assert table.row_numbers.to_list() == [3, 7]
    assert "Judul kolom yang terulang dilewati: baris 5, 6 (2)." in table.notes
    assert "1 baris kosong di tengah tabel dilewati." in table.notes


def test_totals_and_the_signature_block_go(tmp_path: Path) -> None:
    rows: Rows = [
        ["No", "Nama Usaha", "Desa", "Omzet"],
        [1, "Contoh Uji", "Obe", 100],
        [None, "Jumlah Kecamatan Insana", None, 100],
        [2, "Total Jaya", "Obe", 200],
        ["JUMLAH", None, None, 300],
        [],
        [None, None, None, "Bajawa, 27 November 2025"],
        [None, None, None, "Kepala Dinas,"],
        [],
        [None, None, None, "Contoh Pejabat"],
        [None, None, None, "NIP. 123"],
    ]

    table = read_rows(tmp_path, rows)

    assert table.frame["Nama Usaha"].to_list() == ["Contoh Uji", "Total Jaya"]
    assert "Baris jumlah dilewati: baris 3, 5 (2)." in table.notes
    assert "Baris penutup (tanda tangan atau catatan) dilewati: baris 7, 8, 10, 11 (4)." in table.notes


def test_a_sparse_last_row_without_any_sign_of_a_signature_is_kept(tmp_path: Path) -> None:
    rows: Rows = [
        ["No", "Nama Usaha", "Desa", "Omzet"],
        [1, "Contoh Uji", "Obe", 100],
        [],
        [None, "Contoh Dua", None, None],
    ]

    table = read_rows(tmp_path, rows)

    assert table.row_numbers.to_list() == [2, 4]


def test_cells_merged_downwards_give_every_row_their_value(tmp_path: Path) -> None:
    path = tmp_path / "turun.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["Kecamatan", "Nama Usaha", "Kode"])
        sheet.merge_range("A2:A4", "Insana")
        sheet.merge_range("C2:C3", 7)
        sheet.write_column("B2", ["Contoh Uji", "Contoh Dua", "Contoh Tiga"])

    table = read(path)

    assert table.frame["Kecamatan"].to_list() == ["Insana", "Insana", "Insana"]
    assert table.frame["Kode"].to_list() == ["7", "7", None]
    assert table.numeric["Kode"].to_list() == [True, True, False]
    assert "Sel gabungan di kolom A, C diisikan ke setiap barisnya." in table.notes


SHEET: Rows = [["No", "Nama Usaha", "Desa"], [1, "Contoh Uji", "Obe"]]


def test_visible_sheets_of_the_same_headers_are_stacked(tmp_path: Path) -> None:
    swapped: Rows = [["Judul"], ["Desa", "No.", "NAMA USAHA"], ["Fafinesu", 7, "Contoh Tujuh"]]
    path = xlsx(
        tmp_path / "kab.xlsx",
        SHEET,
        name="Ngada",
        more={"Nagekeo": swapped, "Petunjuk": SHEET, "Rekap": [["Kab", "Jml"], ["Ngada", 1]]},
    )

    table = read(path, known_headers=KNOWN)

    assert table.frame.rows() == [("1", "Contoh Uji", "Obe"), ("7", "Contoh Tujuh", "Fafinesu")]
    assert list(zip(table.row_sheets, table.row_numbers, strict=True)) == [("Ngada", 2), ("Nagekeo", 3)]
    assert table.numeric["No"].to_list() == [True, True]
    assert [info.used for info in table.sheets] == [True, True, False, False]
    assert "2 lembar berjudul kolom sama dibaca bersama: “Ngada”, “Nagekeo”." in table.notes
    assert "Lembar lain tidak dibaca karena judul kolomnya berbeda: “Rekap”." in table.notes


def test_a_named_sheet_is_read_alone_even_when_hidden(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "kab.xlsx", SHEET, name="Ngada", more={"Lama": SHEET}, hidden=["Lama"])

    visible, asked = read(path), read(path, sheet="Lama")

    assert visible.sheet == "Ngada"
    assert visible.frame.height == 1
    assert "Lembar tersembunyi tidak dibaca: “Lama”." in visible.notes
    assert [(info.name, info.hidden, info.rows) for info in visible.sheets] == [
        ("Ngada", False, 2),
        ("Lama", True, None),
    ]
    assert asked.row_sheets.to_list() == ["Lama"]


def test_the_sheet_with_the_expected_headers_wins_over_a_longer_one(tmp_path: Path) -> None:
    notes: Rows = [["Bulan", "Ucapan", "Catatan"], *[["Januari", "salam", "ya"]] * 50]
    path = xlsx(tmp_path / "dua.xlsx", notes, name="Catatan", more={"Isi": SHEET})

    table = read(path, known_headers=KNOWN)

    assert table.sheet == "Isi"
    assert "Lembar yang dibaca: Isi." in table.notes


def test_headers_of_which_none_is_known_are_told(tmp_path: Path) -> None:
    table = read_rows(tmp_path, [["Kolom satu", "Kolom dua"], ["Contoh Uji", "Obe"]], known=KNOWN)

    assert table.notes == ("Tidak ada judul kolom yang dikenali; baris 1 dianggap judul. Periksa pemetaan kolom.",)


def test_rows_that_share_two_values_with_a_false_header_are_no_repetition(tmp_path: Path) -> None:
    rows: Rows = [["Contoh Uji", "Obe", "Insana"], ["Contoh Dua", "Obe", "Insana"]]

    assert read_rows(tmp_path, rows).frame.rows() == [("Contoh Dua", "Obe", "Insana")]


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_rows(tmp_path, SHEET[:1])

    assert refusal.value.rule == "no-rows"


def test_a_sheet_of_numbers_alone_has_no_header(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_rows(tmp_path, [[1, 2, 3], [4, 5, 6]])

    assert refusal.value.rule == "no-header"


words = st.text("abcdefghiklmnoprstuwy", min_size=2, max_size=10)
titles = st.lists(words.map(lambda word: [f"Judul {word}"]) | st.just([]), max_size=4)
records = st.lists(st.tuples(words, words, st.integers(0, 10**9)), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(titles, records, st.integers(0, 3))
def test_whatever_stands_above_the_expected_header_the_rows_are_found(
    tmp_path_factory: pytest.TempPathFactory, above: list[list[str]], rows: list[tuple[str, str, int]], left: int
) -> None:
    path = tmp_path_factory.mktemp("bentuk") / "data.xlsx"
    pad: list[Cell] = [None] * left
    head: list[Cell] = ["Nama Usaha", "Alamat", "Omzet"]
    xlsx(path, [*above, pad + head, *(pad + list(row) for row in rows)])

    table = read(path, known_headers=KNOWN)

    assert table.frame.columns == head
    assert table.frame.rows() == [(name, place, str(amount)) for name, place, amount in rows]
    assert table.row_numbers.to_list() == [len(above) + 2 + at for at in range(len(rows))]
    assert table.columns[0].letter == "ABCD"[left]


LISTED = {
    "NIB": "nib",
    "Nama Pemilik": "owner",
    "Nama Usaha": "name",
    "Desa": "village",
    "Desa/Kelurahan": "village",
    "Produksi": "p",
}


def test_sheets_that_differ_in_a_column_and_a_word_are_read_together(tmp_path: Path) -> None:
    first: Rows = [
        ["No", "NIB", "Nama Pemilik", "Nama Usaha", "Desa"],
        [1, "9120000000017", "Contoh Uji", "Kopi Uji", "Obe Uji"],
    ]
    second: Rows = [
        ["NIB", "Nama Pemilik", "Nama Usaha", "Desa/Kel", "Ket"],
        ["9120000000018", "Contoh Dua", "Teh Uji", "Aimere", "baru"],
    ]
    recap: Rows = [["No", "Kabupaten", "Jumlah Usaha"], [1, "Ngada", 2]]
    path = xlsx(tmp_path / "data.xlsx", first, name="Kupang", more={"Ngada": second, "Rekap": recap})

    table = read(path, known_headers=LISTED)

    assert table.frame.columns == ["No", "NIB", "Nama Pemilik", "Nama Usaha", "Desa", "Ket"]
    assert table.frame["Desa"].to_list() == ["Obe Uji", "Aimere"]
    assert "Lembar lain tidak dibaca karena judul kolomnya berbeda: “Rekap”." in table.notes


def test_sheets_whose_headers_name_different_units_stay_apart(tmp_path: Path) -> None:
    tons: Rows = [["Nama Usaha", "Desa", "NIB", "Produksi (Ton)"], ["Kopi Uji", "Obe Uji", "9120000000017", 8]]
    kilos: Rows = [["Nama Usaha", "Desa", "NIB", "Produksi (Kg)"], ["Kopi Dua", "Obe Uji", "9120000000018", 8000]]

    table = read(xlsx(tmp_path / "data.xlsx", tons, name="A", more={"B": kilos}), known_headers=LISTED)

    assert table.row_sheets.to_list() == ["A"]
    assert "Lembar lain tidak dibaca karena judul kolomnya berbeda: “B”." in table.notes


@pytest.mark.parametrize(
    "word", ["JUMLAH TOTAL", "T O T A L", "Jumlah I", "Rata-rata", "Jumlah Kab. Ngada", "Total (Rp)", "- Sub Total:"]
)
def test_every_usual_word_for_a_total_is_known(tmp_path: Path, word: str) -> None:
    table = read_rows(tmp_path, [*TITLED[3:], [word, None, None, 4000000]])

    assert table.frame.height == 2
    assert "Baris jumlah dilewati: baris 4 (1)." in table.notes


def test_rows_of_a_text_file_with_more_cells_than_the_header_are_told(tmp_path: Path) -> None:
    path = tmp_path / "geser.csv"
    path.write_text("Nama Usaha,Omzet\nContoh Uji,1500000\nContoh Dua,1,500,000\n")

    assert read(path).shifted == (1,)


def test_lines_quoted_as_a_whole_are_unwrapped(tmp_path: Path) -> None:
    path = tmp_path / "bungkus.csv"
    path.write_text('"Nama Usaha,Desa,Omzet"\n"Contoh Uji,Obe Uji,""1.500.000"""\n')

    table = read(path, known_headers=KNOWN)

    assert table.frame.rows() == [("Contoh Uji", "Obe Uji", "1.500.000")]


def test_a_text_file_of_nothing_but_its_mark_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kosong.csv"
    path.write_bytes(b"\xef\xbb\xbf")

    with pytest.raises(UnreadableFile, match="tidak berisi data"):
        read(path)
