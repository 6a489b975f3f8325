"""Jobs of intake: carry a batch, search it for duplicates, decide on many pairs; take up what a dead worker has left."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from lontar.access import scope
from lontar.intake.models import Batch, Bulk
from lontar.intake.states import BatchState, BulkState
from lontar.intake.steps import storage

log = structlog.get_logger("intake")
_MOVING = (BatchState.RECEIVED, BatchState.QUEUED, BatchState.RUNNING)
_QUIET = timedelta(seconds=20)


@app.task(name="intake.process_batch", queue="intake")
def process_batch(batch_id: int) -> None:
    """Carry a batch as far as it can go."""
    from lontar.intake.steps.run import run

    close_old_connections()
    try:
        run(batch_id, clock=timezone.now)
    finally:
        close_old_connections()


def queue(batch_id: int) -> None:
    """Ask a worker to carry the batch; asking twice is asking once."""
    try:
        process_batch.configure(queueing_lock=f"batch-{batch_id}").defer(batch_id=batch_id)
    except exceptions.AlreadyEnqueued:
        log.info("batch.already_queued", batch=batch_id)


@app.task(name="intake.search_duplicates", queue="pairs")
def search_duplicates(batch_id: int) -> None:
    """Search what a done batch touched for records that stand twice; it gives way to batches that are to be carried."""
    from lontar.intake.steps.duplicates import search_batch

    close_old_connections()
    try:
        search_batch(batch_id, clock=timezone.now)
    finally:
        close_old_connections()


def queue_search(batch_id: int) -> None:
    """Ask a worker to search what a batch touched; asking twice is asking once."""
    try:
        with transaction.atomic():
            search_duplicates.configure(queueing_lock=f"search-{batch_id}", priority=-10).defer(batch_id=batch_id)
    except exceptions.AlreadyEnqueued:
        log.info("search.already_queued", batch=batch_id)


@app.task(name="intake.decide_pairs", queue="pairs")
def decide_pairs(bulk_id: int) -> None:
    """Carry out many decisions about pairs that a person asked for."""
    from lontar.intake.actions import carry_bulk

    close_old_connections()
    try:
        with scope.acting_in(settings.PROGRAMME_ROOT):
            region = Bulk.objects.values_list("region_code", flat=True).get(pk=bulk_id)
        carry_bulk(bulk_id, region=region, clock=timezone.now)
    finally:
        close_old_connections()


def queue_bulk(bulk_id: int) -> None:
    """Ask a worker to carry out many decisions; asking twice is asking once."""
    try:
        with transaction.atomic():
            decide_pairs.configure(queueing_lock=f"bulk-{bulk_id}").defer(bulk_id=bulk_id)
    except exceptions.AlreadyEnqueued:
        log.info("bulk.already_queued", bulk=bulk_id)


@app.periodic(cron="* * * * *")
@app.task(name="intake.take_up_orphans", queue="intake", queueing_lock="orphans", pass_context=False)
def take_up_orphans(timestamp: int) -> None:
    """Queue every batch that should be moving and has been quiet; one that is really being carried keeps its lock.

    Searches for duplicates that were never made, or gave way, are queued once nothing moves. Whatever a killed process has
    left in temporary files goes too.
    """
    from lontar.intake.steps.duplicates import unsearched

    del timestamp
    storage.sweep()
    close_old_connections()
    before = timezone.now() - _QUIET
    with scope.acting_in(settings.PROGRAMME_ROOT):
        moving = Batch.objects.filter(state__in=_MOVING, created_at__lt=before).exclude(heartbeat_at__gt=before)
        for batch_id in moving.values_list("pk", flat=True):
            queue(batch_id)
        waiting = Bulk.objects.filter(state__in=(BulkState.WAITING, BulkState.RUNNING), asked_at__lt=before)
        for bulk_id in waiting.exclude(heartbeat_at__gt=before).values_list("pk", flat=True):
            queue_bulk(bulk_id)
        if not Batch.objects.filter(state__in=_MOVING).exists():
            for batch_id in unsearched():
                queue_search(batch_id)
    close_old_connections()
