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
from lontar.engines.linkage.arrays import Bools, Floats, Ints, Smalls
from lontar.engines.linkage.portions import at_once, cores

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


def details(rows: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, Smalls]:
    """Level of every feature for every pair; `pairs` holds positions in `rows` (`l`, `r`) and Splink's `weight`.

    Which of a pair is `l` does not matter.
    """
    lefts, rights = pairs["l"].to_numpy().astype(np.int64), pairs["r"].to_numpy().astype(np.int64)
    weight = pairs["weight"].to_numpy().astype(np.float32)
    numbers, names, rivals = at_once(
        lambda: _numbers(rows, lefts=lefts, rights=rights),
        lambda: _names(rows, lefts=lefts, rights=rights),
        lambda: {"rival": _rivals(lefts, rights, weight=weight)},
    )
    found = numbers | names | rivals
    found["weight"] = np.searchsorted(_STEPS, weight, side="right").astype(np.uint8)
    return {name: found[name] for name in FEATURES}


def _names(rows: pl.DataFrame, *, lefts: Ints, rights: Ints) -> dict[str, Smalls]:
    # A business named for its owner says the owner's name twice: only the rest of its words is news.
    rest = pl.col("trade_heard").list.set_difference("heard")
    rows = rows.with_columns(rest=pl.when(rest.list.len() > 0).then(rest).otherwise("trade_heard"))
    owners, trades = _laid(rows["heard"], lefts=lefts, rights=rights), _laid(rows["rest"], lefts=lefts, rights=rights)
    return {
        "name": _name_level(owners),
        "name_words": np.where(owners.empty, 0, np.where(owners.paired > 0, _OF_CLASS[owners.weakest], 5)).astype(
            np.uint8
        ),
        "name_missing": _few(owners.missing, empty=owners.empty),
        "trade": _trade_level(trades),
        "trade_words": _few(trades.paired, empty=trades.empty),
        "group": _group(rows["is_group"], lefts=lefts, rights=rights),
        "cross": _cross(rows, lefts=lefts, rights=rights),
    }


def _laid(heard: pl.Series, *, lefts: Ints, rights: Ints) -> Alignment:
    """Names beside each other, always the same one first, so that (a, b) and (b, a) come out alike."""
    order = heard.list.join(" ").hash().to_numpy()
    swap = order[lefts] > order[rights]
    return aligned(numbered(heard), lefts=np.where(swap, rights, lefts), rights=np.where(swap, lefts, rights))


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


def _cross(rows: pl.DataFrame, *, lefts: Ints, rights: Ints) -> Smalls:
    """Whether the business of one is named for the owner of the other."""
    board, owner = rows["rest"], rows["heard"]
    there = _meet(board.gather(lefts), owner.gather(rights)) | _meet(board.gather(rights), owner.gather(lefts))
    filled = (board.list.len() > 0).to_numpy()
    return np.where(filled[lefts] | filled[rights], np.where(there, 2, 1), 0).astype(np.uint8)


def _meet(one: pl.Series, other: pl.Series) -> Bools:
    both = pl.DataFrame({"one": one, "other": other})
    return both.select(pl.col("one").list.set_intersection("other").list.len() > 0).to_series().to_numpy()


