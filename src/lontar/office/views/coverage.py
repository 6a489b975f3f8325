"""Coverage: registered and verified against the official totals, per kabupaten/kota or kecamatan, as chart, table and file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from lontar.access.doors import post_of, requires
from lontar.access.models import Post
from lontar.access.policies import check_work
from lontar.mapping.presenters import navigation
from lontar.office.forms.filters import ListFilter, PlaceField
from lontar.office.presenters import coverage as presenters
from lontar.office.presenters.sheets import paging
from lontar.office.presenters.words import crumbs
from lontar.office.states import ListKey
from lontar.office.views.replies import ListPage, chips, export_of, list_page
from lontar.registry.queries import RegionCoverage, coverage
from lontar.registry.states import Level
from lontar.ui.presenters import Link, Query

_MOST_BARS = 40


class CoverageFilter(ListFilter):
    """Of which region."""

    wilayah = PlaceField()


def official_total(region: str) -> int | None:
    """The published number of enterprises of a kabupaten/kota; None where none is published."""
    if len(region) != 5:
        return None
    return next((row.enterprises_official for row in coverage(region, Level.REGENCY)), None)


@requires(check_work)
def coverage_page(request: HttpRequest) -> HttpResponseBase:
    """Coverage of the regions beneath the post's, or beneath the one asked for."""
    post, query = post_of(request), Query.of(request)
    form = CoverageFilter(request.GET, within=post.region_code)
    region = form.region or ""
    by_district = query.get("tingkat") == "kecamatan" or len(region) > 2
    rows = _rows(region, by_district=by_district)
    place = _("Kecamatan") if by_district else _("Kabupaten/kota")
    sheet = presenters.sheet(place)
    rows = presenters.ordered(rows, sheet.sort_of(query))
    export = export_of(request, sheet, rows)
    if export is not None:
        return export
    pager = paging(query, len(rows))
    shown = rows[(pager.page - 1) * pager.size : pager.page * pager.size]
    chart = presenters.shares(rows, place) if len(rows) <= _MOST_BARS else None
    page = ListPage(
        str(ListKey.COVERAGE.label),
        ListKey.COVERAGE,
        crumbs((str(ListKey.COVERAGE.label), "")),
        lead=_("Berapa usaha yang terdaftar dan diverifikasi, dibandingkan angka resmi."),
        figure=chart.render() if chart else "",
        buttons=_papers(post),
        tabs=presenters.tabs(query, by_district=by_district) if len(region) == 2 else (),
    )
    table = sheet.table(pager, shown, link=presenters.link_of, chips=chips(form, query))
    return list_page(request, page, table=table, form=form)


def _papers(post: Post) -> list[Link]:
    """The way from the figures to the documents that freeze them."""
    found = navigation(post)
    return [Link(found.label, found.url, found.icon)] if found else []


def _rows(region: str, *, by_district: bool) -> list[RegionCoverage]:
    """The kabupaten/kota or kecamatan of the region; a village stands in its kecamatan."""
    if not region:
        return []
    return coverage(region[:8], Level.DISTRICT if by_district else Level.REGENCY)
