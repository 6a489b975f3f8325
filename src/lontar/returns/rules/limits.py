"""The numbers that checks of returns go by: effective-dated parameters beneath `returns.`, read for a month, kept a while."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection

from lontar.audit.queries import parameters_with_prefix

PREFIX = "returns"
_SECONDS = 20.0
_kept: dict[tuple[str, date], tuple[float, Limits]] = {}


@dataclass(frozen=True, eq=False)
class Limits:
    """`numbers` by the parameter's key without its prefix: `jump.month`, `price.drink.least`, …"""

    numbers: Mapping[str, float]

    def number(self, key: str) -> float | None:
        """The number of that key; None: no such limit is in force."""
        return self.numbers.get(key)

    def by_word(self, kind: str, end: str) -> dict[str, float]:
        """`price.<word>.<end>` of every word (product category or code of a commodity)."""
        return _by_word(self, kind, end)


@lru_cache(maxsize=256)
def _by_word(limits: Limits, kind: str, end: str) -> dict[str, float]:
    found = {}
    for key, number in limits.numbers.items():
        first, _, rest = key.partition(".")
        word, _, last = rest.rpartition(".")
        if (first, last) == (kind, end) and word:
            found[word] = number
    return found


def limits_for(month: date) -> Limits:
    """The limits in force on the first day of the month; a change is seen within twenty seconds."""
    key = (str(connection.settings_dict["NAME"]), month)
    held = _kept.get(key)
    if held is not None and time.monotonic() < held[0]:
        return held[1]
    rows = parameters_with_prefix(PREFIX, month)
    found = Limits({name.removeprefix(f"{PREFIX}."): float(row.number) for name, row in rows.items()})
    if len(_kept) > 100:
        _kept.clear()
    _kept[key] = (time.monotonic() + _SECONDS, found)
    return found


def forget() -> None:
    """Read anew at the next question; for tests that set parameters."""
    _kept.clear()
