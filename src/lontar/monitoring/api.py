"""API of figures and indicators: published quarters for anyone, closed ones for who may see them before."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, Literal

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from lontar.access.api import caller
from lontar.access.policies import Refused
from lontar.engines.indicators.definitions import Definition
from lontar.monitoring import policies
from lontar.monitoring.models import IndicatorDefinition
from lontar.monitoring.queries import stored

router = Router(tags=["Pemantauan"])


class FigureLine(Schema):
    """One figure; numbers are null where there are none (M) or none are shown (S)."""

    quarter: str
    indicator: str
    level: str
    region: str
    by: str
    part: str
    value: float | None
    low: float | None
    high: float | None
    numerator: int | None
    denominator: int | None
    n: int | None
    missing: float | None
    status: str
    unit: str
    restated: int


class FigureList(Schema):
    """Figures of a quarter."""

    items: list[FigureLine]
    count: int


class Wanted(Schema):
    """Which figures; the quarter is needed, everything else narrows."""

    quarter: str = Field(pattern=r"^[1-9]\d{3}-T[1-4]$")
    indicator: str = Field("", max_length=20)
    level: Literal["", "province", "regency", "district", "village"] = ""
    region: str = Field("", max_length=13)
    by: Literal["", "*", "pillar", "category", "sex", "star"] = ""


class IndicatorLine(Schema):
    """One version of a definition (MS-Ind)."""

    code: str
    version: int
    name: str
    name_en: str
    group: str
    concept: str
    definition: str
    formula: str
    interpretation: str
    unit: str
    method: str
    variables: str
    disaggregation: str
    level: str
    source: str
    authority: str
    access: str
    valid_from: date
    valid_until: date | None


class IndicatorList(Schema):
    """Definitions in the order in which they are shown."""

    items: list[IndicatorLine]
    count: int


def _send(content: object) -> HttpResponse:
    return HttpResponse(orjson.dumps(content, default=float), content_type="application/json")


@router.get("/figures", response=FigureList, summary="Angka satu triwulan")
def figures(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponse:
    """Angka yang berlaku, dengan n, bagian yang tidak menjawab, dan selang 95 %. Yang dirahasiakan tanpa bilangan (S)."""
    if not stored.is_published(wanted.quarter) and not policies.check_see_quarters.can(caller(request)):
        raise Refused(f"Triwulan {wanted.quarter} belum diterbitkan.")
    rows = stored.figures(
        wanted.quarter, indicator=wanted.indicator, level=wanted.level, region=wanted.region,
        by=None if wanted.by == "*" else wanted.by,
    )  # fmt: skip
    return _send({"items": [asdict(one) for one in rows], "count": len(rows)})


@router.get("/indicators", response=IndicatorList, summary="Definisi indikator")
def indicators(request: HttpRequest, versions: str = "") -> HttpResponse:
    """Metadata indikator (MS-Ind) yang berlaku; `versions=all` menambah versi terdahulu."""
    rows = IndicatorDefinition.objects.order_by("position", "-version")
    if versions != "all":
        rows = rows.filter(valid_until__isnull=True)
    names: tuple[str, ...] = (*Definition.__slots__, "valid_from", "valid_until")
    items: list[dict[str, Any]] = [{name: getattr(one, name) for name in names} for one in rows]
    return _send({"items": items, "count": len(items)})
