"""Baselines, targets, weekly reports, actions, blockers, the verdict of the last day, and who may do what."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from tests.factories import Member
from tests.priority.factories import (
    World,
    acting,
    first_pick,
    make_baseline,
    make_blocker,
    make_checkin,
    make_late_note,
    make_running,
    make_step,
    make_target,
    make_verdict,
    on_day,
)

from lontar.access.policies import Refused
from lontar.access.queries import open_work_of
from lontar.access.scope import acting_in
from lontar.priority import actions
from lontar.priority.models import CheckIn, LateNote, Pick, Plan, Verdict
from lontar.priority.queries.following import weeks_due
from lontar.priority.queries.plans import progress_of
from lontar.priority.states import BaselineKind, BlockerState, PlanState, StepState, VerdictKind
from lontar.priority.tasks import judge_due


@pytest.fixture
def plan(world: World, province_officer: Member) -> Plan:
    """A plan in force in which the first pick lies in Ngada."""
    province_officer.enter()
    return make_running(province_officer, size=1, must=["53.09.01.2001"])


@pytest.fixture
def pick(plan: Plan) -> Pick:
    """Its only pick."""
    return first_pick(plan)


def test_progress_is_what_lies_above_the_usual_turnover(
    pick: Pick, plan: Plan, province_officer: Member, mentor: Member
) -> None:
    make_target(pick, province_officer)
    make_baseline(pick, mentor)
    make_checkin(pick, mentor, 1, 1_000_000)
    make_checkin(pick, mentor, 2, 9_000_000)
    make_checkin(pick, mentor, 2, 2_000_000)

    found = progress_of([plan.pk])[pick.pk]

    assert (found.target, found.weeks, found.turnover) == (Decimal(65_000_000), 2, Decimal(3_000_000))
    assert found.extra == Decimal(3_000_000 - 14 * 100_000)
    assert CheckIn.objects.filter(pick=pick).count() == 3, "what was said before stays"
    with acting_in(""):
        assert progress_of([plan.pk])[pick.pk].extra == found.extra, "anyone sees the sum"
        assert CheckIn.objects.count() == 0, "and no report"


def test_the_verdict_is_written_once_by_the_job_and_never_changes(
    pick: Pick, plan: Plan, province_officer: Member, mentor: Member
) -> None:
    make_target(pick, province_officer)
    make_baseline(pick, mentor)
    for week in range(1, 14):
        make_checkin(pick, mentor, week, 6_000_000)
    assert judge_due(on_day(90)) == 0, "the ninetieth day is still a day of the plan"

    assert judge_due(on_day(91)) == 1

    found = Verdict.objects.get(pick=pick)
    assert (found.kind, found.achieved) == (VerdictKind.REACHED, Decimal(78_000_000 - 9_000_000))
    assert Plan.objects.get(pk=plan.pk).state == PlanState.FINISHED
    with pytest.raises(actions.AlreadyJudged):
        make_checkin(pick, mentor, 13, 99_000_000)
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=found.pk).update(kind="missed")
    make_late_note(pick, mentor)
    assert judge_due(on_day(92)) == 0
    assert (Verdict.objects.get().achieved, LateNote.objects.count()) == (found.achieved, 1)


def test_without_evidence_of_a_baseline_there_is_no_verdict_on_the_target(
    pick: Pick, plan: Plan, province_officer: Member, mentor: Member
) -> None:
    make_target(pick, province_officer)
    make_baseline(pick, mentor, kind=BaselineKind.UNKNOWN)
    for week in range(1, 14):
        make_checkin(pick, mentor, week, 6_000_000)

    assert make_verdict(plan).kind == VerdictKind.NO_EVIDENCE


def test_a_target_stands_from_the_fifteenth_day_on(pick: Pick, province_officer: Member) -> None:
    make_target(pick, province_officer, on_day(14))

    with pytest.raises(actions.TargetLate):
        make_target(pick, province_officer, on_day(15), quantity=Decimal(1))
    with pytest.raises(actions.TargetAddsNothing):
        make_target(pick, province_officer, on_day(3), price_after=Decimal(1))


@pytest.mark.parametrize(("week", "day"), [(2, 7), (14, 90), (0, 3)])
def test_a_week_that_has_not_begun_cannot_be_reported(pick: Pick, mentor: Member, week: int, day: int) -> None:
    with pytest.raises(actions.WeekNotBegun):
        make_checkin(pick, mentor, week, 1, at=on_day(day))

    assert CheckIn.objects.count() == 0


def test_evidence_is_named_or_openly_missing(pick: Pick, mentor: Member) -> None:
    with pytest.raises(actions.EvidenceMissing):
        make_checkin(pick, mentor, 1, 1, words=" ")
    with pytest.raises(actions.PeriodUnclear):
        make_baseline(pick, mentor, until_date=None)

    make_checkin(pick, mentor, 1, 1, evidence="none", words="")


def test_a_mentor_of_another_kabupaten_reports_nothing(world: World, province_officer: Member, mentor: Member) -> None:
    province_officer.enter()
    pick = first_pick(make_running(province_officer, size=1, must=["53.12.01.2001"]))

    with pytest.raises(Refused):
        make_checkin(pick, mentor, 1, 1)

    assert CheckIn.objects.count() == 0


def test_a_blocker_waits_at_its_agency_until_it_is_overcome(
    pick: Pick, mentor: Member, agency_officer: Member, regency_officer: Member
) -> None:
    found = make_blocker(pick, mentor, agency=agency_officer.held.agency)
    assert "Hambatan prioritas menunggu jawaban instansi Anda" in [
        one.label for one in open_work_of(agency_officer.held)
    ]
    with pytest.raises(Refused):
        actions.answer_blocker(blocker_id=found.pk, reply="Bukan kami.", **acting(regency_officer, on_day(11)))

    actions.answer_blocker(blocker_id=found.pk, reply="Jalan dibuka Senin.", **acting(agency_officer, on_day(12)))
    assert "Hambatan prioritas menunggu jawaban instansi Anda" not in [
        one.label for one in open_work_of(agency_officer.held)
    ]
    actions.reopen_blocker(blocker_id=found.pk, **acting(mentor, on_day(13)))
    actions.answer_blocker(blocker_id=found.pk, reply="Sudah dibuka.", **acting(agency_officer, on_day(14)))
    closed = actions.close_blocker(blocker_id=found.pk, **acting(mentor, on_day(15)))

    assert (closed.state, closed.reply) == (BlockerState.CLOSED, "Sudah dibuka.")
    with pytest.raises(actions.NoSuchMove):
        actions.close_blocker(blocker_id=found.pk, **acting(mentor, on_day(16)))


def test_an_action_is_finished_by_its_agency(pick: Pick, province_officer: Member, agency_officer: Member) -> None:
    step = make_step(pick, province_officer, agency=agency_officer.held.agency)
    done = actions.move_step(step_id=step.pk, to=StepState.DONE, **acting(agency_officer, on_day(9)))

    assert (done.state, done.moved_by) == (StepState.DONE, agency_officer.user)
    with pytest.raises(actions.NoSuchMove):
        actions.move_step(step_id=step.pk, to=StepState.DROPPED, **acting(agency_officer, on_day(9)))


def test_weeks_that_ended_without_a_report_wait_for_the_mentor(pick: Pick, mentor: Member) -> None:
    mentor.enter()
    make_checkin(pick, mentor, 1, 1)

    found = weeks_due(mentor.held, on_day(22).date())

    assert [(one.pick.pk, one.week, one.missing) for one in found] == [(pick.pk, 2, 2)]


def test_nothing_is_reported_before_the_plan_is_in_force(world: World, province_officer: Member) -> None:
    from tests.priority.factories import make_plan

    province_officer.enter()
    pick = first_pick(make_plan(province_officer))

    with pytest.raises(actions.NotRunning):
        make_target(pick, province_officer)
