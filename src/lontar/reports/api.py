"""API of the open quarterly report: reports, their figures, and the check of a figure's region – for anybody, as published."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema

from lontar.registry.api.answers import rows_as_csv, send_csv, wants_csv
from lontar.reports.queries import listing
from lontar.reports.queries.listing import PublishedReport
from lontar.reports.queries.reading import Figure, Package, package
from lontar.reports.steps import folders

router = Router(tags=["Laporan terbuka"])
HEADS = tuple(Figure.__dataclass_fields__)
Code = Annotated[str, Query(pattern=r"^[A-Za-z0-9.]{0,40}$")]
Format = Annotated[Literal["json", "csv"] | None, Query(alias="format")]


class ReportLine(Schema):
    """A published report."""

    quarter: str
    number: int
    manifest_sha256: str
    previous: str
    previous_sha256: str
    paper: str
    code: str
    published_at: str
    figures: int
    page: str
    package: str


class ReportList(Schema):
    """Reports, newest first."""

    items: list[ReportLine]
    count: int


class FigureLine(Schema):
    """A figure; without numbers where it is hidden (S) or there is nothing to count (M)."""

    indicator: str
    level: str
    region: str
    by: str
    part: str
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    n: int | None
    missing: float | None
    status: str
    unit: str


class FigureList(Schema):
    """Figures of a report; `count` is how many there are in all."""

    items: list[FigureLine]
    count: int


def _send(content: object) -> HttpResponse:
    return HttpResponse(orjson.dumps(content), content_type="application/json")


def _line(one: PublishedReport) -> dict[str, Any]:
    return {
        "quarter": one.quarter, "number": one.number, "manifest_sha256": one.manifest_sha256, "previous": one.previous,
        "previous_sha256": one.previous_sha256, "paper": one.paper_number, "code": one.code,
        "published_at": one.published_at.isoformat(), "figures": one.figures, "page": f"/laporan/{one.quarter}",
        "package": f"/laporan/{one.quarter}/paket.zip",
    }  # fmt: skip


def _package(quarter: str) -> Package:
    found = listing.report(quarter)
    if found is None:
        raise Http404(f"Laporan {quarter} tidak ada.")
    try:
        return package(quarter, found.manifest_sha256)
    except folders.FolderLost:
        raise Http404(f"Berkas laporan {quarter} tidak ada lagi; hubungi operator.") from None


REPORT_FIELDS = tuple(ReportLine.model_fields)


@router.get("/reports", response=ReportList, summary="Laporan yang sudah terbit")
def reports(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Laporan triwulanan dengan nomor, rantai, dan sidiknya, terbaru dahulu."""
    rows = [_line(one) for one in listing.published()]
    if wants_csv(request, kind):
        return send_csv(rows_as_csv(REPORT_FIELDS, rows), "laporan")
    return _send({"items": rows[offset : offset + limit], "count": len(rows)})


@router.get("/reports/{quarter}", response=ReportLine, summary="Satu laporan")
def report(request: HttpRequest, quarter: str) -> HttpResponse:
    """Nomor, surat, sidik manifes, dan alamat paket sebuah laporan."""
    found = listing.report(quarter)
    if found is None:
        raise Http404(f"Laporan {quarter} tidak ada.")
    return _send(_line(found))


@router.get("/reports/{quarter}/figures", response=FigureList, summary="Angka sebuah laporan")
def figures(
    request: HttpRequest,
    quarter: str,
    indicator: Code = "",
    level: Literal["", "province", "regency", "district", "village"] = "",
    region: Annotated[str, Query(pattern=r"^[0-9.]{0,13}$")] = "",
    by: Literal["", "pillar", "category", "sex", "star"] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Angka menurut indikator, tingkat, wilayah, dan rincian; `region` bersama `level` mengambil yang di bawahnya."""
    held = _package(quarter)
    rows = held.figures(region=region, level=level, indicators=[indicator] if indicator else (), by=by)
    if wants_csv(request, kind):
        return send_csv(rows_as_csv(HEADS, [_plain(one) for one in rows]), f"laporan-{quarter}")
    return _send({"items": [_plain(one) for one in rows[offset : offset + limit]], "count": len(rows)})


def _plain(one: Figure) -> dict[str, Any]:
    return {name: getattr(one, name) for name in HEADS}
