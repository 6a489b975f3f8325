"""What a pair shows at the second look: sixteen features, each one of a few levels, from the names laid word by word
and the numbers.

Level 0 always means that a side is blank. The levels are what `weighing` has weights for, singly and two by two;
their names are in `FEATURES`, so that a weight can be read and a pair be explained.
"""

from typing import Final

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from lontar.engines.linkage.alignment import ALIKE, CLOSE, INITIAL, SAME, SHORT, Alignment, aligned, numbered
from lontar.engines.linkage.arrays import Bools, Floats, Ints, Narrow, Smalls
from lontar.engines.linkage.coding import Coded, mixed
from lontar.engines.linkage.coding import codes as coded_texts
from lontar.engines.linkage.portions import at_once, cores
from lontar.engines.linkage.rows import Prepared

#: Feature → its levels, in the order of their numbers.
FEATURES: Final[dict[str, tuple[str, ...]]] = {
    "name": ("blank", "two apart", "first apart", "another apart", "weak", "fair", "good", "strong", "rare"),
    "name_words": ("blank", "same", "slips", "short forms", "initials", "none"),
    "name_missing": ("blank", "none", "one", "more"),
    "trade": (
        "blank",
        "all apart",
        "little shared",
        "much shared",
        "within, little",
        "within, much",
        "same",
        "same, rare",
    ),
    "trade_words": ("blank", "none", "one", "more"),
    "group": ("blank", "neither", "both", "one"),
    "village": ("blank", "elsewhere", "regency", "district", "same"),
    "phone": ("blank", "other", "slip", "same, shared", "same"),
    "nik": ("blank", "other", "birth", "slip", "same, again", "same"),
    "nib": ("blank", "other", "slip", "same"),
    "born": ("blank", "far", "near", "one or swapped", "same"),
    "kbli": ("blank", "other", "group", "class", "same"),
    "sex": ("blank", "other", "same"),
    "cross": ("blank", "neither", "owner in business"),
    "weight": ("low", "-2", "0", "2", "4", "6", "8", "11", "14", "18", "23", "29", "36"),
    "rival": ("none", "weaker", "close", "stronger"),
}
_STEPS: Final = np.array([-2, 0, 2, 4, 6, 8, 11, 14, 18, 23, 29, 36], dtype=np.float32)
_NAME_BITS: Final = np.array([4, 8, 12, 17], dtype=np.float32)


#: Position: class of the weakest paired word; value: level of `name_words`.
_OF_CLASS: Final = np.zeros(SAME + 1, dtype=np.uint8)
_OF_CLASS[[SAME, CLOSE, ALIKE, SHORT, INITIAL]] = (1, 2, 2, 3, 4)
_LITTLE: Final = 6.0


def details(ready: Prepared, codes: Coded, pairs: pl.DataFrame) -> dict[str, Smalls]:
    """Level of every feature for every pair; `pairs` holds positions in the rows made ready and coded (`l`, `r`) and Splink's
    `weight`. Which of a pair is `l` does not matter.
    """
    lefts, rights = pairs["l"].to_numpy().astype(np.int64), pairs["r"].to_numpy().astype(np.int64)
    weight = pairs["weight"].to_numpy().astype(np.float32)
    rest = _rest(ready.boards, ready.names)
    parts = at_once(
        lambda: _owners(ready, lefts=lefts, rights=rights),
        lambda: _trades(rest, ready, lefts=lefts, rights=rights),
        lambda: _numbers(ready.rows, codes, lefts=lefts, rights=rights),
        lambda: {"rival": _rivals(lefts, rights, weight=weight)},
    )
    found = {name: levels for part in parts for name, levels in part.items()}
    found["weight"] = np.searchsorted(_STEPS, weight, side="right").astype(np.uint8)
    return {name: found[name] for name in FEATURES}


def _owners(ready: Prepared, *, lefts: Ints, rights: Ints) -> dict[str, Smalls]:
    owners = _laid(ready.names, ready.vocabulary, lefts=lefts, rights=rights)
    weakest = np.where(owners.paired > 0, _OF_CLASS[owners.weakest], 5)
    return {
        "name": _name_level(owners),
        "name_words": np.where(owners.empty, 0, weakest).astype(np.uint8),
        "name_missing": _few(owners.missing, empty=owners.empty),
    }


