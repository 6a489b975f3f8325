"""Months that take returns: opening the next one, letting late ones come, taking that back, closing for good."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.designation.views.lists import pager_of
from lontar.engines.periods import Month
from lontar.returns import actions, policies
from lontar.returns.models import Period
from lontar.returns.presenters import crumbs
from lontar.returns.presenters import periods as shown
from lontar.returns.queries.standing import progress
from lontar.returns.states import PeriodState
from lontar.returns.views.answering import month_of
from lontar.ui.presenters import Confirm, Query

_ACTS = {"tenggang": PeriodState.GRACE, "buka": PeriodState.OPEN, "tutup": PeriodState.CLOSED}


@require_GET
@requires(policies.check_accept)
def months(request: HttpRequest) -> HttpResponse:
    """Every month that was opened, newest first, with how it stands and what may be done with it."""
    post, query = post_of(request), Query.of(request)
    rows = Period.objects.months().order_by("-start")
    pager = pager_of(query, rows.count())
    page = rows[(pager.page - 1) * pager.size : pager.page * pager.size]
    lines = [shown.month_line(one, progress(post.region_code, one.start)) for one in page]
    context = {"lines": lines, "pager": pager, "crumbs": crumbs((_("Masa lapor"), ""))}
    return render(request, "returns/months.html", context)


@require_POST
@requires(policies.check_accept)
def open_next(request: HttpRequest) -> HttpResponse:
    """Open the month after the newest one."""
    try:
        opened = actions.open_next(by=person_of(request), post=post_of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("%(month)s dibuka untuk laporan.") % {"month": opened})
    return redirect("returns:months")


@require_POST
@requires(policies.check_accept)
def move(request: HttpRequest, month: str, act: str) -> HttpResponse:
    """Move one month; closing it, which nobody takes back, asks once more before."""
    span = Month.from_date(month_of(month))
    if act == "tutup" and not request.POST.get("yakin"):
        return _confirm(request, span)
    try:
        actions.move_periods(
            [span], to=_ACTS[act], by=person_of(request), post=post_of(request), at=timezone.now()
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        words = _("%(month)s: %(state)s.")
        messages.success(request, words % {"month": span, "state": _ACTS[act].label.lower()})
    return redirect("returns:months")


def _confirm(request: HttpRequest, span: Month) -> HttpResponse:
    stands = progress(post_of(request).region_code, span.start)
    words = _(
        "%(accepted)s laporan yang sudah diterima dikunci; %(open)s produsen yang laporannya belum diterima tidak dapat "
        "melapor lagi untuk bulan ini. Bulan yang ditutup tidak dapat dibuka kembali."
    )
    confirm = Confirm(
        title=_("Tutup %(month)s") % {"month": span}, submit=_("Tutup bulan"), cancel_url=reverse("returns:months"),
        consequence=words % {"accepted": stands.accepted, "open": max(0, stands.asked - stands.accepted)},
        action_url=reverse("returns:move_month", args=[span.label, "tutup"]), fields=[("yakin", "1")],
    )  # fmt: skip
    context = {"confirm": confirm, "crumbs": crumbs((_("Masa lapor"), reverse("returns:months")), (confirm.title, ""))}
    return render(request, "ui/confirm.html", context)
