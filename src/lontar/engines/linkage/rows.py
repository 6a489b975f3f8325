"""A list made ready for matching: every column that may be there, read once into what can be compared.

Columns of a list are those of `COLUMNS`, text or numbers, any of them blank or absent (but `id`). What two rows
have to do with one another is left to `keys` (which pairs are looked at) and to what weighs them.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.linkage import numbers, people, trades
from lontar.engines.linkage.arrays import Narrow
from lontar.engines.linkage.portions import cores
from lontar.engines.linkage.spelling import heard
from lontar.engines.linkage.wording import Worded, joined, joint

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


#: Words of a name that are read at all: a cell that holds a whole letter costs no more than a long name.
MOST_WORDS: Final = 10


class ListProblem(ValueError):
    """A list that cannot be matched; the message names column, row, value and cure, in Indonesian."""


def checked(frame: pl.DataFrame) -> pl.DataFrame:
    """The list with all of `COLUMNS` as text, blanks null, in their order; other columns are left out.

    Raises `ListProblem` where the column `id` is absent, a cell of it is blank, or a value stands twice in it. Rows
    that are blank throughout are left out.
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
        empty = texts.select(pl.all_horizontal(pl.all().is_null())).to_series()
        unnamed = (ids.is_null() & ~empty).arg_true()
        if len(unnamed):
            raise ListProblem(f"Kolom id, baris {int(unnamed[0]) + 2}: kosong. Isi dengan nomor unik.")
    again = (~ids.is_first_distinct() & ids.is_not_null()).arg_true()
    if len(again):
        row = int(again[0])
        raise ListProblem(
            f"Kolom id, baris {row + 2}: nilai {ids[row]!r} sudah dipakai baris lain. Beri setiap baris id sendiri."
        )
    return texts.filter(ids.is_not_null()) if ids.null_count() else texts


@dataclass(frozen=True)
class Prepared:
    """The rows of a list as they are compared.

    `rows`: `row` UInt32; `name_key`, `trade_key` (words heard, sorted, joined; null where none); `is_group`; `village` with
    `district` and `regency`; `phone`, `nik`, `nib`, `kbli` (digits); `born` Int16; `woman` Boolean. `names`, `boards`: codes of
    the words heard, rows × words, -1 where there is none, under one sorted `vocabulary`.
    """

    rows: pl.DataFrame
    names: Narrow
    boards: Narrow
    vocabulary: pl.Series


def prepared(frame: pl.DataFrame, *, first: int = 0) -> Prepared:
    """The rows of a `checked` list, numbered from `first`. A NIK fills year of birth and sex where they are blank."""
    with ThreadPoolExecutor(cores()) as pool:
        named_boards = pool.submit(_boards, frame["business_name"])
        numbered = pool.submit(_numbers, frame)
        owners = heard(people.words_of_names(frame["owner_name"]))
        (boards, is_group), read = named_boards.result(), numbered.result()
    names, boards = joint(owners, boards)
    said, named = names.table(MOST_WORDS), boards.table(MOST_WORDS)
    rows = read.with_columns(
        name_key=_key(said, names.vocabulary),
        trade_key=_key(named, names.vocabulary),
        is_group=is_group,
        district=pl.when(pl.col("village").str.len_bytes() >= 6).then(pl.col("village").str.head(6)),
        regency=pl.col("village").str.head(4),
        born=pl.coalesce("born", numbers.birth_of_nik(pl.col("nik"))),
        woman=pl.coalesce("woman", numbers.woman_of_nik(pl.col("nik"))),
    ).with_row_index("row", offset=first)
    return Prepared(rows=rows, names=said, boards=named, vocabulary=names.vocabulary)


def _boards(names: pl.Series) -> tuple[Worded, pl.Series]:
    words, is_group = trades.words_of_trades(names)
    return heard(words), is_group


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "village": numbers.once(frame["village_code"], numbers.village),
            "phone": numbers.phone(frame["phone"]),
            "nik": numbers.nik(frame["nik"]),
            "nib": numbers.nib(frame["nib"]),
            "born": numbers.once(frame["birth_year"], numbers.year),
            "kbli": numbers.once(frame["kbli"], numbers.kbli),
            "woman": numbers.once(frame["sex"], numbers.woman),
        }
    )


def last(table: Narrow) -> Narrow:
    """The last code of each row, -1 where there is none."""
    ends: Narrow = table[np.arange(len(table)), np.maximum((table >= 0).sum(axis=1) - 1, 0)]
    return ends


def _key(table: Narrow, vocabulary: pl.Series) -> pl.Series:
    """The words of each row in the order of the alphabet, parted by spaces; null where there is none."""
    return joined(np.sort(table, axis=1), vocabulary)
