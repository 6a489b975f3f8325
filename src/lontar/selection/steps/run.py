"""Carries a run from the registry to rankings in force; one that died half-way is taken up again from the start.

Nothing is seen until the last step, which writes everything and puts the run into force in one transaction. A run is claimed
by an update that only one worker can win; the claim is renewed at each stage and counts as lost after `QUIET`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from lontar.access import scope
from lontar.access.trail import recorded
from lontar.engines.ranking import ProblemInvalid
from lontar.selection.models import CandidateRun, SetVersion
from lontar.selection.states import Act, RunState, Stage
from lontar.selection.steps.measuring import Measured, measure
from lontar.selection.steps.ranking import Rules, rank_all
from lontar.selection.steps.reading import Facts, read_facts
from lontar.selection.steps.storing import store

log = structlog.get_logger("selection")
QUIET = timedelta(seconds=120)
MOST_ATTEMPTS = 3
Clock = Callable[[], datetime]
Tell = Callable[[Stage, int], None]


class ClaimLost(Exception):
    """Another worker carries the run now."""


class Reading:
    """The registry as several runs in a row share it: read and measured once."""

    def __init__(self) -> None:
        self._held: tuple[Facts, Measured] | None = None

    def of(self, run: CandidateRun) -> tuple[Facts, Measured]:
        """Facts and measures on the day of the run."""
        if self._held is None or self._held[0].day != run.day:
            facts = read_facts(run.day)
            self._held = facts, measure(facts)
        return self._held


def carry(
    run_id: int, *, clock: Clock = timezone.now, reading: Reading | None = None, heard: Tell | None = None
) -> CandidateRun | None:
    """Compute a queued run and put it into force; None when there is nothing to do or it failed (the run then says why)."""
    with scope.acting_in(settings.PROGRAMME_ROOT):
        if not _claim(run_id, at=clock()):
            return None
        run = CandidateRun.objects.select_related("version__criteria_set").get(pk=run_id)
        if run.attempts > MOST_ATTEMPTS:
            _end(
                run,
                at=clock(),
                state=RunState.FAILED,
                problem="Pekerja berhenti tiga kali ketika menghitung peringkat.",
            )
            return None
        try:
            return _make(run, clock=clock, reading=reading or Reading(), heard=heard or (lambda _stage, _done: None))
        except ProblemInvalid as problem:
            log.warning("selection.run_failed", run=run_id, problem=str(problem)[:200])
            _end(run, at=clock(), state=RunState.FAILED, problem=str(problem))
        except ClaimLost:
            log.info("selection.claim_lost", run=run_id)
    return None


def _claim(run_id: int, *, at: datetime) -> bool:
    free = Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING, moved_at__lt=at - QUIET)
    mine = CandidateRun.objects.filter(free, pk=run_id)
    return (
        mine.update(state=RunState.RUNNING, stage=Stage.READING, done=0, moved_at=at, attempts=F("attempts") + 1) == 1
    )


def _mine(run: CandidateRun) -> Q:
    return Q(pk=run.pk, state=RunState.RUNNING, attempts=run.attempts)


def _advance(run: CandidateRun, stage: Stage, done: int, *, at: datetime) -> None:
    """Renew the claim and say how far it is; raises `ClaimLost` when somebody took it over."""
    if CandidateRun.objects.filter(_mine(run)).update(stage=stage, done=done, moved_at=at) != 1:
        raise ClaimLost


def _end(run: CandidateRun, *, at: datetime, state: RunState, problem: str) -> None:
    CandidateRun.objects.filter(_mine(run)).update(state=state, moved_at=at, problem=problem)


def rules_of(version: SetVersion) -> Rules:
    """What a version says, as the computation reads it."""
    criteria = list(version.criteria.order_by("position"))
    weights = [float(one.weight) for one in criteria]
    return Rules(
        measures=tuple(one.measure for one in criteria),
        directions=tuple(int(one.direction) for one in criteria),
        weights=tuple(one / sum(weights) for one in weights),
        gates=tuple(version.gates.order_by("position").values_list("rule", "limit")),
    )


def _make(run: CandidateRun, *, clock: Clock, reading: Reading, heard: Tell) -> CandidateRun:
    def tell(stage: Stage, done: int) -> None:
        _advance(run, stage, done, at=clock())
        heard(stage, done)

    tell(Stage.READING, 5)
    facts, measured = reading.of(run)
    rules = rules_of(run.version)
    tell(Stage.RANKING, 30)
    found = rank_all(
        measured, rules, draws=run.draws, seed=run.seed,
        tell=lambda part: tell(Stage.SHAKING if part >= 50 else Stage.RANKING, 30 + part // 2),
    )  # fmt: skip
    tell(Stage.KEEPING, 80)
    with recorded(Act.RUN_DONE, by=run.asked_by, at=clock(), post=run.post, set=run.version.criteria_set.key):
        with transaction.atomic():
            units, candidates = store(run, found, facts)
            _into_force(run, rules, facts=facts, units=units, candidates=candidates, at=clock())
    run.refresh_from_db()
    heard(Stage.KEEPING, 100)
    return run


def _into_force(run: CandidateRun, rules: Rules, *, facts: Facts, units: int, candidates: int, at: datetime) -> None:
    """The older run steps back and this one is in force; raises `ClaimLost`, which takes all rows back."""
    CandidateRun.objects.filter(criteria_set_id=run.criteria_set_id, is_current=True).update(is_current=False)
    ended = CandidateRun.objects.filter(_mine(run)).update(
        state=RunState.DONE, stage=Stage.KEEPING, done=100, moved_at=at, finished_at=at, is_current=True, units=units,
        candidates=candidates, weights=list(rules.weights), data_version=facts.state,
    )  # fmt: skip
    if ended != 1:
        raise ClaimLost
