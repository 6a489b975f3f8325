"""API of readiness, plans of 90 days and their verdicts: plans in force and picks for anyone, solving for planners."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from http import HTTPStatus
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from lontar.access.api import caller
from lontar.access.problems import problem
from lontar.priority import policies
from lontar.priority.models import Pick, Plan
from lontar.priority.queries.plans import (
    NOTHING,
    Progress,
    names_for,
    parts_of,
    plan_with_picks,
    plans_in_force,
    progress_of,
)
from lontar.priority.queries.readiness import NoRules, readiness_kept, rules_on
from lontar.priority.queries.solving import Solution, solve
from lontar.priority.rules.wanted import WantedInvalid, read_wanted, to_plain
from lontar.priority.states import PILLARS

router = Router(tags=["Peta prioritas"])


class CategoryBound(Schema):
    """At least and at most of a product group."""

    model_config = ConfigDict(extra="forbid")

    least: int | None = None
    most: int | None = None


class Asked(Schema):
    """A plan to try; empty limits are no limits."""

    model_config = ConfigDict(extra="forbid")

    region: str = Field(max_length=13)
    start: date | None = None
    name: str = Field("", max_length=120)
    size: int = 10
    objective: str = "sure"
    per_regency_most: int | None = None
    per_island_most: int | None = None
    per_island_least: int | None = None
    per_category_most: int | None = None
    pillars: dict[str, int] = {}
    categories: dict[str, CategoryBound] = {}
    budget: int | None = None
    flagships_least: int | None = None
    designated_only: bool | None = None
    must: list[str] = Field(default_factory=list, max_length=1000)
    must_not: list[str] = Field(default_factory=list, max_length=10_000)


class PlanLine(Schema):
    """A plan in force."""

    id: int
    name: str
    region: str
    state: str
    start: date
    end: date
    size: int
    is_proven: bool
    worth: float | None


class PlanList(Schema):
    """Plans in force, running ones first."""

    items: list[PlanLine]
    count: int


def _send(content: object, status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(content, default=float), status=status, content_type="application/json")


@router.get("/priority/plans", response=PlanList, summary="Peta prioritas yang berlaku")
def plans(request: HttpRequest) -> HttpResponse:
    """Rencana yang berjalan dan yang sudah selesai."""
    rows = [_line(one) for one in plans_in_force()]
    return _send({"items": rows, "count": len(rows)})


@router.get("/priority/plans/{plan_id}", response=dict[str, Any], summary="Satu peta prioritas dengan pilihannya")
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Pilihan dengan kesiapan, sasaran, kemajuan, dan hasil; rancangan hanya untuk yang berwenang."""
    found = plan_with_picks(plan_id) if 0 < plan_id < 2**31 else None
    if found is None or (found.decided_at is None and not policies.check_see_plan.can(caller(request), found)):
        raise Http404(f"Peta prioritas {plan_id} tidak ada.")
    standing = progress_of([plan_id])
    picks = [_pick(one, standing.get(one.pk, NOTHING)) for one in found.picks.all()]
    return _send({**_line(found), "picks": picks})


@router.post("/priority/solve", response=dict[str, Any], summary="Coba syarat peta prioritas")
def try_out(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Pilihan terbaik menurut syarat, atau syarat yang bertabrakan dengan pelonggaran termurah. Tidak menyimpan apa pun."""
    post, today = caller(request), timezone.localdate()
    policies.check_plan_region(post, asked.region)
    given = {key: value for key, value in asked.dict(exclude_unset=True).items() if value is not None}
    if "categories" in given:
        given["categories"] = {
            name: {end: number for end, number in ends.items() if number is not None}
            for name, ends in given["categories"].items()
        }
    try:
        wanted = read_wanted(given, today=today)
        rules = rules_on(wanted.start)
        units = readiness_kept(wanted.region, wanted.start, rules)
        return _send(answer(solve(wanted, units, names_for(units))))
    except (WantedInvalid, NoRules) as refused:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(refused))


def answer(solution: Solution) -> dict[str, Any]:
    """A solution as plain values: for the API and for the command."""
    clash = solution.clash
    return {
        "asked": to_plain(solution.wanted),
        "offers": solution.offers,
        "worth": round(solution.worth, 6),
        "bound": round(solution.bound, 6),
        "gap": round(solution.gap, 6),
        "is_proven": solution.is_proven,
        "seconds": round(solution.seconds, 3),
        "cost": solution.cost,
        "clash": None
        if clash is None
        else {
            "clashing": list(clash.clashing),
            "changes": list(clash.changes),
            "relaxed": to_plain(clash.relaxed) if clash.relaxed else None,
        },
        "picks": [
            {
                "place": one.place,
                "unit": one.ready.key,
                "name": one.ready.unit.name,
                "village": one.ready.unit.village,
                "island": one.ready.island_name,
                "pillar": one.ready.pillar.value,
                "product": one.ready.product,
                "category": one.ready.category,
                "flagship": one.ready.flagship,
                "low": round(one.ready.low, 6),
                "high": round(one.ready.high, 6),
                "cost": one.ready.cost,
                "parts": {
                    part.value: {"low": round(value.low, 6), "high": round(value.high, 6)}
                    for part, value in one.ready.values.items()
                },
            }
            for one in solution.chosen
        ],
    }


def _line(one: Plan) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.name, "region": one.region_id, "state": one.state, "start": one.start_date,
        "end": one.end_date, "size": one.size, "is_proven": one.is_proven, "worth": one.worth,
    }  # fmt: skip


def _pick(one: Pick, told: Progress) -> dict[str, Any]:
    return {
        "id": one.pk, "place": one.place, "unit": str(one.unit_key), "village": one.village_id, "name": one.unit_name,
        "product": one.product, "category": one.category, "pillar": PILLARS[one.kind].value, "island": one.island,
        "low": one.low, "high": one.high, "cost": one.cost,
        "parts": {part.part: {"low": part.low, "high": part.high, "from": part.words} for part in parts_of(one)},
        "progress": {**asdict(told), "share": told.share},
    }  # fmt: skip
