"""The verdicts of the last day: computed by a job, written once, never changed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import override

from lontar.access.trail import recorded
from lontar.priority.actions.following import NotRunning, lock_pick, span_of
from lontar.priority.models import Baseline, CheckIn, Pick, Plan, Target, Verdict
from lontar.priority.rules.verdicts import Judged, Shares, Usual, Week, judge
from lontar.priority.states import TRANSITIONS, Act, BaselineKind, Evidence, PlanState


def judge_plan(*, plan_id: int, at: datetime) -> Plan:
    """Judge every pick of a plan whose last day is past, and end the plan. A plan that is judged already stays as it is.

    Raises `NotRunning` before the last day is past.
    """
    with recorded(Act.PLAN_JUDGED, by=None, at=at, plan=plan_id):
        plan = Plan.objects.select_for_update(of=("self",)).select_related("rule_set").get(pk=plan_id)
        if plan.state == PlanState.FINISHED:
            return plan
        if PlanState.FINISHED not in TRANSITIONS[PlanState(plan.state)] or timezone.localdate(at) < plan.end_date:
            raise NotRunning("Hari terakhir rencana belum lewat.")
        shares = Shares(plan.rule_set.reached_share, plan.rule_set.partly_share, plan.rule_set.least_weeks)
        for number in plan.picks.order_by("place").values_list("pk", flat=True):
            pick = lock_pick(number)
            with override("id"):  # what is frozen is kept in one language
                found = judge(_usual(pick), _target(pick), _weeks(pick), shares)
            _write(pick, found, at=at)
        plan.state, plan.judged_at = PlanState.FINISHED, at
        plan.save(update_fields=["state", "judged_at"])
    return plan


def _write(pick: Pick, found: Judged, *, at: datetime) -> None:
    Verdict.objects.create(
        pick=pick, village_id=pick.village_id, at=at, kind=found.kind, weeks=found.weeks, turnover=found.turnover,
        usual=found.usual, achieved=found.achieved, target=found.target, words=found.words,
    )  # fmt: skip


def _usual(pick: Pick) -> Usual | None:
    found = Baseline.objects.filter(pick=pick).order_by("-pk").first()
    return Usual(BaselineKind(found.kind), found.amount, found.from_date, found.until_date) if found else None


def _target(pick: Pick) -> Decimal | None:
    found = Target.objects.filter(pick=pick).order_by("-pk").first()
    return found.extra if found else None


def _weeks(pick: Pick) -> list[Week]:
    span = span_of(pick)
    rows = CheckIn.objects.filter(pick=pick).newest("week")
    return [Week(span.week(one.week).days, one.turnover, Evidence(one.evidence)) for one in rows]