def _trades(rest: Narrow, ready: Prepared, *, lefts: Ints, rights: Ints) -> dict[str, Smalls]:
    trades = _laid(rest, ready.vocabulary, lefts=lefts, rights=rights)
    return {
        "trade": _trade_level(trades),
        "trade_words": _few(trades.paired, empty=trades.empty),
        "group": _group(ready.rows["is_group"], lefts=lefts, rights=rights),
        "cross": _cross(rest, ready.names, lefts=lefts, rights=rights),
    }


def _rest(boards: Narrow, names: Narrow) -> Narrow:
    """A business named for its owner says the owner's name twice: only the rest of its words is news, where there is a rest."""
    news = boards >= 0
    for at, word in enumerate(boards.T):
        for known in (*names.T, *boards.T[:at]):
            news[:, at] &= word != known
    order = np.argsort(~news, axis=1, kind="stable")
    rest = np.take_along_axis(np.where(news, boards, -1), order, axis=1)
    return np.where(news.any(axis=1, keepdims=True), rest, boards)


def _laid(table: Narrow, vocabulary: pl.Series, *, lefts: Ints, rights: Ints) -> Alignment:
    """Names beside each other, always the same one first, so that (a, b) and (b, a) come out alike."""
    order = mixed(*table.T)
    swap = order[lefts] > order[rights]
    words = numbered(table, vocabulary)
    return aligned(words, lefts=np.where(swap, rights, lefts), rights=np.where(swap, lefts, rights))


def _name_level(owners: Alignment) -> Smalls:
    agreed = 4 + np.searchsorted(_NAME_BITS, owners.bits, side="right")
    level = np.where(owners.against > 1, 1, np.where(owners.against == 1, np.where(owners.heads_apart, 2, 3), agreed))
    return np.where(owners.empty, 0, level).astype(np.uint8)


def _trade_level(trades: Alignment) -> Smalls:
    much = trades.bits >= _LITTLE
    apart = np.where(trades.paired == 0, 1, np.where(much, 3, 2))
    within = np.where(much, 5, 4)
    same = np.where(trades.bits >= 2 * _LITTLE, 7, 6)
    level = np.where(trades.against > 0, apart, np.where(trades.missing > 0, within, same))
    return np.where(trades.empty, 0, level).astype(np.uint8)


def _few(count: Smalls, *, empty: Bools) -> Smalls:
    return np.where(empty, 0, 1 + np.minimum(count, 2)).astype(np.uint8)


def _group(is_group: pl.Series, *, lefts: Ints, rights: Ints) -> Smalls:
    mark = is_group.cast(pl.Int8).fill_null(-9).to_numpy().astype(np.int64)
    total = mark[lefts] + mark[rights]
    return np.select([total < 0, total == 0, total == 2], [0, 1, 2], default=3).astype(np.uint8)


def _cross(rest: Narrow, names: Narrow, *, lefts: Ints, rights: Ints) -> Smalls:
    """Whether the business of one is named for the owner of the other."""
    there = _meet(rest, names, lefts, rights) | _meet(rest, names, rights, lefts)
    filled = rest[:, 0] >= 0
    return np.where(filled[lefts] | filled[rights], np.where(there, 2, 1), 0).astype(np.uint8)


def _meet(table: Narrow, other: Narrow, mine: Ints, theirs: Ints) -> Bools:
    """Whether a word of `table[mine[i]]` is one of `other[theirs[i]]`."""
    met = np.zeros(len(mine), dtype=bool)
    words = [column[mine] for column in table.T]
    for column in other.T:
        word = column[theirs]
        # A blank is -1 here and -2 there: two blanks do not meet.
        word[word < 0] = -2
        for one in words:
            met |= one == word
    return met


