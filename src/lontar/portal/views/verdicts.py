"""The public page of the verdict, and of one unit in it. Kept by nobody: a new verdict is seen at once."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from lontar.access.doors import open_to_all
from lontar.engines.periods import parse_quarter
from lontar.portal.views.delivery import page
from lontar.verdicts import queries
from lontar.verdicts.models import Verdict
from lontar.verdicts.presenters.pages import page_of
from lontar.verdicts.presenters.units import unit_page


@open_to_all
def verdict(request: HttpRequest) -> HttpResponse:
    """The newest verdict, or the newest of `triwulan`."""
    every = queries.every()
    asked = request.GET.get("triwulan", "")
    chosen = next((one for one in every if not asked or one.quarter == asked), None)
    if chosen is None and asked:
        raise Http404
    context: dict[str, object] = {"page": None}
    if chosen is not None:
        here = reverse("portal:verdict")
        others = [(_name(one), f"{here}?triwulan={one.quarter}") for one in _newest_of_quarters(every) if one != chosen]
        unit_url = reverse("portal:verdict_unit", args=["KUNCI"]).replace("KUNCI", "{key}")
        context = {"page": page_of(queries.told(chosen), unit_url=unit_url, others=others), "label": chosen.quarter}
    response = page(request, "portal/verdict.html", context=context)
    response["Cache-Control"] = "no-store"
    return response


def _newest_of_quarters(every: list[Verdict]) -> list[Verdict]:
    found: dict[str, Verdict] = {}
    for one in every:
        found.setdefault(one.quarter, one)
    return list(found.values())


def _name(one: Verdict) -> str:
    return str(parse_quarter(one.quarter))


@open_to_all
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """What the newest verdict says of one unit."""
    said = queries.unit_told(key) if len(key) <= 40 and "\x00" not in key else None
    if said is None:
        raise Http404
    context: dict[str, object] = {"unit": unit_page(said, place=queries.place_of(said))}
    response = page(request, "portal/verdict_unit.html", context=context)
    response["Cache-Control"] = "no-store"
    return response
