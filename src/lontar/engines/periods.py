"""Months, quarters and years as half-open stretches of days: 1 July belongs to the third quarter, 1 October no more.

Reports compare the same quarter of the year before, never the quarter before, because goods are seasonal (DOMAIN trap
19). Labels sort as text (`2026-07`, `2026-T3`, `2026`); names are Indonesian. What is reported in a period, and until
when, is left to monitoring; nothing here asks the clock.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

MONTH_NAMES = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

_ROMAN = ("I", "II", "III", "IV")
_YEARS = range(1, 9999)


class PeriodError(ValueError):
    """A text or a number that names no period; the message is for the person who wrote it."""


@dataclass(frozen=True, slots=True, order=True, repr=False)
class _Steps(ABC):
    """Periods of one length counted from year 0: the year times the number of them in a year, plus the position."""

    ordinal: int

    def __repr__(self) -> str:
        """`Quarter(2026-T3)`."""
        return f"{type(self).__name__}({self.label})"

    @classmethod
    @abstractmethod
    def from_date(cls, day: date) -> Self:
        """Return the period that holds a day."""

    @property
    @abstractmethod
    def start(self) -> date:
        """First day, inside."""

    @property
    @abstractmethod
    def end(self) -> date:
        """First day after, outside."""

    @property
    @abstractmethod
    def label(self) -> str:
        """Short name that sorts by time among periods of its kind."""

    @abstractmethod
    def same_last_year(self) -> Self:
        """Return the same period of the year before."""

    @property
    def last_day(self) -> date:
        """Last day, inside; for words such as "sampai dengan"."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """Tell whether `start` ≤ day < `end`."""
        return self.start <= day < self.end

    def shift(self, steps: int) -> Self:
        """Return the period that many steps later, or earlier when negative."""
        return type(self)(self.ordinal + steps)

    def steps_since(self, other: Self) -> int:
        """Return how many steps this period lies after another of its kind."""
        return self.ordinal - other.ordinal

    def until(self, stop: Self) -> Iterator[Self]:
        """Yield this period and the following ones up to, and without, `stop`."""
        for ordinal in range(self.ordinal, stop.ordinal):
            yield type(self)(ordinal)


def _check_year(year: int) -> None:
    # The year after must exist too, for the end of a period is the start of the next.
    if year not in _YEARS:
        raise PeriodError(f"Tahun {year} di luar jangkauan (1–9998).")


class Year(_Steps):
    """A calendar year, which is also the budget year; label `2026`."""

    __slots__ = ()

    def __init__(self, ordinal: int) -> None:
        _check_year(ordinal)
        super().__init__(ordinal)

    @classmethod
    def of(cls, year: int) -> Self:
        """Return the year."""
        return cls(year)

    @classmethod
    def from_date(cls, day: date) -> Self:
        """Return the year that holds a day."""
        return cls(day.year)

    @property
    def year(self) -> int:
        """The year."""
        return self.ordinal

    @property
    def start(self) -> date:
        """First of January."""
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """First of January of the next year."""
        return date(self.year + 1, 1, 1)

    @property
    def label(self) -> str:
        """`2026`."""
        return f"{self.year:04d}"

    def same_last_year(self) -> Self:
        """Return the year before."""
        return self.shift(-1)

    def quarters(self) -> tuple[Quarter, Quarter, Quarter, Quarter]:
        """Return the four quarters."""
        return (
            Quarter.of(self.year, 1),
            Quarter.of(self.year, 2),
            Quarter.of(self.year, 3),
            Quarter.of(self.year, 4),
        )

    def months(self) -> tuple[Month, ...]:
        """Return the twelve months."""
        return tuple(Month.of(self.year, month) for month in range(1, 13))

    def __str__(self) -> str:
        """`Tahun 2026`."""
        return f"Tahun {self.year}"


class Quarter(_Steps):
    """A calendar quarter (triwulan); label `2026-T3`."""

    __slots__ = ()

    def __init__(self, ordinal: int) -> None:
        _check_year(ordinal // 4)
        super().__init__(ordinal)

    @classmethod
    def of(cls, year: int, quarter: int) -> Self:
        """Return quarter 1 to 4 of a year."""
        if quarter not in range(1, 5):
            raise PeriodError(f"Triwulan {quarter} tidak ada; pilih 1 sampai 4.")
        return cls(year * 4 + quarter - 1)

    @classmethod
    def from_date(cls, day: date) -> Self:
        """Return the quarter that holds a day."""
        return cls.of(day.year, (day.month - 1) // 3 + 1)

    @property
    def year(self) -> int:
        """The year."""
        return self.ordinal // 4

    @property
    def quarter(self) -> int:
        """The quarter, 1 to 4."""
        return self.ordinal % 4 + 1

    @property
    def start(self) -> date:
        """First day of the quarter."""
        return date(self.year, self.quarter * 3 - 2, 1)

    @property
    def end(self) -> date:
        """First day of the next quarter."""
        return date(self.year + 1, 1, 1) if self.quarter == 4 else date(self.year, self.quarter * 3 + 1, 1)

    @property
    def label(self) -> str:
        """`2026-T3`."""
        return f"{self.year:04d}-T{self.quarter}"

    def same_last_year(self) -> Self:
        """Return the same quarter of the year before, the only fair comparison for seasonal goods."""
        return self.shift(-4)

    def months(self) -> tuple[Month, Month, Month]:
        """Return the three months."""
        first = self.quarter * 3 - 2
        return Month.of(self.year, first), Month.of(self.year, first + 1), Month.of(self.year, first + 2)

    def __str__(self) -> str:
        """`Triwulan III 2026`."""
        return f"Triwulan {_ROMAN[self.quarter - 1]} {self.year}"


class Month(_Steps):
    """A calendar month; label `2026-07`."""

    __slots__ = ()

    def __init__(self, ordinal: int) -> None:
        _check_year(ordinal // 12)
        super().__init__(ordinal)

    @classmethod
    def of(cls, year: int, month: int) -> Self:
        """Return month 1 to 12 of a year."""
        if month not in range(1, 13):
            raise PeriodError(f"Bulan {month} tidak ada; pilih 1 sampai 12.")
        return cls(year * 12 + month - 1)

    @classmethod
    def from_date(cls, day: date) -> Self:
        """Return the month that holds a day."""
        return cls.of(day.year, day.month)

    @property
    def year(self) -> int:
        """The year."""
        return self.ordinal // 12

    @property
    def month(self) -> int:
        """The month, 1 to 12."""
        return self.ordinal % 12 + 1

    @property
    def start(self) -> date:
        """First day of the month."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """First day of the next month."""
        return date(self.year + 1, 1, 1) if self.month == 12 else date(self.year, self.month + 1, 1)

    @property
    def label(self) -> str:
        """`2026-07`."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def quarter(self) -> Quarter:
        """The quarter that holds the month."""
        return Quarter.of(self.year, (self.month - 1) // 3 + 1)

    def same_last_year(self) -> Self:
        """Return the same month of the year before."""
        return self.shift(-12)

    def __str__(self) -> str:
        """`Juli 2026`."""
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"


Period = Year | Quarter | Month

_LABEL_YEAR = re.compile(r"(?:tahun )?([0-9]{4})")
_LABEL_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[-/]([0-9]{4})")
_LABEL_QUARTER = re.compile(r"([0-9]{4})[ \-/]?[tq]w?([1-4])")
_QUARTER_FIRST = re.compile(
    r"(?:triwulan|kuartal|tri wulan|tw\.?|q|t)[ \-]?(?:ke-?)?(i{1,3}|iv|[1-4])[ ,\-/]*(?:tahun )?([0-9]{4})"
)
_MONTH_NAMED = re.compile(r"(?:bulan )?([a-z]+)\.?[ ,\-]*(?:tahun )?([0-9]{4})")

_MONTH_WORDS = {
    **{name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)},
    **{"agt": 8, "agu": 8, "ags": 8, "agust": 8, "sept": 9, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2},
}


