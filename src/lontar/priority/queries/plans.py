"""Reads of plans: the list, one plan with its limits and picks, how each pick stands, and what anyone may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Prefetch, QuerySet

from lontar.priority.models import Island, Pick, PickPart, Plan
from lontar.priority.queries.readiness import Ready
from lontar.priority.rules.days import Span
from lontar.priority.rules.wanted import Bound, Wanted
from lontar.priority.states import BaselineKind, LimitKind, Objective, Part, VerdictKind
from lontar.registry.models import Region

_ORDER = list(Part)


@dataclass(frozen=True, slots=True)
class Progress:
    """How a pick stands: target in rupiah with its arithmetic, weeks with evidence, turnover and what is extra of it.

    None: not stated. `extra` is the turnover of the reported weeks less the usual turnover of the same days.
    """

    target: Decimal | None
    quantity: Decimal | None
    unit: str
    price_before: Decimal | None
    price_after: Decimal | None
    baseline: BaselineKind | None
    weeks: int
    turnover: Decimal
    extra: Decimal | None
    blockers: int
    verdict: VerdictKind | None
    achieved: Decimal | None

    @property
    def share(self) -> float | None:
        """Extra turnover as a share of the target; what the verdict says once there is one."""
        got = self.achieved if self.verdict is not None else self.extra
        return None if got is None or not self.target else float(got / self.target)


NOTHING = Progress(None, None, "", None, None, None, 0, Decimal(0), None, 0, None, None)


def span_of(plan: Plan) -> Span:
    """The days of a plan."""
    return Span(plan.start_date, plan.end_date)


def plans_touching(region_code: str) -> QuerySet[Plan]:
    """Plans that a post of this region may see, newest start first, each with `pick_count`; drafts above it left out."""
    rows = Plan.objects.touching(region_code).select_related("region", "rule_set")
    return rows.annotate(pick_count=Count("picks")).order_by("-start_date", "-pk")


def plan_with_picks(pk: int) -> Plan | None:
    """A plan with its region, limits, rule set, paper, and picks in order with their parts."""
    parts = Prefetch("parts", PickPart.objects.all(), to_attr="in_order")
    picks = Pick.objects.order_by("place").select_related("village", "commodity").prefetch_related(parts)
    return (
        Plan.objects.filter(pk=pk)
        .select_related("region", "rule_set", "paper", "post__agency", "decided_post__agency")
        .prefetch_related("limits", Prefetch("picks", picks))
        .first()
    )


def parts_of(pick: Pick) -> list[PickPart]:
    """The parts in the order of `Part`."""
    return sorted(pick.parts.all(), key=lambda one: _ORDER.index(Part(one.part)))


def wanted_of(plan: Plan) -> Wanted:
    """The plan as it was asked for: what the what-if screen starts from."""
    limits, must, must_not = {}, [], []
    for one in plan.limits.all():
        if one.kind == LimitKind.MUST:
            must.append(one.value)
        elif one.kind == LimitKind.MUST_NOT:
            must_not.append(one.value)
        else:
            least, most = (None if end is None else int(end) for end in (one.least, one.most))
            limits[LimitKind(one.kind), one.value] = Bound(least, most)
    return Wanted(
        region=plan.region_id, start=plan.start_date, name=plan.name, size=plan.size, objective=Objective(plan.objective),
        limits=limits, must=tuple(sorted(must)), must_not=tuple(sorted(must_not)),
    )  # fmt: skip


def progress_of(plan_ids: Iterable[int]) -> dict[int, Progress]:
    """How every pick of plans in force stands, by pick; for anyone. Without names, notes and evidence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pick_id, target, quantity, unit, price_before, price_after, baseline_kind, usual_a_day, weeks, turnover,"
            " days, blockers, verdict, achieved FROM priority_publicprogress WHERE plan_id = ANY(%s)",
            [list(plan_ids)],
        )
        rows = cursor.fetchall()
    return {row[0]: _progress(row[1:]) for row in rows}


def _progress(row: Sequence[Any]) -> Progress:
    target, quantity, unit, before, after, kind, usual, weeks, turnover, days, blockers, verdict, achieved = row
    total = Decimal(str(turnover))
    extra = None if usual is None or not weeks else (total - Decimal(str(usual)) * days).quantize(Decimal(1))
    return Progress(
        _money(target), _money(quantity), str(unit or ""), _money(before), _money(after),
        BaselineKind(kind) if kind else None, weeks, total, extra, int(str(blockers)),
        VerdictKind(verdict) if verdict else None, _money(achieved),
    )  # fmt: skip


def _money(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def running_plan(region_code: str) -> Plan | None:
    """The plan of the region that runs; None without one."""
    found = Plan.objects.running().filter(region_id=region_code).values_list("pk", flat=True).first()
    return plan_with_picks(found) if found is not None else None


def former_plans(region_code: str) -> list[Plan]:
    """Finished plans of the region, newest first."""
    rows = Plan.objects.in_force().filter(region_id=region_code, judged_at__isnull=False)
    return list(rows.select_related("region").order_by("-start_date", "-pk"))


def plans_in_force() -> list[Plan]:
    """Every plan that runs or ran, running ones first, then the newest."""
    rows = Plan.objects.in_force().select_related("region", "paper")
    return sorted(rows, key=lambda one: (one.judged_at is not None, -one.start_date.toordinal(), one.pk))


def names_for(units: Iterable[Ready]) -> Mapping[str, str]:
    """Words for codes of kabupaten, keys of islands and units."""
    found: dict[str, str] = {}
    codes = set()
    for one in units:
        found[one.key] = f"{one.unit.name} ({one.unit.village})"
        found[one.island] = one.island_name
        codes.add(one.regency)
    found.update(Region.objects.filter(code__in=codes).values_list("code", "name"))
    return found


def islands_on(day: date) -> dict[str, str]:
    """Code of each kabupaten/kota → name of its island."""
    return dict(Island.objects.as_at(day).values_list("regency_code", "name"))
