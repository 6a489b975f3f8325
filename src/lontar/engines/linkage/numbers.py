"""Numbers and codes of a row as they can be compared: telephone, NIK, NIB, village, year of birth, KBLI, sex.

Each is an expression over one text column that gives null where the cell says nothing that can be compared. Nothing
here judges whether a number is right (`identifiers` does, where lists come in): a number with a slip still helps to
find its like.
"""

from typing import Final

import polars as pl

_WOMEN: Final = "p|pr|prp|perempuan|wanita|w|f|female|2"
_MEN: Final = "l|lk|lki|laki|laki-laki|laki laki|pria|m|male|1"
#: Years of birth that a living owner can have; anything else is no year.
_OLDEST, _YOUNGEST = 1900, 2020


def digits(cell: pl.Expr) -> pl.Expr:
    """The digits of a cell; a tail `.0` that a spreadsheet left is none of them. Null where there is no digit."""
    found = cell.str.strip_chars().str.replace(r"[.,]0+$", "").str.replace_all(r"[^0-9]", "")
    return pl.when(found != "").then(found)


def phone(cell: pl.Expr) -> pl.Expr:
    """National number without 0 or +62: the first that the cell holds; null below eight digits or when all are the same."""
    first = cell.str.strip_chars().str.replace(r"[.,]0+$", "").str.split(";").list.first().str.split("/").list.first()
    found = first.str.replace_all(r"[^0-9]", "").str.replace(r"^(?:00)?62", "").str.strip_chars_start("0")
    return _telling(found, found.str.len_chars() >= 8)


def nik(cell: pl.Expr) -> pl.Expr:
    """NIK of 16 digits, or of 15 or 17 (a slip still helps); null otherwise, and for fillers such as 0000…"""
    found = digits(cell)
    return _telling(found, found.str.len_chars().is_between(15, 17))


def nib(cell: pl.Expr) -> pl.Expr:
    """NIB of 13 digits, with slips of one digit more or less."""
    found = digits(cell)
    return _telling(found, found.str.len_chars().is_between(12, 14))


def _telling(found: pl.Expr, long_enough: pl.Expr) -> pl.Expr:
    """Nothing is told by a number whose digits are all the same after the first two."""
    tail = found.str.slice(2)
    return pl.when(long_enough & (tail.str.strip_chars(tail.str.head(1)) != "")).then(found)


def village(cell: pl.Expr) -> pl.Expr:
    """Ten digits of a village, or the six or four of a kecamatan or kabupaten where the list knows no more."""
    found = digits(cell)
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
    found = digits(cell)
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
