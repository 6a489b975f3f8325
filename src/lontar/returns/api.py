"""API of producers that report, periods and monthly returns: sending them, one or in batches, and reading them.

Everything needs a key or a session of an office post; sending needs a key with the scope to submit. What is accepted is read by
`?state=accepted`. Figures made of returns are `monitoring`'s and open.
"""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from ninja import Path as InPath
from ninja import Query, Router, Schema
from ninja.errors import AuthenticationError
from ninja.utils import check_csrf
from pydantic import ConfigDict, Field

from lontar.access.api import caller, sender
from lontar.access.models import Post
from lontar.access.policies import Refused
from lontar.access.problems import problem
from lontar.intake.api import Key
from lontar.intake.presenters.documents import dataset_document
from lontar.registry.api.answers import send, send_list
from lontar.registry.api.params import Limit, Offset, Region, region_code
from lontar.registry.api.shapes import Items
from lontar.returns import actions, policies
from lontar.returns.models import Producer
from lontar.returns.queries.listing import ReturnFilter
from lontar.returns.queries.standing import open_months, standing
from lontar.returns.rules.schema import RETURN, VALUES, VERSION
from lontar.returns.states import Channel, ReturnState

router = Router(tags=["Laporan bulanan"])
BATCH_MOST = 5_000
Money = Annotated[int | None, Field(ge=0, le=9_999_999_999_999)]
People = Annotated[int | None, Field(ge=0, le=100_000)]
Number = Annotated[int, InPath(ge=1, le=2**62)]


class Sent(Schema):
    """One return: a producer and a month, and the answers; null is unknown, 0 is nothing."""

    model_config = ConfigDict(extra="forbid")

    producer_id: int = Field(ge=1, le=2**62)
    month: date = Field(description="Hari pertama bulannya.")
    turnover: Money = None
    quantity: Annotated[float | None, Field(ge=0, le=1_000_000_000)] = None
    unit: Annotated[str | None, Field(max_length=20)] = None
    price_raw: Money = None
    price_processed: Money = None
    price_packed: Money = None
    channel_mart: Money = None
    channel_catalogue: Money = None
    channel_marketplace: Money = None
    channel_fair: Money = None
    channel_direct: Money = None
    channel_outside: Money = None
    paid_women: People = None
    paid_men: People = None
    unpaid_women: People = None
    unpaid_men: People = None
    youth: People = None
    worker_days: Annotated[int | None, Field(ge=0, le=3_100_000)] = None
    material_inside: Money = None
    material_outside: Money = None
    problems: Annotated[str | None, Field(max_length=500)] = None
    justifications: dict[str, str] | None = Field(None, description="Penjelasan nilai yang ditandai, per isian.")
    client_key: UUID | None = Field(None, description="UUID kiriman: dikirim lagi, hasilnya sama dan tidak dobel.")
    base_version: Annotated[int | None, Field(ge=0, le=2**31 - 1)] = Field(
        None, description="Versi laporan yang dilihat pengirim; berbeda berarti bentrok."
    )


class Many(Schema):
    """Returns in a batch."""

    model_config = ConfigDict(extra="forbid")

    items: list[Sent] = Field(min_length=1, max_length=BATCH_MOST)


class ReturnSender(Key):
    """A key with the scope to submit, or a session of the site with its CSRF token, of a post that may report."""

    openapi_description = "Kunci API dengan izin mengirim data."

    def __call__(self, request: HttpRequest) -> dict[str, Any]:
        """Who sends, as which post, when; raises as `access.api.sender` does."""
        post, person = sender(request)
        policies.check_report(post)
        if not request.headers.get("Authorization") and check_csrf(request) is not None:
            raise Refused("Permintaan dari peramban perlu tanda CSRF; muat ulang halaman, atau pakai kunci API.")
        return {"post": post, "by": person, "at": timezone.now()}


def _reader(request: HttpRequest) -> Post:
    post = caller(request)
    if post is None:
        raise AuthenticationError
    policies.check_see_returns(post)
    return post


def _row(one: Sent) -> dict[str, Any]:
    row = one.dict()
    row["client_key"] = str(one.client_key) if one.client_key else None
    row["justifications"] = orjson.dumps(one.justifications).decode() if one.justifications else None
    return row


