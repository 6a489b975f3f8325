"""API of candidates, criteria, weights and rankings: for keys and holders of posts, within their region."""

from __future__ import annotations

import math
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Query, Router, Schema

from lontar.access.models import Post
from lontar.access.policies import covers
from lontar.access.problems import problem
from lontar.registry.api.answers import send, send_csv, send_list, wants_csv
from lontar.registry.api.params import Format, Limit, Offset, Region, Slug, Words, office_reader, region_code
from lontar.selection import policies
from lontar.selection.presenters.files import csv_blocks
from lontar.selection.queries.listing import (
    RankingFilter,
    SetInForce,
    all_rankings,
    count_rankings,
    list_rankings,
    sets_in_force,
)
from lontar.selection.queries.sheet import UnitSheet, unit_sheet
from lontar.selection.queries.standing import DEFAULT_SET
from lontar.selection.queries.traits import traits_as_at
from lontar.selection.rules.measures import measure_named
from lontar.selection.steps.ways import WAYS

router = Router(tags=["Pemilihan"])
Sort = Literal["nilai", "-nilai", "kepastian", "-kepastian", "desa", "-desa", "unit", "-unit", "selisih", "-selisih"]


class CriterionShape(Schema):
    """A criterion of a set: direction 1 (more is better) or −1, weight 0 to 1."""

    measure: str
    name: str
    formula: str
    unit: str
    source: str
    goal: str
    direction: int
    weight: float


class SetShape(Schema):
    """A criteria set with its version in force."""

    key: str
    name: str
    version: int
    valid_from: str
    weights_from: str
    source: str
    is_proposal: bool
    ranked_on: str | None
    criteria: list[CriterionShape]


class SetList(Schema):
    """Criteria sets."""

    items: list[SetShape]
    count: int


class TraitShape(Schema):
    """A trait of a commodity or of a sector (one of both is ""), everywhere ("") or within a region; half-open in time."""

    kind: str
    code: str
    sector: str
    region_code: str
    reason: str
    source: str
    valid_from: str
    valid_until: str | None


class TraitList(Schema):
    """Traits of commodities."""

    items: list[TraitShape]
    count: int


class RankingShape(Schema):
    """A unit with its first candidate; scores and shares 0 to 1."""

    unit_key: str
    kind: str
    name: str
    village_code: str
    village: str
    first: str
    score: float | None
    first_share: float | None
    lead: float | None
    agreement: float | None
    candidates: int
    ranked: int
    missing: list[str]


class RankingList(Schema):
    """Units with their first candidates."""

    items: list[RankingShape]
    count: int


class CandidateShape(Schema):
    """One candidate with gates, values, worth on the common scale and rank by method; what is not known is null."""

    label: str
    commodity: str
    rank: float | None
    score: float | None
    score_low: float | None
    score_high: float | None
    first_share: float
    three_share: float
    gates: list[dict[str, Any]]
    missing: list[str]
    values: dict[str, list[float | None]]
    counts: dict[str, int]
    ranks: dict[str, float | None]


class UnitShape(Schema):
    """A unit with all of its candidates, in order."""

    unit_key: str
    name: str
    region: str
    set: str
    version: int
    day: str
    agreement: float | None
    missing: list[str]
    candidates: list[CandidateShape]


def _reader(request: HttpRequest) -> Post | None:
    """The post that asks, when it may read rankings; raises Refused when it may not. None for nobody in particular."""
    post = office_reader(request)
    if post is not None:
        policies.check_see_rankings(post)
    return post


def _closed() -> HttpResponseBase:
    return problem(HTTPStatus.UNAUTHORIZED, "Peringkat calon dibaca dengan kunci API atau akun kantor.")


@router.get("/criteria-sets", response=SetList, summary="Set kriteria yang berlaku")
def criteria_sets(request: HttpRequest) -> HttpResponseBase:
    """Set kriteria dengan versi yang berlaku, kriteria, bobot, arah dan sumbernya."""
    items = [_set(one) for one in sets_in_force()]
    return send_list(items, len(items))