def _numbers(rows: pl.DataFrame, *, lefts: Ints, rights: Ints) -> dict[str, Smalls]:
    kept = rows.select("village", "district", "regency", "phone", "nik", "nib", "born", "kbli", "woman").with_columns(
        phone_again=_again("phone"), nik_again=_again("nik")
    )
    a, b = kept[lefts], kept[rights].select(pl.all().name.suffix("_r"))
    both = pl.concat([a, b], how="horizontal").with_columns(
        **{f"{name}_slips": pl.Series(_slips(a[name], b[f"{name}_r"])) for name in ("phone", "nik", "nib")}
    )
    told = both.select(
        village=_level(_null("regency"), _same("village"), _same("district"), _same("regency"), levels=(0, 4, 3, 2, 1)),
        phone=_level(
            _null("phone"),
            _same("phone") & ~(pl.col("phone_again") | pl.col("phone_again_r")),
            _same("phone"),
            pl.col("phone_slips") <= 1,
            levels=(0, 4, 3, 2, 1),
        ),
        nik=_level(
            _null("nik"),
            _same("nik") & ~(pl.col("nik_again") | pl.col("nik_again_r")),
            _same("nik"),
            pl.col("nik_slips") <= 2,
            pl.col("nik").str.slice(0, 12) == pl.col("nik_r").str.slice(0, 12),
            levels=(0, 5, 4, 3, 2, 1),
        ),
        nib=_level(_null("nib"), _same("nib"), pl.col("nib_slips") <= 2, levels=(0, 3, 2, 1)),
        born=_born(),
        kbli=_level(_null("kbli"), _same("kbli"), _same_head("kbli", 3), _same_head("kbli", 2), levels=(0, 4, 3, 2, 1)),
        sex=_level(_null("woman"), _same("woman"), levels=(0, 2, 1)),
    )
    return {name: told[name].to_numpy() for name in told.columns}


def _level(*conditions: pl.Expr, levels: tuple[int, ...]) -> pl.Expr:
    """The first level whose condition holds; the last level where none does."""
    told = pl.lit(levels[-1])
    for condition, level in reversed(list(zip(conditions, levels, strict=False))):
        told = pl.when(condition).then(level).otherwise(told)
    return told.cast(pl.UInt8)


def _null(column: str) -> pl.Expr:
    return pl.col(column).is_null() | pl.col(f"{column}_r").is_null()


def _same(column: str) -> pl.Expr:
    return pl.col(column) == pl.col(f"{column}_r")


def _same_head(column: str, size: int) -> pl.Expr:
    return pl.col(column).str.head(size) == pl.col(f"{column}_r").str.head(size)


def _again(column: str) -> pl.Expr:
    """Whether more rows carry the value than two lists of different enterprises would."""
    return (pl.col(column).count().over(column) > 2).fill_null(value=False)


def _born() -> pl.Expr:
    apart = (pl.col("born") - pl.col("born_r")).abs()
    year, other = pl.col("born") % 100, pl.col("born_r") % 100
    swapped = (year // 10 == other % 10) & (year % 10 == other // 10)
    return _level(_null("born"), apart == 0, (apart == 1) | swapped, apart <= 5, levels=(0, 4, 3, 2, 1))


def _slips(one: pl.Series, other: pl.Series) -> Smalls:
    """Slips between two columns of numbers (9: more than two, or blank)."""
    result = np.full(len(one), 9, dtype=np.uint8)
    rows = np.flatnonzero((one.is_not_null() & other.is_not_null()).to_numpy())
    texts, others = one.gather(rows).to_list(), other.gather(rows).to_list()
    if texts:
        result[rows] = process.cpdist(
            texts, others, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8, workers=cores()
        )
    return result


def _rivals(lefts: Ints, rights: Ints, *, weight: Floats) -> Smalls:
    """How the strongest other pair of either row compares: none, weaker by six bits, close, stronger."""
    frame = pl.DataFrame({"pair": np.arange(len(lefts)), "l": lefts, "r": rights, "weight": weight})
    ends = pl.concat([frame.select("pair", "weight", row=side) for side in ("l", "r")])
    top = ends.group_by("row").agg(best=pl.col("weight").max(), next=pl.col("weight").top_k(2).min(), size=pl.len())
    met = ends.join(top, on="row")
    other = pl.when(pl.col("weight") < pl.col("best")).then("best").otherwise("next")
    ahead = pl.when(pl.col("size") > 1).then(other - pl.col("weight"))
    most = met.select("pair", ahead=ahead).group_by("pair").agg(pl.col("ahead").max()).sort("pair")["ahead"]
    told = most.to_frame("x").select(
        _level(pl.col("x").is_null(), pl.col("x") > 0.5, pl.col("x") > -6, levels=(0, 3, 2, 1))
    )
    return told.to_series().to_numpy()
