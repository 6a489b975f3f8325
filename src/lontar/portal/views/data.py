"""The open-data page, its dictionary and its machine-readable catalogue."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lontar.portal.presenters import catalogue as presenters
from lontar.portal.queries import version
from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response
from lontar.ui.charts import Sheet


@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """Which tables anyone may take, under which licence, and what their columns mean."""
    context = {
        "tables": presenters.tables(reverse),
        "licence_url": presenters.LICENCE_URL,
        "licence_name": presenters.LICENCE_NAME,
        "at": version.current().at,
    }
    return page(request, "portal/data.html", context=context)


@public_page
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue as DCAT JSON-LD."""
    made = presenters.dcat(
        reverse, request.build_absolute_uri, home=reverse("portal:data"), modified=version.current().at
    )
    return HttpResponse(orjson.dumps(made, option=orjson.OPT_INDENT_2), "application/ld+json")


@public_page
def dictionary(request: HttpRequest) -> HttpResponse:
    """The meaning of every column, as CSV."""
    rows = presenters.dictionary(presenters.tables(reverse))
    return csv_response(Sheet(["table", "column", "type", "unit", "meaning"], rows), "kamus-data")
