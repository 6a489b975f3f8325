"""Jobs: count a quarter whose figures stand since it was last counted."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from lontar.access.scope import acting_in
from lontar.engines.periods import parse_quarter
from lontar.monitoring.queries import computed_at
from lontar.value.queries.flows import reckoning_of

log = structlog.get_logger("value")


@app.task(name="value.count", queue="intake")
def count(quarter: str) -> None:
    """Count from the accepted returns; nothing is done where it was counted after its newest closing or restatement."""
    from lontar.value.actions import NothingToCount, count_quarter
    from lontar.value.rules.assumptions import AssumptionMissing

    close_old_connections()
    try:
        if _is_counted(quarter):
            log.info("value.counted_already", quarter=quarter)
            return
        made = count_quarter(quarter=parse_quarter(quarter), by=None, at=timezone.now())
        log.info("value.counted", quarter=quarter, returns=made.returns)
    except (NothingToCount, AssumptionMissing) as problem:
        log.warning("value.not_counted", quarter=quarter, problem=str(problem)[:200])
    finally:
        close_old_connections()


def _is_counted(quarter: str) -> bool:
    with acting_in(settings.PROGRAMME_ROOT):
        made, computed = reckoning_of(quarter), computed_at(quarter)
    return made is not None and computed is not None and made.counted_at >= computed


def queue(quarter: str) -> None:
    """Ask a worker to count the quarter; asking twice is asking once."""
    try:
        count.configure(queueing_lock=f"value-{quarter}").defer(quarter=quarter)
    except exceptions.AlreadyEnqueued:
        log.info("value.already_queued", quarter=quarter)
