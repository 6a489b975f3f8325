"""A worker or the database killed in the middle of a batch: nothing lost, nothing twice, and it is taken up again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
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
from lontar.intake.models import Batch, BatchIssue, BatchRow, Pair, RowMatch
from lontar.intake.steps import run as steps
from lontar.registry.models import Enterprise, Person

ROWS, CHUNK = 1500, 50
SYLLABLES = ("Ba", "Ce", "Di", "Fo", "Gu", "Ha", "Je", "Ki")
WORDS = [f"{one}{two.lower()}{one.lower()}n" for one in SYLLABLES for two in SYLLABLES][:60]
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


RIVALS = 60
# The worker again; it says when the linkage is at work, and then does not get on.
MATCHER = f"""
import time
from pathlib import Path
from lontar.cli import database; database.ready(lambda _line: None)
from lontar.intake.steps import apart, matching, run; run.CHUNK = {CHUNK}
def put(number, frame, put=apart._put):
    put(number, frame); Path(%r).touch(); time.sleep(%r)
apart._put = put
def apply(*given, apply=run._apply):
    Path(%r).touch(); time.sleep(%r); yield from apply(*given)
run._apply = apply
from lontar.cli.host import worker; worker.main(args=[], standalone_mode=False)
"""


@pytest.fixture
def rival(committed_db: None) -> Iterator[Batch]:
    """A second agency's list of 60 businesses, which are in the registry under another name of the owner; queued."""
    make_places()
    listed = [
        {
            "owner_name": f"Contoh {word} Uji",
            "name": f"Usaha {word} Jaya",
            "village_code": VILLAGE,
            "phone": f"0812340{number:05d}",
        }
        for number, word in enumerate(WORDS)
    ]
    first = make_member("regency_officer")
    steps.run(send(first, csv_file(listed)).pk, clock=timezone.now)
    for row in listed:
        row["owner_name"] = f"Ibu {row['owner_name']}".upper()
    yield send(make_member("agency_officer"), csv_file(listed))
    connections.close_all()


@pytest.mark.parametrize("where", ["matching", "applying"])
def test_a_worker_killed_mid_matching_or_before_applying_leaves_no_link_and_no_row_twice(
    rival: Batch, tmp_path: Path, where: str
) -> None:
    marks = {name: tmp_path / name for name in ("matching", "applying")}
    waits = {name: 60 if name == where else 0 for name in marks}
    code = MATCHER % (str(marks["matching"]), waits["matching"], str(marks["applying"]), waits["applying"])
    with running(sys.executable, "-c", code) as first:
        wait_for(marks[where].exists, what=where, alive=first)
        kill(first)
    wait_for(lambda: not is_held(rival), what="the lock of the dead worker to fall")
    with acting_in("53"):
        links = list(RowMatch.objects.filter(batch=rival).order_by("row_no").values_list("row_no", "enterprise_id"))
        assert (again(rival).state, again(rival).stage, BatchRow.objects.filter(batch=rival).count()) == (
            "running", "matching" if where == "matching" else "applying", 0,
        )  # fmt: skip
        assert bool(links) is (where == "applying"), "the matching is written whole, before the first chunk"

    assert steps.run(rival.pk, clock=timezone.now) == "done"

    with acting_in("53"):
        found = RowMatch.objects.filter(batch=rival).order_by("row_no")
        assert found.filter(is_linked=True).count() > RIVALS // 2
        assert not links or list(found.values_list("row_no", "enterprise_id")) == links
        taken = dict(BatchRow.objects.filter(batch=rival).values_list("row_no", "target_id"))
        assert all(taken[one.row_no] == one.enterprise_id for one in found if one.is_linked)
        assert Enterprise.objects.count() == RIVALS + again(rival).rows_new
        assert (
            Pair.objects.count()
            == found.filter(is_linked=False).count()
            == len(set(Pair.objects.values_list("first_id", "second_id")))
        )
        assert BatchRow.objects.filter(batch=rival).count() == RIVALS


def kill_database() -> None:
    """End the server as a power cut would: no checkpoint, no farewell."""
    done = embedded._execute("pg_ctl", "-D", str(embedded.cluster()), "-m", "immediate", "-w", "-t", "30", "stop")
    assert done.returncode == 0, done.stderr
