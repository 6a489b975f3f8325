"""Asking for a draft, and how far it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.engines.periods import parse_quarter
from lontar.reports import actions, policies
from lontar.reports.forms import BuildForm
from lontar.reports.models import Build
from lontar.reports.presenters import building, crumbs
from lontar.reports.states import BuildState
from lontar.reports.steps import gathering
from lontar.reports.views.reports import base_of


@requires(policies.check_build_report)
def build(request: HttpRequest) -> HttpResponse:
    """Ask for the draft of a quarter and show how far it is."""
    form = BuildForm(request.POST or None, quarters=gathering.waiting())
    if request.method != "POST" or not form.is_valid():
        if request.method == "POST":
            messages.error(request, _("Pilih triwulan yang sudah ditutup dan belum terbit."))
        return redirect("reports:reports")
    try:
        asked = actions.request_build(
            quarter=parse_quarter(form.cleaned_data["quarter"]), post=post_of(request), by=person_of(request),
            at=timezone.now(), base=base_of(request),
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("reports:reports")
    return redirect("reports:building", asked.pk)


@require_GET
@requires(policies.check_see_drafts)
def under_way(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a build is; one that is done leads to its draft."""
    found = get_object_or_404(Build, pk=pk)
    if found.state == BuildState.DONE:
        return redirect("reports:draft", found.draft_id)
    page = building.build_page(found)
    may = policies.check_build_report.can(post_of(request))
    context = {"page": page, "may_build": may, "crumbs": crumbs((page.period, ""))}
    return render(request, "reports/building.html", context)


@require_GET
@requires(policies.check_see_drafts)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress alone; when the build ends, its page is to be read anew."""
    found = get_object_or_404(Build, pk=pk)
    if found.state in (BuildState.DONE, BuildState.FAILED):
        return HttpResponse(status=200, headers={"HX-Redirect": reverse("reports:building", args=[pk])})
    return render(request, "ui/parts/progress.html", {"job": building.progress_of(found)})
