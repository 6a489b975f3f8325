"""Jobs: make one document; take up requests whose worker died."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.conf import settings
from django.db import close_old_connections
from procrastinate import exceptions
from procrastinate.contrib.django import app

from lontar.access import scope
from lontar.mapping.models import MappingRun

log = structlog.get_logger("mapping")


@app.task(name="mapping.make_document", queue="intake")
def make_document(run_id: int) -> None:
    """Carry a request to its end. typst and its fonts are loaded here, in the worker, and never at web start-up."""
    from lontar.mapping.steps.run import run

    close_old_connections()
    try:
        run(run_id)
    finally:
        close_old_connections()


def queue(run_id: int) -> None:
    """Ask a worker to carry the request; asking twice is asking once."""
    try:
        make_document.configure(queueing_lock=f"mapping-{run_id}").defer(run_id=run_id)
    except exceptions.AlreadyEnqueued:
        log.info("mapping.already_queued", run=run_id)


@app.periodic(cron="* * * * *")
@app.task(name="mapping.take_up_orphans", queue="intake", queueing_lock="mapping-orphans", pass_context=False)
def take_up_orphans(timestamp: int) -> None:
    """Queue every open request that has been quiet for a minute; one that is really being made keeps its claim."""
    from lontar.mapping.steps.run import QUIET

    close_old_connections()
    before = datetime.fromtimestamp(timestamp, UTC) - QUIET
    with scope.acting_in(settings.PROGRAMME_ROOT):
        for run_id in MappingRun.objects.quiet_since(before).values_list("pk", flat=True):
            queue(run_id)
    close_old_connections()
