"""The matching of a list of enterprises with the registry, between check and apply; decided once, then followed.

Rows that numbers settle are left to the chunk. All others are linked (`lontar.engines.linkage`) with the enterprises of the
batch's region that no such row takes. Sure links become the target of their row, likely ones a pair
for review; the rest is new. The outcome is written in one transaction before the first chunk, so a batch that is taken up
again follows the same links.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl
import structlog
from django.db import connection

from lontar.access.trail import recorded
from lontar.engines.linkage import AUTOMATIC, REVIEW
from lontar.intake.datasets import Dataset
from lontar.intake.models import Batch, Matching, RowMatch
from lontar.intake.rules.agreement import BLANK, FIELDS, NEAR, OTHER, agreement
from lontar.intake.states import Act, Stage
from lontar.intake.steps import apart, known, moving
from lontar.intake.steps.copying import copy_frame
from lontar.intake.steps.settling import Settled, settled
from lontar.registry.actions.merge_rows import WRITER

DATASET: Final = "enterprises"
_WRITER_LOCK: Final = "SELECT pg_advisory_lock(%s, 0)"
_WRITER_FREE: Final = "SELECT pg_advisory_unlock(%s, 0)"
_OF_ROWS: Final = {"business_name": "name", "village_code": "village_id"}  # where the check calls them otherwise
_LINKS = pl.Schema(
    {
        "sheet_no": pl.Int16(),
        "row_no": pl.Int32(),
        "enterprise_id": pl.Int64(),
        "probability": pl.Float64(),
        "is_linked": pl.Boolean(),
        "reasons": pl.String(),
    }
)
#: The columns that matching adds to the rows; null where it found nothing.
MATCH: Final = ("match", "match_probability", "match_linked", "match_reasons")
log = structlog.get_logger("intake")

Tick = Callable[[], None]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A child that loads the linkage while the rows are still being checked; None where nothing will be matched."""

    linker: apart.Linker | None


def ahead(batch: Batch, dataset: Dataset) -> AbstractContextManager[Ahead]:
    """Get ready for `matched` before the rows are: nothing at all for other datasets, an empty registry, or a batch whose
    matching is already written."""
    if dataset.key != DATASET or known.is_empty() or _written(batch) is not None:
        return nullcontext(Ahead(None))
    return _Started()


class _Started(AbstractContextManager[Ahead]):
    """The child, for as long as the block lasts."""

    def __init__(self) -> None:
        self._inner = apart.linker(least=REVIEW)

    def __enter__(self) -> Ahead:
        return Ahead(self._inner.__enter__())

    def __exit__(self, *given: object) -> None:
        self._inner.__exit__(*given)  # type: ignore[arg-type]  # passed on as they came


def matched(
    batch: Batch, dataset: Dataset, rows: pl.DataFrame, *, ready: Ahead, clock: Clock, tick: Tick
) -> pl.DataFrame:
    """`rows` (those that this run will bring in) with the columns `MATCH`; the matching is written when it is new.

    `tick` is called a few times a second and may raise.
    """
    if dataset.key != DATASET:
        return rows
    if _written(batch) is None:
        moving.note(batch, stage=Stage.MATCHING)
        _match(batch, rows, ready=ready, clock=clock, tick=tick)
    found = RowMatch.objects.filter(batch=batch).values_list(
        "sheet_no", "row_no", "enterprise_id", "probability", "is_linked", "reasons"
    )
    links = pl.DataFrame(list(found), schema=_LINKS, orient="row")
    links = links.rename(
        {
            "enterprise_id": "match",
            "probability": "match_probability",
            "is_linked": "match_linked",
            "reasons": "match_reasons",
        }
    )
    return rows.join(links, on=["sheet_no", "row_no"], how="left", maintain_order="left")


def _written(batch: Batch) -> Matching | None:
    """The matching of this run, if it got so far."""
    return Matching.objects.filter(batch=batch, run_at=_run(batch)).first()


def _run(batch: Batch) -> datetime:
    """What tells one run of a batch from another: when it began, however often it was taken up again since."""
    return batch.started_at or batch.created_at


