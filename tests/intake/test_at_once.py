"""Two things at the same moment, each on its own connection: one batch for one file, one enterprise for one NIB.

Each test has a twin with the lock taken away that shows what the lock is for.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
from django.db import connections
from tests.factories import Member, make_member
from tests.intake.making import NIB, NOW, VILLAGE, csv_file, enterprise, make_places, send

from lontar.access.scope import acting_in
from lontar.intake.models import Batch, BatchRow
from lontar.intake.steps import apply
from lontar.intake.steps import run as running
from lontar.registry.models import Enterprise, Person

pytestmark = pytest.mark.usefixtures("committed_db")
NIK = "5309014101909001"


@pytest.fixture
def officer(committed_db: None) -> Member:
    """The officer of Ngada, really stored."""
    make_places()
    return make_member("agency_officer")


def together(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at once; what each gave, or the name of its exception."""
    start = Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait(timeout=10)
            outcomes[number] = acts[number]()
        except Exception as problem:  # noqa: BLE001 - whatever it is, its name is the outcome
            outcomes[number] = type(problem).__name__
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def seen(count: Callable[[], int]) -> int:
    with acting_in("53"):
        return count()


def test_of_two_uploads_of_one_file_at_once_one_becomes_a_batch(officer: Member) -> None:
    content = csv_file([enterprise()])

    found = together(*[lambda: send(officer, content)] * 4)

    assert sorted(type(one).__name__ if isinstance(one, Batch) else str(one) for one in found) == [
        "Batch",
        *["SameFile"] * 3,
    ]
    assert seen(Batch.objects.count) == 1


def test_without_its_constraint_one_file_becomes_several_batches(officer: Member) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP INDEX batch_same_file_once")
    connections["owner"].close()
    content = csv_file([enterprise()])
    looked = Barrier(2, timeout=10)
    real = Batch.objects.filter

    def slow(*args: object, **kwargs: object) -> object:
        found = real(*args, **kwargs)
        if "sha256" in kwargs:
            looked.wait()  # both have looked before either writes
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Batch.objects, "filter", slow)
        together(*[lambda: send(officer, content)] * 2)

    assert seen(Batch.objects.count) == 2


def carried(batch: Batch) -> object:
    return running.run(batch.pk, clock=lambda: NOW)


def test_a_batch_taken_up_twice_at_once_is_worked_on_once(officer: Member) -> None:
    batch = send(officer, csv_file([enterprise(nik=None, name=f"Usaha Contoh {n}") for n in range(200)]))

    found = together(*[lambda: carried(batch)] * 3)

    assert [one for one in found if one not in ("done", None)] == []
    assert seen(BatchRow.objects.filter(batch=batch).count) == 200
    assert seen(Enterprise.objects.count) == 200


def test_two_lists_with_the_same_new_nib_at_once_make_one_enterprise(officer: Member) -> None:
    first = send(officer, csv_file([enterprise(nib=NIB, workers_paid="1")]))
    second = send(officer, csv_file([enterprise(nib=NIB, workers_paid="2")]))

    assert together(lambda: carried(first), lambda: carried(second)) == ["done", "done"]

    with acting_in("53"):
        assert (Enterprise.objects.count(), Person.objects.count()) == (1, 1)
        counts = [(one.rows_new, one.rows_updated) for one in Batch.objects.order_by("pk")]
    assert sorted(counts) == [(0, 1), (1, 0)]


def test_without_the_writers_lock_one_of_two_such_lists_breaks(
    officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both look for the enterprise before either has made it: the second meets the constraint and ends as failed."""
    real, looked = apply.apply_chunk, Barrier(2, timeout=10)

    def apart(*args: object, **kwargs: object) -> object:
        looked.wait()
        return real(*args, **kwargs)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(running, "_WRITER_LOCK", "SELECT %s")
    monkeypatch.setattr(apply, "apply_chunk", apart)
    batches = [send(officer, csv_file([enterprise(nib=NIB, workers_paid=str(n))])) for n in (1, 2)]

    found = together(*[lambda batch=batch: carried(batch) for batch in batches])

    assert sorted(map(str, found)) == ["IntegrityError", "done"]
    assert seen(Batch.objects.filter(state="failed").count) == 1


@contextmanager
def nothing_held(_batch_id: int):  # type: ignore[no-untyped-def]  # stands in for `run.held`
    """As if the batch's lock were always free."""
    yield True


def test_without_the_batchs_lock_two_workers_collide_on_its_rows(
    officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = send(
        officer, csv_file([enterprise(nik=None, name=f"Usaha Contoh {n}", village_code=VILLAGE) for n in range(50)])
    )
    seen(lambda: Batch.objects.filter(pk=batch.pk).update(state="running"))  # as an orphan, which anybody may take up
    started = Barrier(2, timeout=10)
    real = running._carry

    def apart(*args: object) -> None:
        started.wait()
        real(*args)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(running, "held", nothing_held)
    monkeypatch.setattr(running, "_carry", apart)

    found = together(*[lambda: carried(batch)] * 2)

    assert [one for one in found if one not in ("done", None)] != [], "one must have met the other"
