"""Two reviewers ask for the next pair in the same moment: each gets another. The twin without the lock shows the race."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections
from tests.factories import MORNING, Member, make_member, make_pair

from lontar.access.scope import acting_in
from lontar.intake import actions
from lontar.intake.actions import pairs as acts
from lontar.intake.models import Pair
from lontar.intake.queries import pairs as queries
from lontar.intake.querysets import PairQuerySet
from lontar.registry.models import Enterprise, Merge

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def reviewers(committed_db: None) -> list[Member]:
    """Three who may review, really stored."""
    return [make_member(name) for name in ("regency_officer", "province_officer", "province_admin")]


def made(number: int) -> list[int]:
    with acting_in("53"):
        return [make_pair(probability=0.9 - n / 100).pk for n in range(number)]


def together(*given: Callable[[], object]) -> list[object]:
    """What each gave, or the name of its exception, all at once."""
    start = Barrier(len(given))
    outcomes: list[object] = [None] * len(given)

    def run(number: int) -> None:
        try:
            start.wait(timeout=10)
            with acting_in("53"):
                outcomes[number] = given[number]()
        except Exception as problem:  # noqa: BLE001 - whatever it is, its name is the outcome
            outcomes[number] = type(problem).__name__
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(given))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def borrowing(member: Member, times: int = 1) -> Callable[[], list[int]]:
    def borrow() -> list[int]:
        got: list[int] = []
        for _time in range(times):
            pair = actions.lend_next(among=queries.pairs(queries.PairFilter()), by=member.user, at=MORNING, without=got)
            got += [pair.pk] if pair else []
        return got

    return borrow


def test_three_who_borrow_at_once_never_get_the_same_pair(reviewers: list[Member]) -> None:
    ids = made(30)

    found = together(*[borrowing(one, 10) for one in reviewers])

    borrowed = [pk for got in found for pk in got]  # type: ignore[attr-defined]  # lists, unless something failed
    assert sorted(borrowed) == sorted(ids)


def test_without_the_lock_two_get_the_same_pair(reviewers: list[Member], monkeypatch: pytest.MonkeyPatch) -> None:
    made(2)
    looked = Barrier(2)
    lend = acts._lend

    def unlocked(self: PairQuerySet, **_given: object) -> PairQuerySet:
        return self

    def slowly(pair: Pair, **given: object) -> None:
        looked.wait(timeout=10)
        lend(pair, **given)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(PairQuerySet, "select_for_update", unlocked)
    monkeypatch.setattr(acts, "_lend", slowly)

    first, second = together(*[borrowing(one) for one in reviewers[:2]])

    assert first == second, "the race that the lock prevents"


def test_of_two_who_decide_one_pair_at_once_one_does(reviewers: list[Member]) -> None:
    (pair,) = made(1)

    def deciding(member: Member) -> Callable[[], object]:
        return lambda: type(actions.call_same(pair=pair, by=member.user, post=member.held, at=MORNING)).__name__

    found = together(*[deciding(one) for one in reviewers[:2]])

    assert sorted(map(str, found)) == ["Merge", "PairTaken"]
    with acting_in("53"):
        assert (Enterprise.objects.count(), Merge.objects.standing().filter(kind="enterprise").count()) == (1, 1)
