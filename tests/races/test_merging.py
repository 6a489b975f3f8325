"""Two people merge overlapping records at once: one wins, the other reads why; the twin shows what the lock is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from django.db import connections
from tests.factories import MORNING, Member, make_enterprise, make_member, make_person
from tests.registry.merging import counts, recounted

from lontar.access.scope import acting_in
from lontar.intake.steps import run as intake
from lontar.registry.actions import merge_enterprises, merge_rows, merging, undo_merge
from lontar.registry.models import Enterprise, Merge
from lontar.registry.queries.merging import rows_of
from lontar.registry.rules.merging import Subject

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def officer(committed_db: None) -> Member:
    """The officer of Ngada, really stored."""
    return make_member("regency_officer")


def made(number: int) -> list[int]:
    """Some enterprises with an owner each; their ids."""
    with acting_in("53"):
        return [
            make_enterprise(name=f"Usaha Contoh {n}", owner=make_person(), workers_paid=n).pk for n in range(number)
        ]


def together(*acts: Callable[[], object]) -> list[str]:
    """Run the acts at once; the kind of what each gave, or of its exception with its words."""
    start = Barrier(len(acts))
    outcomes = [""] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait(timeout=10)
            with acting_in("53.09"):
                outcomes[number] = type(acts[number]()).__name__
        except Exception as problem:  # noqa: BLE001 - whatever it is, its name is the outcome
            outcomes[number] = f"{type(problem).__name__}: {problem}"
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def merging_of(officer: Member, keep: int, absorb: int) -> Callable[[], object]:
    return lambda: merge_enterprises(keep=keep, absorb=absorb, by=officer.user, post=officer.held, at=MORNING)


def standing() -> list[tuple[int, int]]:
    with acting_in("53"):
        found = Merge.objects.standing().filter(part_of=None)
        return sorted(found.values_list("kept_id", "absorbed_id"))


def true_counts() -> bool:
    with acting_in("53"):
        return counts() == recounted()


def test_of_two_who_merge_one_record_into_different_ones_one_wins(officer: Member) -> None:
    one, other, both = made(3)

    found = together(merging_of(officer, one, both), merging_of(officer, other, both))

    assert sorted(said.partition(":")[0] for said in found) == ["Merge", "MergeRefused"]
    assert "baru saja digabungkan orang lain" in " ".join(found)
    assert len(standing()) == 1
    assert true_counts()


def test_of_two_who_merge_each_into_the_other_one_wins(officer: Member) -> None:
    one, other = made(2)

    found = together(merging_of(officer, one, other), merging_of(officer, other, one))

    assert sorted(said.partition(":")[0] for said in found) == ["Merge", "MergeRefused"]
    with acting_in("53"):
        assert Enterprise.objects.count() == 1


def test_of_two_who_undo_at_once_one_does(officer: Member) -> None:
    keep, absorb = made(2)
    with acting_in("53.09"):
        done = merge_enterprises(keep=keep, absorb=absorb, by=officer.user, post=officer.held, at=MORNING)

    found = together(*[lambda: undo_merge(merge=done.pk, by=officer.user, post=officer.held, at=MORNING)] * 2)

    assert sorted(said.partition(":")[0] for said in found) == ["MergeRefused", "Undone"]
    assert "sudah dibatalkan" in " ".join(found)
    assert standing() == []


def test_without_the_lock_the_second_works_on_what_is_gone(officer: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both look before either writes: the second moves, deletes and updates rows as they were, and breaks on the way."""
    one, other, both = made(3)
    looked = Barrier(2)

    def unheld(subject: Subject, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
        found = rows_of(subject, sorted(ids))
        try:
            looked.wait(timeout=10)
        except BrokenBarrierError:
            pass
        return found

    monkeypatch.setattr(merging, "hold", unheld)

    found = together(merging_of(officer, one, both), merging_of(officer, other, both))

    assert "baru saja digabungkan orang lain" not in " ".join(found)
    assert [said for said in found if said != "Merge"] != [], "the second must have met the first"


def test_lists_and_merges_wait_for_the_same_lock() -> None:
    assert merge_rows.WRITER == intake._WRITER
