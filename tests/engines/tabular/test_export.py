"""Rows going out: safe in a spreadsheet, exact when read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.tabular import neutralise, parse_table, stream_csv, write_xlsx_rows
from lontar.engines.tabular.export import Kind
from lontar.engines.tabular.neutral import neutralised

FORMULAS = ["=2+2", "+62812", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "-1-1", "=HYPERLINK(0)"]
HARMLESS = ["Contoh Uji", "0812", "-8.65", "-1.500.000", "-3", "a=b", "", "'x", " =1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_texts_that_a_spreadsheet_would_run_get_an_apostrophe(text: str) -> None:
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_texts_and_negative_numbers_stay(text: str) -> None:
    assert neutralise(text) == text


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=5),
    st.sampled_from("=+-@\t\r\n8"),
)
def test_both_ways_of_neutralising_agree(texts: list[str], start: str) -> None:
    values = [*texts, *(start + text for text in texts)]
    frame = pl.DataFrame({"a": pl.Series(values, dtype=pl.String)})

    assert frame.select(neutralised("a"))["a"].to_list() == [neutralise(value) for value in values]


HEADER = ["NIK", "Nama", "Omzet", "Luas", "Tanggal", "Saat", "Aktif"]
ROW = [
    "5303010101900001",
    "=Contoh; Uji",
    Decimal("-1500000.50"),
    1.5,
    date(2025, 11, 27),
    datetime(2025, 11, 27, 13, 5),
    True,
]


def _lines(pieces: list[bytes], delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_csv_of_rows_is_neutral_and_exact() -> None:
    pieces = list(stream_csv([ROW, [None] * 7], HEADER))

    assert pieces[0] == b"\xef\xbb\xbfNIK,Nama,Omzet,Luas,Tanggal,Saat,Aktif\r\n"
    assert _lines(pieces, ",")[1:] == [
        ["5303010101900001", "'=Contoh; Uji", "-1500000.50", "1.5", "2025-11-27", "2025-11-27 13:05:00", "Ya"],
        [""] * 7,
    ]


def test_csv_with_semicolons_writes_decimal_commas_as_indonesian_excel_expects() -> None:
    pieces = list(stream_csv([ROW], HEADER, delimiter=";", bom=False))

    assert pieces[0].startswith(b"NIK;Nama")
    assert _lines(pieces, ";")[1] == [
        "5303010101900001",
        "'=Contoh; Uji",
        "-1500000,50",
        "1,5",
        "2025-11-27",
        "2025-11-27 13:05:00",
        "Ya",
    ]


def test_csv_of_a_frame_is_the_same_as_of_its_rows() -> None:
    rows: list[list[object]] = [[*ROW[:2], -1500000, *ROW[3:]], ["0001", "-8.65", None, -2.5, None, None, False]]
    frame = pl.DataFrame(rows, schema=HEADER, orient="row")

    delimiters: tuple[Literal[",", ";"], ...] = (",", ";")
    for delimiter in delimiters:
        by_frame = _lines(list(stream_csv(frame, HEADER, delimiter=delimiter)), delimiter)
        by_rows = _lines(list(stream_csv(rows, HEADER, delimiter=delimiter)), delimiter)
        assert by_frame == by_rows


def test_csv_leaves_in_pieces_of_which_the_first_are_small() -> None:
    def rows() -> Iterator[list[object]]:
        for number in range(1_000_000):
            taken.append(number)
            yield [number]

    taken: list[int] = []
    pieces = stream_csv(rows(), ["No"])

    next(pieces)
    next(pieces)

    assert len(taken) == 500


def test_xlsx_keeps_codes_as_text_and_amounts_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "ekspor.xlsx"
    kinds: Sequence[Kind] = ("text", "text", "money", "decimal", "date", "datetime", "boolean")
    with path.open("wb") as file:
        count = write_xlsx_rows(
            file, HEADER, [ROW, [None] * 7, ["00012", "-5", 5303010101900001, -2.5, None, None, False]], kinds=kinds
        )

    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert count == 3
    assert cells[0] == HEADER
    assert cells[1] == [
        "5303010101900001",
        "'=Contoh; Uji",
        -1500000.5,
        1.5,
        datetime(2025, 11, 27),
        datetime(2025, 11, 27, 13, 5),
        "Ya",
    ]
    assert cells[3] == ["00012", "-5", "5303010101900001", -2.5, None, None, "Tidak"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["C2"].number_format == '"Rp" #,##0'
    assert sheet.freeze_panes == "A2"


def test_xlsx_refuses_kinds_that_do_not_fit_the_header() -> None:
    with pytest.raises(ValueError, match="2 headers but 1 kinds"):
        write_xlsx_rows(io.BytesIO(), ["a", "b"], [], kinds=["text"])


def test_an_export_read_back_is_what_went_out(tmp_path: Path) -> None:
    rows: list[list[object]] = [[text, "Contoh Uji"] for text in ["=2+2", "+62812", "-8.65", "0812", "@x"]]
    (tmp_path / "a.csv").write_bytes(b"".join(stream_csv(rows, ["Nilai", "Nama"])))
    with (tmp_path / "a.xlsx").open("wb") as file:
        write_xlsx_rows(file, ["Nilai", "Nama"], rows, kinds=["text", "text"])

    for name in ("a.csv", "a.xlsx"):
        table = parse_table(tmp_path / name, filename=name, known_headers=["Nilai", "Nama"])
        assert table.frame["Nilai"].to_list() == ["=2+2", "+62812", "-8.65", "0812", "@x"]
