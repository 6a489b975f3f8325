"""The public page of the trade balance, and its figures as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response
from lontar.ui.presenters import Export, Query
from lontar.value.presenters import kept, trade
from lontar.value.queries import balance, figures_in_force, kept_lines, newest_quarters
from lontar.value.states import Level
from lontar.value.views.kept import commodity_names


@public_page
def balance_page(request: HttpRequest) -> HttpResponse:
    """Goods in and out, with their sources, and the programme's sales beside them in proportion."""
    query, goods, rows, found = Query.of(request), commodity_names(), figures_in_force(), balance()
    newest = newest_quarters(1)
    lines = kept_lines(newest[0].quarter, commodity=None) if newest else []
    context = {
        "figures": trade.figures(found), "beside": trade.beside_words(found) if found else (),
        "picture": trade.picture(found),
        "programme": kept.flow_picture(found.beside, level=2) if found and found.beside else "",
        "table": trade.table(
            rows, goods=goods, query=query, exports=[Export("CSV", reverse("portal:balance_csv"))] if rows else ()
        ),
        "local": trade.local_table(
            [one for one in lines if one.level == Level.PROVINCE], goods=goods, figures=rows, query=query
        ),
    }  # fmt: skip
    return page(request, "portal/balance.html", context=context)


@public_page
def balance_csv(request: HttpRequest) -> HttpResponse:
    """The figures in force."""
    return csv_response(trade.sheet(figures_in_force()), "neraca-perdagangan")
