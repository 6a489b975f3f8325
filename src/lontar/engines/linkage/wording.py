"""Words of many texts as numbers: each text a run of codes, each code a word of one vocabulary.

What is known of a word (that it is a title, how it sounds) is found once per word of the vocabulary and not once per
row; what is done to rows (leave words out, put them in a table) is then done to whole numbers. Nothing here knows
what the words mean.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.linkage.arrays import Bools, Ints, Narrow
from lontar.engines.linkage.portions import in_portions

_ROWS_AT_ONCE: Final = 60_000


@dataclass(frozen=True)
class Worded:
    """Words of `size` texts in their order: word `i` stands in text `rows[i]` and is `vocabulary[codes[i]]`.

    The vocabulary is sorted and holds each word once, so that codes sort as their words do.
    """

    size: int
    rows: Ints
    codes: Ints
    vocabulary: pl.Series

    def among(self, words: Collection[str]) -> Bools:
        """For each word whether it is one of `words`."""
        known: Bools = self.vocabulary.is_in(list(words)).to_numpy()
        return known[self.codes]

    def first(self) -> Bools:
        """For each word whether it is the first of its text."""
        return np.diff(self.rows, prepend=-1) > 0

    def count(self) -> Ints:
        """Words of each text."""
        return np.bincount(self.rows, minlength=self.size)

    def kept(self, which: Bools) -> Worded:
        """Only the words marked."""
        return replace(self, rows=self.rows[which], codes=self.codes[which])

    def spelt(self, change: Callable[[pl.Series], pl.Series]) -> Worded:
        """Every word changed, found once per word of the vocabulary; words that become empty are left out."""
        changed = change(self.vocabulary)
        vocabulary, codes = _coded(changed)
        told = replace(self, codes=codes[self.codes], vocabulary=vocabulary)
        return told.kept(~told.among([""]))

    def told_in(self, vocabulary: pl.Series) -> Worded:
        """The same words under a vocabulary that holds all of theirs."""
        codes = self.vocabulary.cast(pl.Enum(vocabulary)).to_physical().to_numpy().astype(np.int64)
        return replace(self, codes=codes[self.codes], vocabulary=vocabulary)

    def table(self, width: int) -> Narrow:
        """The first `width` words of each text: codes, texts × the most words that one has, -1 where there is none."""
        column = np.arange(len(self.rows)) - np.flatnonzero(self.first())[np.cumsum(self.first()) - 1]
        shown = column < width
        column = column[shown]
        result = np.full((self.size, max(int(column.max(initial=-1)) + 1, 1)), -1, dtype=np.int32)
        result[self.rows[shown], column] = self.codes[shown]
        return result

    def texts(self) -> pl.Series:
        """The words of each text parted by spaces; null where there is none."""
        frame = pl.DataFrame({"row": self.rows, "word": self.vocabulary.gather(self.codes)})
        joined = frame.group_by("row", maintain_order=True).agg(pl.col("word").str.join(" "))
        every = pl.DataFrame({"row": np.arange(self.size)})
        return every.join(joined, on="row", how="left", maintain_order="left")["word"]


def worded(texts: pl.Series) -> Worded:
    """The words of texts in which single spaces part them; null and empty texts have none."""
    parts = texts.fill_null("").str.split(" ")
    vocabulary, codes = _coded(parts.explode())
    rows = np.repeat(np.arange(len(texts)), parts.list.len().to_numpy())
    told = Worded(size=len(texts), rows=rows, codes=codes, vocabulary=vocabulary)
    return told.kept(~told.among([""]))


def joint(one: Worded, other: Worded) -> tuple[Worded, Worded]:
    """Both under one vocabulary, so that their codes can be compared."""
    vocabulary = pl.concat([one.vocabulary, other.vocabulary]).unique().sort()
    return one.told_in(vocabulary), other.told_in(vocabulary)


def joined(table: Narrow, vocabulary: pl.Series) -> pl.Series:
    """The words of each row of a table of codes, parted by spaces; null where there is none."""
    words = pl.DataFrame([gathered(vocabulary, column).alias(str(at)) for at, column in enumerate(table.T)])
    text = pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)
    return words.select(pl.when(text != "").then(text)).to_series()


def gathered(vocabulary: pl.Series, codes: Narrow) -> pl.Series:
    """The word of each code, null for -1."""
    return vocabulary.gather(pl.Series(codes, dtype=pl.Int64).set(pl.Series(codes < 0), None))


def in_parts(texts: pl.Series, clean: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Texts cleaned row by row, on all cores."""
    parts = in_portions(lambda part: clean(texts[part.start : part.stop]), len(texts), size=_ROWS_AT_ONCE)
    return pl.concat(parts, rechunk=True)


def _coded(words: pl.Series) -> tuple[pl.Series, Ints]:
    vocabulary = words.unique().sort()
    return vocabulary, words.cast(pl.Enum(vocabulary)).to_physical().to_numpy().astype(np.int64)


def changed(texts: pl.Series, *, where: str, by: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """Texts changed where they show the pattern `where`: most texts need no more than that glance."""
    rows = texts.str.contains(where).fill_null(value=False).arg_true()
    if rows.is_empty():
        return texts
    new = texts.gather(rows).to_frame("text").select(by(pl.col("text"))).to_series()
    order = np.arange(len(texts))
    order[rows.to_numpy()] = len(texts) + np.arange(len(rows))
    return pl.concat([texts, new]).gather(order)
