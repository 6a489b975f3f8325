"""Numbers that pass every format check and that nobody was ever given.

NIK, NIB, telephone and NPSN after the formats of the domain rules, each in a range that its issuer does not use:

* NIK: the last four digits, the serial of the day, lie in 9000-9999; a district does not register nine thousand births
  a day.
* NIB: begins with 99; issued numbers begin with a day of the month or with 812 and 912.
* Telephone: begins with 0844; no operator holds 084x (the mobile plan is 081-083 and 085-089).
* NPSN: begins with 99.

Checking numbers is left to the identifier engine; licence numbers are in `licences`.
"""

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.draws import Bools, Ints, digits, happens, picks, rank_within, scattered
from lontar.engines.demo.land import Land

#: Serial ranges of the NIK kept apart, so that two lists never invent the same person by accident.
NIK_BLOCKS: Final[dict[str, tuple[int, int]]] = {"first": (9000, 9700), "second": (9700, 10_000)}
_BLOCK_DIGIT: Final = {"first": "1", "second": "6", "changed": "8", "school": "3", "community": "4", "group": "5"}
#: First registered outside the province: Makassar, Surabaya, Jakarta Timur, Denpasar.
_ELSEWHERE: Final = (737101, 357801, 317501, 517101)


def births(rng: np.random.Generator, *, years: Ints) -> Ints:
    """A day of birth in each given year, as days since 1970-01-01."""
    first = (years - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return (first.astype(np.int64) + rng.integers(0, 365, len(years))).astype(np.int64)


def nik(rng: np.random.Generator, *, land: Land, at: Ints, born: Ints, women: Bools, block: str) -> pl.Series:
    """Sixteen digits: district of first registration, day of birth (women + 40), serial from 9000 on. No two alike."""
    size = len(at)
    codes = land.frame["code"].str.replace_all(".", "", literal=True).str.slice(0, 6).cast(pl.Int64).to_numpy()
    district = codes[at]
    moved = happens(rng, size, rate=0.07)
    district = np.where(moved, codes[rng.integers(0, len(land), size)], district)
    outside = happens(rng, size, rate=0.01)
    district = np.where(outside, np.array(_ELSEWHERE)[picks(rng, size, weights=(4, 3, 2, 1))], district)
    days = born.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    day = (days - months).astype(np.int64) + 1 + 40 * women
    month = months.astype(np.int64) % 12 + 1
    year = (months.astype("datetime64[Y]").astype(np.int64) + 1970) % 100
    prefix = district * 1_000_000 + day * 10_000 + month * 100 + year
    low, high = NIK_BLOCKS[block]
    serial = low + (prefix % 9973 + rank_within(prefix)) % (high - low)
    return digits(prefix * 10_000 + serial, width=16).rename("NIK")


def nib(rng: np.random.Generator, size: int, *, block: str) -> pl.Series:
    """Thirteen digits beginning with 99; no two alike."""
    serial = digits(scattered(rng, size, modulus=10**10), width=10)
    return pl.Series("NIB", [f"99{_BLOCK_DIGIT[block]}"]).new_from_index(0, size) + serial


def phone(rng: np.random.Generator, size: int, *, block: str) -> pl.Series:
    """Twelve digits beginning with 0844; no two alike."""
    serial = digits(scattered(rng, size, modulus=10**7), width=7)
    return pl.Series("phone", [f"0844{_BLOCK_DIGIT[block]}"]).new_from_index(0, size) + serial


def npsn(rng: np.random.Generator, size: int) -> pl.Series:
    """Eight digits beginning with 99; no two alike."""
    return "99" + digits(scattered(rng, size, modulus=10**6), width=6)


def days_between(rng: np.random.Generator, size: int, *, first: date, last: date) -> pl.Series:
    """`size` days, both ends included, as dates."""
    start = first.toordinal() - date(1970, 1, 1).toordinal()
    span = last.toordinal() - first.toordinal() + 1
    return pl.Series(start + rng.integers(0, span, size)).cast(pl.Int32).cast(pl.Date)
