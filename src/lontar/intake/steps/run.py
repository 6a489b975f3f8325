"""A batch from file to registry: read, check, apply chunk by chunk; stops and resumes at the last committed chunk.

Whoever runs a batch holds a PostgreSQL advisory lock on it for as long as the connection lives. A killed worker or
database drops the lock by dying, so a batch that says "running" while its lock is free is an orphan and may be taken up
again: nothing is lost, and because each chunk commits its rows, their outcomes and the progress together, nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import polars as pl
import structlog
from django.db import connection

from lontar.access import scope
from lontar.access.trail import recorded
from lontar.engines.regions import scope_bounds
from lontar.engines.tabular import Table, UnreadableFile
from lontar.intake import queries
from lontar.intake.datasets import DATASETS, Dataset
from lontar.intake.models import Batch, ColumnMapping
from lontar.intake.rules import Verdict, check_rows
from lontar.intake.states import BatchState, Outcome, Stage
from lontar.intake.steps import apply, moving, reading
from lontar.intake.steps.copying import copy_frame
from lontar.intake.steps.reading import Mapped

CHUNK = 10_000
_LOCK = 0x10_47A2  # the namespace of batch locks among advisory locks
_WRITER = 0x10_47A3  # one writer into the registry at a time, chunk by chunk
log = structlog.get_logger("intake")

Clock = Callable[[], datetime]
Tell = Callable[[int, int | None], None]


class CancelledByPerson(Exception):
    """A person asked the batch to stop; what was committed stays."""


@contextmanager
def held(batch_id: int) -> Iterator[bool]:
    """Hold the batch's lock on this connection; gives whether it was free."""
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


def run(batch_id: int, *, clock: Clock, tell: Tell = lambda _done, _total: None) -> BatchState | None:
    """Carry a batch as far as it can go; returns its state, None when another process is at it.

    `tell` hears rows done and rows in all after every committed chunk.
    """
    region = queries.region_of(batch_id)
    with scope.acting_in(region), held(batch_id) as free:
        if not free:
            return None
        batch = Batch.objects.select_related("agency", "post", "submitted_by").get(pk=batch_id)
        if not moving.start(batch, at=clock()):
            return BatchState(batch.state)
        try:
            _carry(batch, clock, tell)
        except UnreadableFile as problem:
            moving.end(batch, BatchState.REFUSED, at=clock(), problem=problem.message)
        except CancelledByPerson:
            moving.end(batch, BatchState.CANCELLED, at=clock())
        except Exception:
            log.exception("batch.failed", batch=batch_id)
            if not connection.needs_rollback and connection.is_usable():
                moving.end(batch, BatchState.FAILED, at=clock(), problem=moving.FAILED_MESSAGE)
            raise
        return BatchState(batch.state)


def _carry(batch: Batch, clock: Clock, tell: Tell) -> None:
    dataset = DATASETS[batch.dataset]
    table = reading.read(dataset, sha256=batch.sha256, file_name=batch.file_name)
    if not batch.mapping and not _map(batch, dataset, table, clock):
        moving.end(batch, BatchState.NEEDS_MAPPING, at=clock())
        return
    mapped = reading.mapped(dataset, table, batch.mapping)
    del table
    moving.note(batch, stage=Stage.CHECKING, rows_total=mapped.frame.height)
    verdict = check_rows(dataset, mapped.frame, mapped.numeric, queries.check_context(batch, today=clock().date()))
    moving.note(batch, stage=Stage.APPLYING)
    for _ in _apply(batch, dataset, mapped, verdict, clock):
        tell(batch.rows_done, batch.rows_total)
    moving.end(batch, BatchState.DONE, at=clock())


def _map(batch: Batch, dataset: Dataset, table: Table, clock: Clock) -> bool:
    """Find the mapping: the agency's own from last time, else suggestions that are beyond doubt. Whether there is one."""
    suggestions = reading.suggest(dataset, table)
    mark = reading.signature(table)
    batch.columns = queries.column_profiles(table, suggestions)
    batch.notes = list(table.notes)
    batch.sheet = table.sheet[:80]
    remembered = ColumnMapping.objects.filter(agency=batch.agency, dataset=dataset.key, signature=mark).first()
    if remembered is not None:
        batch.mapping = remembered.mapping
    elif reading.is_sure(dataset, suggestions):
        batch.mapping = {name: hit["target"] for name, hit in suggestions.items()}
    batch.rows_total = table.frame.height
    batch.save(update_fields=["columns", "notes", "sheet", "mapping", "rows_total"])
    if batch.mapping and remembered is None:
        ColumnMapping.objects.create(
            agency=batch.agency, dataset=dataset.key, signature=mark, mapping=batch.mapping, used_at=clock()
        )
    return bool(batch.mapping)


