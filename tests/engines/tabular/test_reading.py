"""Values as people see them, from every format, in this process."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.tabular.files import ods, text_cell, xls, xlsx, xlsx_of_xml

from lontar.engines.tabular import Table, UnreadableFile, parse_table

HEAD = ["NIK", "Nama", "No. HP", "Omzet", "Tanggal"]


def read(path: Path, **options: Any) -> Table:
    return parse_table(path, filename=path.name, **options)


def test_numbers_texts_and_dates_of_xlsx_are_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "nilai.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Isi", "Sebut"])
        shown = {key: book.add_format({"num_format": code}) for key, code in FORMATS.items()}
        for row, (value, style, _, _) in enumerate(VALUES, start=1):
            cell_style = shown[style] if style else None
            if isinstance(value, str):
                sheet.write_string(row, 0, value)
            elif isinstance(value, bool):
                sheet.write_boolean(row, 0, value)
            elif isinstance(value, date | time):
                sheet.write_datetime(row, 0, value, cell_style)
            else:
                sheet.write_number(row, 0, value, cell_style)
            sheet.write_string(row, 1, f"baris {row}")

    table = read(path)

    assert table.frame["Isi"].to_list() == [seen for _, _, seen, _ in VALUES]
    assert table.numeric["Isi"].to_list() == [number for _, _, _, number in VALUES]
    assert table.row_numbers.to_list() == list(range(2, len(VALUES) + 2))


FORMATS = {
    "day": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
    "time": "hh:mm",
    "named": "[$-421]dd mmmm yyyy;@",
    "percent": "0%",
    "percent2": "0.00%",
    "zeros": "0000000000",
    "thousands": "#,##0",
    "rupiah": '"Rp" #,##0',
}
VALUES: list[tuple[object, str, str | None, bool]] = [
    ("5303011234560001", "", "5303011234560001", False),
    (5303011234560001, "", "5303011234560001", True),
    (153030112345600, "", "153030112345600", True),
    ("0812345678", "", "0812345678", False),
    (812345678, "", "812345678", True),
    (1.5, "", "1.5", True),
    (29.020000000000003, "", "29.02", True),
    (999999999999.995, "", "999999999999.995", True),
    (100000000.1, "", "100000000.1", True),
    (1e15, "", "1000000000000000", True),
    (-5, "", "-5", True),
    (-0.0, "", "0", True),
    (-8.657381, "", "-8.657381", True),
    (True, "", "TRUE", False),
    ("true", "", "true", False),
    (date(2025, 11, 27), "day", "2025-11-27", True),
    (45988, "named", "2025-11-27", True),
    (datetime(2025, 11, 27, 13, 5), "moment", "2025-11-27 13:05", True),
    (datetime(2025, 11, 27, 13, 5, 7), "moment", "2025-11-27 13:05:07", True),
    (time(8, 30), "time", "08:30", True),
    ("2025-11-27", "", "2025-11-27", False),
    (0.12, "percent", "12%", True),
    (0.125, "percent2", "12.5%", True),
    (81234, "zeros", "0000081234", True),
    (1500000, "thousands", "1500000", True),
    (1500000, "rupiah", "1500000", True),
    ("1.500.000", "", "1.500.000", False),
    ("  Contoh Uji \u00a0", "", "Contoh Uji", False),
    (" \u00a0 ", "", None, False),
    ("'0812345678", "", "0812345678", False),
    ("'=2+2", "", "=2+2", False),
    ("'nda", "", "'nda", False),
    ("Jl. Lontar\nRT 01", "", "Jl. Lontar\nRT 01", False),
]


def test_a_column_partly_text_and_partly_number_tells_which_is_which(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "nik.xlsx", [["NIK", "Nama"], ["5303010101900001", "Contoh Uji"], [5303010101900001, "Contoh Dua"]]
    )

    table = read(path)

    assert table.frame["NIK"].to_list() == ["5303010101900001", "5303010101900001"]
    assert table.numeric["NIK"].to_list() == [False, True]


def test_formula_results_are_used_and_missing_or_failed_ones_are_told(tmp_path: Path) -> None:
    rows = f'<row r="1">{text_cell("A1", "Nama")}{text_cell("B1", "Jumlah")}{text_cell("C1", "Desa")}</row>'
    rows += f'<row r="2">{text_cell("A2", "Contoh Uji")}<c r="B2"><f>1+1</f><v>2</v></c>{text_cell("C2", "Obe")}</row>'
    rows += f'<row r="3">{text_cell("A3", "Contoh Dua")}<c r="B3"><f>1+2</f></c>'
    rows += '<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    rows += f'<row r="4">{text_cell("A4", "Contoh Tiga")}<c r="B4"><f>1+3</f><v></v></c>'
    rows += '<c r="C4" t="str"><f>""</f><v></v></c></row>'

    table = read(xlsx_of_xml(tmp_path / "rumus.xlsx", rows))

    assert table.frame["Jumlah"].to_list() == ["2", None, None]
    assert table.frame["Desa"].to_list() == ["Obe", "#DIV/0!", None]
    assert any(note.startswith("2 rumus tersimpan tanpa hasil (mulai B3)") for note in table.notes)
    assert "1 sel berisi galat, misalnya #DIV/0! di C3." in table.notes


def test_empty_columns_go_and_letters_stay_those_of_the_sheet(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "kolom.xlsx", [[None, "Nama", None, "Desa", "Nama"], [None, "Contoh Uji", None, "Obe", "Kopi"]]
    )

    table = read(path)

    assert [(column.name, column.header, column.letter) for column in table.columns] == [
        ("Nama", "Nama", "B"),
        ("Desa", "Desa", "D"),
        ("Nama (2)", "Nama", "E"),
    ]
    assert "Judul kolom kembar diberi nomor: Nama (2)." in table.notes
    assert table.frame.row(0) == ("Contoh Uji", "Obe", "Kopi")


def test_a_cell_without_a_header_stays_and_its_rows_are_told(tmp_path: Path) -> None:
    path = tmp_path / "lebih.csv"
    path.write_text("nama,desa\nContoh Uji,Obe\nContoh, Dua,Obe\n", encoding="utf-8")

    table = read(path)

    assert table.frame.columns == ["nama", "desa", "Kolom C"]
    assert table.frame["Kolom C"].to_list() == [None, "Obe"]
    assert any(note.startswith("Ada sel lebih banyak daripada judul kolom di baris 3 (1)") for note in table.notes)


def test_xls_of_excel_97_is_read(tmp_path: Path) -> None:
    path = xls(
        tmp_path / "lama.xls",
        [HEAD, ["5303010101900001", "Contoh Uji", "0812", 1500000], [5303010101900001, "Dua", None, 1.5]],
    )

    table = read(path)

    assert table.frame["NIK"].to_list() == ["5303010101900001", "5303010101900001"]
    assert table.numeric["NIK"].to_list() == [False, True]
    assert table.frame["No. HP"].to_list() == ["0812", None]
    assert table.frame["Omzet"].to_list() == ["1500000", "1.5"]
    assert table.sheet == "Data"


def test_ods_is_read(tmp_path: Path) -> None:
    path = ods(
        tmp_path / "data.ods",
        [["NIK", "Nama", "Omzet"], ["5303010101900001", "Uji", 1500000], [5303010101900002, "Dua", 1.5]],
    )

    table = read(path)

    assert table.frame.rows() == [("5303010101900001", "Uji", "1500000"), ("5303010101900002", "Dua", "1.5")]
    assert table.numeric["NIK"].to_list() == [False, True]


def test_what_libreoffice_adds_to_an_ods_is_understood(tmp_path: Path) -> None:
    """Repeated empty cells to the sheet's edge, dates, percentages, truth values."""
    path = ods(tmp_path / "data.ods", [["Nama", "Tanggal", "Untung", "Aktif"]])
    values = '<table:table-cell office:value-type="string"><text:p>Contoh Uji</text:p></table:table-cell>'
    values += '<table:table-cell office:value-type="date" office:date-value="2025-11-27"/>'
    values += (
        '<table:table-cell office:value-type="percentage" office:value="0.12"><text:p>12%</text:p></table:table-cell>'
    )
    values += '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>B</text:p></table:table-cell>'
    values += '<table:table-cell table:number-columns-repeated="16380"/>'
    empty = '<table:table-row table:number-rows-repeated="1048574">'
    empty += '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    with zipfile.ZipFile(path) as zipped:
        members = {name: zipped.read(name).decode() for name in zipped.namelist()}
    rows = f"<table:table-row>{values}</table:table-row>{empty}</table:table>"
    members["content.xml"] = members["content.xml"].replace("</table:table>", rows)
    with zipfile.ZipFile(path, "w") as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)

    table = read(path)

    assert table.frame.rows() == [("Contoh Uji", "2025-11-27", "0.12", "TRUE")]
    assert table.numeric.rows() == [(False, False, True, False)]


