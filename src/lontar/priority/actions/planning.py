"""Drafting plans, changing and dropping drafts, and taking one into force: from then on its picks are frozen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lontar.access.models import Agency, Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.documents.actions import publish, replace_paper
from lontar.documents.queries.marks import has_demo_data
from lontar.priority import policies
from lontar.priority.models import PartRule, Pick, PickPart, Plan, PlanLimit, Step
from lontar.priority.queries.plans import names_for
from lontar.priority.queries.readiness import Ready, Rules, readiness, rules_on
from lontar.priority.queries.solving import Solution, solve
from lontar.priority.rules.parts import words
from lontar.priority.rules.wanted import Wanted
from lontar.priority.states import TRANSITIONS, Act, LimitKind, PlanState
from lontar.priority.steps.drawing import map_draft
from lontar.registry.rules import public_text

_SIXTH = Decimal("0.000001")
GAP = Decimal("0.6")  # a part whose middle is below gets an action to begin with


class PlanClashes(Refused):
    """Batas-batas rencana bertabrakan, sehingga tidak ada pilihan yang memenuhinya."""


class AlreadyRunning(Refused):
    """Wilayah ini sudah punya peta prioritas yang berjalan."""


class NoSuchStep(Refused):
    """Rencana ini tidak lagi berupa rancangan."""


class StartedLongAgo(Refused):
    """Hari pertama rencana sudah terlalu lama lewat."""


class NameMissing(Refused):
    """Nama peta prioritas belum diisi."""


def make_plan(*, wanted: Wanted, post: Post, by: User | None, at: datetime) -> Plan:
    """Save a draft with the picks that the plan has today.

    Raises `PlanClashes` when no choice meets the limits, `NameMissing`, `WantedInvalid`, and what
    `policies.check_plan_region` raises.
    """
    policies.check_plan_region(post, wanted.region)
    rules, solution = _solved(wanted)
    with recorded(Act.PLAN_MADE, by=by, at=at, post=post, region=wanted.region):
        plan = Plan(made_at=at, made_by=by, post=post, is_demo=has_demo_data())
        return _written(plan, solution, rules, at=at)


def change_plan(*, plan_id: int, wanted: Wanted, post: Post, by: User | None, at: datetime) -> Plan:
    """Give a draft other limits and solve it anew. Raises as `make_plan`, and `NoSuchStep` for a plan in force."""
    policies.check_plan_region(post, wanted.region)
    rules, solution = _solved(wanted)
    with recorded(Act.PLAN_CHANGED, by=by, at=at, post=post, region=wanted.region):
        plan = _draft(plan_id)
        policies.check_plan_region(post, plan.region_id)
        PickPart.objects.filter(pick__plan=plan).delete()
        Pick.objects.filter(plan=plan).delete()
        PlanLimit.objects.filter(plan=plan).delete()
        return _written(plan, solution, rules, at=at)


def drop_plan(*, plan_id: int, post: Post, by: User | None, at: datetime) -> Plan:
    """Give a draft up; it stays to be read."""
    with recorded(Act.PLAN_DROPPED, by=by, at=at, post=post):
        plan = _draft(plan_id)
        policies.check_plan_region(post, plan.region_id)
        plan.state = PlanState.DROPPED
        plan.save(update_fields=["state"])
    return plan


def take_in_force(*, plan_id: int, post: Post, by: User | None, at: datetime, base: str = "") -> Plan:
    """Let a draft run: picks are frozen, first actions are set from what is lacking, and the map is published as a paper.

    Raises `AlreadyRunning` while another plan of the region runs, `NoSuchStep` when it is no draft, `StartedLongAgo` when
    targets could not be set any more.
    """
    with recorded(Act.PLAN_IN_FORCE, by=by, at=at, post=post):
        plan = _draft(plan_id)
        policies.check_decide_region(post, plan.region_id)
        day = timezone.localdate(at)
        if day >= plan.start_date + timedelta(days=plan.rule_set.target_days):
            raise StartedLongAgo(
                _("Hari pertama (%(day)s) sudah lewat lebih dari %(days)s hari. Ubah hari pertama rancangan.")
                % {"day": plan.start_date.strftime("%d-%m-%Y"), "days": plan.rule_set.target_days}
            )
        plan.state, plan.decided_at, plan.decided_by, plan.decided_post = PlanState.RUNNING, at, by, post
        _begin(plan)
        _first_steps(plan, post=post, by=by, at=at)
        [plan.paper] = publish(drafts=[map_draft(plan)], post=post, by=by, at=at, base=base)
        plan.save(update_fields=["paper"])
    return plan


def _begin(plan: Plan) -> None:
    """Let it run; of two at once the second is refused by the constraint."""
    try:
        with transaction.atomic():
            plan.save(update_fields=["state", "decided_at", "decided_by", "decided_post"])
    except IntegrityError as problem:
        if "priority_one_running_plan" not in str(problem):
            raise
        raise AlreadyRunning(
            _("%(region)s sudah punya peta prioritas yang berjalan. Tunggu sampai hasilnya ditetapkan.")
            % {"region": plan.region.name}
        ) from problem


def _draft(plan_id: int) -> Plan:
    """The plan, locked against whoever changes, drops or decides it; refused when it is no draft."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("rule_set", "region").get(pk=plan_id)
    if PlanState.RUNNING not in TRANSITIONS[PlanState(plan.state)]:
        raise NoSuchStep(
            _("Rencana ini sudah %(state)s; salin menjadi rancangan baru.")
            % {"state": plan.get_state_display().lower()}
        )
    return plan


