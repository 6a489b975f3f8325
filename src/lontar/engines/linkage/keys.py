"""Which pairs are looked at: rows that share a key, and a guard against keys that half a village shares.

Each rule gives a row one or more keys (the NIK; village and the beginning of a word of the name; kabupaten and two
words of the name …). Two rows that share a key of any rule are a pair. A key shared by too many rows is not thrown
away and not looked at whole: its rows are parted further, by a second thing that both must share (another word, the
trade, the year of birth), and again where that is still too many. So a village of 5,000 rows costs what its
namesakes cost, not 5,000 times 5,000.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

#: Pairs that one key may give before its rows are parted further.
MOST_PAIRS_OF_A_KEY: Final = 2_500
#: How often the rows of a key are parted before what is left of it is given up.
MOST_PARTINGS: Final = 3
#: Letters of a word that rows of a village share: short forms keep them, slips mostly spare them.
_HEAD: Final = 3
_JOIN: Final = "|"


def candidates(left: pl.DataFrame, right: pl.DataFrame, *, most: int = MOST_PAIRS_OF_A_KEY) -> pl.DataFrame:
    """Pairs of rows worth looking at: columns `l` and `r` (values of `row`), each pair once, sorted.

    Both lists as from `rows.prepared`. `most` is the guard: pairs of one key.
    """
    marks = (_marks(left), _marks(right))
    codes: list[pl.Series] = []
    for one, other in zip(_keyed(left), _keyed(right), strict=True):
        codes += _sharing(one, other, marks=marks, most=most)
    return _distinct(codes)


def candidates_within(rows: pl.DataFrame, *, most: int = MOST_PAIRS_OF_A_KEY) -> pl.DataFrame:
    """Pairs of one list with itself, `l` < `r`."""
    found = candidates(rows, rows, most=most)
    return found.filter(pl.col("l") < pl.col("r"))


def _distinct(codes: list[pl.Series]) -> pl.DataFrame:
    once = pl.concat(codes).unique().sort().to_frame("code")
    low = pl.lit(0xFFFFFFFF, dtype=pl.UInt64)
    return once.select(l=(pl.col("code") // (low + 1)).cast(pl.UInt32), r=(pl.col("code") & low).cast(pl.UInt32))


def _sharing(
    one: pl.DataFrame, other: pl.DataFrame, *, marks: tuple[pl.DataFrame, pl.DataFrame], most: int
) -> list[pl.Series]:
    """Codes (l × 2³² + r) of the pairs that share a key, keys with too many parted by marks."""
    found = []
    for parting in range(MOST_PARTINGS + 1):
        shared = one.group_by("key").len("a").join(other.group_by("key").len("b"), on="key")
        pairs = pl.col("a").cast(pl.UInt64) * pl.col("b")
        few, many = shared.filter(pairs <= most).select("key"), shared.filter(pairs > most).select("key")
        met = one.join(few, on="key", how="semi").join(other, on="key")
        found.append(met.select(pl.col("row").cast(pl.UInt64) * (1 << 32) + pl.col("row_right"))["row"].unique())
        if many.is_empty() or parting == MOST_PARTINGS:
            break
        one, other = (_parted(side, many, marks=of) for side, of in zip((one, other), marks, strict=True))
    return found


def _parted(rows: pl.DataFrame, keys: pl.DataFrame, *, marks: pl.DataFrame) -> pl.DataFrame:
    """Rows of the given keys, once for each mark beyond the last one used, under the key of both."""
    both = rows.join(keys, on="key", how="semi").join(marks, on="row").filter(pl.col("mark") > pl.col("last"))
    return both.select("row", key=pl.struct("key", "mark").hash(), last="mark")


def _marks(rows: pl.DataFrame) -> pl.DataFrame:
    """What can part the rows of a key, as numbers: words of name and trade, year of birth, KBLI."""
    words = [_words(rows, "heard"), _words(rows, "trade_heard")]
    words += [
        rows.select("row", word=pl.lit(name) + pl.col(name).cast(pl.String)).drop_nulls() for name in ("born", "kbli")
    ]
    return pl.concat(words).select("row", mark=pl.col("word").hash()).unique()


def _words(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    return rows.select("row", word=column).explode("word").drop_nulls().filter(pl.col("word").str.len_chars() > 1)


def _two(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Every two different words of a row, the smaller first: `row`, `words`."""
    words = _words(rows, column).unique()
    both = words.join(words, on="row").filter(pl.col("word") < pl.col("word_right"))
    return both.select("row", words=pl.concat_str("word", "word_right", separator=_JOIN)).unique()


def _keyed(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The keys of every rule, rule by rule: `row`, `key` (UInt64), `last` (0: no mark used yet)."""
    places = rows.select("row", "village", "district", "regency", "born", "woman")
    places = places.with_columns(village=pl.when(pl.col("village").str.len_chars() == 10).then("village"))
    for column in ("nik", "nib", "phone"):
        yield _hashed(rows.select("row", key=column))
    # A NIK with a slip keeps its beginning (region and birth) or its end (birth and serial).
    yield _hashed(rows.select("row", key=pl.col("nik").str.head(12)))
    yield _hashed(rows.select("row", key=pl.col("nik").str.tail(10)))
    yield from _of_names(rows, places)
    yield _hashed(places.select("row", key=pl.concat_str("village", "born", "woman", separator=_JOIN)))
    trades = _two(rows, "trade_heard").join(places, on="row")
    yield _hashed(trades.select("row", key=pl.concat_str("village", "words", separator=_JOIN)))
    long = rows.filter(pl.col("trade_heard").list.len() > 1).select("row", "regency", "trade_key", "born")
    yield _hashed(long.select("row", key=pl.concat_str("regency", "trade_key", separator=_JOIN)))
    yield _hashed(long.select("row", key=pl.concat_str("born", "trade_key", separator=_JOIN)))


def _of_names(rows: pl.DataFrame, places: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The nearer the place, the less of a name must agree: one beginning in the village, two whole words anywhere."""
    heads = rows.select("row", heads=pl.col("heard").list.eval(pl.element().str.head(_HEAD)))
    one = _words(heads, "heads").unique().join(places, on="row")
    yield _hashed(one.select("row", key=pl.concat_str("village", "word", separator=_JOIN)))
    two = _two(heads, "heads").join(places, on="row")
    yield _hashed(two.select("row", key=pl.concat_str("district", "words", separator=_JOIN)))
    yield _hashed(two.select("row", key=pl.concat_str("regency", "born", "words", separator=_JOIN)))
    word = _words(rows, "heard").unique().join(places, on="row")
    yield _hashed(word.select("row", key=pl.concat_str("district", "word", separator=_JOIN)))
    whole = _two(rows, "heard").join(places, on="row")
    yield _hashed(whole.select("row", key=pl.concat_str("regency", "words", separator=_JOIN)))
    yield _hashed(whole.select("row", key="words"))


def _hashed(keyed: pl.DataFrame) -> pl.DataFrame:
    told = keyed.drop_nulls().unique()
    return told.select("row", key=pl.col("key").hash(), last=pl.lit(0, dtype=pl.UInt64))
