"""What a read file is: the table with its row numbers, and the refusal when it cannot be read.

Only the words that the other modules of this package and its callers share. How a file becomes a `Table` is `reading`;
what its values mean (a NIK, a village, rupiah) is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

KEY_HEADER = "_lontar"
"""Header of the hidden column by which a marked workbook recognises its rows when it comes back."""

REMARK_HEADER = "Yang perlu diperbaiki (Lontar)"
"""Header of the column that a marked workbook adds for people; never read back."""

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost. Anything above is refused with a message, never tried.

    `unpacked_bytes` bounds what a zipped workbook holds once decompressed; `ratio` is refused only above
    `ratio_from_bytes`, for small sheets of equal rows compress honestly by a factor of several hundred.
    `memory_bytes` and `seconds` bound the process that reads.
    """

    file_bytes: int = 64 * MEBIBYTE
    unpacked_bytes: int = 2048 * MEBIBYTE
    ratio: int = 250
    ratio_from_bytes: int = 256 * MEBIBYTE
    members: int = 10_000
    rows: int = 1_048_576
    columns: int = 1_024
    memory_bytes: int = 2048 * MEBIBYTE
    seconds: int = 180


class UnreadableFile(Exception):
    """The file cannot become a table.

    `rule` is a stable name for counting and tests (for example `file-macro`); `message` is Indonesian, says what is wrong
    and what to do, and holds no value from the file.
    """

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the sheet has it.

    `name` is its unique name in `Table.frame`; `header` is the text as written (joined by " / " for two header rows, empty
    where the sheet has none); `letter` is Excel's name of the column, for example "C".
    """

    name: str
    header: str
    letter: str


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet of the file. `rows` counts the rows up to the last filled one (`None`: not looked into, hidden)."""

    name: str
    hidden: bool
    rows: int | None
    used: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one or more equal sheets.

    `frame` holds `pl.String` only, one column per `Column`, in the order of the sheet; empty cells are null.
    `row_numbers` (UInt32) is the 1-based number that Excel shows; `row_sheets` (String) names the sheet: a row is
    identified by both. `numeric` has the same columns as Booleans: true where the cell was stored as a number or a date (in ODS
    dates count as text, in CSV everything does).
    `row_keys` (String) is there when the file is a marked workbook that came back. All have `frame.height` rows.
    `shifted` are the rows (0-based) of a text file that have more cells than its header, so that their values may stand in
    the wrong columns.
    Its `repr` shows no value of the file.
    """

    frame: pl.DataFrame = field(repr=False)
    row_numbers: pl.Series = field(repr=False)
    row_sheets: pl.Series = field(repr=False)
    columns: tuple[Column, ...]
    numeric: pl.DataFrame = field(repr=False)
    sheet: str
    sheets: tuple[SheetInfo, ...]
    notes: tuple[str, ...]
    row_keys: pl.Series | None = field(default=None, repr=False)
    shifted: tuple[int, ...] = ()


def column_letter(index: int) -> str:
    """Return Excel's name of the 0-based column: 0 → "A", 26 → "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the 0-based column of Excel's name: "A" → 0, "AA" → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
