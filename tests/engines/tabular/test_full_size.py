"""The size of the province: 168,002 enterprises of 20 columns, there and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from tests.engines.tabular.files import text_cell, xlsx_of_xml

from lontar.engines.tabular import Limits, Mark, Table, read_table, stream_csv, write_marked
from lontar.engines.tabular.table import MEBIBYTE, column_letter

ROWS = 168_002
TEXTS = 16
HEAD = [f"Kolom Teks {at}" for at in range(TEXTS)] + [f"Angka {at}" for at in range(4)]


def _lines() -> Iterator[str]:
    letters = [column_letter(at) for at in range(20)]
    yield (
        '<row r="1">'
        + "".join(text_cell(f"{letter}1", name) for letter, name in zip(letters, HEAD, strict=True))
        + "</row>"
    )
    for row in range(2, ROWS + 2):
        texts = "".join(text_cell(f"{letter}{row}", f"0{row}{at}") for at, letter in enumerate(letters[:TEXTS]))
        numbers = "".join(
            f'<c r="{letter}{row}"><v>{row * 10 + at}</v></c>' for at, letter in enumerate(letters[TEXTS:])
        )
        yield f'<row r="{row}">{texts}{numbers}</row>'


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """Read within one and a half gibibytes of address space, which bounds the memory in use below that."""
    path = xlsx_of_xml(tmp_path_factory.mktemp("provinsi") / "provinsi.xlsx", "".join(_lines()))
    return read_table(path, filename="provinsi.xlsx", limits=Limits(memory_bytes=1536 * MEBIBYTE))


@pytest.mark.slow
def test_every_cell_of_the_province_is_read(table: Table) -> None:
    numbers = pl.Series(range(2, ROWS + 2))
    expected: list[pl.Expr | pl.Series] = [pl.format("0{}{}", numbers, pl.lit(at)) for at in range(TEXTS)]
    expected += [(numbers * 10 + at).cast(pl.String) for at in range(4)]

    assert table.frame.equals(
        pl.DataFrame(
            pl.select(expression).to_series().alias(name) for expression, name in zip(expected, HEAD, strict=True)
        )
    )
    assert table.row_numbers.to_list() == list(range(2, ROWS + 2))
    assert table.numeric.select(pl.all().sum()).row(0) == (0,) * TEXTS + (ROWS,) * 4


@pytest.mark.slow
def test_the_marked_workbook_of_the_province_comes_back_unchanged(tmp_path: Path, table: Table) -> None:
    keys = pl.Series("row_keys", range(ROWS)).cast(pl.String)
    marks = [
        Mark("Data", row, HEAD[row % 20], "error", "Contoh pesan.", rule=f"Aturan {row % 7}")
        for row in range(2, ROWS, ROWS // 5000)
    ]

    write_marked(tmp_path / "tanda.xlsx", table, marks=marks, row_keys=keys)

    again = read_table(tmp_path / "tanda.xlsx", filename="tanda.xlsx")
    assert again.frame.equals(table.frame)
    assert again.numeric.equals(table.numeric)
    assert again.row_keys is not None
    assert again.row_keys.equals(keys)


@pytest.mark.slow
def test_the_csv_of_the_province_has_every_row(table: Table) -> None:
    written = b"".join(stream_csv(table.frame, table.frame.columns, bom=False))

    assert written.count(b"\r\n") == ROWS + 1
    assert written.splitlines()[-1] == ",".join(table.frame.row(ROWS - 1)).encode()