HTML = """<html><head><style>td {mso-number-format:"\\@"}</style></head><body><table><tr><td>Menu</td></tr></table>
<table border=1><tr><th rowspan=2>No</th><th rowspan=2>Nama Usaha<th colspan=2>Tenaga Kerja</th></tr>
<tr><th>Dibayar</th><th>Tidak Dibayar</th></tr>
<tr><td>1</td><td>Contoh &amp; Kawan<br>Jaya</td><td>2</td><td>0812&nbsp;</td></tr></table></body></html>"""


def test_a_web_page_named_xls_is_read_with_its_spanning_headers(tmp_path: Path) -> None:
    path = tmp_path / "ekspor.xls"
    path.write_text(HTML, encoding="utf-8")

    table = read(path)

    assert table.frame.columns == ["No", "Nama Usaha", "Tenaga Kerja / Dibayar", "Tenaga Kerja / Tidak Dibayar"]
    assert table.frame.rows() == [("1", "Contoh & Kawan Jaya", "2", "0812")]
    assert "Berkas ini halaman web yang bernama Excel; tabel terbesarnya yang dibaca." in table.notes


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_files_of_every_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "data.csv"
    lines = [
        ["Nama", "No. HP", "Alamat"],
        ["Café Ñusa", "0812345678", f'"Jl. Lontar{separator} No. 1"'],
        ["Contoh Uji", "", "Obe"],
    ]
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))

    table = read(path)

    assert table.frame.columns == ["Nama", "No. HP", "Alamat"]
    assert table.frame.rows() == [
        ("Café Ñusa", "0812345678", f"Jl. Lontar{separator} No. 1"),
        ("Contoh Uji", None, "Obe"),
    ]
    assert not table.numeric.select(pl.any_horizontal(pl.all())).to_series().any()
    told = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "cp1252": "Windows-1252"}.get(encoding)
    assert any("Pengodean teks" in note for note in table.notes) == (told is not None)
    assert told is None or f"Pengodean teks: {told}." in table.notes


