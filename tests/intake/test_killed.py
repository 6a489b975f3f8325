"""A worker or the database killed in the middle of a batch: nothing lost, nothing twice, and it is taken up again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.utils import timezone
from tests.factories import Member, make_member
from tests.intake.making import NEIGHBOUR, VILLAGE, again, csv_file, make_places, send
from tests.intake.processes import kill, running, wait_for

from lontar.access.scope import acting_in
from lontar.host import embedded
from lontar.intake import tasks
from lontar.intake.models import Batch, BatchIssue, BatchRow
from lontar.intake.steps import run as steps
from lontar.registry.models import Enterprise, Person

ROWS, CHUNK = 1500, 50
# The worker as an installation runs it, with small chunks.
WORKER = f"""
from lontar.cli import database; database.ready(lambda _line: None)
from lontar.intake.steps import run; run.CHUNK = {CHUNK}
from lontar.cli.host import worker; worker.main(args=[], standalone_mode=False)
"""


def rows() -> Iterator[dict[str, object]]:
    """Distinct businesses, every third owned by a person with a number, every tenth with a number that is wrong."""
    for number in range(ROWS):
        nik = (
            "123"
            if number % 10 == 9
            else f"53090141{number % 12 + 1:02d}90{number + 1:04d}"
            if number % 3 == 0
            else None
        )
        yield {
            "nik": nik,
            "owner_name": f"Contoh Uji {number}",
            "name": f"Usaha Contoh {number}",
            "village_code": VILLAGE if number % 2 else NEIGHBOUR,
        }


@pytest.fixture
def batch(committed_db: None) -> Iterator[Batch]:
    """A list of 1,500 rows, sent and queued."""
    make_places()
    officer: Member = make_member("agency_officer")
    yield send(officer, csv_file(list(rows())))
    connections.close_all()


WRONG = len([number for number in range(ROWS) if number % 10 == 9])
OWNERS = ROWS - WRONG


def assert_every_row_once(batch: Batch) -> None:
    """The registry holds each good row once; each row has one outcome; each wrong row one finding."""
    finished = again(batch)
    assert (finished.state, finished.rows_done, finished.rows_new, finished.rows_waiting) == (
        "done",
        ROWS,
        ROWS - WRONG,
        WRONG,
    )
    with acting_in("53"):
        numbers = list(BatchRow.objects.filter(batch=batch).order_by("row_no").values_list("row_no", flat=True))
        assert numbers == list(range(2, ROWS + 2))
        names = list(Enterprise.objects.values_list("name", flat=True))
        assert (len(names), len(set(names))) == (ROWS - WRONG, ROWS - WRONG)
        assert Person.objects.count() == OWNERS
        assert BatchIssue.objects.filter(batch=batch, severity="error").count() == WRONG
        tallied = sum(Enterprise.objects.values_list("source_row", flat=True)) + sum(
            BatchRow.objects.filter(batch=batch, outcome=4).values_list("row_no", flat=True)
        )
        assert tallied == sum(range(2, ROWS + 2))


def progress(batch: Batch) -> int:
    return again(batch).rows_done


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_takes_its_batch_up(batch: Batch) -> None:
    with running(sys.executable, "-c", WORKER) as first:
        wait_for(lambda: progress(batch) >= 300, what="300 rows", alive=first)
        kill(first)

    left = again(batch)
    assert (left.state, 300 <= left.rows_done < ROWS) == ("running", True)
    with acting_in("53"):
        assert Enterprise.objects.count() == left.rows_new
        Batch.objects.filter(pk=batch.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))
        Batch.objects.filter(pk=batch.pk).update(created_at=timezone.now() - timedelta(minutes=2))
    wait_for(lambda: not is_held(batch), what="the lock of the dead worker to fall")
    tasks.take_up_orphans.func(0)  # what a living worker does every minute

    with running(sys.executable, "-c", WORKER) as second:
        wait_for(lambda: again(batch).state == "done", what="the whole batch", alive=second)

    assert_every_row_once(batch)


def is_held(batch: Batch) -> bool:
    """Whether some connection still holds the batch's lock."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s",
            [steps._LOCK, batch.pk],
        )
        found = cursor.fetchone()
    return bool(found and found[0])


@pytest.mark.skipif(not settings.EMBEDDED, reason="only the embedded database may be killed by a test")
def test_a_database_killed_in_the_middle_of_a_chunk_is_started_and_the_batch_goes_on(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "CHUNK", CHUNK)
    killers: list[Thread] = []

    def told(done: int, _total: int | None) -> None:
        if done == 500:  # the next chunk is on its way while the server dies
            killers.append(Thread(target=kill_database))
            killers[0].start()

    with pytest.raises(OperationalError):
        steps.run(batch.pk, clock=timezone.now, tell=told)
    killers[0].join()
    connections.close_all()

    embedded.start()

    left = again(batch)
    assert (left.state, 500 <= left.rows_done < ROWS) == ("running", True)
    with acting_in("53"):
        assert Enterprise.objects.count() == left.rows_new
    assert steps.run(batch.pk, clock=timezone.now) == "done"
    assert_every_row_once(batch)


def kill_database() -> None:
    """End the server as a power cut would: no checkpoint, no farewell."""
    done = embedded._execute("pg_ctl", "-D", str(embedded.cluster()), "-m", "immediate", "-w", "-t", "30", "stop")
    assert done.returncode == 0, done.stderr
