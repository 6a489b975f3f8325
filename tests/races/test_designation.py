"""Two decrees for one village, two proposals, a replacement during signing: one succeeds and the other reads why.

The twins show what the lock and the constraints are for: without the lock the second meets a broken constraint, without both a
village has two flagships.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connections, transaction
from tests.designation.factories import (
    REASON,
    TODAY,
    end_decree,
    make_proposal,
    make_ready,
    make_village,
    open_decree,
    signing,
)
from tests.factories import MORNING, Member, make_member
from tests.races.test_holdings import together

from lontar.access.scope import acting_in
from lontar.designation import actions
from lontar.designation.actions import decrees, holding, moving, proposing
from lontar.designation.models import Decree, Flagship, Proposal
from lontar.designation.queries.preview import preview_opening
from lontar.designation.states import Move
from lontar.documents.models import Paper

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def cast_of_three(committed_db: None) -> tuple[Member, Member, Member]:
    """Village, regency, province, really stored."""
    return make_member("village_officer"), make_member("regency_officer"), make_member("province_officer")


def lasting() -> list[str]:
    with acting_in("53"):
        return [one.name for one in Flagship.objects.lasting().order_by("pk")]


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (decrees, moving, proposing):
        monkeypatch.setattr(module, "hold_units", lambda _keys: None)


def drop(*constraints: str) -> None:
    with connections["owner"].cursor() as cursor:
        for name in constraints:
            cursor.execute(f"ALTER TABLE designation_flagship DROP CONSTRAINT IF EXISTS {name}")
            cursor.execute(f"DROP INDEX IF EXISTS {name}")


def within(code: str, act: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        with acting_in(code):
            return act()

    return run


def test_of_two_decrees_for_one_village_one_is_signed(cast_of_three: tuple[Member, Member, Member]) -> None:
    village, regency, province = cast_of_three
    proposal = make_ready(make_proposal(village), regency, province)
    stamp = preview_opening([proposal.pk], day=TODAY, today=TODAY).stamp()

    def decree() -> Any:
        return actions.issue_opening(ids=[proposal.pk], signing=signing(province, stamp=stamp))

    assert sorted(together(within("53", decree), within("53", decree))) == ["ChangedSincePreview", "Decree"]
    assert lasting() == ["Kopi Bubuk Contoh"]
    with acting_in("53"):
        assert (Decree.objects.count(), Paper.objects.count()) == (1, 1)


def test_of_two_proposals_for_one_village_one_is_sent(cast_of_three: tuple[Member, Member, Member]) -> None:
    village, _regency, _province = cast_of_three
    make_village()
    names = ("Kopi Contoh", "Tenun Contoh")
    acts = [lambda name=name: make_proposal(village, name=name) for name in names]

    assert sorted(together(*acts)) == ["AlreadyProposed", "Proposal"]
    with acting_in("53"):
        assert Proposal.objects.open().count() == 1


def test_a_return_during_signing_waits_and_then_reads_that_it_is_decreed(
    cast_of_three: tuple[Member, Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    village, regency, province = cast_of_three
    proposal = make_ready(make_proposal(village), regency, province)
    stamp = preview_opening([proposal.pk], day=TODAY, today=TODAY).stamp()
    drawing, done = Event(), Event()
    publish = decrees.papers.issue_paper

    def slow(*args: Any) -> Any:
        drawing.set()
        assert not done.wait(timeout=1), "the return went through while the decree was being signed"
        return publish(*args)

    monkeypatch.setattr(decrees.papers, "issue_paper", slow)

    def give_back() -> Any:
        assert drawing.wait(timeout=20)
        try:
            return actions.move_proposal(
                proposal_id=proposal.pk, move=Move.RETURNED, reason=REASON, by=province.user, post=province.held,
                at=MORNING,
            )  # fmt: skip
        finally:
            done.set()

    def decree() -> Any:
        return actions.issue_opening(ids=[proposal.pk], signing=signing(province, stamp=stamp))

    assert together(within("53", decree), within("53", give_back)) == ["Decree", "Refused"]
    assert lasting() == ["Kopi Bubuk Contoh"]


def test_a_replacement_and_an_ending_of_one_flagship_at_once(cast_of_three: tuple[Member, Member, Member]) -> None:
    village, regency, province = cast_of_three
    open_decree(province, make_ready(make_proposal(village), regency, province).pk)
    second = make_ready(make_proposal(village, name="Tenun Contoh"), regency, province)
    province.enter()
    old = Flagship.objects.get()
    stamp = preview_opening([second.pk], day=TODAY, today=TODAY).stamp()

    def replace() -> Any:
        return actions.issue_opening(ids=[second.pk], signing=signing(province, stamp=stamp))

    outcomes = together(within("53", replace), within("53", lambda: end_decree(province, old.pk)))

    assert sorted(outcomes) == ["ChangedSincePreview", "Decree"]
    assert len(lasting()) <= 1
    with acting_in("53"):
        old.refresh_from_db()
        assert old.valid_until == TODAY


def test_without_the_lock_the_constraint_still_holds(
    cast_of_three: tuple[Member, Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first twin: both pass the check side by side; the database lets one of them in."""
    village, _regency, _province = cast_of_three
    make_village()
    without_lock(monkeypatch)
    seen = Barrier(2)
    freeze = proposing._checked

    def slow(*args: Any, **kwargs: Any) -> Any:
        found = freeze(*args, **kwargs)
        seen.wait(timeout=10)
        return found

    monkeypatch.setattr(proposing, "_checked", slow)
    acts = [lambda name=name: make_proposal(village, name=name) for name in ("Kopi Contoh", "Tenun Contoh")]

    assert sorted(together(*acts)) == ["AlreadyProposed", "Proposal"]


def test_without_lock_and_constraint_a_village_has_two_flagships(cast_of_three: tuple[Member, Member, Member]) -> None:
    """The second twin: the same two decrees, careless, against a table without the constraints."""
    village, regency, province = cast_of_three
    proposal = make_ready(make_proposal(village), regency, province)
    with acting_in("53"):
        Proposal.objects.filter(pk=proposal.pk).update(state="refused")
    other = make_ready(make_proposal(village, name="Tenun Contoh"), regency, province)
    drop("flagship_one_lasting_per_unit", "flagship_no_overlap")
    seen = Barrier(2)

    def careless(pk: int) -> str:
        with acting_in("53"), transaction.atomic():
            found = Proposal.objects.get(pk=pk)
            taken = Flagship.objects.lasting().filter(unit_key=found.unit_key).exists()
            seen.wait(timeout=10)
            if not taken:
                decrees._open_flagship(found, TODAY)
        return "opened"

    together(lambda: careless(proposal.pk), lambda: careless(other.pk))

    assert sorted(lasting()) == ["Kopi Bubuk Contoh", "Tenun Contoh"]


def test_the_lock_refuses_to_run_outside_a_transaction(committed_db: None) -> None:
    with pytest.raises(holding.NotInTransaction):
        holding.hold_units(["village:53.09.01.2001"])
