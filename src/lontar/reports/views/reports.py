"""The list of reports and drafts, looking at a draft, publishing it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.engines.periods import parse_quarter
from lontar.reports import actions, policies, presenters
from lontar.reports.forms import BuildForm
from lontar.reports.models import Draft
from lontar.reports.presenters import building
from lontar.reports.queries import listing
from lontar.reports.queries.reading import draft_package
from lontar.reports.steps import gathering
from lontar.reports.steps.papers import chain_to


def base_of(request: HttpRequest) -> str:
    """The address of the site, as configured or as the request saw it."""
    return settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")


@require_GET
@requires(policies.check_see_drafts)
def reports(request: HttpRequest) -> HttpResponse:
    """Published reports, drafts, and the quarters that wait for a report."""
    may_build = policies.check_build_report.can(post_of(request))
    context = {
        "published": presenters.published_table(listing.published()),
        "drafts": presenters.drafts_table(listing.drafts()),
        "builds": [building.notice_of(one) for one in listing.builds()],
        "form": BuildForm(quarters=gathering.waiting()) if may_build else None,
        "crumbs": presenters.crumbs(),
    }
    return render(request, "reports/reports.html", context)


def _draft(pk: int) -> Draft:
    return get_object_or_404(Draft.objects.select_related("post"), pk=pk)


@require_GET
@requires(policies.check_see_drafts)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft as its report would read; a published one leads to its page."""
    found = _draft(pk)
    if hasattr(found, "report"):
        return redirect(f"/laporan/{found.quarter}")
    held = draft_package(found.manifest_sha256)
    try:
        page = presenters.draft_page(found, chain_to(found.quarter, held), is_stale=_is_stale(found))
    except FileNotFoundError as problem:
        raise Http404(_("Berkas rancangan ini tidak ada lagi. Buat rancangan sekali lagi.")) from problem
    may = policies.check_publish_report.can(post_of(request))
    return render(
        request,
        "reports/draft.html",
        {"page": page, "may_publish": may, "crumbs": presenters.crumbs((str(parse_quarter(found.quarter)), ""))},
    )


def _is_stale(found: Draft) -> bool:
    try:
        return gathering.stamp_of(parse_quarter(found.quarter), at=timezone.now()) != found.stamp
    except Refused:
        return True


@requires(policies.check_publish_report)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then publish for good."""
    found = _draft(pk)
    period = parse_quarter(found.quarter)
    if request.method == "POST" and request.POST.get("kata", "").strip().lower() == "terbitkan":
        try:
            report = actions.publish_report(
                draft=found, post=post_of(request), by=person_of(request), at=timezone.now(), base=base_of(request)
            )
        except Refused as refused:
            messages.error(request, refused.reason)
            return redirect("reports:draft", pk)
        messages.success(
            request,
            _("%(period)s terbit sebagai laporan nomor %(number)s.") % {"period": period, "number": report.number},
        )
        return redirect("reports:reports")
    return render(
        request, "ui/confirm.html", {"confirm": presenters.publish_confirm(found), "crumbs": presenters.crumbs()}
    )
