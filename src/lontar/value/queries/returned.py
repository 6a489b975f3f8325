"""The accepted returns of a quarter as the app beneath gives them. Nothing is counted here."""

from __future__ import annotations

import polars as pl

from lontar.engines.periods import Quarter
from lontar.monitoring.queries.returned import accepted


def returns_of(quarter: Quarter) -> pl.DataFrame:
    """A row per producer and month of the quarter, columns as `returns.queries.frames.accepted` says; within the scope."""
    months = quarter.months()
    return accepted(months[0], months[-1])
