"""A batch from file to registry: read, check, match, apply chunk by chunk; stops and resumes at the last committed chunk.

Whoever runs a batch holds a PostgreSQL advisory lock on it for as long as the connection lives. A killed worker or
database drops the lock by dying, so a batch that says "running" while its lock is free is an orphan and may be taken up
again: nothing is lost, and because each chunk commits its rows, their outcomes and the progress together, nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

import polars as pl
import structlog
from django.db import connection, transaction
from django.utils import timezone

from lontar.access import scope
from lontar.access.trail import recorded
from lontar.engines.regions import scope_bounds
from lontar.engines.tabular import Table, UnreadableFile
from lontar.intake import queries, tasks
from lontar.intake.datasets import DATASETS, Dataset
from lontar.intake.models import Batch, ColumnMapping
from lontar.intake.rules import Verdict, check_rows
from lontar.intake.states import Act, BatchState, Channel, Outcome, Stage
from lontar.intake.steps import apply, matching, moving, pairing, reading, recording
from lontar.intake.steps.reading import Mapped

CHUNK = 10_000
_LOCK = 0x10_47A2  # the namespace of batch locks among advisory locks
_WRITER = 0x10_47A3  # one writer into the registry at a time, chunk by chunk
_WRITER_LOCK = "SELECT pg_advisory_xact_lock(%s, 0)"
_PLACE = ("ord", "sheet_no", "row_no", "row_hash")
_GIVEN = "ditentukan saat pengiriman"
_LISTED = 12
_LEFT_OUT = "Kolom yang tidak dipakai: {}. Bila isinya diperlukan, cocokkan kolomnya di layar atau dengan --mapping."
_STRANGE = "Tidak dipakai dari pencocokan yang dikirim, karena kolom atau kuncinya tidak ada: {}."
_DOUBLED = "Lebih dari satu kolom dicocokkan dengan: {}. Sisakan satu."
_REMEMBERED = "Kolom dicocokkan seperti pada kiriman Anda sebelumnya yang berjudul kolom sama."
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
            moving.end(batch, moving.given_up(batch), at=clock())
        except Exception:
            log.exception("batch.failed", batch=batch_id)
            if not connection.needs_rollback and connection.is_usable():
                moving.end(batch, BatchState.FAILED, at=clock(), problem=moving.FAILED_MESSAGE)
            raise
        return BatchState(batch.state)


def _carry(batch: Batch, clock: Clock, tell: Tell) -> None:
    dataset = DATASETS[batch.dataset]
    table = reading.read(dataset, sha256=batch.sha256, file_name=batch.file_name)
    if not (batch.columns and batch.mapping) and not _map(batch, dataset, table, clock):
        moving.end(batch, BatchState.NEEDS_MAPPING, at=clock())
        return
    mapped = reading.mapped(dataset, table, batch.mapping)
    del table
    moving.note(batch, stage=Stage.CHECKING, rows_total=mapped.frame.height)
    context = queries.check_context(batch, today=timezone.localdate(clock()))
    with matching.ahead(batch, dataset) as ready:
        verdict = check_rows(dataset, mapped.frame, mapped.numeric, context, tick=lambda _column: _stop_if_asked(batch))
        rows = _to_do(batch, dataset, mapped, verdict)
        rows = matching.matched(batch, dataset, rows, ready=ready, clock=clock, tick=lambda: _stop_if_asked(batch))
    moving.note(batch, stage=Stage.APPLYING)
    for _ in _apply(batch, dataset, rows, verdict.findings, clock):
        tell(batch.rows_done, batch.rows_total)
    with transaction.atomic():  # the search for duplicates is queued with the end of the batch, or not at all
        moving.end(batch, BatchState.DONE, at=clock())
        if dataset.key == matching.DATASET:
            tasks.queue_search(batch.pk)


def _map(batch: Batch, dataset: Dataset, table: Table, clock: Clock) -> bool:
    """Find the mapping: the one sent along, the agency's from last time, or suggestions beyond doubt. Whether there is one."""
    suggestions = reading.suggest(dataset, table)
    mark = reading.signature(table)
    remembered = ColumnMapping.objects.filter(agency=batch.agency, dataset=dataset.key, signature=mark).first()
    known = reading.remembered(remembered.mapping, table) if remembered is not None else {}
    given = {name: key for name, key in batch.mapping.items() if name in table.frame.columns and key in dataset.keys}
    batch.notes = list(table.notes)
    if strange := [f"“{name}” → {key}" for name, key in batch.mapping.items() if name not in given]:
        batch.notes.append(_STRANGE.format(", ".join(strange[:8])))
    doubled = {key for key in given.values() if list(given.values()).count(key) > 1}
    if doubled:
        batch.notes.append(_DOUBLED.format(", ".join(sorted(dataset.column(key).label for key in doubled))))
    if given:
        suggestions |= {name: {"target": key, "score": 1.0, "reason": _GIVEN} for name, key in given.items()}
        batch.mapping = {} if doubled or reading.missing(dataset, given) else given
    elif remembered is not None and known and not reading.missing(dataset, known):
        batch.mapping = known
        batch.notes.append(_REMEMBERED)
        ColumnMapping.objects.filter(pk=remembered.pk).update(used_at=clock())
    elif reading.is_sure(dataset, suggestions):
        batch.mapping = {name: hit["target"] for name, hit in suggestions.items()}
    else:
        batch.mapping = {} if batch.channel == Channel.WEB else reading.sure_part(dataset, suggestions)
    if left_out := reading.unused(table, batch.mapping) if batch.mapping else []:
        listed = ", ".join(f"“{header}”" for header in left_out[:_LISTED]) + (" …" if len(left_out) > _LISTED else "")
        batch.notes.append(_LEFT_OUT.format(listed))
    batch.columns = queries.column_profiles(dataset, table, suggestions)
    batch.sheet = table.sheet[:80]
    batch.rows_total = table.frame.height
    batch.save(update_fields=["columns", "notes", "sheet", "mapping", "rows_total"])
    if batch.mapping and remembered is None and not (suggestions.keys() - batch.mapping.keys()):
        said = {
            "mapping": batch.mapping,
            "used_at": clock(),
        }  # another list of the same headers may have said it just now
        ColumnMapping.objects.get_or_create(agency=batch.agency, dataset=dataset.key, signature=mark, defaults=said)
    return bool(batch.mapping)


