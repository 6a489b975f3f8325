"""Jobs: take away the files of evidence that was removed."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

log = structlog.get_logger("stars")


@app.periodic(cron="35 3 * * *")
@app.task(name="stars.sweep", queue="intake", queueing_lock="stars-sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Once a night, over the whole province."""
    from lontar.access.scope import acting_in
    from lontar.stars.steps import keeping

    close_old_connections()
    try:
        with acting_in(settings.PROGRAMME_ROOT):
            gone = keeping.sweep(at=datetime.fromtimestamp(timestamp, tz=UTC))
        if gone:
            log.info("stars.swept", files=gone)
    finally:
        close_old_connections()
