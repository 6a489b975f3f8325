"""Two hand in at once, one hands in while the round closes, two decide one product; the twins show what the locks are for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from tests.factories import MORNING, Member
from tests.races.test_holdings import together
from tests.stars.world import Scene, fill, hand_in, make_round, make_scene, sheet_of

from lontar.access.scope import acting_in
from lontar.stars import actions
from lontar.stars.actions import assessing, deciding, moving, rounds
from lontar.stars.models import Assessment, Assessor, Star
from lontar.stars.states import AssessmentState, Halal

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def scene(committed_db: None) -> Scene:
    """Two sheets filled and not handed in, really stored."""
    with acting_in("53"):
        made = make_scene()
        fill(made, 0, missing=5)
        fill(made, 1, missing=8)
    return made


def gives(scene: Scene, number: int) -> Callable[[], object]:
    """The act of handing in a sheet that is filled."""
    member = scene.assessors[number]

    def act() -> object:
        with acting_in("53"):
            sheet = sheet_of(scene.found, member)
            return actions.hand_in(assessor_id=sheet.pk, by=member.user, post=member.held, at=MORNING)

    return act


def closes(scene: Scene) -> Callable[[], object]:
    """The act of closing the round."""

    def act() -> object:
        with acting_in("53"):
            return actions.close_round(
                round_id=scene.round.pk, by=scene.officer.user, post=scene.officer.held, at=MORNING
            )

    return act


def stands(scene: Scene) -> tuple[str, int, int]:
    """State, sheets handed in, sheets that were dropped."""
    with acting_in("53"):
        found = Assessment.objects.get(pk=scene.found.pk)
        rows = Assessor.objects.filter(assessment=found)
        handed, dropped = rows.filter(handed_in_at__isnull=False), rows.filter(dropped_at__isnull=False)
        return found.state, handed.count(), dropped.count()


def test_of_two_who_hand_in_at_once_the_later_opens_the_sheets(scene: Scene) -> None:
    assert together(gives(scene, 0), gives(scene, 1)) == ["Assessment", "Assessment"]
    assert stands(scene) == (AssessmentState.READY, 2, 0)


def test_without_the_lock_both_wait_for_each_other_for_ever(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: each counts the other's sheet as open, because neither has committed."""
    meet = Barrier(2)
    original = assessing.unseal_if_complete

    def both(found: Assessment, **kwargs: Any) -> Assessment:
        counted = original(found, **kwargs)
        meet.wait(timeout=20)  # both have counted before either commits
        return counted

    rows = Assessment.objects.select_related("round__rubric", "post__agency", "product")
    monkeypatch.setattr(assessing, "held", lambda number: rows.get(pk=number))
    monkeypatch.setattr(assessing, "unseal_if_complete", both)

    assert together(gives(scene, 0), gives(scene, 1)) == ["Assessment", "Assessment"]
    assert stands(scene) == (AssessmentState.SCORING, 2, 0)


def test_who_hands_in_while_the_round_closes_is_counted_or_refused(scene: Scene) -> None:
    with acting_in("53"):
        hand_in(scene, 0, missing=5)

    first, second = together(gives(scene, 1), closes(scene))

    assert second == "Round"
    expected = {
        "Assessment": (AssessmentState.READY, 2, 0),
        "RoundClosed": (AssessmentState.UNFINISHED, 1, 1),
    }
    assert stands(scene) == expected[first]


def test_without_the_lock_a_sheet_comes_into_a_round_that_is_closed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the hand-in looked at the round while it was open, and writes after it was closed."""
    with acting_in("53"):
        hand_in(scene, 0, missing=5)
    looked, closed = Barrier(2), Barrier(2)
    original = assessing.must_be_open

    def look(round_id: int) -> object:
        found = original(round_id)
        looked.wait(timeout=20)
        closed.wait(timeout=20)
        return found

    monkeypatch.setattr(assessing, "hold_round", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(rounds, "hold_round", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(assessing, "must_be_open", look)

    def close_after_the_look() -> object:
        looked.wait(timeout=20)
        try:
            return closes(scene)()
        finally:
            closed.wait(timeout=20)

    outcomes = together(gives(scene, 1), close_after_the_look)

    assert outcomes == ["SheetLocked", "Round"], "refused only by the dropped sheet, not by the round that is closed"


def _two_ready(scene: Scene) -> list[int]:
    """The product in a second round too, both ready for a decision."""
    officer = scene.officer
    with acting_in("53"):
        later = make_round(officer.held, name="Ronde Kedua")
        again = actions.submit_product(
            round=later, product=scene.product, halal=Halal.NOT_APPLICABLE, by=scene.regency.user,
            post=scene.regency.held, at=MORNING,
        )  # fmt: skip
        twin = Scene(officer, scene.regency, scene.assessors, later, scene.product, again, scene.content)
        for number in (0, 1):
            actions.appoint_assessor(
                assessment_id=again.pk, assessor=scene.assessors[number].held, by=officer.user, post=officer.held,
                at=MORNING,
            )  # fmt: skip
        for one in (scene, twin):
            hand_in(one, 0, missing=5)
            hand_in(one, 1, missing=8)
    return [scene.found.pk, again.pk]


def decides(officer: Member, number: int) -> Callable[[], object]:
    """The act of deciding an assessment."""

    def act() -> object:
        with acting_in("53"):
            return actions.decide(assessment_id=number, by=officer.user, post=officer.held, at=MORNING)

    return act


def test_of_two_stars_decided_at_once_for_one_product_one_stays_open(scene: Scene) -> None:
    numbers = _two_ready(scene)

    assert together(*[decides(scene.officer, number) for number in numbers]) == ["Star", "Star"]
    with acting_in("53"):
        assert Star.objects.filter(ended_date__isnull=True).count() == 1
        assert Star.objects.filter(renews__isnull=False).count() == 1


def test_without_the_lock_one_of_two_decisions_fails_at_the_index(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: both see no earlier star; only the database keeps the second from standing beside the first."""
    numbers, meet = _two_ready(scene), Barrier(2)
    original = deciding.months_after

    def both(*args: Any) -> date:
        meet.wait(timeout=20)  # both have looked for an earlier star before either writes
        return original(*args)

    monkeypatch.setattr(deciding, "hold_product", lambda _number: None)
    monkeypatch.setattr(deciding, "months_after", both)

    assert sorted(together(*[decides(scene.officer, number) for number in numbers])) == ["IntegrityError", "Star"]


def test_a_lock_refuses_to_run_outside_a_transaction(committed_db: None) -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        moving.hold_product(1)
