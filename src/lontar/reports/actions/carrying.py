"""Carries a build to its draft; one whose worker died is taken up again and begins anew, for nothing was kept of it.

A build is claimed by an update that only one worker can win; the claim is renewed at each stage and counts as lost after
`QUIET`. The draft and the end of its build are one transaction: a worker that lost its claim leaves no draft.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.audit.queries import NoParameter
from lontar.engines.periods import parse_quarter
from lontar.reports.actions.building import build_report
from lontar.reports.models import Build, Draft
from lontar.reports.states import BuildState, Stage

log = structlog.get_logger("reports")
QUIET = timedelta(seconds=120)
MOST_ATTEMPTS = 3
Clock = Callable[[], datetime]
_DONE = {Stage.GATHERING: 2, Stage.WRITING: 18, Stage.CHECKING: 60, Stage.KEEPING: 97}  # per cent, as measured


class ClaimLost(Exception):
    """Another worker carries the build now."""


def carry_build(build_id: int, *, clock: Clock = timezone.now) -> Draft | None:
    """Carry a queued build to its draft; None when there is nothing to do or it failed (the build then says why)."""
    with acting_in(settings.PROGRAMME_ROOT):
        if not _claim(build_id, at=clock()):
            return None
        build = Build.objects.select_related("post__agency", "asked_by").get(pk=build_id)
        if build.attempts > MOST_ATTEMPTS:
            _fail(build, at=clock(), problem="Pekerja berhenti tiga kali ketika menyusun laporan ini.")
            return None
        try:
            return _carry(build, clock)
        except (Refused, NoParameter) as problem:
            log.warning("reports.build_failed", build=build_id, problem=str(problem)[:200])
            _fail(build, at=clock(), problem=str(problem))
        except ClaimLost:
            log.info("reports.claim_lost", build=build_id)
    return None


def _carry(build: Build, clock: Clock) -> Draft:
    return build_report(
        quarter=parse_quarter(build.quarter), post=build.post, by=build.asked_by, at=clock(), base=build.base,
        step=lambda stage: _advance(build, stage, at=clock()), kept=lambda draft: _end(build, draft, at=clock()),
    )  # fmt: skip


def _claim(build_id: int, *, at: datetime) -> bool:
    free = Q(state=BuildState.QUEUED) | Q(state=BuildState.RUNNING, moved_at__lt=at - QUIET)
    mine = Build.objects.filter(free, pk=build_id)
    return mine.update(state=BuildState.RUNNING, moved_at=at, done=0, attempts=F("attempts") + 1) == 1


def _mine(build: Build) -> Q:
    return Q(pk=build.pk, state=BuildState.RUNNING, attempts=build.attempts)


def _advance(build: Build, stage: Stage, *, at: datetime) -> None:
    """Renew the claim and say how far it is; raises `ClaimLost` when somebody took it over."""
    if Build.objects.filter(_mine(build)).update(stage=stage, done=_DONE[stage], moved_at=at) != 1:
        raise ClaimLost


def _fail(build: Build, *, at: datetime, problem: str) -> None:
    Build.objects.filter(_mine(build)).update(state=BuildState.FAILED, moved_at=at, problem=problem)


def _end(build: Build, draft: Draft, *, at: datetime) -> None:
    """The build is done; raises `ClaimLost`, which takes the draft back."""
    ended = Build.objects.filter(_mine(build)).update(
        state=BuildState.DONE, stage=Stage.KEEPING, done=100, moved_at=at, finished_at=at, draft=draft
    )
    if ended != 1:
        raise ClaimLost
