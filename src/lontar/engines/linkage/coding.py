"""Prepared rows as whole numbers: every word, place and number of the lists gets a code, so that millions of pairs are
compared fast.

A code says only whether two things are the same; -1 stands for a blank. Lists of words become tables with a fixed
number of columns.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from lontar.engines.linkage.arrays import Floats, Ints, Keys, Narrow
from lontar.engines.linkage.numbers import valued
from lontar.engines.linkage.rows import Prepared

#: Words of a name, and of a business, that are looked at; what is beyond says nothing new.
NAME_WORDS: Final = 4
TRADE_WORDS: Final = 5
#: Letters of a word that its short forms keep and most slips spare.
HEAD: Final = 3

_MIX: Final = np.uint64(0x9E37_79B9_7F4A_7C15)
_SHIFT: Final = np.uint64(29)


@dataclass(frozen=True, slots=True)
class Coded:
    """Codes of all rows: tables of words (`words`, `heads` of names; `trades`), one column for everything else, and
    what words say in bits (`bits` of words and trades).
    """

    words: Narrow
    heads: Narrow
    trades: Narrow
    columns: dict[str, Ints]
    bits: dict[str, Floats]

    def __getitem__(self, name: str) -> Ints:
        return self.columns[name]

    def take(self, rows: slice) -> "Coded":
        """The codes of some rows."""
        columns = {name: codes[rows] for name, codes in self.columns.items()}
        return Coded(
            words=self.words[rows], heads=self.heads[rows], trades=self.trades[rows], columns=columns, bits=self.bits
        )


def coded(prepared: Prepared) -> Coded:
    """The codes of prepared rows."""
    rows = prepared.rows
    words, heads = _names(prepared)
    trades = first(prepared.boards, TRADE_WORDS)
    columns = {name: codes(rows[name]) for name in ("village", "district", "regency", "kbli")}
    full = (rows["village"].str.len_bytes() == 10).fill_null(value=False).to_numpy()
    columns["village"] = np.where(full, columns["village"], -1)
    columns["kbli_group"] = codes(rows["kbli"].str.head(2))
    columns |= {name: valued(rows[name]) for name in ("phone", "nik", "nib")}
    columns |= {"nik_head": valued(rows["nik"].str.head(12)), "nik_tail": valued(rows["nik"].str.tail(10))}
    columns["trade_key"] = _set_of(prepared.boards)
    columns["born"] = rows["born"].fill_null(-1).cast(pl.Int64).to_numpy()
    columns["woman"] = rows["woman"].cast(pl.Int64).fill_null(-1).to_numpy()
    counted = {"words": bits(words), "trades": bits(trades)}
    return Coded(words=words, heads=heads, trades=trades, columns=columns, bits=counted)


def _names(prepared: Prepared) -> tuple[Narrow, Narrow]:
    """Tables of the words of names and of their heads; a single letter says too little."""
    telling = (prepared.vocabulary.str.len_chars() >= 2).to_numpy()
    beginnings = codes(prepared.vocabulary.str.head(HEAD)).astype(np.int32)
    words = first(prepared.names, NAME_WORDS)
    there = (words >= 0) & _at(telling, words)
    return np.where(there, words, -1), np.where(there, _at(beginnings, words), -1)


def _at(values: npt.NDArray[Any], codes: Narrow) -> npt.NDArray[Any]:
    """The value of each code; any value where the code is -1."""
    return values[codes] if len(values) else np.zeros(codes.shape, dtype=values.dtype)


def first(table: Narrow, width: int) -> Narrow:
    """The table with exactly so many columns."""
    missing = max(width - table.shape[1], 0)
    return np.pad(table[:, :width], ((0, 0), (0, missing)), constant_values=-1)


def _set_of(table: Narrow) -> Ints:
    """One number for the words of each row in whatever order, -1 where there is none."""
    spread = mixed(*np.sort(table, axis=1).T) >> np.uint64(1)
    return np.where((table >= 0).any(axis=1), spread.astype(np.int64), -1)


def mixed(*parts: npt.NDArray[np.integer]) -> Keys:
    """One number out of several, well spread."""
    total = np.full(len(parts[0]), 0x5851_F42D, dtype=np.uint64)
    for part in parts:
        total = (total ^ part.astype(np.uint64)) * _MIX
        total ^= total >> _SHIFT
    return total


def bits(table: Narrow) -> Floats:
    """What a code says, by itself: minus the binary logarithm of the share of rows that carry it (at most one in two)."""
    counts = np.bincount(table[table >= 0].ravel()) if (table >= 0).any() else np.ones(1)
    share = np.clip(counts / max(len(table), 1), 1e-9, 0.5)
    told: Floats = (-np.log2(share)).astype(np.float32)
    return told


def codes(texts: pl.Series) -> Ints:
    """A code per value in the order in which values first come, so that the same lists give the same codes; -1 for null."""
    known = texts.unique(maintain_order=True).drop_nulls()
    return texts.cast(pl.Enum(known)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