def _apply(batch: Batch, dataset: Dataset, mapped: Mapped, verdict: Verdict, clock: Clock) -> Iterator[None]:
    """Chunk after chunk; yields after each commit."""
    place = mapped.frame.select("sheet_no", "row_no", "row_hash", "row_key")
    rows = place.hstack(verdict.values).with_columns(is_waiting=verdict.is_waiting)
    rows = rows.with_row_index("index").with_columns(already=queries.already_accepted(batch, place))
    rows = _ordered(dataset, rows)
    skip = batch.rows_done
    for start in _boundaries(rows, skip):
        if queries.is_cancel_requested(batch.pk):
            raise CancelledByPerson
        _chunk(batch, dataset, rows.slice(start[0], start[1]), verdict.findings, clock)
        yield


def _ordered(dataset: Dataset, rows: pl.DataFrame) -> pl.DataFrame:
    """The order of work: rows of one owner side by side, so that a chunk sees all of them; else as in the file."""
    key = pl.col("nik") if dataset.key == "enterprises" else pl.lit(None, dtype=pl.String)
    group = pl.when(key.is_not_null()).then(pl.col("index").min().over(key)).otherwise(pl.col("index"))
    return (
        rows.with_columns(group=group).sort("group", "index").with_columns(ord=pl.int_range(pl.len(), dtype=pl.Int32))
    )


def _boundaries(rows: pl.DataFrame, skip: int) -> Iterator[tuple[int, int]]:
    """Chunks (offset, length) of about CHUNK rows from `skip` on, never splitting an owner's group."""
    groups = rows["group"]
    start = skip
    while start < rows.height:
        end = min(start + CHUNK, rows.height)
        while end < rows.height and groups[end] == groups[end - 1]:
            end += 1
        yield start, end - start
        start = end


def _chunk(batch: Batch, dataset: Dataset, rows: pl.DataFrame, findings: pl.DataFrame, clock: Clock) -> None:
    at = clock()
    with recorded("intake.batch.applied", by=batch.submitted_by, at=at, post=batch.post, batch=batch.pk):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_WRITER])
        ready = rows.filter(~pl.col("is_waiting") & pl.col("already").is_null())
        result = apply.apply_chunk(batch, dataset, ready, scope=scope_bounds(batch.region_code), at=at)
        outcomes = rows.select("ord", "sheet_no", "row_no", "row_hash", "is_waiting", "already", "index").join(
            result.with_columns(pl.col("ord").cast(pl.Int32)), on="ord", how="left", maintain_order="left"
        )
        outcomes = outcomes.with_columns(
            outcome=pl.when(pl.col("is_waiting"))
            .then(int(Outcome.WAITING))
            .when(pl.col("already").is_not_null())
            .then(int(Outcome.ALREADY))
            .otherwise(pl.col("outcome")),
            target_id=pl.coalesce("already", "target_id"),
        )
        _record(batch, dataset, outcomes, findings)
        counts = dict(outcomes.group_by("outcome").len().iter_rows())
        moving.advance(batch, rows=rows.height, counts=counts, at=at)
    log.info("batch.chunk", batch=batch.pk, done=batch.rows_done, of=batch.rows_total)


def _record(batch: Batch, dataset: Dataset, outcomes: pl.DataFrame, findings: pl.DataFrame) -> None:
    copy_frame(
        "intake_batchrow",
        outcomes.select(pl.lit(batch.pk).alias("batch_id"), "sheet_no", "row_no", "outcome", "target_id", "row_hash"),
    )
    mine = findings.join(outcomes.select("index", "sheet_no", "row_no"), on="index", how="inner", maintain_order="left")
    refused = apply.refusal_findings(dataset, outcomes.filter(pl.col("refusal").is_not_null()))
    both = pl.concat([mine.drop("index"), refused], how="diagonal_relaxed")
    copy_frame(
        "intake_batchissue",
        both.select(
            pl.lit(batch.pk).alias("batch_id"),
            "sheet_no",
            "row_no",
            "field",
            "rule",
            "severity",
            pl.col("value").fill_null(""),
            "message",
            pl.col("suggestion").fill_null(""),
        ),
    )
