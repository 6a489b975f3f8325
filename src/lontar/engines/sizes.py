"""Size classes of an enterprise, in two systems that must never be mixed.

BPS counts workers (owner and unpaid family included): mikro 1–4, kecil 5–19, sedang 20–99, besar from 100. PP 7/2021
looks at rupiah: yearly sales for an existing enterprise, capital for a new one. Each system has a type of its own, so
that one cannot stand where the other is meant (DOMAIN trap 6). Thresholds are always arguments; the sets here are the
documented defaults from which the effective-dated parameters are seeded. Which set is in force is left to those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Generic, TypeVar

import polars as pl


class SizeError(ValueError):
    """A figure that cannot be classed, or bands that contradict themselves."""


class WorkerClass(StrEnum):
    """Class of an industry by its workers (BPS)."""

    MICRO = "mikro"
    SMALL = "kecil"
    MEDIUM = "sedang"
    LARGE = "besar"


class UmkmClass(StrEnum):
    """Class of an enterprise by sales or capital (PP 7/2021, article 35)."""

    MICRO = "mikro"
    SMALL = "kecil"
    MEDIUM = "menengah"
    LARGE = "besar"


class MicroRung(StrEnum):
    """Rung within the micro class by yearly sales, for nearly every enterprise here stays micro for years."""

    SEED = "rintisan"
    GROWING = "tumbuh"
    UPPER = "mikro atas"


class Criterion(StrEnum):
    """What is measured."""

    WORKERS = "tenaga kerja"
    SALES = "hasil penjualan tahunan"
    CAPITAL = "modal usaha"


class Edge(StrEnum):
    """To which band an upper bound belongs: the one below it ("paling banyak"), or the next (half-open)."""

    INCLUSIVE = "paling banyak"
    HALF_OPEN = "kurang dari"


SizeClass = TypeVar("SizeClass", WorkerClass, UmkmClass, MicroRung)


@dataclass(frozen=True, slots=True)
class Band(Generic[SizeClass]):
    """One class and its upper bound (persons or rupiah); None has no upper bound."""

    size: SizeClass
    upper: Decimal | None


@dataclass(frozen=True, slots=True)
class SizeBands(Generic[SizeClass]):
    """Bands in ascending order with one meaning of their edges.

    `lower` is the smallest figure that can be classed. `in_force` and `source` say since when (None: no
    date is known) and by which text. The
    last band of a closed set may have an upper bound, as the rungs within micro do. Raises SizeError when the bounds
    do not ascend, a class stands twice, or an open band is not the last.
    """

    criterion: Criterion
    edge: Edge
    lower: Decimal
    bands: tuple[Band[SizeClass], ...]
    in_force: date | None
    source: str

    def __post_init__(self) -> None:
        bounds = [band.upper for band in self.bands if band.upper is not None]
        if not self.bands or any(band.upper is None for band in self.bands[:-1]):
            raise SizeError("Hanya kelas terakhir yang boleh tanpa batas atas.")
        if any(low >= high for low, high in pairwise(bounds)):
            raise SizeError("Batas kelas harus menaik.")
        if bounds and bounds[0] < self.lower:
            raise SizeError("Batas kelas pertama di bawah nilai terkecil.")
        if len({band.size for band in self.bands}) != len(self.bands):
            raise SizeError("Satu kelas tertulis dua kali.")

    def find(self, figure: int | Decimal) -> SizeClass | None:
        """Return the class of a figure; None below `lower` or above a closed set. A float raises SizeError."""
        if isinstance(figure, float | bool):
            raise SizeError("Nilai harus Decimal atau bilangan bulat, bukan float.")
        if figure < self.lower:
            return None
        for band in self.bands:
            if band.upper is None or figure < band.upper or (self.edge is Edge.INCLUSIVE and figure == band.upper):
                return band.size
        return None

    def expression(self, column: pl.Expr) -> pl.Expr:
        """Return the class of a numeric column as text; null where there is none."""
        result = pl.lit(None, dtype=pl.String)
        for band in reversed(self.bands):
            if band.upper is None:
                result = pl.lit(band.size.value)
                continue
            bound = pl.lit(band.upper, dtype=_BOUND)
            below = column <= bound if self.edge is Edge.INCLUSIVE else column < bound
            result = pl.when(below).then(pl.lit(band.size.value)).otherwise(result)
        return pl.when(column >= pl.lit(self.lower, dtype=_BOUND)).then(result)

    def rank(self, size: SizeClass) -> int:
        """Return the place of a class in this set, 0 the smallest."""
        return [band.size for band in self.bands].index(size)


_BOUND = pl.Decimal(20, 2)


def worker_class(workers: int, *, bands: SizeBands[WorkerClass]) -> WorkerClass | None:
    """Return the BPS class by workers (persons); None where nobody works."""
    _require(bands, Criterion.WORKERS)
    return bands.find(workers)


def count_workers(*, owners: int, paid: int, unpaid_family: int) -> int:
    """Return the workers that BPS counts (persons): owners who work, paid workers and unpaid family members."""
    if min(owners, paid, unpaid_family) < 0:
        raise SizeError("Jumlah tenaga kerja tidak boleh negatif.")
    return owners + paid + unpaid_family


def umkm_class_by_sales(sales: Decimal, *, bands: SizeBands[UmkmClass]) -> UmkmClass | None:
    """Return the class of an existing enterprise by yearly sales (rupiah; PP 7/2021, article 35)."""
    _require(bands, Criterion.SALES)
    return bands.find(sales)


def umkm_class_by_capital(capital: Decimal, *, bands: SizeBands[UmkmClass]) -> UmkmClass | None:
    """Return the class of a new enterprise by capital without land and buildings (rupiah; PP 7/2021, article 35)."""
    _require(bands, Criterion.CAPITAL)
    return bands.find(capital)


def micro_rung(sales: Decimal, *, bands: SizeBands[MicroRung]) -> MicroRung | None:
    """Return the rung within micro by yearly sales (rupiah); None above micro."""
    _require(bands, Criterion.SALES)
    return bands.find(sales)


def steps_up(before: SizeClass, after: SizeClass, *, bands: SizeBands[SizeClass]) -> int:
    """Return by how many classes an enterprise rose (negative: fell), both classes by the same bands."""
    return bands.rank(after) - bands.rank(before)


def size_column(figures: pl.Series, *, bands: SizeBands[SizeClass]) -> pl.Series:
    """Return the classes of a column of integers or Decimal as text, null where there is none; a float column raises.

    The criterion is that of the bands: the caller pairs the column with the right set.
    """
    if figures.dtype.is_float():
        raise SizeError("Kolom harus Decimal atau bilangan bulat, bukan float.")
    frame = pl.DataFrame({"figure": figures})
    return frame.select(bands.expression(pl.col("figure").cast(_BOUND)).alias(figures.name)).to_series()


def _require(bands: SizeBands[SizeClass], criterion: Criterion) -> None:
    if bands.criterion is not criterion:
        raise SizeError(f"Kelas menurut {bands.criterion} tidak dapat dipakai untuk {criterion}.")


def _bands(*pairs: tuple[SizeClass, int | None]) -> tuple[Band[SizeClass], ...]:
    return tuple(Band(size=size, upper=None if upper is None else Decimal(upper)) for size, upper in pairs)


_MILLION = 1_000_000
_BILLION = 1_000_000_000

DEFAULT_WORKER_BANDS: SizeBands[WorkerClass] = SizeBands(
    criterion=Criterion.WORKERS,
    edge=Edge.INCLUSIVE,
    lower=Decimal(1),
    bands=_bands((WorkerClass.MICRO, 4), (WorkerClass.SMALL, 19), (WorkerClass.MEDIUM, 99), (WorkerClass.LARGE, None)),
    in_force=None,
    source="BPS, konsep industri besar, sedang, kecil, dan mikro (bps.go.id/subject/170); VIMK 2013",
)

DEFAULT_SALES_BANDS: SizeBands[UmkmClass] = SizeBands(
    criterion=Criterion.SALES,
    edge=Edge.INCLUSIVE,
    lower=Decimal(0),
    bands=_bands(
        (UmkmClass.MICRO, 2 * _BILLION),
        (UmkmClass.SMALL, 15 * _BILLION),
        (UmkmClass.MEDIUM, 50 * _BILLION),
        (UmkmClass.LARGE, None),
    ),
    in_force=date(2021, 2, 2),
    source="PP 7/2021 Pasal 35 (hasil penjualan tahunan)",
)

DEFAULT_CAPITAL_BANDS: SizeBands[UmkmClass] = SizeBands(
    criterion=Criterion.CAPITAL,
    edge=Edge.INCLUSIVE,
    lower=Decimal(0),
    bands=_bands(
        (UmkmClass.MICRO, 1 * _BILLION),
        (UmkmClass.SMALL, 5 * _BILLION),
        (UmkmClass.MEDIUM, 10 * _BILLION),
        (UmkmClass.LARGE, None),
    ),
    in_force=date(2021, 2, 2),
    source="PP 7/2021 Pasal 35 (modal usaha, tidak termasuk tanah dan bangunan tempat usaha)",
)

# A proposal of the programme, not a rule of law: 300 million was the ceiling of micro in UU 20/2008.
DEFAULT_MICRO_RUNGS: SizeBands[MicroRung] = SizeBands(
    criterion=Criterion.SALES,
    edge=Edge.INCLUSIVE,
    lower=Decimal(0),
    bands=_bands((MicroRung.SEED, 50 * _MILLION), (MicroRung.GROWING, 300 * _MILLION), (MicroRung.UPPER, 2 * _BILLION)),
    in_force=None,
    source="Usulan program (bukan aturan); 300 juta adalah batas usaha mikro menurut UU 20/2008",
)

DEFAULT_BANDS: Sequence[SizeBands[WorkerClass] | SizeBands[UmkmClass] | SizeBands[MicroRung]] = (
    DEFAULT_WORKER_BANDS,
    DEFAULT_SALES_BANDS,
    DEFAULT_CAPITAL_BANDS,
    DEFAULT_MICRO_RUNGS,
)
