"""API of verdicts per designated unit and rises of class: open to anyone."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from lontar.verdicts import queries
from lontar.verdicts.models import ClassMove, Finding, Verdict

router = Router(tags=["Putusan"])
_NUMBERS = (
    "value", "low", "high", "growth", "beside", "baseline", "now", "p", "permutation_p", "detectable", "producers",
    "controls", "villages",
)  # fmt: skip


class VerdictLine(Schema):
    """A verdict: the quarter, its number, when it was made, and digests of what went in and what came out."""

    quarter: str
    number: int
    made_at: str
    code_version: str
    inputs_sha256: str
    result_sha256: str
    returns: int
    producers: int
    units: int


class VerdictList(Schema):
    """Verdicts, newest first."""

    items: list[VerdictLine]
    count: int


def _send(content: object) -> HttpResponse:
    return HttpResponse(orjson.dumps(content, default=float), content_type="application/json")


@router.get("/verdicts", response=VerdictList, summary="Putusan program")
def verdicts(request: HttpRequest) -> HttpResponse:
    """Semua putusan, yang terbaru lebih dahulu."""
    rows = [_line(one) for one in queries.every()]
    return _send({"items": rows, "count": len(rows)})


@router.get("/verdicts/{quarter}", response=dict[str, Any], summary="Putusan satu triwulan")
def verdict(request: HttpRequest, quarter: str) -> HttpResponse:
    """Putusan terbaru atas sebuah triwulan: temuan, perpindahan kelas, dan buktinya. Perubahan adalah bagian (0,18: 18 %)."""
    found = queries.newest(quarter[:7]) if "\x00" not in quarter else None
    if found is None:
        raise Http404(f"Belum ada putusan atas triwulan {quarter[:7]}.")
    told = queries.told(found)
    return _send(
        {
            **_line(found),
            "programme": [_finding(one) for one in told.programme.values()],
            "units": [_finding(one) for one in told.units],
            "classes": [_move(one) for one in told.moves],
            "evidence": told.evidence,
        }
    )


def _line(one: Verdict) -> dict[str, Any]:
    return {
        "quarter": one.quarter, "number": one.number, "made_at": one.made_at.isoformat(), "code_version": one.code_version,
        "inputs_sha256": one.inputs_sha256, "result_sha256": one.result_sha256, "returns": one.returns,
        "producers": one.producers, "units": one.units,
    }  # fmt: skip


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "unit": one.unit_key, "name": one.unit_name, "region": one.village_id, "since": one.since, "months": one.months,
        "outcome": one.outcome, "said": one.said, "because": one.because, "called": one.called,
        **{name: getattr(one, name) for name in _NUMBERS},
    }  # fmt: skip


def _move(one: ClassMove) -> dict[str, Any]:
    return {
        "unit": one.unit_key, "region": one.village_id, "group": one.group, "ladder": one.ladder, "up": one.up,
        "down": one.down, "same": one.same, "net": one.net,
    }  # fmt: skip
