"""The search for records that stand twice: after a list is in, among what it touched and what came since it was matched;
and in a whole region when somebody asks.

It works on time and memory that no list wants: as soon as a batch is to be carried it stops, and begins anew later. What it
finds are pairs for review, never merges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import polars as pl
import structlog
from django.conf import settings
from django.db import connection

from lontar.access import scope
from lontar.access.models import User
from lontar.access.trail import recorded
from lontar.engines.linkage import REVIEW
from lontar.intake import queries
from lontar.intake.models import Batch, Matching
from lontar.intake.states import Act, BatchState, PairSource
from lontar.intake.steps import apart, known, matching, pairing

_LOCK: Final = 0x10_47A4  # the namespace of the locks of searches among advisory locks
_TOUCHED: Final = """
SELECT DISTINCT target_id FROM intake_batchrow WHERE batch_id = %(batch)s AND target_id IS NOT NULL AND outcome IN (1, 2, 3)
UNION
SELECT id FROM registry_enterprise WHERE id > %(newest)s
"""
#: Marks of pairs that are two for sure: another owner's name and no number that agrees, or two NIK that no slip explains.
_APART: Final = r"^x..[x.]{3}|^...x"
_MOVING: Final = (BatchState.RECEIVED, BatchState.QUEUED, BatchState.RUNNING)
log = structlog.get_logger("intake")

Clock = Callable[[], datetime]


class GivenWay(Exception):
    """A list is to be carried: the search stops and is made another time."""


def unsearched() -> list[int]:
    """The batches that are done and whose records have not been searched yet."""
    found = Matching.objects.filter(searched_at=None, batch__state=BatchState.DONE)
    return sorted(found.values_list("batch_id", flat=True))


def search_batch(batch_id: int, *, clock: Clock) -> int | None:
    """Search what a done batch touched, and what came since its matching; how many pairs are new.

    None when there is nothing to do, another process is at it, or a list is to be carried first.
    """
    region = queries.region_of(batch_id)
    with scope.acting_in(region), _held(batch_id) as free:
        told = Matching.objects.select_related("batch__submitted_by", "batch__post").filter(batch=batch_id).first()
        if not free or told is None or told.searched_at is not None or told.batch.state != BatchState.DONE:
            return None
        with connection.cursor() as cursor:
            cursor.execute(_TOUCHED, {"batch": batch_id, "newest": told.newest})
            ids = [number for (number,) in cursor.fetchall()]
        try:
            pairs = _searched(known.enterprises(ids).select(known.LIST), tick=_give_way)
        except GivenWay:
            return None
        at = clock()
        batch = told.batch
        with recorded(Act.DUPLICATES_SOUGHT, by=batch.submitted_by, at=at, post=batch.post, batch=batch_id):
            found = pairing.put(pairs, batch=batch, source=PairSource.SEARCH, at=at)
            Matching.objects.filter(batch=batch_id, run_at=told.run_at).update(searched_at=at)
        log.info("duplicates.sought", batch=batch_id, records=len(ids), pairs=found)
        return found


def search_region(region: str, *, by: User | None, at: datetime) -> tuple[int, int]:
    """Search all enterprises of a region, however long it takes: how many records, and how many pairs are new."""
    with scope.acting_in(region):
        records = known.enterprises().select(known.LIST)
        pairs = _searched(records, tick=lambda: None)
        with recorded(Act.DUPLICATES_SOUGHT, by=by, at=at, region=region):
            return records.height, pairing.put(pairs, batch=None, source=PairSource.SEARCH, at=at)


def _searched(records: pl.DataFrame, *, tick: apart.Tick) -> pl.DataFrame:
    tick()
    with apart.linker(least=REVIEW, quietly=True) as linker:
        pairs = linker.pairs(records, None, tick=tick)
    found = worth_asking(matching.judged(pairs, records, records))
    return found.select(first_id="left_id", second_id="right_id", probability="probability", reasons="reasons")


def worth_asking(found: pl.DataFrame) -> pl.DataFrame:
    """Those pairs of `found` (with their `reasons`, see `agreement`) in which two records of one registry may be one.

    The weights of the linkage are learnt between lists of two agencies. Within one registry neighbours share clan, village,
    trade and year by the hundred; so owners of other names need a number that agrees, and two NIK are two people.
    """
    return found.filter(~pl.col("reasons").str.contains(_APART))


def _give_way() -> None:
    with scope.acting_in(settings.PROGRAMME_ROOT):
        if Batch.objects.filter(state__in=_MOVING).exists():
            raise GivenWay


@contextmanager
def _held(batch_id: int) -> Iterator[bool]:
    """Hold the search of a batch on this connection; gives whether it was free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, batch_id])
        row = cursor.fetchone()
    free = bool(row and row[0])
    try:
        yield free
    finally:
        if free and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, batch_id])
