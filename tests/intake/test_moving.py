"""Stopping and going on: what was committed stays, what is left follows, every row once; states move only as declared."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.factories import Member
from tests.intake.making import NOW, again, carry, csv_file, done, enterprise, outcomes, send

from lontar.intake import actions, tasks
from lontar.intake.models import Batch, BatchRow
from lontar.intake.states import TRANSITIONS, BatchState
from lontar.intake.steps import moving
from lontar.intake.steps import run as running
from lontar.registry.models import Enterprise

LIST = [enterprise(nik=f"53090141019090{n:02d}", name=f"Usaha Contoh {n}") for n in range(10, 20)]


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows to a chunk."""
    monkeypatch.setattr(running, "CHUNK", 3)


def stop_after(batch: Batch, rows: int, act: Any) -> None:
    """Carry the batch, and call `act` once so many rows are in."""

    def told(done: int, _total: int | None) -> None:
        if done == rows:
            act()

    running.run(batch.pk, clock=lambda: NOW, tell=told)


class Struck(Exception):
    """What a test throws into a running batch."""


def strike() -> None:
    raise Struck


@pytest.mark.usefixtures("small_chunks")
def test_a_cancelled_batch_keeps_what_is_in_and_goes_on_from_there(officer: Member) -> None:
    batch = send(officer, csv_file(LIST))

    stop_after(batch, 6, lambda: actions.cancel_batch(batch=again(batch), by=officer.user, at=NOW))

    stopped = again(batch)
    assert (stopped.state, stopped.rows_done, stopped.rows_new) == ("cancelled", 6, 6)
    assert Enterprise.objects.count() == 6
    actions.resume_batch(batch=stopped, by=officer.user, at=NOW)
    finished = carry(batch)
    assert (finished.state, finished.rows_done, finished.rows_new) == ("done", 10, 10)
    assert (outcomes(finished), Enterprise.objects.count()) == (["NEW"] * 10, 10)


@pytest.mark.usefixtures("small_chunks")
def test_a_batch_that_breaks_says_so_and_goes_on_after_the_last_committed_row(
    officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = send(officer, csv_file(LIST))

    with pytest.raises(Struck):
        stop_after(batch, 3, strike)

    broken = again(batch)
    assert (broken.state, broken.rows_done) == ("failed", 3)
    assert broken.problem.startswith("Pekerjaan terhenti karena gangguan pada sistem.")
    actions.resume_batch(batch=broken, by=officer.user, at=NOW)
    finished = carry(batch)
    assert (finished.state, finished.problem, Enterprise.objects.count()) == ("done", "", 10)


@pytest.mark.usefixtures("small_chunks")
def test_a_batch_whose_carrier_vanished_is_taken_up_again(officer: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = send(officer, csv_file(LIST))
    monkeypatch.setattr(moving, "end", lambda *_args, **_kwargs: strike())
    with pytest.raises(Struck):
        stop_after(batch, 6, strike)
    monkeypatch.undo()
    assert again(batch).state == "running"

    finished = carry(batch)

    assert (finished.state, finished.rows_done, Enterprise.objects.count()) == ("done", 10, 10)
    assert BatchRow.objects.filter(batch=batch).count() == 10


def test_a_finished_batch_carried_again_changes_nothing(officer: Member) -> None:
    batch = done(officer, csv_file(LIST))
    before = list(Enterprise.objects.order_by("pk").values())

    assert running.run(batch.pk, clock=lambda: NOW) == BatchState.DONE

    assert list(Enterprise.objects.order_by("pk").values()) == before
    assert BatchRow.objects.filter(batch=batch).count() == 10


def test_cancelling_is_heard_while_the_rows_are_being_checked(officer: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = send(officer, csv_file(LIST))
    Batch.objects.filter(pk=batch.pk).update(cancel_requested=True)

    stopped = carry(batch)

    assert (stopped.state, stopped.rows_done, stopped.cancel_requested) == ("cancelled", 0, False)
    assert not Enterprise.objects.exists()


def test_a_waiting_batch_is_cancelled_at_once(officer: Member) -> None:
    batch = send(officer, csv_file(LIST))

    actions.cancel_batch(batch=batch, by=officer.user, at=NOW)

    assert again(batch).state == "cancelled"
    assert running.run(batch.pk, clock=lambda: NOW) == BatchState.CANCELLED
    assert not Enterprise.objects.exists()


def test_a_cancelled_batch_whose_file_was_sent_again_is_not_resumed(officer: Member) -> None:
    first = send(officer, csv_file(LIST))
    actions.cancel_batch(batch=first, by=officer.user, at=NOW)
    second = send(officer, csv_file(LIST))

    with pytest.raises(actions.SameFile) as refused:
        actions.resume_batch(batch=again(first), by=officer.user, at=NOW)

    assert refused.value.batch == second
    assert again(first).state == "cancelled"


@pytest.mark.parametrize("state", ["done", "refused", "running", "queued", "received", "needs_mapping"])
def test_only_what_was_stopped_can_be_resumed(officer: Member, state: str) -> None:
    batch = send(officer, csv_file(LIST))
    Batch.objects.filter(pk=batch.pk).update(state=state)

    with pytest.raises(actions.NotNow):
        actions.resume_batch(batch=again(batch), by=officer.user, at=NOW)

    assert again(batch).state == state


def test_every_state_is_in_the_table_and_every_end_is_a_state() -> None:
    assert set(TRANSITIONS) == set(BatchState)
    assert all(end in TRANSITIONS for ends in TRANSITIONS.values() for end in ends)


@pytest.mark.parametrize("start", list(BatchState))
def test_a_move_that_is_not_in_the_table_is_refused_and_changes_nothing(officer: Member, start: BatchState) -> None:
    batch = send(officer, csv_file(LIST))
    Batch.objects.filter(pk=batch.pk).update(state=start)

    for end in set(BatchState) - TRANSITIONS[start]:
        with pytest.raises(moving.IllegalMove):
            moving.move(again(batch), end)

    assert again(batch).state == start


def test_a_move_from_a_state_that_is_no_longer_so_is_refused(officer: Member) -> None:
    batch = send(officer, csv_file(LIST))
    stale = again(batch)
    moving.move(batch, BatchState.CANCELLED)

    with pytest.raises(moving.IllegalMove):
        moving.move(stale, BatchState.RUNNING)

    assert again(batch).state == "cancelled"


def test_quiet_batches_that_should_be_moving_are_queued_and_no_others(
    officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[int] = []
    monkeypatch.setattr(tasks, "queue", queued.append)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)  # the test's own stays open
    monkeypatch.setattr(tasks.timezone, "now", lambda: NOW + timedelta(minutes=5))
    quiet, lively, resting = (send(officer, csv_file([one])) for one in LIST[:3])
    Batch.objects.filter(pk=quiet.pk).update(state="running", heartbeat_at=NOW)
    Batch.objects.filter(pk=lively.pk).update(state="running", heartbeat_at=NOW + timedelta(minutes=5))
    Batch.objects.filter(pk=resting.pk).update(state="done")

    tasks.take_up_orphans.func(0)

    assert queued == [quiet.pk]
