"""Figures of a closed quarter as table, chart, map and file; definitions of indicators with their versions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from lontar.access.doors import requires
from lontar.monitoring import policies
from lontar.monitoring.forms import FigureFilter
from lontar.monitoring.models import IndicatorDefinition
from lontar.monitoring.presenters import crumbs
from lontar.monitoring.presenters import figures as presenters
from lontar.monitoring.queries import stored
from lontar.registry.models import Region
from lontar.ui.presenters import Query


@require_GET
@requires(policies.check_see_quarters)
def figures(request: HttpRequest, label: str) -> HttpResponseBase:
    """Figures of one indicator at one level; filtered by the address, or the whole quarter as a file."""
    found = stored.state_of(label)
    if found is None or not found.is_closed:
        raise Http404(_("Triwulan %s belum ditutup.") % label)
    query = Query.of(request)
    definitions = list(IndicatorDefinition.objects.filter(valid_until__isnull=True).order_by("position"))
    regencies = list(Region.objects.filter(level="regency").order_by("name").values_list("code", "name"))
    form = FigureFilter(
        request.GET, indicators=[(one.code, f"{one.code} · {one.name}") for one in definitions], regencies=regencies
    )
    if query.get("format") in ("csv", "xlsx"):
        rows = stored.figures(label, by=None)
        return presenters.answer(rows, query.get("format"), name=f"angka-{label}")
    code, level = form.value("indikator") or "O1", form.value("tingkat") or "regency"
    by, region = form.value("rincian"), form.value("wilayah")
    chosen = next(one for one in definitions if one.code == code)
    shown = [one for one in stored.figures(label, indicator=code, level=level, by=by) if one.region.startswith(region)]
    page = presenters.figures_page(
        query, found.quarter, chosen, shown, form=form,
        names=dict(Region.objects.filter(code__in={one.region for one in shown}).values_list("code", "name")),
        province=next(iter(stored.figures(label, indicator=code, level="province")), None),
        dots=_dots([one.region for one in shown]) if level == "village" else [],
        trend=stored.trend(code, region or "53"),
    )  # fmt: skip
    path = crumbs((str(found.quarter), reverse("monitoring:quarter", args=[label])), (pgettext("angka", "Angka"), ""))
    return render(request, "monitoring/figures.html", {"page": page, "form": form, "query": query, "crumbs": path})


def _dots(codes: list[str]) -> list[tuple[str, float, float]]:
    """Villages that have a point."""
    rows = Region.objects.filter(code__in=codes).values_list("code", "lat", "lon")
    return [(code, lat, lon) for code, lat, lon in rows if lat is not None and lon is not None]


@require_GET
@requires(policies.check_see_quarters)
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator in force, by group."""
    rows = list(IndicatorDefinition.objects.filter(valid_until__isnull=True).order_by("position"))
    table = presenters.indicators_table(Query.of(request), rows)
    return render(request, "monitoring/indicators.html", {"table": table, "crumbs": crumbs((_("Indikator"), ""))})


@require_GET
@requires(policies.check_see_quarters)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """The metadata of one indicator, newest version first."""
    versions = list(IndicatorDefinition.objects.filter(code=code).order_by("-version"))
    if not versions:
        raise Http404(_("Indikator %s tidak ada.") % code[:20])
    path = crumbs((_("Indikator"), reverse("monitoring:indicators")), (code, ""))
    context = {"page": presenters.indicator_page(versions), "crumbs": path}
    return render(request, "monitoring/indicator.html", context)
