"""Two names laid beside each other word by word: which words agree, how well, what stands against it.

Names are sets of words of which any may be missing, short or out of place, so words are paired where they fit best,
each once. What agreement is worth is counted in bits: a word that one row in 1,024 carries is worth ten. Words left
over on one side only say little (a part not written); words left over on both sides stand against the pair. Works
on owners and on businesses alike; it knows nothing about either.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from lontar.engines.linkage.arrays import Bools, Floats, Ints, Narrow, Smalls
from lontar.engines.linkage.coding import bits, first
from lontar.engines.linkage.portions import cores, in_portions

#: Words of a name that are looked at; what is beyond says nothing new.
WIDTH: Final = 4
#: How alike two words are, as classes of growing strength.
APART, INITIAL, ALIKE, SHORT, CLOSE, SAME = range(6)
#: The share of a word's bits that each class counts.
_WORTH: Final = np.array([0.0, 0.15, 0.35, 0.55, 0.85, 1.0], dtype=np.float32)
_ROWS_AT_ONCE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all rows as numbers: `codes` (rows × WIDTH, -1 where there is none), `bits` of every word, the words."""

    codes: Ints
    bits: Floats
    words: pl.Series


@dataclass(frozen=True, slots=True)
class Alignment:
    """What each pair shows, one entry per pair.

    `bits` agreed on; `weakest` class among the paired words (SAME where none is paired); `paired` words; `against`: words left
    over on both sides; `missing`: words left over on one side only; `heads_apart`: the first word of either side is
    left over; `empty`: a side has no word.
    """

    bits: Floats
    weakest: Smalls
    paired: Smalls
    against: Smalls
    missing: Smalls
    heads_apart: Bools
    empty: Bools


def numbered(table: Narrow, vocabulary: pl.Series) -> Words:
    """Words of a table of codes under their vocabulary; a word's bits are those of the share of rows that carry it."""
    return Words(codes=first(table, WIDTH).astype(np.int64), bits=bits(table[:, :WIDTH]), words=vocabulary)


