"""Jobs: the month that has begun is opened for returns, and a month that is late gets its days of grace."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.db import close_old_connections
from procrastinate.contrib.django import app

log = structlog.get_logger("returns")


@app.periodic(cron="20 16 * * *")
@app.task(name="returns.open_due", queue="intake", queueing_lock="returns-open", pass_context=False)
def open_months(timestamp: int) -> None:
    """At 00.20 WITA every day, so that a server that slept on the first of the month opens it on the second."""
    from lontar.returns.actions import open_due

    close_old_connections()
    try:
        opened = open_due(datetime.fromtimestamp(timestamp, UTC))
        if opened:
            log.info("returns.opened", months=opened)
    finally:
        close_old_connections()


@app.periodic(cron="25 16 * * *")
@app.task(name="returns.begin_grace", queue="intake", queueing_lock="returns-grace", pass_context=False)
def begin_grace(timestamp: int) -> None:
    """At 00.25 WITA every day; nothing where every month is in time, or had its days of grace already."""
    from lontar.audit.queries import NoParameter
    from lontar.returns import actions

    close_old_connections()
    try:
        late = actions.begin_grace(datetime.fromtimestamp(timestamp, UTC))
        if late:
            log.info("returns.grace_begun", months=[one.label for one in late])
    except NoParameter as problem:
        log.warning("returns.grace_unknown", problem=str(problem)[:200])
    finally:
        close_old_connections()
