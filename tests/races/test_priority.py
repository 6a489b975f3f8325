"""Two plans taken into force at once, and a report sent while the verdict is written; the twins show what guards them."""

from __future__ import annotations

from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connections
from tests.factories import Member, make_member
from tests.priority.factories import (
    acting,
    first_pick,
    make_baseline,
    make_checkin,
    make_plan,
    make_running,
    make_target,
    make_world,
    on_day,
)
from tests.races.test_holdings import together

from lontar.access.scope import acting_in
from lontar.priority import actions
from lontar.priority.actions import following, judging, planning
from lontar.priority.models import CheckIn, Pick, Plan, Verdict

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def officer(committed_db: None) -> Member:
    """The province's officer, and the small world, really stored."""
    made = make_member("province_officer")
    make_world()
    return made


def decide(officer: Member, plan: Plan) -> object:
    with acting_in("53"):
        return actions.take_in_force(plan_id=plan.pk, **acting(officer))


def drafts(officer: Member, number: int) -> list[Plan]:
    with acting_in("53"):
        return [make_plan(officer, name=f"Peta contoh {one}") for one in range(number)]


def running() -> int:
    with acting_in("53"):
        return Plan.objects.running().count()


def test_of_two_plans_taken_into_force_at_once_one_runs(officer: Member) -> None:
    plans = drafts(officer, 2)

    outcomes = together(*[lambda plan=plan: decide(officer, plan) for plan in plans])

    assert sorted(outcomes) == ["AlreadyRunning", "Plan"]
    assert running() == 1


def test_without_the_constraint_two_plans_run(officer: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    plans, meet = drafts(officer, 2), Barrier(2)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP INDEX priority_one_running_plan")
    begin = planning._begin

    def both(plan: Plan) -> None:
        meet.wait(timeout=20)
        begin(plan)

    monkeypatch.setattr(planning, "_begin", both)

    assert together(*[lambda plan=plan: decide(officer, plan) for plan in plans]) == ["Plan", "Plan"]
    assert running() == 2


def followed(officer: Member) -> Pick:
    """A pick with target, baseline and six weeks of evidence: one more and the target is reached."""
    with acting_in("53"):
        pick = first_pick(make_running(officer, size=1))
        make_target(pick, officer)
        make_baseline(pick, officer)
        for week in range(1, 7):
            make_checkin(pick, officer, week, 20_000_000)
    return pick


def report(officer: Member, pick: Pick) -> object:
    with acting_in("53"):
        return make_checkin(pick, officer, 13, 20_000_000, at=on_day(91))


def judged(pick: Pick) -> object:
    with acting_in("53"):
        return actions.judge_plan(plan_id=pick.plan_id, at=on_day(91))


def told(pick: Pick) -> tuple[int, int]:
    """Weeks that were reported, weeks that the verdict counted."""
    with acting_in("53"):
        return CheckIn.objects.filter(pick=pick).count(), Verdict.objects.get(pick=pick).weeks


def test_a_report_is_counted_by_the_verdict_or_refused(officer: Member) -> None:
    pick = followed(officer)

    outcomes = together(lambda: report(officer, pick), lambda: judged(pick))

    assert outcomes in (["CheckIn", "Plan"], ["AlreadyJudged", "Plan"])
    reported, counted = told(pick)
    assert reported == counted


def test_without_the_lock_a_report_is_taken_and_not_counted(officer: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the report has looked for a verdict and found none while the verdict was being written."""
    pick, looked, written = followed(officer), Event(), Event()

    def unlocked(pick_id: int) -> Pick:
        return Pick.objects.select_related("plan__rule_set").get(pk=pick_id)

    monkeypatch.setattr(following, "lock_pick", unlocked)
    monkeypatch.setattr(judging, "lock_pick", unlocked)
    span_of = following.span_of

    def after_the_look(found: Pick) -> Any:
        looked.set()
        written.wait(timeout=20)
        return span_of(found)

    def judge_between() -> object:
        looked.wait(timeout=20)
        try:
            return judged(pick)
        finally:
            written.set()

    monkeypatch.setattr(following, "span_of", after_the_look)

    assert together(lambda: report(officer, pick), judge_between) == ["CheckIn", "Plan"]
    reported, counted = told(pick)
    assert (reported, counted) == (7, 6)
