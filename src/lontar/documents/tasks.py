"""Jobs: take away the files of papers that were never issued."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.db import close_old_connections
from procrastinate.contrib.django import app

log = structlog.get_logger("documents")


@app.periodic(cron="20 3 * * *")
@app.task(name="documents.sweep", queue="intake", queueing_lock="documents-sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Once a night."""
    from lontar.documents.steps import sweeping

    close_old_connections()
    try:
        gone = sweeping.sweep(at=datetime.fromtimestamp(timestamp, tz=UTC))
        if gone:
            log.info("documents.swept", files=gone)
    finally:
        close_old_connections()
