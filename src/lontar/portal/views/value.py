"""The calculator of a village, and value kept of the whole programme. How they are reckoned is `lontar.value`'s."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lontar.engines.economy import TableInvalid
from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response, xlsx_response
from lontar.registry.models import Region
from lontar.ui.presenters import Export, Query
from lontar.value.forms import ChainForm, PlaceForm, first_numbers
from lontar.value.presenters import kept
from lontar.value.presenters import reckon as presenters
from lontar.value.queries import kept_lines, reckoning_of
from lontar.value.queries.prefill import Prefill, commodity_choices, prefill
from lontar.value.rules.assumptions import AssumptionMissing
from lontar.value.views.kept import kept_form, region_names, sheet_of


@public_page
def reckon(request: HttpRequest) -> HttpResponse:
    """What a product leaves in the village when it is sold raw, processed, packed; every number in the address."""
    regencies = Region.objects.filter(level="regency", valid_until__isnull=True).order_by("name")
    places = PlaceForm(
        request.GET if "komoditas" in request.GET else None,
        commodities=commodity_choices(),
        places=list(regencies.values_list("code", "name")),
    )
    village = _village(request.GET.get("desa", ""))
    place = village.code if village else places.value("wilayah")
    commodity = places.value("komoditas")
    context: dict[str, object] = {
        "places": places, "village": village, "commodity": commodity, "place": place,
        "back": reverse("portal:village", args=[village.code]) if village else "",
    }  # fmt: skip
    if commodity:
        try:
            context |= _answer(
                request, prefill(place=place or settings.PROGRAMME_ROOT, commodity=commodity, day=timezone.localdate())
            )
        except AssumptionMissing as problem:
            context["problem"] = str(problem)
    return page(request, "portal/reckon.html", context=context)


def _village(code: str) -> Region | None:
    """The village of the address; 404 for a code that is none."""
    if not code:
        return None
    found = Region.objects.villages().filter(code=code).first() if len(code) == 13 else None
    if found is None:
        raise Http404
    return found


def _answer(request: HttpRequest, found: Prefill) -> dict[str, object]:
    """The form, filled with what is known or what the address says, and its answer where it can be reckoned."""
    first = first_numbers(found)
    given = {name: request.GET.get(name, "") for name in ChainForm.base_fields}
    is_told = any(given.values())
    form = ChainForm(given if is_told else first if len(first) == len(given) else None, initial=first)
    context: dict[str, object] = {"form": form, "found": found, "sources": presenters.sources(found)}
    if not form.is_bound or not form.is_valid():
        return context
    try:
        told = presenters.told_by(form, found)
    except TableInvalid as problem:
        form.add_error(None, str(problem))
        return context
    answer = presenters.reckoned(form, found, told)
    picture = presenters.picture(told)
    link = request.build_absolute_uri(Query.of(request).but({}))
    return {
        **context, "answer": answer, "picture": picture.render() if picture else "", "link": link,
        "share": f"https://wa.me/?text={quote(f'{answer.share_text} {link}')}",
    }  # fmt: skip


@public_page
def programme(request: HttpRequest) -> HttpResponse:
    """Value kept of the programme per quarter, kabupaten and commodity."""
    form, query = kept_form(request), Query.of(request)
    made = reckoning_of(form.quarter())
    shown = None
    if made is not None:
        pairs = query.pairs
        exports = [
            Export(name, Query(reverse("portal:value_sheet", args=[kind]), pairs).but({}))
            for name, kind in (("Excel", "xlsx"), ("CSV", "csv"))
        ]
        lines = kept_lines(made.quarter, commodity=form.commodity())
        shown = kept.kept_page(lines, made, names=region_names(), query=query, exports=exports)
    return page(request, "portal/value.html", context={"form": form, "query": query, "shown": shown})


@public_page
def programme_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """Every line of the quarter, hidden ones without numbers."""
    form = kept_form(request)
    name = f"nilai-tambah-{form.quarter() or 'kosong'}"
    sheet = sheet_of(form)
    return xlsx_response(sheet, name) if kind == "xlsx" else csv_response(sheet, name)
