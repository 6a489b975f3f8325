"""Jobs: build one draft; take up builds whose worker died."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.conf import settings
from django.db import close_old_connections
from procrastinate import exceptions
from procrastinate.contrib.django import app

from lontar.access.scope import acting_in
from lontar.reports.models import Build

log = structlog.get_logger("reports")


@app.task(name="reports.build", queue="intake")
def build(build_id: int) -> None:
    """Carry a build to its draft. Polars and the writer of workbooks are loaded here, in the worker."""
    from lontar.reports.actions.carrying import carry_build

    close_old_connections()
    try:
        carry_build(build_id)
    finally:
        close_old_connections()


def queue(build_id: int) -> None:
    """Ask a worker to carry the build; asking twice is asking once."""
    try:
        build.configure(queueing_lock=f"reports-{build_id}").defer(build_id=build_id)
    except exceptions.AlreadyEnqueued:
        log.info("reports.already_queued", build=build_id)


@app.periodic(cron="* * * * *")
@app.task(name="reports.take_up_orphans", queue="intake", queueing_lock="reports-orphans", pass_context=False)
def take_up_orphans(timestamp: int) -> None:
    """Queue every open build that has been quiet for two minutes; one that is really carried keeps its claim."""
    from lontar.reports.actions.carrying import QUIET

    close_old_connections()
    before = datetime.fromtimestamp(timestamp, UTC) - QUIET
    with acting_in(settings.PROGRAMME_ROOT):
        for build_id in Build.objects.quiet_since(before).values_list("pk", flat=True):
            queue(build_id)
    close_old_connections()
