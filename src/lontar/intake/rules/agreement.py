"""What speaks for and against two records being one enterprise: one mark per field, in the order of `FIELDS`.

Marks tell a person why a pair was found and keep no value. They do not decide; the probability of the linkage does.
"""

from __future__ import annotations

from typing import Final

import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from lontar.intake.rules.rows import bare

#: The fields that are compared, in the order of their marks; the names are those of `lontar.engines.linkage.COLUMNS`.
FIELDS: Final = (
    "owner_name", "business_name", "village_code", "nik", "phone", "nib", "birth_year", "kbli", "sex",
)  # fmt: skip
SAME, NEAR, OTHER, BLANK = "=", "~", "x", "."
_NAMES: Final = ("owner_name", "business_name")
_NUMBERS: Final = ("nik", "phone", "nib")
_ALIKE: Final = 80.0  # of 100: as many letters as two spellings of one name share
_SLIPS: Final = 2  # letters that two writings of one number differ in
_PREFIX: Final = {"village_code": 8, "kbli": 3}  # the same kecamatan, the same group of the classification


def agreement(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """The marks of `left[i]` beside `right[i]`, as one text of `len(FIELDS)` letters each.

    Both frames have the columns of `FIELDS` as text, null where blank, and the same height. `=` the same, `~` nearly (a name
    spelt otherwise, a number with a slip, the same kecamatan, a year apart), `x` something else, `.` blank on a side.
    """
    return pl.select(pl.concat_str([_marks(name, left[name], right[name]) for name in FIELDS])).to_series()


def _marks(name: str, left: pl.Series, right: pl.Series) -> pl.Series:
    both = pl.DataFrame({"l": left.cast(pl.String), "r": right.cast(pl.String)})
    if name in _NAMES:
        both = both.with_columns(bare(pl.all()))
    is_same = pl.col("l") == pl.col("r")
    marked = (
        pl.when(pl.col("l").is_null() | pl.col("r").is_null() | (pl.col("l") == "") | (pl.col("r") == ""))
        .then(pl.lit(BLANK))
        .when(is_same)
        .then(pl.lit(SAME))
        .when(pl.Series(_near(name, left, right)))
        .then(pl.lit(NEAR))
        .otherwise(pl.lit(OTHER))
    )
    return both.select(marked.alias(name)).to_series()


def _near(name: str, left: pl.Series, right: pl.Series) -> pl.Series:
    if name in _PREFIX:
        size = _PREFIX[name]
        return (left.str.head(size) == right.str.head(size)).fill_null(False)
    if name == "birth_year":
        years = [one.cast(pl.Int32, strict=False) for one in (left, right)]
        return ((years[0] - years[1]).abs() <= 1).fill_null(False)
    if name == "sex":
        return pl.Series([False] * left.len(), dtype=pl.Boolean)
    texts = [one.fill_null("").to_list() for one in (left, right)]
    if name in _NUMBERS:
        return pl.Series(process.cpdist(*texts, scorer=OSA.distance, score_cutoff=_SLIPS) <= _SLIPS)
    lower = [[text.lower() for text in side] for side in texts]
    return pl.Series(process.cpdist(*lower, scorer=fuzz.token_set_ratio) >= _ALIKE)