def aligned(words: Words, *, lefts: Ints, rights: Ints) -> Alignment:
    """Lay row `lefts[i]` beside row `rights[i]`, for every i."""
    parts = in_portions(
        lambda portion: _aligned(words, lefts=lefts[portion], rights=rights[portion]), len(lefts), size=_ROWS_AT_ONCE
    )
    names = Alignment.__slots__
    return Alignment(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def _aligned(words: Words, *, lefts: Ints, rights: Ints) -> Alignment:
    a, b = words.codes[lefts], words.codes[rights]
    kinds = _classes_of_pairs(words.words, a=a, b=b)
    bits_a = np.where(a >= 0, _at(words.bits, a), 0).astype(np.float32)
    bits_b = np.where(b >= 0, _at(words.bits, b), 0).astype(np.float32)
    worth = _WORTH[kinds] * np.minimum(bits_a[:, :, None], bits_b[:, None, :])
    rows = np.arange(len(a))
    free_a, free_b = a >= 0, b >= 0
    agreed = np.zeros(len(a), dtype=np.float32)
    weakest = np.full(len(a), SAME, dtype=np.uint8)
    paired = np.zeros(len(a), dtype=np.uint8)
    flat = worth.reshape(len(a), -1)
    for _ in range(WIDTH):
        best = flat[rows].argmax(axis=1)
        gain = flat[rows, best]
        hit = gain > 0
        rows, best = rows[hit], best[hit]
        if not len(rows):
            break
        i, j = best // WIDTH, best % WIDTH
        agreed[rows] += gain[hit]
        weakest[rows] = np.minimum(weakest[rows], kinds[rows, i, j])
        paired[rows] += 1
        free_a[rows, i], free_b[rows, j] = False, False
        worth[rows, i, :], worth[rows, :, j] = 0, 0
    over_a, over_b = free_a.sum(axis=1), free_b.sum(axis=1)
    return Alignment(
        bits=agreed,
        weakest=weakest,
        paired=paired,
        against=np.minimum(over_a, over_b).astype(np.uint8),
        missing=np.abs(over_a - over_b).astype(np.uint8),
        heads_apart=free_a[:, 0] & free_b[:, 0],
        empty=(a[:, 0] < 0) | (b[:, 0] < 0),
    )


def _at(values: Floats, codes: Ints) -> Floats:
    return values[np.maximum(codes, 0)] if len(values) else np.zeros(codes.shape, dtype=np.float32)


def _classes_of_pairs(words: pl.Series, *, a: Ints, b: Ints) -> Smalls:
    """Class of every word of `a` beside every word of `b`: pairs × WIDTH × WIDTH. Each two words are compared once."""
    there = (a[:, :, None] >= 0) & (b[:, None, :] >= 0)
    same = a[:, :, None] == b[:, None, :]
    size = max(len(words), 1)
    both = there & ~same
    codes = (a[:, :, None] * size + b[:, None, :])[both]
    result = np.where(there & same, SAME, APART).astype(np.uint8)
    if len(codes):
        once, where = np.unique(codes, return_inverse=True)
        result[both] = classes(words.gather(once // size), words.gather(once % size))[where]
    return result


def classes(one: pl.Series, other: pl.Series) -> Smalls:
    """How alike the words of two columns are, row by row (APART … SAME). The order of the two does not matter."""
    texts, others = one.to_list(), other.to_list()
    alike = process.cpdist(texts, others, scorer=JaroWinkler.similarity, workers=cores(), dtype=np.float32)
    slips = process.cpdist(texts, others, scorer=OSA.distance, workers=cores(), dtype=np.uint8, score_cutoff=2)
    frame = pl.DataFrame({"a": one, "b": other}).with_columns(
        swap=pl.col("a").str.len_chars() > pl.col("b").str.len_chars()
    )
    frame = frame.select(
        short=pl.when("swap").then("b").otherwise("a"), long=pl.when("swap").then("a").otherwise("b")
    ).with_columns(size=pl.col("short").str.len_chars(), alike=pl.Series(alike), slips=pl.Series(slips))
    size, slip = pl.col("size"), pl.col("slips")
    long = pl.col("long").str.len_chars()
    head = pl.col("long").str.starts_with(pl.col("short")) & (long > size)
    skeleton = _skeleton(frame)
    close = ((size >= 4) & (slip <= 1)) | ((size >= 8) & (slip <= 2)) | ((size >= 5) & (pl.col("alike") >= 0.94))
    told = (
        pl.when(pl.col("short") == pl.col("long"))
        .then(SAME)
        .when((size >= 3) & (size <= 6) & head)
        .then(SHORT)
        .when(close)
        .then(CLOSE)
        .when(skeleton & (size >= 3))
        .then(SHORT)
        .when((size == 1) & head)
        .then(INITIAL)
        .when((skeleton & (size == 2)) | ((size >= 3) & (pl.col("alike") >= 0.86)) | ((size == 3) & (slip <= 1)))
        .then(ALIKE)
        .otherwise(APART)
    )
    return frame.select(told.cast(pl.UInt8)).to_series().to_numpy()


def _skeleton(frame: pl.DataFrame) -> pl.Expr:
    """Whether the shorter word is the longer one with letters left out (*mrgt*, *yhs*), at most five letters long."""
    possible = frame.select(
        (pl.col("size").is_between(2, 5))
        & (pl.col("long").str.len_chars() >= pl.col("size") + 2)
        & (pl.col("short").str.head(1) == pl.col("long").str.head(1))
    ).to_series()
    result = np.zeros(frame.height, dtype=bool)
    rows = possible.arg_true().to_numpy()
    shorts, longs = frame["short"].gather(rows).to_list(), frame["long"].gather(rows).to_list()
    result[rows] = [_left_out(short, long) for short, long in zip(shorts, longs, strict=True)]
    return pl.lit(pl.Series(result))


def _left_out(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)