def _match(batch: Batch, rows: pl.DataFrame, *, ready: Ahead, clock: Clock, tick: Tick) -> None:
    begun = time.monotonic()
    todo = rows.filter(~pl.col("is_waiting") & pl.col("already").is_null() & pl.col("origin").is_null())
    links, counts = pl.DataFrame(schema=_LINKS), {"known": 0, "rows_settled": 0, "rows_compared": 0, "newest": 0}
    if todo.height and not known.is_empty():
        there = _read()
        newest = there["id"].max()
        numbers = settled(batch, todo, there)
        links = _links(todo, there, numbers, rows=rows, ready=ready, tick=tick)
        counts = {
            "known": there.height,
            "rows_settled": numbers.rows.len(),
            "rows_compared": todo.height - numbers.rows.len(),
            "newest": int(newest) if isinstance(newest, int) else 0,
        }
    at = clock()
    seconds = time.monotonic() - begun
    with recorded(Act.MATCHED, by=batch.submitted_by, at=at, post=batch.post, batch=batch.pk):
        RowMatch.objects.filter(batch=batch).delete()
        copy_frame("intake_rowmatch", links.with_columns(batch_id=pl.lit(batch.pk)))
        values = {"matched_at": at, "seconds": seconds, "searched_at": None, **counts}
        Matching.objects.update_or_create(batch=batch, defaults={"run_at": _run(batch), **values})
    log.info("batch.matched", batch=batch.pk, seconds=round(seconds, 1), links=links.height, **counts)


def _read() -> pl.DataFrame:
    """The registry's side, while no chunk is being written: what comes later has a number beyond the newest of these."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITER_LOCK, [WRITER])
        try:
            return known.enterprises()
        finally:
            cursor.execute(_WRITER_FREE, [WRITER])


def _links(
    todo: pl.DataFrame, there: pl.DataFrame, numbers: Settled, *, rows: pl.DataFrame, ready: Ahead, tick: Tick
) -> pl.DataFrame:
    """What the rows most likely are, as `RowMatch` keeps it."""
    taken = pl.concat([numbers.taken, rows["origin"].drop_nulls(), rows["already"].drop_nulls()]).unique()
    left = as_list(todo.filter(~pl.col("index").is_in(numbers.rows.implode())))
    right = there.filter(~pl.col("id").is_in(taken.implode())).select(known.LIST)
    if ready.linker is not None:
        pairs = ready.linker.pairs(left, right, tick=tick)
    else:
        with apart.linker(least=REVIEW) as linker:
            pairs = linker.pairs(left, right, tick=tick)
    found = judged(pairs, left, right).rename({"left_id": "index", "right_id": "enterprise_id"})
    sure = numbers.again.with_columns(pl.col("index").cast(pl.Int64)).select(
        "index",
        enterprise_id="id",
        probability=pl.lit(1.0),
        is_linked=pl.lit(value=True),
        reasons=pl.lit("=" * len(FIELDS)),
    )
    places = todo.select(
        pl.col("index").cast(pl.Int64), pl.col("sheet_no").cast(pl.Int16), pl.col("row_no").cast(pl.Int32)
    )
    both = pl.concat([found.select(sure.columns), sure])
    return both.join(places, on="index", how="inner").sort("sheet_no", "row_no").select(_LINKS.names())


def as_list(rows: pl.DataFrame) -> pl.DataFrame:
    """Checked rows as a list for the linkage; `id` is their index.

    A name that the check made of the owner's, where none was written, says nothing of the business and is left blank.
    """
    blank = pl.lit(None, dtype=pl.String)
    told = {name: _OF_ROWS.get(name, name) for name in FIELDS}
    values = [(pl.col(key).cast(pl.String) if key in rows.columns else blank).alias(name) for name, key in told.items()]
    return rows.select(pl.col("index").cast(pl.Int64).alias("id"), *values).with_columns(business_name=known.own_name())


def judged(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """`pairs` with their `reasons` and `is_linked`: sure enough, and nothing in them that only a person can settle.

    That is two different NIB or NIK, for the registry gives one to one enterprise and one person (a slip is another number
    too); and names of the business that have nothing in common or are not told, for one owner may have several businesses.
    """
    sides = [
        pairs.select(id=key).join(frame, on="id", how="left", maintain_order="left")
        for key, frame in (("left_id", left), ("right_id", right))
    ]
    marks = agreement(*sides)
    linked = pairs["probability"] >= AUTOMATIC
    for name, against in (("nib", (OTHER, NEAR)), ("nik", (OTHER, NEAR)), ("business_name", (OTHER, BLANK))):
        linked &= ~marks.str.slice(FIELDS.index(name), 1).is_in(against)
    return pairs.with_columns(reasons=marks, is_linked=linked)
