"""Two make the verdict of one quarter at once: the second finds the first. The twin without the lock shows what it is for."""

from __future__ import annotations

from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from tests.races.test_holdings import together
from tests.verdicts.factories import NOW, QUARTER, make_programme

from lontar.access.scope import acting_in
from lontar.verdicts import actions
from lontar.verdicts.models import Finding, Verdict
from lontar.verdicts.querysets import VerdictQuerySet

pytestmark = pytest.mark.usefixtures("committed_db")


def make() -> Verdict:
    return actions.make_verdict(quarter=QUARTER, by=None, post=None, at=NOW)


def numbers() -> list[int]:
    with acting_in("53"):
        return sorted(Verdict.objects.values_list("number", flat=True))


@pytest.fixture
def met(committed_db: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A small programme; whoever has read the newest verdict waits for the other, if that one comes to read at all."""
    make_programme()
    meet, seen = Barrier(2), list[bool]()
    patience = 90 if "without_the_lock" in request.node.name else 2
    read = VerdictQuerySet.newest_first

    def both_have_read(self: VerdictQuerySet) -> Any:
        newest = read(self).first()
        try:
            meet.wait(timeout=patience)
            seen.append(True)
        except BrokenBarrierError:
            seen.append(False)
        return _Read(newest)

    monkeypatch.setattr(VerdictQuerySet, "newest_first", both_have_read)
    return seen


class _Read:
    """A verdict as it was read before the meeting."""

    def __init__(self, newest: Verdict | None) -> None:
        self.newest = newest

    def first(self) -> Verdict | None:
        return self.newest


def test_of_two_who_make_a_verdict_at_once_the_second_is_given_the_first(met: list[bool]) -> None:
    outcomes = together(make, make)

    assert outcomes == ["Verdict", "Verdict"]
    assert numbers() == [1]
    assert True not in met, "nobody reads while the other writes"
    with acting_in("53"):
        assert Finding.objects.exclude(verdict__number=1).count() == 0


def test_without_the_lock_both_write_the_same_number_and_one_fails(
    met: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "hold_quarter", lambda quarter: None)

    outcomes = together(make, make)

    assert sorted(outcomes) == ["IntegrityError", "Verdict"]
    assert met == [True, True]
    assert numbers() == [1]
