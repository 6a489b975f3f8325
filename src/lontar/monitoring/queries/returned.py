"""Accepted returns as the newest closing kept them, and from the database what no closing has seen.

Closing a quarter reads three months instead of twenty-four, and a verdict on a closed quarter none at all.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from lontar.engines.indicators.snapshots import RETURNS_FILE
from lontar.engines.periods import Month, parse_quarter
from lontar.monitoring.models import QuarterRun
from lontar.monitoring.queries.stored import folder_of
from lontar.monitoring.states import RunState
from lontar.returns.models import Period
from lontar.returns.queries import frames


def accepted(first: Month, last: Month) -> pl.DataFrame:
    """As `returns.queries.frames.accepted`: the same rows, faster where a quarter among them is closed."""
    return frames.accepted(first, last, kept=_kept(first, last))


def _kept(first: Month, last: Month) -> frames.Kept | None:
    """The newest snapshot of a quarter that ends within the months, with the digest that its run noted in the database.

    None where there is none, where it was changed since, or where a month of it takes returns.
    """
    quarters = QuarterRun.objects.filter(state=RunState.DONE, quarter__lte=last.quarter.label)
    for run in quarters.order_by("-quarter", "-number"):
        through = Month.from_date(parse_quarter(run.quarter).last_day)
        path = folder_of(run.quarter, run.number) / RETURNS_FILE
        if through < first:
            return None
        if through <= last and path.is_file():
            open_yet = Period.objects.months().taking().filter(start__gte=first.start, start__lte=through.start)
            is_whole = bool(run.returns_sha256) and digest(path) == run.returns_sha256
            return frames.Kept(path, through) if is_whole and not open_yet.exists() else None
    return None


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest()
