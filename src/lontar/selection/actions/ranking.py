"""Asking for a ranking of all units; the computing itself is `steps.run`, carried by a worker or by the command."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.selection import policies, tasks
from lontar.selection.models import CandidateRun, SetVersion
from lontar.selection.states import Act

DRAWS = 2000


class AlreadyRanking(Refused):
    """Peringkat dengan set ini sedang dihitung."""


def request_ranking(
    *,
    version: SetVersion,
    post: Post | None,
    by: User | None,
    at: datetime,
    day: date,
    draws: int = DRAWS,
    seed: int = 2026,
) -> CandidateRun:
    """Ask for a ranking of all units by this version and wake a worker when that is committed.

    `post` is None for the operator at the command line. Raises Refused for a post that may not, AlreadyRanking while another
    run of the set is open.
    """
    if post is not None or by is not None:
        policies.check_rank(post)
    with recorded(Act.RUN_REQUESTED, by=by, at=at, post=post, set=version.criteria_set.key):
        try:
            with transaction.atomic():
                run = CandidateRun.objects.create(
                    criteria_set_id=version.criteria_set_id, version=version, day=day, seed=seed, draws=draws, post=post,
                    asked_by=by, asked_at=at, moved_at=at,
                )  # fmt: skip
        except IntegrityError as problem:
            if "selection_one_open_run" not in str(problem):
                raise
            words = {"name": version.criteria_set.name}
            raise AlreadyRanking(_("Peringkat dengan set %(name)s sedang dihitung.") % words) from problem
        transaction.on_commit(lambda: tasks.queue(run.pk))
    return run
