"""A list made ready for matching: every column that may be there, read once into what can be compared.

Columns of a list are those of `COLUMNS`, text or numbers, any of them blank or absent (but `id`). What two rows
have to do with one another is left to `keys` (which pairs are looked at) and to what weighs them.
"""

from typing import Final

import polars as pl

from lontar.engines.linkage import numbers, people, trades
from lontar.engines.linkage.portions import at_once
from lontar.engines.linkage.spelling import heard

#: What a list may carry; only `id` must be there.
COLUMNS: Final = (
    "id",
    "owner_name",
    "business_name",
    "village_code",
    "phone",
    "nib",
    "nik",
    "birth_year",
    "kbli",
    "sex",
)


class ListProblem(ValueError):
    """A list that cannot be matched; the message names column, row, value and cure, in Indonesian."""


def checked(frame: pl.DataFrame) -> pl.DataFrame:
    """The list with all of `COLUMNS` as text, blanks null, in their order; other columns are left out.

    Raises `ListProblem` where the column `id` is absent, a cell of it is blank, or a value stands twice in it.
    """
    if "id" not in frame.columns:
        raise ListProblem("Kolom id tidak ada. Tambahkan kolom id yang berisi nomor unik setiap baris.")
    texts = frame.select(
        (pl.col(name).cast(pl.String) if name in frame.columns else pl.lit(None, dtype=pl.String)).alias(name)
        for name in COLUMNS
    )
    blank = pl.all().str.strip_chars()
    texts = texts.with_columns(blank).with_columns(pl.when(pl.all() != "").then(pl.all()))
    ids = texts["id"]
    if ids.null_count():
        row = int(ids.is_null().arg_true()[0]) + 2
        raise ListProblem(f"Kolom id, baris {row}: kosong. Isi dengan nomor unik.")
    if ids.n_unique() < len(ids):
        row = int(ids.is_first_distinct().not_().arg_true()[0])
        raise ListProblem(
            f"Kolom id, baris {row + 2}: nilai {ids[row]!r} sudah dipakai baris lain. Beri setiap baris id sendiri."
        )
    return texts


def prepared(frame: pl.DataFrame, *, first: int = 0) -> pl.DataFrame:
    """The rows of a `checked` list as they are compared, numbered from `first`.

    `row` UInt32; `name`, `trade` (plain words); `heard`, `trade_heard` (lists of words as they sound); `name_key`,
    `trade_key` (the same words sorted, joined; null where none); `given`, `clan` (first and last word heard); `is_group`;
    `village` with `district` and `regency`; `phone`, `nik`, `nib`, `kbli` (digits); `born` Int16; `woman` Boolean.
    A NIK fills year of birth and sex where they are blank.
    """
    names, boards, read = at_once(lambda: _names(frame), lambda: _boards(frame), lambda: _numbers(frame))
    read = pl.concat([read, names, boards], how="horizontal")
    return read.with_row_index("row", offset=first).with_columns(
        district=pl.when(pl.col("village").str.len_chars() >= 6).then(pl.col("village").str.head(6)),
        regency=pl.col("village").str.head(4),
        born=pl.coalesce("born", numbers.birth_of_nik(pl.col("nik"))),
        woman=pl.coalesce("woman", numbers.woman_of_nik(pl.col("nik"))),
    )


def _names(frame: pl.DataFrame) -> pl.DataFrame:
    names = people.plain_names(frame["owner_name"]).alias("name")
    told = pl.DataFrame({"name": names, "heard": heard(names)})
    words = pl.col("heard")
    return told.with_columns(name_key=_key(words), given=words.list.first(), clan=words.list.last())


def _boards(frame: pl.DataFrame) -> pl.DataFrame:
    told = trades.plain_trades(frame["business_name"])
    boards = told.select("is_group", trade="plain", trade_heard=heard(told["plain"]))
    return boards.with_columns(trade_key=_key(pl.col("trade_heard")))


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        village=numbers.village(pl.col("village_code")),
        phone=numbers.phone(pl.col("phone")),
        nik=numbers.nik(pl.col("nik")),
        nib=numbers.nib(pl.col("nib")),
        born=numbers.year(pl.col("birth_year")),
        kbli=numbers.kbli(pl.col("kbli")),
        woman=numbers.woman(pl.col("sex")),
    )


def _key(words: pl.Expr) -> pl.Expr:
    joined = words.list.sort().list.join(" ")
    return pl.when(joined != "").then(joined)
