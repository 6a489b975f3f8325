"""The public list of loci, the villages of the strict selection, and its CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lontar.designation.queries.flagships import public_loci
from lontar.portal.presenters import loci as presenters
from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response
from lontar.ui.presenters import Query


@public_page
def loci(request: HttpRequest) -> HttpResponse:
    """Loci in force today."""
    rows, query = public_loci(timezone.localdate()), Query.of(request)
    text = query.get("hal", "1")
    last = max(1, -(-len(rows) // presenters.SIZE))
    number = min(max(int(text), 1), last) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    context = {"table": presenters.table(rows, query=query, page=number), "count": len(rows)}
    return page(request, "portal/loci.html", context=context)


@public_page
def loci_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV, whole."""
    return csv_response(presenters.sheet(public_loci(timezone.localdate())), "desa-lokus")