def _solved(wanted: Wanted) -> tuple[Rules, Solution]:
    if not wanted.name:
        raise NameMissing(_("Isi nama peta prioritas."))
    rules = rules_on(wanted.start)
    units = readiness(wanted.region, wanted.start, rules)
    solution = solve(wanted, units, names_for(units))
    if solution.clash is not None:
        raise PlanClashes(_("Batas yang bertabrakan: %(limits)s.") % {"limits": "; ".join(solution.clash.clashing)})
    return rules, solution


def _written(plan: Plan, solution: Solution, rules: Rules, *, at: datetime) -> Plan:
    """The plan as solved, with its limits and picks."""
    wanted = solution.wanted
    plan.region_id, plan.name, plan.size, plan.objective = wanted.region, wanted.name, wanted.size, wanted.objective
    plan.start_date, plan.end_date = wanted.start, wanted.start + timedelta(days=rules.days)
    plan.rule_set_id, plan.solved_at = rules.pk, at
    plan.worth, plan.bound = _exact(solution.worth), _exact(solution.bound)
    plan.is_proven, plan.offers = solution.is_proven, solution.offers
    plan.save()
    PlanLimit.objects.bulk_create(_limits(plan, wanted))
    with override("id"):  # what is frozen is kept in one language
        picks = Pick.objects.bulk_create(_pick(plan, one.place, one.ready) for one in solution.chosen)
        PickPart.objects.bulk_create(
            part for pick, one in zip(picks, solution.chosen, strict=True) for part in _parts(pick, one.ready, rules)
        )
    return plan


def _limits(plan: Plan, wanted: Wanted) -> Iterable[PlanLimit]:
    for (kind, value), bound in wanted.limits.items():
        yield PlanLimit(plan=plan, kind=kind, value=value, least=bound.least, most=bound.most)
    for kind, units in ((LimitKind.MUST, wanted.must), (LimitKind.MUST_NOT, wanted.must_not)):
        for unit in units:
            yield PlanLimit(plan=plan, kind=kind, value=unit)


def _pick(plan: Plan, place: int, one: Ready) -> Pick:
    return Pick(
        plan=plan, place=place, kind=one.unit.kind, village_id=one.unit.village, school_id=one.unit.school_id,
        community_id=one.unit.community_id, unit_name=one.unit.name, product=public_text(one.product)[:160],
        commodity_id=one.unit.commodity_id, category=one.category, island=one.island_name, low=_exact(one.low),
        high=_exact(one.high), cost=one.cost,
    )  # fmt: skip


def _parts(pick: Pick, one: Ready, rules: Rules) -> Iterable[PickPart]:
    for rule in rules.parts:
        value = one.values[rule.part]
        yield PickPart(
            pick=pick, part=rule.part, low=_exact(value.low), high=_exact(value.high), weight=Decimal(str(rule.weight)),
            words=words(value)[:300],
        )  # fmt: skip


def _exact(value: float) -> Decimal:
    return Decimal(str(value)).quantize(_SIXTH)


def _first_steps(plan: Plan, *, post: Post, by: User | None, at: datetime) -> None:
    """An action for every part that lacks much, at the agency that the rule names, nearest to the village."""
    rules = {one.part: one for one in PartRule.objects.filter(rule_set=plan.rule_set)}
    agencies = list(Agency.objects.filter(is_active=True).order_by("-region_code", "pk"))
    steps = []
    for part in PickPart.objects.filter(pick__plan=plan).select_related("pick").order_by("pick__place", "pk"):
        rule = rules[part.part]
        fitting = (
            one for one in agencies if one.kind == rule.agency_kind and part.pick.village_id.startswith(one.region_code)
        )
        agency = next(fitting, None)
        if agency is not None and (part.low + part.high) / 2 < GAP:
            due = min(plan.start_date + timedelta(days=rule.due_day), plan.end_date - timedelta(days=1))
            steps.append(
                Step(
                    pick=part.pick, village_id=part.pick.village_id, at=at, by=by, post=post, words=rule.advice,
                    agency=agency, due_date=due,
                )
            )  # fmt: skip
    Step.objects.bulk_create(steps)


def publish_map(*, plan_id: int, post: Post, by: User | None, at: datetime, base: str = "") -> Plan:
    """Publish the sheet of a running plan anew, with the targets as they stand; the new paper replaces the one before.

    Raises `NoSuchStep` for a plan that does not run.
    """
    with recorded(Act.MAP_PUBLISHED, by=by, at=at, post=post):
        plan = (
            Plan.objects.select_for_update(of=("self",)).select_related("paper", "region", "rule_set").get(pk=plan_id)
        )
        policies.check_decide_region(post, plan.region_id)
        if plan.state != PlanState.RUNNING:
            raise NoSuchStep(_("Lembar hanya diterbitkan untuk peta prioritas yang berjalan."))
        before = plan.paper
        [plan.paper] = publish(drafts=[map_draft(plan)], post=post, by=by, at=at, base=base)
        if before is not None:
            reason = "Sasaran dan kemajuan diperbarui."
            replace_paper(paper=before, successor=plan.paper, reason=reason, post=post, by=by, at=at)
        plan.save(update_fields=["paper"])
    return plan
