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


def advance(batch: Batch, *, rows: int, counts: Mapping[int, int], at: datetime) -> None:
    """Count a chunk: rows done and what became of them. Inside the chunk's transaction."""
    changes: dict[str, object] = {"rows_done": batch.rows_done + rows, "heartbeat_at": at}
    for outcome, name in _COUNTERS.items():
        changes[name] = getattr(batch, name) + counts.get(int(outcome), 0)
    note(batch, **changes)


def end(batch: Batch, state: BatchState, *, at: datetime, problem: str = "") -> None:
    """The run is over: in `state`, with the message for the person when it did not succeed."""
    stage = Stage.FINISHED if state == BatchState.DONE else batch.stage
    move(batch, state, finished_at=at, problem=problem, stage=stage, cancel_requested=False)
