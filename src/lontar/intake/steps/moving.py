"""Moving a batch along its TRANSITIONS and noting its progress. The only place that writes a batch's state while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lontar.intake.models import Batch
from lontar.intake.states import TRANSITIONS, BatchState, Outcome, Stage

FAILED_MESSAGE = (
    "Pekerjaan terhenti karena gangguan pada sistem. Baris yang sudah masuk tetap tersimpan; tekan Lanjutkan untuk "
    "meneruskan dari baris terakhir."
)
_COUNTERS = {
    Outcome.NEW: "rows_new",
    Outcome.UPDATED: "rows_updated",
    Outcome.UNCHANGED: "rows_unchanged",
    Outcome.WAITING: "rows_waiting",
    Outcome.ALREADY: "rows_already",
}


class IllegalMove(Exception):
    """The batch cannot go from its state to the one asked for."""


def move(batch: Batch, to: BatchState, **changes: object) -> None:
    """Move `batch` to `to`, at once and only from the state it is believed to be in; raises IllegalMove otherwise."""
    now = BatchState(batch.state)
    if to not in TRANSITIONS[now]:
        raise IllegalMove(f"{now} → {to}")
    if Batch.objects.filter(pk=batch.pk, state=now).update(state=to, **changes) != 1:
        raise IllegalMove(f"batch {batch.pk} is no longer {now}")
    batch.state = to
    for name, value in changes.items():
        setattr(batch, name, value)


def start(batch: Batch, *, at: datetime) -> bool:
    """Take up a batch that is waiting, or an orphan that says it runs; whether there is something to do."""
    if batch.state == BatchState.RUNNING:
        return True
    if BatchState.RUNNING not in TRANSITIONS[BatchState(batch.state)]:
        return False
    move(batch, BatchState.RUNNING, started_at=batch.started_at or at, problem="", stage=Stage.READING)
    return True


def note(batch: Batch, **changes: object) -> None:
    """Write progress that everyone may see at once."""
    Batch.objects.filter(pk=batch.pk).update(**changes)
    for name, value in changes.items():
        setattr(batch, name, value)


def refresh_counters(batch: Batch) -> None:
    """Read the counters anew, inside the chunk's transaction: a correction may have moved some since."""
    batch.refresh_from_db(fields=[*_COUNTERS.values(), "rows_corrected"])


def advance(batch: Batch, *, rows: int, counts: Mapping[int, int], at: datetime, looked_at_again: int = 0) -> None:
    """Count a chunk: rows done and what became of them. Inside the chunk's transaction.

    `looked_at_again`: so many of the rows were counted as waiting before.
    """
    changes: dict[str, object] = {"rows_done": batch.rows_done + rows, "heartbeat_at": at}
    for outcome, name in _COUNTERS.items():
        before = getattr(batch, name) - (looked_at_again if outcome is Outcome.WAITING else 0)
        changes[name] = before + counts.get(int(outcome), 0)
    note(batch, **changes)


def given_up(batch: Batch) -> BatchState:
    """Where a batch goes that a person stops: one that only looks again at waiting rows is as done as it was."""
    return BatchState.DONE if batch.is_retry else BatchState.CANCELLED


def end(batch: Batch, state: BatchState, *, at: datetime, problem: str = "") -> None:
    """The run is over: in `state`, with the message for the person when it did not succeed."""
    move(batch, state, finished_at=at, problem=problem, cancel_requested=False, **closing(batch, state))


def closing(batch: Batch, state: BatchState) -> dict[str, object]:
    """What else changes when a batch comes to rest: a done one has all its rows behind it."""
    if state != BatchState.DONE:
        return {}
    return {"stage": Stage.FINISHED, "is_retry": False, "rows_done": batch.rows_total or 0}
