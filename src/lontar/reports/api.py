"""API of the open quarterly report: reports, their figures, and the check of a figure's region – for anybody, as published."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from lontar.reports.queries import listing
from lontar.reports.queries.listing import PublishedReport
from lontar.reports.queries.reading import Figure, Package, package
from lontar.reports.steps import folders
from lontar.ui.charts import Sheet, csv_text

router = Router(tags=["Laporan terbuka"])
HEADS = tuple(Figure.__dataclass_fields__)
Code = Annotated[str, Field("", max_length=40, pattern=r"^[A-Za-z0-9._-]*$")]


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


class Asked(Schema):
    """Which figures: of an indicator, a level, a region, a breakdown; `region` with `level` takes what lies beneath it."""

    indicator: Code
    level: Literal["", "province", "regency", "district", "village"] = ""
    region: Code
    by: Literal["", "pillar", "category", "sex", "star"] = ""
    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=10_000_000)
    format: Literal["", "json", "csv"] = ""


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


@router.get("/reports", response=ReportList, summary="Laporan yang sudah terbit")
def reports(request: HttpRequest) -> HttpResponse:
    """Laporan triwulanan dengan nomor, rantai, dan sidiknya, terbaru dahulu."""
    rows = [_line(one) for one in listing.published()]
    return _send({"items": rows, "count": len(rows)})


@router.get("/reports/{quarter}", response=ReportLine, summary="Satu laporan")
def report(request: HttpRequest, quarter: str) -> HttpResponse:
    """Nomor, surat, sidik manifes, dan alamat paket sebuah laporan."""
    found = listing.report(quarter)
    if found is None:
        raise Http404(f"Laporan {quarter} tidak ada.")
    return _send(_line(found))


@router.get("/reports/{quarter}/figures", response=FigureList, summary="Angka sebuah laporan")
def figures(request: HttpRequest, quarter: str, asked: Query[Asked]) -> HttpResponse:
    """Angka menurut indikator, tingkat, wilayah, dan rincian; CSV dengan `format=csv` atau `Accept: text/csv`."""
    held = _package(quarter)
    rows = held.figures(
        region=asked.region, level=asked.level, indicators=[asked.indicator] if asked.indicator else (), by=asked.by
    )
    shown = rows[asked.offset : asked.offset + asked.limit]
    if asked.format == "csv" or (not asked.format and request.headers.get("Accept", "").startswith("text/csv")):
        sheet = Sheet(HEADS, [[getattr(one, name) for name in HEADS] for one in rows])
        return HttpResponse(csv_text(sheet), content_type="text/csv; charset=utf-8")
    return _send({"items": [{name: getattr(one, name) for name in HEADS} for one in shown], "count": len(rows)})
