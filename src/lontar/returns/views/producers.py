"""Producers of a unit: the units of one's region, who of a unit is asked, asking more of them, and asking no longer."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.designation.models import Flagship
from lontar.designation.views.lists import pager_of, whole_numbers
from lontar.engines.periods import Month
from lontar.returns import actions, policies
from lontar.returns.forms import EndForm, EnrolForm
from lontar.returns.models import Producer
from lontar.returns.presenters import crumbs
from lontar.returns.presenters import producers as shown
from lontar.returns.queries import enrolling
from lontar.returns.views.answering import month_of
from lontar.ui.presenters import Query

MOST = 200
"""Candidates on one page; the rest shows once these are asked."""


@require_GET
@requires(policies.check_enrol)
def units(request: HttpRequest) -> HttpResponse:
    """Units of the post's region with a flagship, and how many producers of each are asked."""
    query, rows = Query.of(request), enrolling.units_of(post_of(request).region_code, timezone.localdate())
    pager = pager_of(query, rows.count())
    page = list(rows[(pager.page - 1) * pager.size : pager.page * pager.size])
    table = shown.units_table(rows=page, asked=enrolling.asked_of([str(one.unit_key) for one in page]), pager=pager)
    return render(request, "returns/units.html", {"table": table, "crumbs": crumbs((_("Produsen"), ""))})


def _found(request: HttpRequest, pk: int) -> Flagship:
    found = enrolling.units_of(post_of(request).region_code, timezone.localdate()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
@requires(policies.check_enrol)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: who is asked, and who might be."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest,
    found: Flagship,
    *,
    enrol: EnrolForm | None = None,
    end: EndForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = list(enrolling.producers_of(str(found.unit_key))[:500])
    present = Month.from_date(timezone.localdate())
    context = {
        "pk": found.pk, "title": found.name, "place": found.village.name, "asked": shown.asked_lines(rows),
        "others": shown.candidate_lines(enrolling.candidates_of(found, most=MOST)), "most": MOST,
        "enrol": enrol or EnrolForm(None, present=present, unit=found.commodity.unit if found.commodity else ""),
        "end": end or EndForm(None, present=present),
        "crumbs": crumbs((_("Produsen"), reverse("returns:units")), (found.name, "")),
    }  # fmt: skip
    return render(request, "returns/unit.html", context, status=status)


@require_POST
@requires(policies.check_enrol)
def change(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Ask the picked candidates to report, or the picked producers no longer."""
    found, present = _found(request, pk), Month.from_date(timezone.localdate())
    if act == "daftar":
        enrol = EnrolForm(request.POST, present=present, unit="")
        if not enrol.is_valid():
            return _page(request, found, enrol=enrol, status=422)
        return _told(request, pk, _enrol(request, found, enrol))
    end = EndForm(request.POST, present=present)
    if not end.is_valid():
        return _page(request, found, end=end, status=422)
    try:
        return _told(request, pk, _end(request, found, month_of(end.cleaned_data["bulan"])))
    except Refused as refused:
        end.add_error("bulan", refused.reason)
        return _page(request, found, end=end, status=422)


def _told(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    if number:
        messages.success(request, _("%(number)s produsen tersimpan.") % {"number": number})
    else:
        messages.info(request, _("Pilih dahulu produsen yang dimaksud."))
    return redirect("returns:unit", pk=pk)


def _enrol(request: HttpRequest, found: Flagship, form: EnrolForm) -> int:
    """Only candidates of this unit are taken, whatever the form says."""
    picked = set(request.POST.getlist("pilih"))
    given = form.cleaned_data
    wanted = [
        actions.NewProducer(
            maker=one.maker, maker_id=one.maker_id, name=one.name, village=found.village_id, category=given["kelompok"],
            unit=given["satuan"], commodity_id=found.commodity_id, unit_key=str(found.unit_key),
        )
        for one in enrolling.candidates_of(found, most=MOST)
        if f"{one.maker.value}:{one.maker_id}" in picked
    ]  # fmt: skip
    if not wanted:
        return 0
    first = Month.from_date(month_of(given["bulan"]))
    return actions.enrol_producers(wanted, first=first, by=person_of(request), post=post_of(request), at=timezone.now())


def _end(request: HttpRequest, found: Flagship, until: date) -> int:
    """All of the picked or none."""
    numbers = whole_numbers(request.POST.getlist("pilih"))
    keys = Producer.objects.filter(pk__in=numbers, unit_key=found.unit_key, until_month__isnull=True)
    ending = list(keys.values_list("pk", flat=True))
    with transaction.atomic():
        for key in ending:
            actions.end_producer(
                producer_id=key, until=Month.from_date(until), by=person_of(request), post=post_of(request),
                at=timezone.now(),
            )  # fmt: skip
    return len(ending)
