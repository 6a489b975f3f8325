"""The workbooks: clean ones that read back as they were, and a hurried one with everything that goes wrong in offices."""

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from tests.engines.test_demo_stand_in import part

from lontar.engines.demo import FILES, HEADERS, Written, write_workbooks
from lontar.engines.demo.workbooks import write_clean


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, ...]:
    return write_workbooks(tmp_path_factory.mktemp("demo") / "new", part())


@pytest.fixture
def folder(written: tuple[Written, ...]) -> Path:
    return written[0].path.parent


def _rows(path: Path, sheet: str = "Data") -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book[sheet].iter_rows(values_only=True))
    book.close()
    return rows


def test_one_workbook_is_written_per_list_and_nothing_else_stays(written: tuple[Written, ...], folder: Path) -> None:
    assert {entry.frame: entry.path.name for entry in written} == FILES
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES.values())
    assert {entry.frame: entry.rows for entry in written}["enterprises"] == 4_032


@pytest.mark.parametrize("name", [name for name in FILES if name != "second"])
def test_a_clean_workbook_reads_back_as_it_was(folder: Path, name: str) -> None:
    frame: pl.DataFrame = getattr(part(), name)

    header, *rows = _rows(folder / FILES[name])

    assert header == HEADERS[name]
    assert len(rows) == frame.height
    expected = [tuple(row) for row in frame.head(200).iter_rows()]
    assert [tuple(_plain(value) for value in row) for row in rows[:200]] == expected


def _plain(value: object) -> object:
    return value.date() if hasattr(value, "date") else value


def test_codes_are_text_cells_in_text_format(folder: Path) -> None:
    codes = ("Kode Desa", "NIK Pemilik", "NIB", "No. HP", "KBLI")
    filled = part().enterprises.with_row_index(offset=2).drop_nulls(codes)["index"][0]
    sheet = openpyxl.load_workbook(folder / FILES["enterprises"])["Data"]
    cells = {cell.value: sheet.cell(row=filled, column=cell.column) for cell in sheet[1]}

    assert {(cells[name].data_type, cells[name].number_format) for name in codes} == {("s", "@")}
    assert (cells["Tahun Mulai"].data_type, cells["Tahun Mulai"].number_format) == ("n", "General")


def test_the_hurried_workbook_has_titles_two_header_rows_and_a_sheet_per_regency(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / FILES["second"])
    sheet = book["Kab. Ngada"]

    assert book.sheetnames == ["Kab. Ngada", "Kab. Sumba Tengah"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:P1", "A2:P2", "H4:J4", "L4:M4"}
    assert [sheet.cell(row=4, column=column).value for column in (1, 8, 9, 12)] == [
        "No",
        "Lokasi Usaha",
        None,
        "Jml TK",
    ]
    assert [sheet.cell(row=5, column=column).value for column in (1, 8, 10, 12, 13)] == [
        None,
        "Desa",
        "Kab/Kota",
        "L",
        "P",
    ]


def test_every_row_of_the_second_list_stands_in_one_sheet_above_a_row_of_sums(folder: Path) -> None:
    found = []
    for name in ("Kab. Ngada", "Kab. Sumba Tengah"):
        *data, last = _rows(folder / FILES["second"], name)[5:]
        assert last[1] == "JUMLAH"
        assert last[11] == sum(row[11] for row in data)
        found += [row[0] for row in data]

    assert sorted(found) == part().second["No"].to_list()


def test_excel_has_damaged_telephones_turnover_and_a_few_niks(folder: Path) -> None:
    rows = {
        row[0]: row
        for name in ("Kab. Ngada", "Kab. Sumba Tengah")
        for row in _rows(folder / FILES["second"], name)[5:-1]
    }
    rounded = part().truth.filter("nik_rounded")["row"].to_list()
    phones = [row[5] for row in rows.values() if isinstance(row[5], int)]
    turnover = [row[13] for row in rows.values() if isinstance(row[13], str)]

    assert rounded
    assert all(isinstance(rows[number][3], int) and rows[number][3] % 10 == 0 for number in rounded)
    assert sum(isinstance(row[3], int) for row in rows.values()) == len(rounded)
    assert {str(number)[:3] for number in phones} == {"844", "628"}
    assert any(text.startswith("Rp ") for text in turnover)


def test_the_same_frame_gives_the_same_bytes(tmp_path: Path) -> None:
    frame = part().schools

    write_clean(tmp_path / "one.xlsx", frame)
    write_clean(tmp_path / "two.xlsx", frame)

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
