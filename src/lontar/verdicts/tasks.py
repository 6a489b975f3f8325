"""Jobs: compute the verdict of a quarter."""

from __future__ import annotations

import structlog
from django.db import close_old_connections
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from lontar.access.models import Post, User
from lontar.engines.periods import Quarter, parse_quarter

log = structlog.get_logger("verdicts")


@app.task(name="verdicts.make", queue="intake")
def make(quarter: str, by: int | None, post: int | None) -> None:
    """Compute and keep; pyfixest is loaded here, in the worker, and never at web start-up."""
    from lontar.verdicts.actions import make_verdict

    close_old_connections()
    try:
        made = make_verdict(
            quarter=parse_quarter(quarter),
            by=User.objects.filter(pk=by).first() if by else None,
            post=Post.objects.filter(pk=post).first() if post else None,
            at=timezone.now(),
        )
        log.info("verdicts.made", quarter=quarter, number=made.number)
    finally:
        close_old_connections()


def queue(quarter: Quarter, *, by: User, post: Post) -> bool:
    """Ask a worker for the verdict of a quarter; False where one is being made already."""
    try:
        make.configure(queueing_lock=f"verdict-{quarter.label}").defer(quarter=quarter.label, by=by.pk, post=post.pk)
    except exceptions.AlreadyEnqueued:
        return False
    return True