def told(one: actions.Outcome) -> dict[str, Any]:
    """An outcome as plain values."""
    return {
        "producer_id": one.producer_id, "month": one.month, "result": one.kind.value, "id": one.return_id,
        "version": one.version,
        "findings": [
            {"field": found.field, "rule": found.rule, "severity": "error" if found.is_error else "flag",
             "value": found.value, "message": found.message}
            for found in one.findings
        ],
        "differing": {name: {"sent": mine, "stands": theirs} for name, (mine, theirs) in one.differing.items()},
    }  # fmt: skip


@router.get("/returns/schema", response=dict[str, Any], summary="Skema laporan bulanan")
def schema(request: HttpRequest) -> HttpResponse:
    """Isian laporan bulanan dengan jenis, batas, dan penjelasan, serta skema JSON satu laporan."""
    del request
    return send(dataset_document(RETURN) | {"version": VERSION})


@router.post(
    "/returns",
    auth=ReturnSender(),
    response={201: dict[str, Any], 200: dict[str, Any]},
    summary="Kirim satu laporan bulanan",
)
def submit(request: HttpRequest, sent: Sent) -> HttpResponse:
    """201 bila tersimpan, 200 bila sudah ada, 409 bila diubah orang lain, 422 bila ada yang harus diperbaiki."""
    who: dict[str, Any] = request.auth  # type: ignore[attr-defined]  # set by ninja
    try:
        one = actions.receive_return(_row(sent), channel=Channel.API, **who)
    except actions.MonthClosed as closed:
        return problem(HTTPStatus.CONFLICT, closed.reason)
    answer = send(told(one))
    answer.status_code = {
        actions.Kind.STORED: HTTPStatus.CREATED, actions.Kind.CONFLICT: HTTPStatus.CONFLICT,
        actions.Kind.REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    }.get(one.kind, HTTPStatus.OK)  # fmt: skip
    return answer


@router.post("/returns/batch", auth=ReturnSender(), response=dict[str, Any], summary="Kirim banyak laporan bulanan")
def submit_many(request: HttpRequest, sent: Many) -> HttpResponse:
    """Setiap laporan dengan hasilnya, menurut urutan kiriman; yang salah tidak menahan yang benar."""
    who: dict[str, Any] = request.auth  # type: ignore[attr-defined]  # set by ninja
    try:
        outcomes = actions.receive_returns(
            actions.arriving([_row(one) for one in sent.items]), channel=Channel.API, **who
        )
    except actions.MonthClosed as closed:
        return problem(HTTPStatus.CONFLICT, closed.reason)
    counts = {kind.value: sum(one.kind == kind for one in outcomes) for kind in actions.Kind}
    return send({"counts": counts, "items": [told(one) for one in outcomes]})


@router.get("/returns", response=Items[dict[str, Any]], summary="Laporan bulanan")
def listed(
    request: HttpRequest,
    region: Region = "",
    month: date | None = None,
    state: ReturnState | None = None,
    flagged: Annotated[Literal["", "any", "none", "unexplained"], Query(description="Menurut tanda.")] = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> HttpResponseBase:
    """Laporan di wilayah jabatan, yang terbaru lebih dahulu."""
    post = _reader(request)
    code = region_code(region) or post.region_code
    policies.check_see_village(post, code)
    asked = ReturnFilter(code, month=month, state=state.value if state else "", flagged=flagged)
    taking = open_months()
    items = [
        {
            "id": one.pk, "producer_id": one.producer_id, "producer": one.producer.name, "village": one.village_id,
            "month": one.month, "state": standing(one, taking), "version": one.version, "flags": one.flags,
            "justifications": one.justifications, **{name: getattr(one, name) for name in VALUES},
        }
        for one in asked.page(limit=limit, offset=offset)
    ]  # fmt: skip
    return send_list(items, asked.count())


@router.get("/producers", response=Items[dict[str, Any]], summary="Produsen yang melapor")
def producers(request: HttpRequest, region: Region = "", limit: Limit = 100, offset: Offset = 0) -> HttpResponseBase:
    """Siapa yang diminta melapor di wilayah jabatan, menurut nomor."""
    post = _reader(request)
    code = region_code(region) or post.region_code
    policies.check_see_village(post, code)
    rows = Producer.objects.within(code).select_related("commodity").order_by("pk")
    items = [
        {
            "id": one.pk, "name": one.name, "maker": one.maker, "village": one.village_id, "category": one.category,
            "commodity": one.commodity.code if one.commodity else "", "unit": one.unit, "unit_key": one.unit_key,
            "from_month": one.from_month, "until_month": one.until_month,
        }
        for one in rows[offset : offset + limit]
    ]  # fmt: skip
    return send_list(items, rows.count())