def _numbers(rows: pl.DataFrame, codes: Coded, *, lefts: Ints, rights: Ints) -> dict[str, Smalls]:
    def both(column: Ints) -> tuple[Ints, Ints]:
        return column[lefts], column[rights]

    def slips(name: str) -> Smalls:
        return _slips(rows[name], codes[name], lefts=lefts, rights=rights)

    def same(column: Ints) -> Bools:
        return np.equal(*both(column))

    def again(name: str) -> Bools:
        often = _again(codes[name])
        return often[lefts] | often[rights]

    def blank(column: Ints) -> Bools:
        return np.less(np.minimum(*both(column)), 0)

    village, regency, kbli = coded_texts(rows["village"]), codes["regency"], rows["kbli"]
    phone, nik, nib, woman = codes["phone"], codes["nik"], codes["nib"], codes["woman"]
    kind = coded_texts(kbli.str.head(3))
    found = {
        "village": _level((blank(regency), 0), (same(village), 4), (same(codes["district"]), 3), (same(regency), 2)),
        "phone": _level(
            (blank(phone), 0), (same(phone) & ~again("phone"), 4), (same(phone), 3), (slips("phone") <= 1, 2)
        ),
        "nik": _level(
            (blank(nik), 0),
            (same(nik) & ~again("nik"), 5),
            (same(nik), 4),
            (slips("nik") <= 2, 3),
            (same(codes["nik_head"]), 2),
        ),
        "nib": _level((blank(nib), 0), (same(nib), 3), (slips("nib") <= 2, 2)),
        "born": _born(*both(codes["born"])),
        "kbli": _level(
            (blank(codes["kbli"]), 0), (same(codes["kbli"]), 4), (same(kind), 3), (same(codes["kbli_group"]), 2)
        ),
        "sex": _level((blank(woman), 0), (same(woman), 2)),
    }
    return found


def _level(*cases: tuple[Bools, int]) -> Smalls:
    """The level of the first case that holds; 1 where none does."""
    told = np.ones(len(cases[0][0]), dtype=np.uint8)
    for holds, level in reversed(cases):
        told[holds] = level
    return told


def _again(column: Ints) -> Bools:
    """Whether more rows carry the value than two lists of different enterprises would."""
    _, place, count = np.unique(column, return_inverse=True, return_counts=True)
    often: Bools = (count > 2)[place] & (column >= 0)
    return often


def _born(one: Ints, other: Ints) -> Smalls:
    apart, year, mirrored = np.abs(one - other), one % 100, other % 100
    swapped = (year // 10 == mirrored % 10) & (year % 10 == mirrored // 10)
    return _level((np.minimum(one, other) < 0, 0), (apart == 0, 4), ((apart == 1) | swapped, 3), (apart <= 5, 2))


def _slips(texts: pl.Series, values: Ints, *, lefts: Ints, rights: Ints) -> Smalls:
    """Slips between two numbers (9: more than two, or blank); 0 is not told from equal numbers."""
    result = np.full(len(lefts), 9, dtype=np.uint8)
    one, other = values[lefts], values[rights]
    pairs = np.flatnonzero((one >= 0) & (other >= 0) & (one != other))
    if len(pairs):
        result[pairs] = process.cpdist(
            texts.gather(lefts[pairs]).to_list(), texts.gather(rights[pairs]).to_list(),
            scorer=OSA.distance, score_cutoff=2, dtype=np.uint8, workers=cores(),
        )  # fmt: skip
    return result


def _rivals(lefts: Ints, rights: Ints, *, weight: Floats) -> Smalls:
    """How the strongest other pair of either row compares: none, weaker by six bits, close, stronger."""
    row, pair = np.concatenate([lefts, rights]), np.tile(np.arange(len(lefts)), 2)
    order = np.argsort(np.concatenate([weight, weight]), kind="stable")
    row, pair = row[order], pair[order]
    count = int(row.max(initial=-1)) + 1
    best, second = np.full(count, -1), np.full(count, -1)
    best[row] = pair  # of several the last is kept: the strongest
    rest = best[row] != pair
    second[row[rest]] = pair[rest]
    told = np.ones(len(lefts), dtype=np.uint8)
    ahead = np.full(len(lefts), -np.inf, dtype=np.float32)
    for side in (lefts, rights):
        rival = np.where(best[side] == np.arange(len(lefts)), second[side], best[side])
        ahead = np.maximum(ahead, np.where(rival >= 0, weight[rival] - weight, -np.inf))
    told[ahead > -6] = 2
    told[ahead > 0.5] = 3
    told[np.isneginf(ahead)] = 0
    return told
