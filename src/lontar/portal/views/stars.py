"""The public list of stars, as a page and as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lontar.portal.presenters import stars as presenters
from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response
from lontar.ui.presenters import Query


@public_page
def stars(request: HttpRequest) -> HttpResponse:
    """Products with a star, filtered by place, stars, rubric and standing."""
    day = timezone.localdate()
    form = presenters.StarList(request.GET, day=day)
    query = Query.of(request)
    return page(
        request,
        "portal/stars.html",
        context={"form": form, "query": query, "table": presenters.table(form, query, day)},
    )


@public_page
def stars_csv(request: HttpRequest) -> HttpResponse:
    """The same list, whole."""
    day = timezone.localdate()
    return csv_response(presenters.sheet(presenters.StarList(request.GET, day=day), day), "bintang-produk")
