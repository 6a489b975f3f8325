"""Prepared rows as whole numbers: every word, place and number of the lists gets a code, so that millions of pairs are
compared fast.

A code says only whether two things are the same; -1 stands for a blank. Lists of words become tables with a fixed
number of columns.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.linkage.arrays import Floats, Ints, Narrow

#: Words of a name, and of a business, that are looked at; what is beyond says nothing new.
NAME_WORDS: Final = 4
TRADE_WORDS: Final = 5
#: Letters of a word that its short forms keep and most slips spare.
HEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Coded:
    """Codes of all rows: tables of words (`words`, `heads` of names; `trades`), one column for everything else, and
    what words say in bits (`bits` of words and trades).
    """

    words: Narrow
    heads: Narrow
    trades: Narrow
    columns: dict[str, Narrow]
    bits: dict[str, Floats]

    def __getitem__(self, name: str) -> Narrow:
        return self.columns[name]

    def take(self, rows: slice) -> "Coded":
        """The codes of some rows."""
        columns = {name: codes[rows] for name, codes in self.columns.items()}
        return Coded(
            words=self.words[rows], heads=self.heads[rows], trades=self.trades[rows], columns=columns, bits=self.bits
        )


def coded(rows: pl.DataFrame) -> Coded:
    """The codes of prepared rows."""
    nik = pl.col("nik")
    told = rows.select(
        "village", "district", "regency", "phone", "nik", "nib", "kbli", "trade_key",
        kbli_group=pl.col("kbli").str.head(2), nik_head=nik.str.head(12), nik_tail=nik.str.tail(10),
    )  # fmt: skip
    columns = {name: codes(told[name]) for name in told.columns}
    full = (rows["village"].str.len_chars() == 10).fill_null(value=False).to_numpy()
    columns["village"] = np.where(full, columns["village"], -1).astype(np.int32)
    columns["born"] = rows["born"].fill_null(-1).cast(pl.Int32).to_numpy()
    columns["woman"] = rows["woman"].cast(pl.Int32).fill_null(-1).to_numpy()
    heads = rows["heard"].list.eval(pl.element().str.head(HEAD))
    words = table(rows["heard"], width=NAME_WORDS, least=2)
    trades = table(rows["trade_heard"], width=TRADE_WORDS)
    return Coded(
        words=words,
        heads=table(heads, width=NAME_WORDS, least=2),
        trades=trades,
        columns=columns,
        bits={"words": bits(words), "trades": bits(trades)},
    )


def bits(table: Narrow) -> Floats:
    """What a code says, by itself: minus the binary logarithm of the share of rows that carry it (at most one in two)."""
    counts = np.bincount(table[table >= 0].ravel()) if (table >= 0).any() else np.ones(1)
    share = np.clip(counts / max(len(table), 1), 1e-9, 0.5)
    told: Floats = (-np.log2(share)).astype(np.float32)
    return told


def codes(texts: pl.Series) -> Narrow:
    """A code per value, -1 for null."""
    found = texts.cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    dense: Ints = np.unique(found, return_inverse=True)[1]
    return (dense - (1 if (found < 0).any() else 0)).astype(np.int32)


def table(words: pl.Series, *, width: int, least: int = 1) -> Narrow:
    """Codes of the first `width` words of each list, words shorter than `least` letters left out."""
    flat = words.list.head(width).to_frame("word").with_row_index("row").explode("word").drop_nulls()
    place = flat["row"].to_numpy()
    column = (
        np.arange(len(place))
        - np.flatnonzero(np.diff(place, prepend=-1))[np.cumsum(np.diff(place, prepend=-1) > 0) - 1]
    )
    found = np.where((flat["word"].str.len_chars() >= least).to_numpy(), codes(flat["word"]), -1)
    result = np.full((len(words), width), -1, dtype=np.int32)
    result[place, column] = found
    return result
