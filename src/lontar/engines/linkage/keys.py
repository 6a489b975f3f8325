"""Which pairs are looked at: rows that share a key, and a guard against keys that half a village shares.

Each rule gives a row one or more keys (the NIK; village and the beginning of a word of the name; kabupaten and two
words of the name …). Two rows that share a key of any rule are a pair. A key shared by too many rows is not thrown
away and not looked at whole: its rows are parted further, by a second thing that both must share (another word, the
trade, the year of birth), and again where that is still too many. So a village of 5,000 rows costs what its
namesakes cost, not 5,000 times 5,000.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np
import polars as pl

from lontar.engines.linkage.arrays import Ints, Narrow
from lontar.engines.linkage.coding import Coded, mixed
from lontar.engines.linkage.portions import at_once

#: Pairs that one key may give before its rows are parted further.
MOST_PAIRS_OF_A_KEY: Final = 2_500
#: Pairs that one rule may give in all, for each row of the lists. Ordinary lists stay below it; where everything looks alike
#: (one telephone for all, one village) the smallest keys are taken first and the rest is parted or given up.
PAIRS_OF_A_ROW: Final = 10
_LEAST_BUDGET: Final = 2_000_000
#: How often the rows of a key are parted before what is left of it is given up.
MOST_PARTINGS: Final = 3


def candidates(left: Coded, right: Coded, *, most: int = MOST_PAIRS_OF_A_KEY) -> tuple[Ints, Ints]:
    """Pairs of rows worth looking at: positions in `left` and in `right`, each pair once, sorted.

    Both lists coded together. `most` is the guard: pairs of one key.
    """
    return _found((left, right), keep=pl.lit(value=True), most=most)


def candidates_within(rows: Coded, *, most: int = MOST_PAIRS_OF_A_KEY) -> tuple[Ints, Ints]:
    """Pairs of one list with itself, the first position the smaller."""
    return _found((rows, rows), keep=pl.col("row") < pl.col("row_right"), most=most)


def _found(sides: tuple[Coded, Coded], *, keep: pl.Expr, most: int) -> tuple[Ints, Ints]:
    def sharing(rule: Rule) -> pl.Series:
        one, other = (_framed(rule(side)) for side in sides)
        return pl.concat(_sharing(one, other, sides=sides, keep=keep, most=most))

    together = pl.concat(at_once(*[partial(sharing, rule) for rule in RULES])).sort()
    once = together.filter((together != together.shift()).fill_null(value=True)).to_numpy()
    return (once >> 32).astype(np.int64), (once & 0xFFFFFFFF).astype(np.int64)


def _sharing(
    one: pl.DataFrame, other: pl.DataFrame, *, sides: tuple[Coded, Coded], keep: pl.Expr, most: int
) -> list[pl.Series]:
    """Codes (left × 2³² + right) of the pairs that share a key, keys with too many parted by marks."""
    rows = len(sides[0].words) + len(sides[1].words)
    left = max(PAIRS_OF_A_ROW * rows, _LEAST_BUDGET)
    found = []
    for parting in range(MOST_PARTINGS + 1):
        shared = one.group_by("key").len("a").join(other.group_by("key").len("b"), on="key")
        shared = shared.select("key", pairs=pl.col("a").cast(pl.UInt64) * pl.col("b")).sort("pairs", "key")
        few = (pl.col("pairs") <= most) & (pl.col("pairs").cum_sum() <= left)
        shared = shared.with_columns(few=few)
        met = one.join(shared.filter("few"), on="key", how="semi").join(other, on="key").filter(keep)
        found.append(met.select(pl.col("row").cast(pl.UInt64) * (1 << 32) + pl.col("row_right"))["row"])
        left -= int(shared.filter("few")["pairs"].sum())
        many = shared.filter(~pl.col("few"))
        if many.is_empty() or parting == MOST_PARTINGS:
            break
        one, other = (side.join(many, on="key", how="semi") for side in (one, other))
        if one.height + other.height > PAIRS_OF_A_ROW * rows:
            break
        one, other = (_parted(part, of=side) for part, side in zip((one, other), sides, strict=True))
    return found


def _parted(rows: pl.DataFrame, *, of: Coded) -> pl.DataFrame:
    """The rows once for each mark beyond the last one used, under the key of both."""
    at, key = rows["row"].to_numpy().astype(np.int64), rows["key"].to_numpy()
    last = rows["last"].to_numpy() if "last" in rows.columns else np.zeros(len(at), dtype=np.uint64)
    marks: list[tuple[int, Ints | Narrow]] = [
        (1, of.words),
        (2, of.trades),
        (3, of["born"][:, None]),
        (4, of["kbli"][:, None]),
    ]
    parts = []
    for kind, table in marks:
        for column in table.T:
            value = column[at]
            mark = mixed(np.full(len(at), kind, dtype=np.uint64), value)
            use = (value >= 0) & (mark > last)
            parts.append((at[use], mixed(key[use], mark[use]), mark[use]))
    row, keyed, used = (np.concatenate([part[which] for part in parts]) for which in range(3))
    return pl.DataFrame({"row": row.astype(np.uint32), "key": keyed, "last": used})


def _two(table: Narrow) -> list[tuple[Narrow, Narrow]]:
    """Every two columns of a table, the smaller code first; -1 where they are the same."""
    both = [(np.minimum(a, b), np.maximum(a, b)) for a, b in combinations(table.T, 2)]
    return [(np.where(a == b, -1, a), b) for a, b in both]


def _framed(keys: Sequence[tuple[Ints | Narrow, ...]]) -> pl.DataFrame:
    """Rows whose codes are all there, under one key made of them."""
    rows, keyed = [], []
    for parts in keys:
        there = np.flatnonzero(np.logical_and.reduce([part >= 0 for part in parts]))
        rows.append(there.astype(np.uint32))
        keyed.append(mixed(*(part[there] for part in parts)))
    return pl.DataFrame({"row": np.concatenate(rows), "key": np.concatenate(keyed)})


#: What rows must share: from all rows the codes of each key.
Rule: TypeAlias = Callable[[Coded], Sequence[tuple[Ints | Narrow, ...]]]


def _one(name: str) -> Rule:
    return lambda rows: [(rows[name],)]


def _several(rows: Coded) -> Ints:
    """The business where its name has two words and more."""
    return np.where(rows.trades[:, 1] >= 0, rows["trade_key"], -1)


#: The nearer the place, the less of a name must agree: one beginning in the village, two whole words anywhere.
RULES: Final[tuple[Rule, ...]] = (
    # A NIK with a slip keeps its beginning (region and birth) or its end (birth and serial).
    *(_one(name) for name in ("nik", "nib", "phone", "nik_head", "nik_tail")),
    lambda rows: [(rows["village"], head) for head in rows.heads.T],
    lambda rows: [(rows["district"], word) for word in rows.words.T],
    lambda rows: [(rows["district"], *two) for two in _two(rows.heads)],
    lambda rows: [(rows["regency"], rows["born"], *two) for two in _two(rows.heads)],
    lambda rows: [(rows["regency"], *two) for two in _two(rows.words)],
    lambda rows: _two(rows.words),
    lambda rows: [(rows["village"], rows["born"], rows["woman"])],
    lambda rows: [(rows["district"], _several(rows))],
    lambda rows: [(rows["regency"], _several(rows), head) for head in rows.heads.T],
    lambda rows: [(rows["born"], _several(rows))],
)