def test_csv_rows_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(b'sep=;\r\nNama;Alamat\r\n"Contoh";"baris satu\nbaris dua"\r\n\r\nDua;Obe\r\n')

    table = read(path)

    assert table.frame.rows() == [("Contoh", "baris satu\nbaris dua"), ("Dua", "Obe")]
    assert table.row_numbers.to_list() == [3, 5]


def test_utf8_with_a_stray_windows_byte_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes("Nama,Desa\nCafé Añeja,Ñusa\n".encode() + "René,Obe\n".encode("cp1252"))

    table = read(path)

    assert table.frame.rows() == [("Café Añeja", "Ñusa"), ("René", "Obe")]
    assert any("1 huruf rusak" in note for note in table.notes)


def test_a_file_of_one_column_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("Nama Desa\nObe\nFafinesu, A\n", encoding="utf-8")

    table = read(path)

    assert table.frame.columns == ["Nama Desa"]
    assert table.frame["Nama Desa"].to_list() == ["Obe", "Fafinesu, A"]
    assert table.notes == ()


def test_csv_named_xlsx_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    path.write_text("Nama;Desa\nContoh Uji;Obe\n", encoding="utf-8")

    table = read(path)

    assert table.frame.rows() == [("Contoh Uji", "Obe")]
    assert table.notes[0] == "Berkas ini bernama Excel, tetapi isinya teks CSV; dibaca sebagai CSV."


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            *[st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)] * 3
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_survives_the_way_through_csv(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "data.csv"
    head = ("Nama Usaha", "Nama Desa", "Keterangan")
    lines = [head, *(tuple(f"x{value}x" for value in row) for row in rows)]
    path.write_text(
        "\n".join(",".join('"' + value.replace('"', '""') + '"' for value in line) for line in lines), encoding="utf-8"
    )

    table = read(path, known_headers=head)

    assert table.frame.rows() == lines[1:]


def test_an_unknown_sheet_is_refused_with_the_ones_there_are(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "data.xlsx", [["Nama", "Desa"], ["Contoh Uji", "Obe"]])

    with pytest.raises(UnreadableFile) as refusal:
        read(path, sheet="Lain")

    assert refusal.value.rule == "sheet-unknown"
    assert "“Data”" in refusal.value.message
