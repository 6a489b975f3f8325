"""A workbook that leaves while it is written: read back by two readers, exact, in small pieces."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import fastexcel
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.tabular.export import Kind
from lontar.engines.tabular.flowing import _letters, stream_xlsx

KINDS: tuple[Kind, ...] = ("text", "integer", "money", "decimal", "date", "datetime", "boolean")
HEADER = ["Nama", "Orang", "Omzet (Rp)", "Luas", "Terbit", "Dicatat", "Aktif"]
ROW: list[object] = [
    "Tenun & <Ikat> Contoh", 3, Decimal(48_000_000), Decimal("12.50"), date(2026, 1, 15), datetime(2026, 1, 15, 8, 30), True,
]  # fmt: skip


def book(rows: list[list[object]], kinds: tuple[Kind, ...] = KINDS, header: list[str] = HEADER) -> bytes:
    return b"".join(stream_xlsx(rows, header, kinds=kinds))


def read(content: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_every_kind_of_value_is_read_back_as_itself() -> None:
    head, row, nothing = read(book([ROW, ["Sendiri Contoh", None, None, None, None, "", ""]]))
    assert head == HEADER
    assert row == [
        "Tenun & <Ikat> Contoh", 3, 48_000_000, 12.5, datetime(2026, 1, 15), datetime(2026, 1, 15, 8, 30), "Ya",
    ]  # fmt: skip
    assert nothing == ["Sendiri Contoh", *[None] * 6]


def test_another_reader_reads_the_same() -> None:
    found = fastexcel.read_excel(book([ROW])).load_sheet(0).to_polars()
    assert found.columns == HEADER
    assert found.row(0)[:3] == ("Tenun & <Ikat> Contoh", 3.0, 48_000_000.0)


def test_the_header_stays_in_sight_and_every_column_has_a_filter() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book([ROW, ROW]))).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", "A1:G3", "Data")


def test_what_a_spreadsheet_would_run_or_spoil_stays_text() -> None:
    rows: list[list[object]] = [["=1+1"], ["0812"], ["a\x00b\x0bc"], [" x "], [12345678901234567]]
    found = [row[0] for row in read(book(rows, ("text",), ["Isi"]))[1:]]
    assert found == ["'=1+1", "0812", "abc", " x ", "12345678901234567"]


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5)
)
def test_any_text_comes_back(texts: list[str]) -> None:
    found = [row[0] for row in read(book([[f"x{text}"] for text in texts], ("text",), ["Isi"]))[1:]]
    assert found == [f"x{text}" for text in texts]


def test_the_first_piece_leaves_before_the_rows_are_there() -> None:
    asked: list[int] = []

    def rows() -> object:
        for number in range(10_000):
            asked.append(number)
            yield [f"Contoh {number}"]

    pieces = stream_xlsx(rows(), ["Nama"], kinds=("text",))  # type: ignore[arg-type]  # a generator of lists
    assert len(next(pieces)) > 500
    assert asked == []
    assert len(read(b"".join([b"", *stream_xlsx(rows(), ["Nama"], kinds=("text",))]))) == 10_001  # type: ignore[arg-type]  # as above
    assert max(len(piece) for piece in pieces) < 200_000


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [_letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_as_many_kinds_as_headers() -> None:
    with pytest.raises(ValueError, match="2 headers but 1 kinds"):
        list(stream_xlsx([], ["a", "b"], kinds=("text",)))
