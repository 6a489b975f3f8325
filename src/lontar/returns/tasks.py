"""Jobs: the month that has begun is opened for returns."""

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
