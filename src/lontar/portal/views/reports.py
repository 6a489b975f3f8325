"""The open quarterly report: the list, a report, one of its figures, and its files exactly as published."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, cast

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lontar.access.doors import open_to_all
from lontar.documents.queries import paper, read_file
from lontar.documents.states import FileKind
from lontar.documents.steps.keeping import FileLost
from lontar.engines.reporting.manifest import NAME, read
from lontar.engines.reporting.metadata import media_type
from lontar.portal.presenters.reports import chains, lists, measured
from lontar.portal.presenters.reports import figures as figure_presenters
from lontar.portal.presenters.reports import page as page_presenters
from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response
from lontar.reports.models import Report
from lontar.reports.presenters import telling
from lontar.reports.queries import listing
from lontar.reports.queries.listing import PublishedReport
from lontar.reports.queries.reading import LEVELS, Package, package
from lontar.reports.steps import folders
from lontar.reports.steps.papers import chain_to, place_sheet

ROOT = settings.PROGRAMME_ROOT


def _found(quarter: str) -> tuple[PublishedReport, Package]:
    report = listing.report(quarter)
    if report is None:
        raise Http404(_("Belum ada laporan untuk triwulan ini."))
    try:
        return report, package(quarter, report.manifest_sha256)
    except folders.FolderLost:
        raise Http404(_("Berkas laporan ini tidak ada lagi; hubungi operator.")) from None


@public_page
def reports(request: HttpRequest) -> HttpResponse:
    """Every report with its three answers."""
    told = []
    for one in listing.published():
        try:
            held = package(one.quarter, one.manifest_sha256)
        except folders.FolderLost:
            continue
        told.append((one, telling.headlines(((one.quarter, held),), ROOT)))
    newest = told[0] if told else None
    context = {
        "table": lists.reports_table(told),
        "newest": newest[0] if newest else None,
        "cards": page_presenters.cards(newest[0].quarter, newest[1]) if newest else [],
    }
    return page(request, "portal/reports.html", context=context)


@public_page
def report(request: HttpRequest, quarter: str) -> HttpResponse:
    """A report: the answers first, everything else beneath."""
    found, held = _found(quarter)
    chain = chain_to(quarter, held)
    told, ranked = telling.headlines(chain, ROOT), telling.ranking(chain)
    context = {
        "report": found,
        "cards": page_presenters.cards(quarter, told),
        "trends": page_presenters.trends(told),
        "map": page_presenters.growth_map(held, ranked),
        "ranking": page_presenters.ranking_chart(quarter, ranked) if ranked else "",
        "ranking_table": page_presenters.ranking_table(quarter, ranked),
        "categories": page_presenters.categories_chart(quarter, held, ROOT),
        "channels": page_presenters.channels_chart(quarter, held, ROOT),
        "value": page_presenters.figure_lines(quarter, held, ROOT, page_presenters.VALUE),
        "measured": measured.measured(held),
        "chains": chains.chain_part(held),
        "quality": page_presenters.figure_lines(quarter, held, ROOT, page_presenters.QUALITY),
        "checks": page_presenters.check_table(held),
        "restated": page_presenters.restated_table(
            held, listing.restated_in(held), caption=_("Angka laporan terdahulu yang diperbarui"), key="pembaruan"
        ),
        "later": page_presenters.restated_table(
            held,
            listing.restated_since(found, held),
            caption=_("Diperbarui sesudah laporan ini terbit"),
            key="sesudahnya",
        ),
        "proof": page_presenters.proof(found),
        "downloads": lists.downloads(quarter, held),
        "definitions": held.definitions(),
    }
    return page(request, "portal/report.html", context=context)


@public_page
def figure(request: HttpRequest, quarter: str, indicator: str) -> HttpResponse:
    """One figure of a region with what lies beneath it."""
    found, held = _found(quarter)
    region = request.GET.get("wilayah", ROOT)
    if indicator not in held.definitions() or region not in held.places():
        raise Http404(_("Angka atau wilayah ini tidak ada dalam laporan."))
    told = figure_presenters.figure_page(chain_to(quarter, held), indicator, region)
    return page(request, "portal/report_figure.html", context={"report": found, "told": told, "crumbs": told.crumbs})


@public_page
def figure_csv(request: HttpRequest, quarter: str, indicator: str) -> HttpResponse:
    """The same as CSV: of one region with its parts (`wilayah`), or of a level (`tingkat`)."""
    _report, held = _found(quarter)
    level, region = request.GET.get("tingkat", ""), request.GET.get("wilayah", ROOT)
    if indicator not in held.definitions() or (level and level not in LEVELS):
        raise Http404
    rows = held.figures(region="" if level else region, level=level, indicators=[indicator], by="" if level else None)
    return csv_response(figure_presenters.sheet(rows), f"laporan-{quarter}-{indicator}")


@lru_cache(maxsize=32)
def _files(quarter: str, _key: str) -> frozenset[str]:
    held = read(folders.place(quarter, _key))[0]
    return frozenset([*held["files"], NAME])


@require_safe
@open_to_all
def file(request: HttpRequest, quarter: str, name: str) -> HttpResponseBase:
    """A file of the package; only those that its manifest names."""
    found, held = _found(quarter)
    if name not in _files(quarter, found.manifest_sha256):
        raise Http404
    path = held.folder / name
    if not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type=media_type(name), as_attachment=not name.endswith((".jsonld", ".json")),
                          filename=f"laporan-{quarter}-{path.name}")  # fmt: skip
    answer["Cache-Control"] = "public, max-age=86400"
    answer["ETag"] = f'"{found.manifest_sha256[:24]}-{name}"'
    return answer


@require_safe
@open_to_all
def whole(request: HttpRequest, quarter: str) -> HttpResponseBase:
    """The whole folder as a ZIP, one folder named after the quarter; packed while it is sent."""
    found, held = _found(quarter)
    names = sorted(_files(quarter, found.manifest_sha256))
    answer = StreamingHttpResponse(_zipped(held, quarter, names), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="laporan-{quarter}.zip"'
    return answer


class _Outlet:
    """Takes what a ZIP writer writes and gives it away piece by piece; it cannot go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece until it is taken."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _zipped(held: Package, quarter: str, names: list[str]) -> Iterator[bytes]:
    outlet = _Outlet()
    sink = cast("IO[bytes]", outlet)  # the writer only writes
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as target:
        for name in names:
            target.write(held.folder / name, f"{quarter}/{name}")
            yield outlet.taken()
    yield outlet.taken()


@require_safe
@open_to_all
def pdf(request: HttpRequest, quarter: str) -> HttpResponse:
    """The signed paper."""
    found, _held = _found(quarter)
    issued = paper(found.code)
    if issued is None:
        raise Http404
    try:
        content = read_file(issued, FileKind.PDF)
    except FileLost:
        raise Http404(_("Berkas surat ini tidak ada lagi; hubungi operator.")) from None
    return HttpResponse(
        content, "application/pdf", headers={"Content-Disposition": f'inline; filename="laporan-{quarter}.pdf"'}
    )


@public_page
def place_pdf(request: HttpRequest, quarter: str, code: str) -> HttpResponse:
    """The page of one kabupaten or village; made when asked for, the same bytes every time."""
    _report, held = _found(quarter)
    if code not in held.places() or len(code) not in (5, 13):
        raise Http404(_("Halaman ini dibuat untuk kabupaten/kota dan desa/kelurahan."))
    content = place_sheet(Report.objects.select_related("paper").get(quarter=quarter), code)
    return HttpResponse(
        content, "application/pdf", headers={"Content-Disposition": f'inline; filename="laporan-{quarter}-{code}.pdf"'}
    )
