"""Jobs: carry one closing or restatement; take up runs whose worker died."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.db import close_old_connections
from procrastinate import exceptions
from procrastinate.contrib.django import app

from lontar.monitoring.models import QuarterRun

log = structlog.get_logger("monitoring")


@app.task(name="monitoring.carry", queue="intake")
def carry(run_id: int) -> None:
    """Carry a run to its end. DuckDB and Polars are loaded here, in the worker, and never at web start-up."""
    from lontar.monitoring.steps.run import carry as carry_run

    close_old_connections()
    try:
        carry_run(run_id)
    finally:
        close_old_connections()


def queue(run_id: int) -> None:
    """Ask a worker to carry the run; asking twice is asking once."""
    try:
        carry.configure(queueing_lock=f"monitoring-{run_id}").defer(run_id=run_id)
    except exceptions.AlreadyEnqueued:
        log.info("monitoring.already_queued", run=run_id)


@app.periodic(cron="* * * * *")
@app.task(name="monitoring.take_up_orphans", queue="intake", queueing_lock="monitoring-orphans", pass_context=False)
def take_up_orphans(timestamp: int) -> None:
    """Queue every open run that has been quiet for two minutes; one that is really carried keeps its claim."""
    from lontar.monitoring.steps.run import QUIET

    close_old_connections()
    before = datetime.fromtimestamp(timestamp, UTC) - QUIET
    for run_id in QuarterRun.objects.quiet_since(before).values_list("pk", flat=True):
        queue(run_id)
    close_old_connections()
