"""Figures of a closed quarter as table, chart, map and file; definitions of indicators with their versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.monitoring import actions, policies
from lontar.monitoring.forms import DefinitionForm, FigureFilter
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
    definitions = list(IndicatorDefinition.objects.of_day(found.quarter.last_day))
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
    rows = list(IndicatorDefinition.objects.of_day(timezone.localdate()))
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
    may = policies.check_close.can(post_of(request))
    context = {"page": presenters.indicator_page(versions), "crumbs": path, "may": may}
    return render(request, "monitoring/indicator.html", context)


@requires(policies.check_close)
def define(request: HttpRequest, code: str) -> HttpResponse:
    """A new version of what is said of an indicator; formula and unit stay those of the computation."""
    newest = IndicatorDefinition.objects.filter(code=code, valid_until__isnull=True).first()
    if newest is None:
        raise Http404(_("Indikator %s tidak ada.") % code[:20])
    form = DefinitionForm(request.POST or None, initial={name: getattr(newest, name) for name in actions.WORDED})
    if request.method == "POST" and form.is_valid():
        try:
            given = dict(form.cleaned_data)
            actions.define_indicator(
                code, words=given.pop("words"), valid_from=given.pop("valid_from"), fields=given, by=person_of(request),
                post=post_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("valid_from", refused.reason)
        else:
            messages.success(request, _("Versi %s tersimpan.") % (newest.version + 1))
            return redirect("monitoring:indicator", code=code)
    path = crumbs(
        (_("Indikator"), reverse("monitoring:indicators")), (code, reverse("monitoring:indicator", args=[code])),
        (_("Versi baru"), ""),
    )  # fmt: skip
    context = {
        "form": form,
        "code": code,
        "fixed": presenters.fixed_lines(newest),
        "number": newest.version + 1,
        "crumbs": path,
    }
    return render(request, "monitoring/define.html", context, status=422 if form.errors else 200)