def parse_period(text: str) -> Period:
    """Read a period as people write it.

    Takes the labels `2026`, `2026-T3`, `2026-07`, and `Juli 2026`, `Jul 2026`, `07/2026`, `Triwulan III 2026`,
    `TW 3 2026`, `Q3 2026`, `Tahun 2026`. Raises PeriodError for anything else, never guessing.
    """
    words = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().lower()
    for read in (_read_year, _read_month_number, _read_quarter, _read_month_name):
        period = read(words)
        if period is not None:
            return period
    raise PeriodError(f"Periode “{text.strip()[:40]}” tidak terbaca. Tulis misalnya 2026-T3, Juli 2026, atau 2026.")


def parse_quarter(text: str) -> Quarter:
    """Read a quarter; raises PeriodError for other periods too."""
    period = parse_period(text)
    if not isinstance(period, Quarter):
        raise PeriodError(f"“{text.strip()[:40]}” bukan triwulan. Tulis misalnya 2026-T3 atau Triwulan III 2026.")
    return period


def _read_year(words: str) -> Period | None:
    found = _LABEL_YEAR.fullmatch(words)
    return Year.of(int(found.group(1))) if found else None


def _read_month_number(words: str) -> Period | None:
    found = _LABEL_MONTH.fullmatch(words)
    if found is not None:
        return Month.of(int(found.group(1)), int(found.group(2)))
    found = _MONTH_FIRST.fullmatch(words)
    return Month.of(int(found.group(2)), int(found.group(1))) if found else None


def _read_quarter(words: str) -> Period | None:
    found = _LABEL_QUARTER.fullmatch(words)
    if found is not None:
        return Quarter.of(int(found.group(1)), int(found.group(2)))
    found = _QUARTER_FIRST.fullmatch(words)
    if found is None:
        return None
    number = found.group(1)
    quarter = int(number) if number.isdecimal() else _ROMAN.index(number.upper()) + 1
    return Quarter.of(int(found.group(2)), quarter)


def _read_month_name(words: str) -> Period | None:
    found = _MONTH_NAMED.fullmatch(words)
    if found is None or found.group(1) not in _MONTH_WORDS:
        return None
    return Month.of(int(found.group(2)), _MONTH_WORDS[found.group(1)])
