"""Numbers and codes of a row as they can be compared: telephone, NIK, NIB, village, year of birth, KBLI, sex.

Each is an expression over one text column that gives null where the cell says nothing that can be compared. Nothing
here judges whether a number is right (`identifiers` does, where lists come in): a number with a slip still helps to
find its like.
"""

from collections.abc import Callable
from typing import Final

import polars as pl

from lontar.engines.linkage.arrays import Ints
from lontar.engines.linkage.wording import changed

_WOMEN: Final = "p|pr|prp|perempuan|wanita|w|f|female|2"
_MEN: Final = "l|lk|lki|laki|laki-laki|laki laki|pria|m|male|1"
#: Years of birth that a living owner can have; anything else is no year.
_OLDEST, _YOUNGEST = 1900, 2020
_EXPONENT: Final = r"^\s*([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})\s*$"
#: After the first two digits one and the same to the end.
_SAME: Final = "^..(?:" + "|".join(f"{digit}*" for digit in range(10)) + ")$"


def digits(cells: pl.Series) -> pl.Series:
    """The digits of cells; a tail `.0` that a spreadsheet left is none of them. Null where there is no digit."""
    return changed(_written_out(cells), where=r"^$|[^0-9]", by=_digits)


def _written_out(cells: pl.Series) -> pl.Series:
    """Numbers that a spreadsheet wrote with an exponent (5.30902010180001E+15) in full; blank where it kept too few digits."""

    def whole(cell: pl.Expr) -> pl.Expr:
        kept = cell.str.extract(_EXPONENT, 1) + cell.str.extract(_EXPONENT, 2).fill_null("")
        size = cell.str.extract(_EXPONENT, 3).cast(pl.UInt32, strict=False) + 1
        # One digit that is lost to rounding is a slip; more are a guess.
        enough = (kept.str.len_bytes() <= size) & (kept.str.len_bytes() + 1 >= size)
        return pl.when(enough).then(kept.str.pad_end(17, "0").str.head(size)).otherwise(pl.lit(""))

    return changed(cells, where=_EXPONENT, by=whole)


def phone(cells: pl.Series) -> pl.Series:
    """National numbers without 0 or +62: the first that each cell holds; null below eight digits or when all are the same."""

    def national(cell: pl.Expr) -> pl.Expr:
        first = cell.str.strip_chars().str.replace(r"[.,]0+$", "").str.replace(r"[;/].*$", "")
        return first.str.replace_all(r"[^0-9]", "").str.replace(r"^(?:00)?62", "")

    found = changed(_written_out(cells), where=r"^(?:00)?62|[^0-9]", by=national).str.strip_chars_start("0")
    return _telling(found, least=8)


def nik(cells: pl.Series) -> pl.Series:
    """NIK of 16 digits, or of 15 or 17 (a slip still helps); null otherwise, and for fillers such as 0000…"""
    return _telling(digits(cells), least=15, most=17)


def nib(cells: pl.Series) -> pl.Series:
    """NIB of 13 digits, with slips of one digit more or less."""
    return _telling(digits(cells), least=12, most=14)


def _telling(found: pl.Series, *, least: int, most: int = 99) -> pl.Series:
    """Nothing is told by a number of another length, nor by one whose digits are all the same after the first two."""
    cell = pl.col("cell")
    told = pl.when(cell.str.len_bytes().is_between(least, most) & ~cell.str.contains(_SAME)).then(cell)
    return found.to_frame("cell").select(told).to_series()


def valued(found: pl.Series) -> Ints:
    """Digits as whole numbers that tell apart what the digits do (of more than 17 only the end counts); -1 for null."""
    cell = pl.col("cell")
    value = cell.str.tail(17).cast(pl.Int64) + cell.str.len_bytes().clip(upper_bound=50).cast(pl.Int64) * 10**17
    told: Ints = found.to_frame("cell").select(value.fill_null(-1)).to_series().to_numpy()
    return told


def once(cells: pl.Series, read: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """What `read` makes of each cell, read once per distinct cell."""
    distinct = cells.unique().to_frame("cell")
    told = distinct.with_columns(told=read(pl.col("cell")))
    return cells.to_frame("cell").join(told, on="cell", how="left", nulls_equal=True, maintain_order="left")["told"]


def _digits(cell: pl.Expr) -> pl.Expr:
    found = cell.str.strip_chars().str.replace(r"[.,]0+$", "").str.replace_all(r"[^0-9]", "")
    return pl.when(found != "").then(found)


def village(cell: pl.Expr) -> pl.Expr:
    """Ten digits of a village, or the six or four of a kecamatan or kabupaten where the list knows no more."""
    found = _digits(cell)
    return (
        pl.when(found.str.len_chars() >= 10)
        .then(found.str.head(10))
        .when(found.str.len_chars().is_in([4, 6]))
        .then(found)
    )


def year(cell: pl.Expr) -> pl.Expr:
    """Year of birth as Int16: the four digits of a year, also out of a whole date; null outside 1900–2020."""
    found = cell.str.extract(r"((?:19|20)[0-9]{2})").cast(pl.Int16, strict=False)
    return pl.when(found.is_between(_OLDEST, _YOUNGEST)).then(found)


def kbli(cell: pl.Expr) -> pl.Expr:
    """KBLI code: two to five digits."""
    found = _digits(cell)
    return pl.when(found.str.len_chars().is_between(2, 5)).then(found)


def woman(cell: pl.Expr) -> pl.Expr:
    """True for a woman, False for a man, null where the cell says neither."""
    text = cell.str.strip_chars().str.to_lowercase()
    return (
        pl.when(text.str.contains(rf"^(?:{_WOMEN})\.?$"))
        .then(True)
        .when(text.str.contains(rf"^(?:{_MEN})\.?$"))
        .then(False)
    )


def birth_of_nik(number: pl.Expr) -> pl.Expr:
    """Year of birth that a NIK of 16 digits says: the latest past century (owners are older than 8 years in 2020)."""
    short = number.str.slice(10, 2).cast(pl.Int16, strict=False)
    return pl.when(number.str.len_chars() == 16).then(pl.when(short <= 12).then(short + 2000).otherwise(short + 1900))


def woman_of_nik(number: pl.Expr) -> pl.Expr:
    """Sex that a NIK of 16 digits says: women have forty added to the day."""
    day = number.str.slice(6, 2).cast(pl.Int16, strict=False)
    known = (number.str.len_chars() == 16) & (day.is_between(1, 31) | day.is_between(41, 71))
    return pl.when(known).then(day > 40)
