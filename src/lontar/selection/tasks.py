"""Jobs: compute one ranking; take up runs whose worker died."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.db import close_old_connections
from procrastinate import exceptions
from procrastinate.contrib.django import app

from lontar.selection.models import CandidateRun

log = structlog.get_logger("selection")


@app.task(name="selection.rank", queue="intake")
def rank(run_id: int) -> None:
    """Carry a run to its end. numpy and Polars are loaded here, in the worker, and never at web start-up."""
    from lontar.selection.steps.run import carry

    close_old_connections()
    try:
        carry(run_id)
    finally:
        close_old_connections()


def queue(run_id: int) -> None:
    """Ask a worker to carry the run; asking twice is asking once."""
    try:
        rank.configure(queueing_lock=f"selection-{run_id}").defer(run_id=run_id)
    except exceptions.AlreadyEnqueued:
        log.info("selection.already_queued", run=run_id)


@app.periodic(cron="* * * * *")
@app.task(name="selection.take_up_orphans", queue="intake", queueing_lock="selection-orphans", pass_context=False)
def take_up_orphans(timestamp: int) -> None:
    """Queue every open run that has been quiet for two minutes; one that is really computed keeps its claim."""
    from lontar.selection.steps.run import QUIET

    close_old_connections()
    before = datetime.fromtimestamp(timestamp, UTC) - QUIET
    for run_id in CandidateRun.objects.quiet_since(before).values_list("pk", flat=True):
        queue(run_id)
    close_old_connections()
