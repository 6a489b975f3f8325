"""Asking for a draft. The work itself is a job (`carrying`); asking while one is under way gives that one."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.engines.periods import Quarter
from lontar.reports import policies, tasks
from lontar.reports.actions.publishing import check_unpublished
from lontar.reports.models import Build
from lontar.reports.states import Act
from lontar.reports.steps import gathering


class _Underway(Exception):
    """Somebody else asked at the same moment; takes the event of the second asking back."""


def request_build(*, quarter: Quarter, post: Post, by: User | None, at: datetime, base: str = "") -> Build:
    """Have the draft of a closed quarter built by a worker; the build that is under way, where there is one.

    `base` is the address of the site that the package names. Raises Refused for a post that may not, `AlreadyPublished`,
    `gathering.NotClosed` and `gathering.BeingRestated`.
    """
    policies.check_build_report(post)
    check_unpublished(quarter)
    gathering.stamp_of(quarter, at=at)
    found = _underway(quarter)
    if found is not None:
        return found
    try:
        return _ask(quarter, post=post, by=by, at=at, base=base)
    except _Underway:
        return _underway(quarter) or Build.objects.filter(quarter=quarter.label).latest("pk")


def _underway(quarter: Quarter) -> Build | None:
    return Build.objects.running().filter(quarter=quarter.label).first()


def _ask(quarter: Quarter, *, post: Post, by: User | None, at: datetime, base: str) -> Build:
    with recorded(Act.ASKED, by=by, at=at, post=post, quarter=quarter.label):
        try:
            with transaction.atomic():
                build = Build.objects.create(
                    quarter=quarter.label, base=base, asked_at=at, asked_by=by, post=post, moved_at=at
                )
        except IntegrityError as clash:
            raise _Underway from clash
        transaction.on_commit(lambda: tasks.queue(build.pk))
    return build
