"""Drawing invented enterprises: who owns one, what it makes, how big it is. Both agencies' lists begin here.

A draft has one row per enterprise with plain columns (`DRAFT_COLUMNS`); what a workbook calls them, and the habits of the
agency that wrote it, is left to `enterprises` and `second`.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo import identifiers
from lontar.engines.demo.draws import (
    Bools,
    Floats,
    Ints,
    blanked,
    digits,
    happens,
    picks,
    ragged,
    rounded,
    stream,
    words,
)
from lontar.engines.demo.land import Land
from lontar.engines.demo.mix import village_mix
from lontar.engines.demo.names import people
from lontar.engines.demo.official import REGENCIES, YEAR
from lontar.engines.demo.sectors import SECTORS
from lontar.engines.demo.signboards import boards

#: Positions `village` and `sector`, then facts; `woman` is a flag, `born` and `since` are years, money is rupiah a year.
DRAFT_COLUMNS: Final = (
    "village sector woman born nik given middle clan name phone nib business address product since paid unpaid turnover capital"
).split()

_EMPTY_VILLAGES: Final = 0.04
_VILLAGE_SPREAD: Final = 1.05
#: Shares of one to four workers among micro units.
_MICRO: Final = (0.50, 0.31, 0.12, 0.07)


@dataclass(frozen=True, slots=True)
class Order:
    """What to draw: rows per regency (22), sector weights (22 × S), and the block of numbers to use."""

    totals: Ints
    mix: Floats
    block: str


def village_weights(land: Land, *, seed: int) -> Floats:
    """Relative sizes of the villages (V), heavy-tailed, some of them zero; the same for both agencies."""
    rng = stream(seed, name="village sizes")
    sizes = rng.lognormal(0.0, _VILLAGE_SPREAD, len(land)) * np.where(land.town, 1.7, 1.0)
    sizes[happens(rng, len(land), rate=_EMPTY_VILLAGES)] = 0.0
    for which in np.unique(land.regency):
        inside = land.regency == which
        if not sizes[inside].any():
            sizes[inside] = 1.0
    return np.asarray(sizes)


def draft(land: Land, *, order: Order, seed: int, name: str) -> pl.DataFrame:
    """Draw the enterprises of `order`; rows stand in the order of the villages. `name` is the random stream."""
    rng = stream(seed, name=name)
    at, sector = _where(rng, land=land, order=order, weights=village_weights(land, seed=seed))
    size = len(at)
    owner = _owners(rng, at)
    again = owner != np.arange(size)
    women = happens(rng, size, rate=np.array([entry.women for entry in SECTORS])[sector])[owner]
    persons = people(rng, land=land, at=at, women=women)[owner]
    years = _birth_years(rng, size)[owner]
    born = identifiers.births(rng, years=years)
    workers, paid = _workers(rng, sector)
    turnover = _turnover(rng, sector=sector, workers=workers)
    frame = pl.DataFrame({"village": at, "sector": sector, "woman": women, "born": years}).with_columns(
        identifiers.nik(rng, land=land, at=at, born=born, women=women, block=order.block).alias("nik"),
        identifiers.phone(rng, size, block=order.block).alias("phone"),
        identifiers.nib(rng, size, block=order.block).alias("nib"),
        boards(rng, sector=sector, people=persons, women=women, village=land.frame["name"].gather(at)),
        addresses(rng, land=land, at=at).alias("address"),
        ragged(rng, [entry.products for entry in SECTORS], which=sector).alias("product"),
        pl.Series("since", _since(rng, years)),
        pl.Series("paid", paid),
        pl.Series("unpaid", workers - paid),
        pl.Series("turnover", rounded(turnover)),
        pl.Series("capital", rounded(turnover * rng.lognormal(np.log(0.22), 0.6, size))),
        *persons.get_columns(),
    )
    return _with_gaps(rng, frame, owner=owner, again=again).select(DRAFT_COLUMNS)


def _where(rng: np.random.Generator, *, land: Land, order: Order, weights: Floats) -> tuple[Ints, Ints]:
    counts = np.zeros(len(land), dtype=np.int64)
    for which in np.unique(land.regency):
        inside = np.flatnonzero(land.regency == which)
        share = weights[inside] / weights[inside].sum()
        counts[inside] = rng.multinomial(int(order.totals[which]), share)
    table = rng.multinomial(counts, village_mix(rng, land=land, mix=order.mix))
    columns = table.shape[1]
    at = np.repeat(np.arange(len(land)), counts)
    sector = np.repeat(np.tile(np.arange(columns), len(land)), table.ravel())
    mixed = np.lexsort((rng.random(len(at)), at))
    return at.astype(np.int64), sector[mixed].astype(np.int64)


def _birth_years(rng: np.random.Generator, size: int) -> Ints:
    age = np.clip(np.rint(rng.normal(44, 12.5, size)), 19, 84)
    return (YEAR - age).astype(np.int64)


def _since(rng: np.random.Generator, born: Ints) -> Ints:
    """The year of starting: mostly recent, never before the owner was sixteen."""
    back = np.rint(rng.exponential(9.0, len(born)))
    return np.asarray(np.clip(YEAR - back, born + 16, YEAR), dtype=np.int64)


def _workers(rng: np.random.Generator, sector: Ints) -> tuple[Ints, Ints]:
    """All workers, the owner included (BPS: micro 1-4, small 5-19), and those of them that are paid."""
    size = len(sector)
    small = happens(rng, size, rate=np.array([entry.small for entry in SECTORS])[sector])
    micro = 1 + picks(rng, size, weights=_MICRO)
    workers = np.where(small, np.minimum(4 + rng.geometric(0.35, size), 19), micro).astype(np.int64)
    rate = np.array([entry.paid for entry in SECTORS])[sector]
    paid = rng.binomial(workers - 1, np.where(small, 0.75, rate))
    return workers, paid.astype(np.int64)


def _turnover(rng: np.random.Generator, *, sector: Ints, workers: Ints) -> Floats:
    median = np.array([entry.turnover for entry in SECTORS])[sector]
    sigma = np.array([entry.sigma for entry in SECTORS])[sector]
    drawn = median * workers**0.6 * np.exp(sigma * rng.standard_normal(len(sector)))
    return np.asarray(np.clip(drawn, 1.2e6, 1.4e10))


def addresses(rng: np.random.Generator, *, land: Land, at: Ints) -> pl.Series:
    """Hamlet and neighbourhood in a desa, an invented street in town."""
    size = len(at)
    hamlet = words(("I", "II", "III", "IV", "A", "B"), rng.integers(0, 6, size))
    street = words(
        ("Melati", "Cendana", "Lontar", "Kelor", "Sasando", "Gewang", "Flamboyan", "Tenun", "Pantai", "Pasar"),
        rng.integers(0, 10, size),
    )
    frame = pl.DataFrame(
        {
            "town": land.town[at],
            "hamlet": hamlet,
            "street": street,
            "number": rng.integers(1, 96, size),
            "rt": digits(rng.integers(1, 15, size), width=3),
            "rw": digits(rng.integers(1, 8, size), width=3),
        }
    )
    text = (
        pl.when("town")
        .then(pl.format("Jl. Contoh {} No. {}, RT {} RW {}", "street", "number", "rt", "rw"))
        .otherwise(pl.format("Dusun {}, RT {} RW {}", "hamlet", "rt", "rw"))
    )
    return frame.select(text.alias("address")).to_series()


def _owners(rng: np.random.Generator, at: Ints) -> Ints:
    """For each row the row of its owner: itself, or the row before when that owner has a second business."""
    size = len(at)
    again = np.r_[False, at[1:] == at[:-1]][:size] & happens(rng, size, rate=0.012)
    again[1:] &= ~again[:-1]
    return np.asarray(np.arange(size) - again, dtype=np.int64)


def _with_gaps(rng: np.random.Generator, frame: pl.DataFrame, *, owner: Ints, again: Bools) -> pl.DataFrame:
    """What is missing in every real list; telephones shared in a family; no NIK and NIB on a second business."""
    size = frame.height
    village = frame["village"].to_numpy()
    family = np.r_[False, village[1:] == village[:-1]][:size] & happens(rng, size, rate=0.05)
    phones = frame["phone"].gather(owner)
    return frame.with_columns(
        blanked(frame["nik"], again | happens(rng, size, rate=0.04)),
        blanked(phones.gather(np.arange(size) - family), happens(rng, size, rate=0.19)).alias("phone"),
        blanked(frame["nib"], again | ~happens(rng, size, rate=_nib_rate(frame))),
        blanked(frame["turnover"], happens(rng, size, rate=0.06)),
        blanked(frame["capital"], happens(rng, size, rate=0.11)),
    )


def _nib_rate(frame: pl.DataFrame) -> Floats:
    """Bigger and younger businesses have registered; three in ten on the whole."""
    turnover = frame["turnover"].to_numpy().astype(np.float64)
    since = frame["since"].to_numpy()
    rate = 0.235 + 0.10 * (turnover > 15e6) + 0.25 * (turnover > 60e6) + 0.05 * (since >= 2019)
    return np.asarray(rate, dtype=np.float64)


def regency_totals(land: Land, *, scale: int = 1) -> Ints:
    """Table 1 for the regencies of `land` (22, zero where the land has none), times `scale`."""
    present = np.isin(np.arange(len(REGENCIES)), land.regency)
    official = np.array([regency.enterprises for regency in REGENCIES], dtype=np.int64)
    return np.where(present, official * scale, 0).astype(np.int64)
