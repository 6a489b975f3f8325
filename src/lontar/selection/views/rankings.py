"""The list of units, the page of one unit, its worked numbers, and the chart as CSV."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import post_of, requires
from lontar.access.policies import covers
from lontar.registry.models import Commodity
from lontar.selection import policies
from lontar.selection.forms import RankingListFilter
from lontar.selection.models import CriteriaSet
from lontar.selection.presenters import files, lists, printed, unit, words
from lontar.selection.queries.listing import (
    SORTS,
    RankingFilter,
    all_rankings,
    count_rankings,
    list_rankings,
    sets_in_force,
)
from lontar.selection.queries.sheet import UnitSheet, unit_sheet
from lontar.selection.queries.standing import DEFAULT_SET
from lontar.ui.presenters import Query

SIZES = (25, 50, 100)


@require_GET
@requires(policies.check_see_rankings)
def rankings(request: HttpRequest) -> HttpResponseBase:
    """Units of the post's region with their first candidate; filtered, ordered and paged by the address; or as a file."""
    post, query = post_of(request), Query.of(request)
    sets = [(one.key, one.shown) for one in CriteriaSet.objects.order_by("position", "key")]
    firsts = Commodity.objects.order_by("name").values_list("pk", "name")
    form = RankingListFilter(request.GET, sets=sets, commodities=[(str(pk), name) for pk, name in firsts])
    region = form.value("wilayah")
    asked = RankingFilter(
        region=region if region and covers(post, region) else post.region_code, kind=form.value("jenis"),
        set_key=form.value("set") or DEFAULT_SET, commodity=int(form.value("komoditas") or 0) or None,
        state=form.value("keadaan"), text=form.value("q"),
    )  # fmt: skip
    sort = query.get("urut", "-nilai")
    sort = sort if sort.lstrip("-") in SORTS else "-nilai"
    if query.get("format") in ("csv", "xlsx"):
        return files.answer(all_rankings(asked, sort=sort), query.get("format"))
    size = next((one for one in SIZES if str(one) == query.get("per")), 50)
    count = count_rankings(asked)
    page = max(1, min(int(query.get("hal", "1")) if query.get("hal", "1").isdigit() else 1, -(-count // size) or 1))
    rows = list_rankings(asked, sort=sort, limit=size, offset=(page - 1) * size)
    table = lists.rankings_table(
        query, rows, count=count, page=page, size=size, sort=sort, form=form, set_key=asked.set_key
    )
    return render(
        request, "selection/rankings.html", {"table": table, "form": form, "query": query, "crumbs": words.crumbs()}
    )


def _sheet(request: HttpRequest, key: str) -> UnitSheet:
    found = unit_sheet(key, set_key=request.GET.get("set", "") or DEFAULT_SET)
    if found is None:
        raise Http404(_("Unit ini belum diperingkat, atau berada di luar wilayah tugas Anda."))
    policies.check_see_ranking(post_of(request), found.standing.unit.village_code)
    return found


@require_GET
@requires(policies.check_see_rankings)
def unit_page(request: HttpRequest, key: str) -> HttpResponse:
    """One unit: who stands first, why, what would change it; `?format=csv` gives the chart's figures."""
    found = _sheet(request, key)
    if request.GET.get("format") == "csv":
        return files.chart_csv(found)
    page = unit.unit_page(found, sets_in_force(), csv_url=Query.of(request).but({"format": "csv"}))
    return render(request, "selection/unit.html", {"page": page, "crumbs": words.crumbs((page.name, ""))})


@require_GET
@requires(policies.check_see_rankings)
def numbers(request: HttpRequest, key: str) -> HttpResponse:
    """The worked numbers of one unit."""
    page = unit.numbers_page(_sheet(request, key))
    path = words.crumbs((page.name, page.back_url), (_("Angka"), ""))
    return render(request, "selection/numbers.html", {"page": page, "crumbs": path})


@require_GET
@requires(policies.check_see_rankings)
def numbers_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The worked numbers of one unit as a printed page."""
    found = _sheet(request, key)
    root = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")
    content = printed.worked_pdf(found, root=root.rstrip("/"), at=timezone.now())
    name = f"angka-{key.replace(':', '-')}-{found.standing.set_key}-v{found.standing.set_version}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
