"""The public list of decreed flagships, with its map and its CSV."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lontar.designation.queries.flagships import FlagshipFilter
from lontar.portal.presenters import flagships as presenters
from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response
from lontar.registry.models import Region
from lontar.ui.presenters import Pager, Query


def _form(request: HttpRequest) -> presenters.FlagshipListFilter:
    every = FlagshipFilter(timezone.localdate())
    regencies = Region.objects.regencies().within(settings.PROGRAMME_ROOT).filter(valid_until__isnull=True)
    places = list(regencies.order_by("code").values_list("code", "name"))
    return presenters.FlagshipListFilter(request.GET, places=places, commodities=every.commodities())


@public_page
def flagships(request: HttpRequest) -> HttpResponse:
    """Flagships in force, filtered by the address."""
    form, query = _form(request), Query.of(request)
    rows = form.asked(timezone.localdate()).rows()
    last = max(1, -(-len(rows) // presenters.SIZE))
    text = query.get("hal", "1")
    number = min(max(int(text), 1), last) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    pager = Pager(query, len(rows), number, presenters.SIZE)
    shown = rows[(number - 1) * presenters.SIZE : number * presenters.SIZE]
    csv_query = query.but({}).partition("?")[2]
    csv_url = reverse("portal:flagships_csv") + (f"?{csv_query}" if csv_query else "")
    context = {
        "form": form,
        "query": query,
        "map": presenters.picture(rows, csv_url=csv_url),
        "table": presenters.table(shown, pager, chips=form.chips(query)),
    }
    return page(request, "portal/flagships.html", context=context)


@public_page
def flagships_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV, whole."""
    return csv_response(presenters.sheet(_form(request).asked(timezone.localdate()).rows()), "produk-unggulan")