def _set(one: SetInForce) -> dict[str, Any]:
    version = one.version
    criteria = sorted(version.criteria.all(), key=lambda criterion: criterion.position)
    return {
        "key": one.criteria_set.key, "name": one.criteria_set.name, "version": version.number,
        "valid_from": version.valid_from.isoformat(), "weights_from": version.weights_from, "source": version.source,
        "is_proposal": version.is_proposal, "ranked_on": one.current.day.isoformat() if one.current else None,
        "criteria": [
            {
                "measure": c.measure, "name": str(measure_named(c.measure).name),
                "formula": str(measure_named(c.measure).formula), "unit": str(measure_named(c.measure).unit),
                "source": measure_named(c.measure).source, "goal": c.goal, "direction": int(c.direction),
                "weight": float(c.weight),
            }
            for c in criteria
        ],
    }  # fmt: skip


@router.get("/commodity-traits", response=TraitList, summary="Sifat komoditas yang berlaku")
def commodity_traits(request: HttpRequest) -> HttpResponseBase:
    """Komoditas terlarang, dapat disimpan, bagian budaya, atau berindikasi geografis hari ini, dengan sumbernya."""
    found = traits_as_at(timezone.localdate())
    items = [
        {
            "kind": one.kind.value, "code": one.code, "sector": one.sector, "region_code": one.region_code,
            "reason": one.reason, "source": one.source, "valid_from": one.valid_from.isoformat(),
            "valid_until": one.valid_until and one.valid_until.isoformat(),
        }
        for one in found
    ]  # fmt: skip
    return send_list(items, len(items))


@router.get("/rankings", response=RankingList, summary="Peringkat calon unggulan")
def rankings(
    request: HttpRequest,
    region: Region = "",
    unit: Annotated[Literal["village", "school", "community"] | None, Query(description="Jenis unit.")] = None,
    criteria: Slug = DEFAULT_SET,
    state: Annotated[
        Literal["sure", "likely", "open", "none", "missing"] | None, Query(description="Kepastian calon pertama.")
    ] = None,
    q: Words = "",
    sort: Sort = "-nilai",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Setiap unit di wilayah tugas dengan calon pertamanya, nilai, kepastian dan data yang belum ada."""
    post = _reader(request)
    if post is None:
        return _closed()
    code = region_code(region)
    asked = RankingFilter(
        region=code or post.region_code, kind=unit or "", set_key=criteria or DEFAULT_SET, state=state or "", text=q
    )
    if wants_csv(request, kind):
        return send_csv(csv_blocks(all_rankings(asked, sort=sort)), "peringkat")
    items = [asdict(one) for one in list_rankings(asked, sort=sort, limit=limit, offset=offset)]
    return send_list(items, count_rankings(asked))


@router.get("/rankings/{unit_key}", response=UnitShape, summary="Peringkat satu unit")
def ranking(
    request: HttpRequest,
    unit_key: str,
    criteria: Slug = DEFAULT_SET,
) -> HttpResponseBase:
    """Semua calon satu unit (`village:53.09.02.2010`, `school:12`, `community:7`) dengan syarat, nilai dan peringkatnya."""
    post = _reader(request)
    if post is None:
        return _closed()
    found = unit_sheet(unit_key[:60], set_key=criteria or DEFAULT_SET)
    if found is None or not covers(post, found.standing.unit.village_code):
        return problem(HTTPStatus.NOT_FOUND, "Unit ini belum diperingkat, atau berada di luar wilayah tugas Anda.")
    return send(_unit(found))


def _unit(found: UnitSheet) -> dict[str, Any]:
    stood = found.standing
    return {
        "unit_key": stood.unit.key, "name": stood.unit.name, "region": found.region, "set": stood.set_key,
        "version": stood.set_version, "day": stood.day.isoformat(), "agreement": found.agreement,
        "missing": list(stood.missing),
        "candidates": [
            {
                "label": one.standing.label, "commodity": one.standing.commodity_code, "rank": one.standing.rank,
                "score": one.standing.score, "score_low": one.standing.score_low, "score_high": one.standing.score_high,
                "first_share": one.standing.first_share, "three_share": one.standing.three_share,
                "gates": [
                    {"key": gate.key, "name": gate.name, "passed": gate.passed.value, "reason": gate.reason}
                    for gate in one.standing.gates
                ],
                "missing": list(one.standing.missing),
                "values": {
                    used.measure.key: [_known(one.low[at]), _known(one.high[at])]
                    for at, used in enumerate(found.criteria)
                },
                "counts": {used.measure.key: n for used, n in zip(found.criteria, one.counts, strict=False)},
                "ranks": {way.value: _known(one.ranks[at]) for at, way in enumerate(WAYS)},
            }
            for one in found.rows
        ],
    }  # fmt: skip


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
