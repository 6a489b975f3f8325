"""The list of quarters, one quarter with its check-list, closing and restating it, and how far that is."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.engines.periods import parse_quarter
from lontar.monitoring import actions, policies
from lontar.monitoring.forms import ReasonForm
from lontar.monitoring.presenters import crumbs
from lontar.monitoring.presenters import quarters as presenters
from lontar.monitoring.presenters.places import PlacePart, place_part
from lontar.monitoring.queries import checks, stored
from lontar.monitoring.queries.stored import QuarterState
from lontar.registry.models import Region
from lontar.ui.presenters import Query


def _state(label: str) -> QuarterState:
    found = stored.state_of(label)
    if found is None:
        raise Http404(_("Triwulan %s belum dibuka.") % label)
    return found


@require_GET
@requires(policies.check_see_quarters)
def quarter_list(request: HttpRequest) -> HttpResponse:
    """Every quarter that was opened, newest first."""
    table = presenters.quarters_table(Query.of(request), stored.quarters())
    return render(request, "monitoring/quarters.html", {"table": table, "crumbs": crumbs()})


@require_GET
@requires(policies.check_see_quarters)
def quarter(request: HttpRequest, label: str) -> HttpResponse:
    """One quarter: its check-list with every kabupaten/kota, or, once closed, what came of it."""
    return _page(request, _state(label))


def _page(request: HttpRequest, found: QuarterState, *, error: str = "", status: int = 200) -> HttpResponse:
    post = post_of(request)
    whole = [] if found.is_closed else checks.places_of(found.quarter)
    checked = checks.check_list(found.quarter, whole) if not found.is_closed else []
    page = presenters.quarter_page(
        found, checked=checked, places=_places(request, found, whole) if whole else None,
        restatements=stored.restatements(found.quarter.label),
        failed=stored.last_failure(found.quarter.label), is_over=timezone.localdate() >= found.quarter.end,
    )  # fmt: skip
    context = {
        "page": page, "form": ReasonForm(request.POST or None), "error": error, "may": policies.check_close.can(post),
        "crumbs": crumbs((page.title, "")),
    }  # fmt: skip
    return render(request, "monitoring/quarter.html", context, status=status)


def _places(request: HttpRequest, found: QuarterState, whole: list[checks.Place]) -> PlacePart:
    """The check-list beneath the region of the address. Raises Http404 for one that is not there."""
    region = request.GET.get("wilayah", "")
    if region and (len(region) not in (5, 8, 13) or not Region.objects.filter(code=region).exists()):
        raise Http404(_("Wilayah ini tidak ada."))
    beneath = checks.places_of(found.quarter, region) if region else whole
    months = checks.open_months(found.quarter, region) if len(region) == 13 else []
    return place_part(found.quarter, region, places=beneath, months=months, post=post_of(request))


@require_POST
@requires(policies.check_close)
def close(request: HttpRequest, label: str) -> HttpResponse:
    """Ask for the closing; refused with what is missed and a field for the reason."""
    found = _state(label)
    try:
        actions.request_closing(
            parse_quarter(label), words=request.POST.get("alasan", "")[:1000], by=person_of(request),
            post=post_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        return _page(request, found, error=refused.reason, status=422)
    return redirect("monitoring:quarter", label=label)


@require_POST
@requires(policies.check_close)
def restate(request: HttpRequest, label: str) -> HttpResponse:
    """Ask for a restatement with its reason."""
    found = _state(label)
    try:
        actions.request_restatement(
            parse_quarter(label), words=request.POST.get("alasan", "")[:1000], by=person_of(request),
            post=post_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        return _page(request, found, error=refused.reason, status=422)
    messages.success(request, _("Pernyataan ulang dihitung; angka lama dan baru akan tercantum di halaman ini."))
    return redirect("monitoring:quarter", label=label)


@require_GET
@requires(policies.check_see_quarters)
def progress(request: HttpRequest, label: str) -> HttpResponse:
    """The progress alone; when the run ends, the page is to be read anew."""
    found = _state(label)
    if found.open_run is None:
        return HttpResponse(status=200, headers={"HX-Redirect": reverse("monitoring:quarter", args=[label])})
    return render(request, "ui/parts/progress.html", {"job": presenters.progress_of(found.open_run)})


@require_GET
@requires(policies.check_see_quarters)
def restatement(request: HttpRequest, label: str, number: str) -> HttpResponse:
    """One restatement: its reason, and every figure with old and new number."""
    found = next((one for one in stored.restatements(label) if one.number == int(number)), None)
    if found is None:
        raise Http404(_("Pernyataan ulang ini tidak ada."))
    rows = stored.restated_figures(label, found.number)
    page = presenters.restatement_page(Query.of(request), found, rows)
    path = crumbs((page.quarter, reverse("monitoring:quarter", args=[label])), (page.title, ""))
    return render(request, "monitoring/restatement.html", {"page": page, "crumbs": path})
