"""What the mapping screen is told about a column, without showing whose numbers they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engines.tabular.files import Rows, xlsx

from lontar.engines.tabular import mask, parse_table, profile_columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5303010101900001", "5303********0001"),
        ("NIK 5303010101900001.", "NIK 5303********0001."),
        ("081234567890", "0812******90"),
        ("+62 812-3456-7890", "+62 ***********90"),
        ("81234567890", "8123*****90"),
        ("contoh.uji@example.com", "c***@example.com"),
        ("Contoh Uji", "Contoh Uji"),
        ("1500000", "1500000"),
        ("53.12.04.2003", "53.12.04.2003"),
        ("1234567890123", "1234567890123"),
    ],
)
def test_numbers_of_people_are_masked(text: str, shown: str) -> None:
    assert mask(text) == shown


def test_columns_are_described(tmp_path: Path) -> None:
    rows: Rows = [
        ["NIK", "Nama", "Omzet", "Kosong"],
        ["5303010101900001", "Contoh Uji", 1500000],
        ["5303010101900002", "Contoh Uji", "1.500.000"],
        ["5303010101900003", "Dua", "banyak"],
    ]

    nik, name, turnover, empty = profile_columns(parse_table(xlsx(tmp_path / "a.xlsx", rows), filename="a.xlsx"))

    assert (nik.name, nik.letter, nik.filled, nik.distinct, nik.longest) == ("NIK", "A", 3, 3, 16)
    assert nik.examples == ("5303********0001", "5303********0002", "5303********0003")
    assert (name.filled, name.distinct, name.numeric_share, name.examples) == (3, 2, 0.0, ("Contoh Uji", "Dua"))
    assert (turnover.numeric_share, turnover.longest) == (0.6667, 9)
    assert (empty.name, empty.letter, empty.filled, empty.distinct, empty.longest, empty.examples) == (
        "Kosong",
        "D",
        0,
        0,
        0,
        (),
    )