def _to_do(batch: Batch, dataset: Dataset, mapped: Mapped, verdict: Verdict) -> pl.DataFrame:
    """The checked rows that are still to be brought in, in the order of work."""
    place = mapped.frame.select("sheet_no", "row_no", "row_hash", "row_key")
    earlier = queries.earlier_rows(batch, place)
    if batch.corrects_id is None and earlier.sources:
        moving.note(batch, corrects_id=earlier.sources[0])
    rows = place.hstack(verdict.values).with_columns(is_waiting=verdict.is_waiting).hstack(earlier.frame)
    rows = _ordered(dataset, rows.with_row_index("index"))
    if not batch.is_retry:
        return rows[batch.rows_done :]
    rows = rows.join(queries.waiting_rows(batch), on=["sheet_no", "row_no"], how="semi", maintain_order="left")
    moving.note(batch, rows_done=mapped.frame.height - rows.height)
    return rows.with_columns(ord=pl.int_range(pl.len(), dtype=pl.Int32))


def _apply(batch: Batch, dataset: Dataset, rows: pl.DataFrame, findings: pl.DataFrame, clock: Clock) -> Iterator[None]:
    """Chunk after chunk; yields after each commit."""
    chunks = (rows.slice(*cut) for cut in _boundaries(rows))
    with ThreadPoolExecutor(1) as side:  # seals the next chunk while the database takes in this one
        pending: Future[pl.DataFrame] | None = None
        for chunk in (*chunks, None):
            coming = side.submit(apply.ahead, dataset, chunk) if chunk is not None else None
            if pending is not None:
                _stop_if_asked(batch)
                _chunk(batch, dataset, pending.result(), findings, clock)
                yield
            pending = coming


def _stop_if_asked(batch: Batch) -> None:
    if queries.is_cancel_requested(batch.pk):
        raise CancelledByPerson


def _ordered(dataset: Dataset, rows: pl.DataFrame) -> pl.DataFrame:
    """The order of work: rows of one owner side by side, so that a chunk sees all of them; else as in the file."""
    key = pl.col("nik") if dataset.key == "enterprises" else pl.lit(None, dtype=pl.String)
    group = pl.when(key.is_not_null()).then(pl.col("index").min().over(key)).otherwise(pl.col("index"))
    return (
        rows.with_columns(group=group).sort("group", "index").with_columns(ord=pl.int_range(pl.len(), dtype=pl.Int32))
    )


def _boundaries(rows: pl.DataFrame) -> Iterator[tuple[int, int]]:
    """Chunks (offset, length) of about CHUNK rows, never splitting an owner's group."""
    groups = rows["group"]
    start = 0
    while start < rows.height:
        end = min(start + CHUNK, rows.height)
        while end < rows.height and groups[end] == groups[end - 1]:
            end += 1
        yield start, end - start
        start = end


def _chunk(batch: Batch, dataset: Dataset, rows: pl.DataFrame, findings: pl.DataFrame, clock: Clock) -> None:
    at = clock()
    with recorded(Act.APPLIED, by=batch.submitted_by, at=at, post=batch.post, batch=batch.pk):
        with connection.cursor() as cursor:
            cursor.execute(_WRITER_LOCK, [_WRITER])
        moving.refresh_counters(batch)
        done = rows.height
        if batch.is_retry:  # a correction may have settled some of them since the run began
            rows = rows.join(queries.waiting_rows(batch), on=["sheet_no", "row_no"], how="semi", maintain_order="left")
        ready = pairing.followed(rows.filter(~pl.col("is_waiting") & pl.col("already").is_null()))
        result = apply.apply_chunk(batch, dataset, ready, scope=scope_bounds(batch.region_code), at=at)
        outcomes = rows.select(*_PLACE, "is_waiting", "already", "index", *queries.KEY_COLUMNS).join(
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
        recording.record(batch, dataset, outcomes, findings)
        pairing.ask(batch, ready, result, at=at)
        recording.settle_corrected(batch, outcomes)
        counts = dict(outcomes.group_by("outcome").len().iter_rows())
        moving.advance(batch, rows=done, counts=counts, at=at, looked_at_again=outcomes.height if batch.is_retry else 0)
    log.info("batch.chunk", batch=batch.pk, done=batch.rows_done, of=batch.rows_total)
