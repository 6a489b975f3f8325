"""Sales through steady channels as a higher app counts them from accepted returns: a measured stand-in for regular buyers.

Returns stand above this app, so they register how they are read; without them nothing is known and the measure is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import polars as pl

#: By village and commodity (code): how many producers sold anything, in how many producer-months, in how many of those
#: through steady channels, and in how many nobody said through which.
COLUMNS: Final = {
    "village": pl.String, "code": pl.String, "sellers": pl.Int64, "sales_months": pl.Int64, "steady_months": pl.Int64,
    "untold_months": pl.Int64,
}  # fmt: skip
Source = Callable[[date], pl.DataFrame]
_sources: list[Source] = []


def register_steady_sales(source: Source) -> None:
    """Have `source` (day → frame of `COLUMNS` over the twelve full months before it) asked, in place of an earlier one."""
    _sources[:] = [source]


def steady_sales(day: date) -> pl.DataFrame:
    """What is counted on a day, in the present scope; empty where nobody counts."""
    found = _sources[0](day) if _sources else pl.DataFrame(schema=COLUMNS)
    return found.select(list(COLUMNS))
