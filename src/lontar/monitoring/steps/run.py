"""Carries a closing or a restatement to its end; one that died half-way is taken up again and ends the same.

Closing locks the months first, in a transaction of its own: from then on what is frozen cannot change, so that everything
after it can be done again from the start. A run is claimed by an update that only one worker can win; the claim is renewed at
each stage and counts as lost after `QUIET`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from lontar.access import scope
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.audit.queries import NoParameter
from lontar.engines.indicators import IndicatorError, differing, recompute
from lontar.engines.indicators.snapshots import EARLIER_FILE, FIGURES_FILE, HELD_FILE, RETURNS_FILE
from lontar.engines.periods import Month, Quarter, parse_quarter
from lontar.monitoring.models import QuarterRun
from lontar.monitoring.queries.returned import digest
from lontar.monitoring.queries.stored import folder_of
from lontar.monitoring.states import Act, RunKind, RunState, Stage
from lontar.monitoring.steps import after, freezing, keeping
from lontar.returns.actions import move_periods
from lontar.returns.states import PeriodState

log = structlog.get_logger("monitoring")
QUIET = timedelta(seconds=120)
MOST_ATTEMPTS = 3
Clock = Callable[[], datetime]


class ClaimLost(Exception):
    """Another worker carries the run now."""


def carry(run_id: int, *, clock: Clock = timezone.now) -> QuarterRun | None:
    """Carry a queued run to its end; None when there is nothing to do or it failed (the run then says why)."""
    with scope.acting_in(settings.PROGRAMME_ROOT):
        if not _claim(run_id, at=clock()):
            return None
        run = QuarterRun.objects.select_related("post", "asked_by").get(pk=run_id)
        if run.attempts > MOST_ATTEMPTS:
            _fail(run, at=clock(), problem="Pekerja berhenti tiga kali ketika menghitung triwulan ini.")
            return None
        try:
            return _close(run, clock) if run.kind == RunKind.CLOSE else _restate(run, clock)
        except (IndicatorError, NoParameter, Refused) as problem:
            log.warning("monitoring.run_failed", run=run_id, problem=str(problem)[:200])
            _fail(run, at=clock(), problem=str(problem))
        except ClaimLost:
            log.info("monitoring.claim_lost", run=run_id)
    return None


def _claim(run_id: int, *, at: datetime) -> bool:
    free = Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING, moved_at__lt=at - QUIET)
    mine = QuarterRun.objects.filter(free, pk=run_id)
    return mine.update(state=RunState.RUNNING, moved_at=at, done=0, attempts=F("attempts") + 1) == 1


def _mine(run: QuarterRun) -> Q:
    return Q(pk=run.pk, state=RunState.RUNNING, attempts=run.attempts)


def _advance(run: QuarterRun, stage: Stage, done: int, *, at: datetime) -> None:
    """Renew the claim and say how far it is; raises `ClaimLost` when somebody took it over."""
    if QuarterRun.objects.filter(_mine(run)).update(stage=stage, done=done, moved_at=at) != 1:
        raise ClaimLost


def _fail(run: QuarterRun, *, at: datetime, problem: str) -> None:
    QuarterRun.objects.filter(_mine(run)).update(state=RunState.FAILED, moved_at=at, problem=problem)


def _end(run: QuarterRun, *, at: datetime, folder: Path, figures: int, held_back: int = 0) -> None:
    """The run is done; raises `ClaimLost`, which takes everything back."""
    ended = QuarterRun.objects.filter(_mine(run)).update(
        state=RunState.DONE, stage=Stage.KEEPING, done=100, moved_at=at, finished_at=at, returns=_height(folder),
        returns_sha256=digest(folder / RETURNS_FILE), figures=figures, held_back=held_back,
    )  # fmt: skip
    if ended != 1:
        raise ClaimLost
    run.refresh_from_db()


def _close(run: QuarterRun, clock: Clock) -> QuarterRun:
    quarter = parse_quarter(run.quarter)
    _advance(run, Stage.LOCKING, 5, at=clock())
    spans: list[Month | Quarter] = [*quarter.months(), quarter]
    move_periods(spans, to=PeriodState.CLOSED, by=run.asked_by, post=run.post, at=clock())
    _advance(run, Stage.READING, 15, at=clock())
    folder = freezing.freeze(quarter, root=settings.PROGRAMME_ROOT)
    _advance(run, Stage.COMPUTING, 45, at=clock())
    figures = recompute(folder)
    figures.write_parquet(folder / FIGURES_FILE)
    freezing.seal(folder)
    _advance(run, Stage.KEEPING, 80, at=clock())
    with recorded(Act.CLOSED, by=run.asked_by, at=clock(), post=run.post, quarter=run.quarter), transaction.atomic():
        kept = keeping.store(run, figures)
        _end(run, at=clock(), folder=folder, figures=kept)
        _tell(run)
    return run


def _restate(run: QuarterRun, clock: Clock) -> QuarterRun:
    """Compute the quarter again from the returns as they are now, everything else as it was frozen."""
    quarter = parse_quarter(run.quarter)
    before = folder_of(run.quarter, run.number - 1)
    _advance(run, Stage.READING, 15, at=clock())
    folder = freezing.freeze(quarter, root=settings.PROGRAMME_ROOT, number=run.number, kept=before)
    _advance(run, Stage.COMPUTING, 45, at=clock())
    figures = recompute(folder)
    figures.write_parquet(folder / FIGURES_FILE)
    found = differing(pl.read_parquet(folder / EARLIER_FILE), figures)
    held = pl.read_parquet(folder / HELD_FILE).height
    freezing.seal(folder)
    _advance(run, Stage.KEEPING, 80, at=clock())
    with recorded(Act.RESTATED, by=run.asked_by, at=clock(), post=run.post, quarter=run.quarter), transaction.atomic():
        kept = keeping.store_changes(run, found)
        _end(run, at=clock(), folder=folder, figures=kept, held_back=held)
        _tell(run)
    return run


def _tell(run: QuarterRun) -> None:
    """Have the apps above told once this is committed; what fails there is logged and takes nothing back."""
    transaction.on_commit(lambda: after.tell_all(run.quarter), robust=True)


def _height(folder: Path) -> int:
    return int(pl.scan_parquet(folder / RETURNS_FILE).select(pl.len()).collect().item())
