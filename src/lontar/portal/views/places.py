"""Pages of regions: the province with its kabupaten, a kabupaten or kecamatan, a village; their lists as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.engines.places import PlaceQuery, resolve, search
from lontar.engines.regions import is_code
from lontar.portal.presenters import area as area_presenters
from lontar.portal.presenters import choosing, layers, pictures, village_lists, words
from lontar.portal.presenters import home as home_presenters
from lontar.portal.presenters import village as village_presenters
from lontar.portal.presenters.finding import above
from lontar.portal.queries import area, figures, outlines
from lontar.portal.queries import layers as layer_queries
from lontar.portal.queries import village as village_queries
from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response
from lontar.registry.presenters import level_word, titled
from lontar.registry.queries import RegionCard, RegionCoverage, coverage, gazetteer, region_card
from lontar.registry.states import Level
from lontar.selection.queries import public_candidates
from lontar.ui.charts import Sheet
from lontar.ui.maps import AreaMap, PointMap
from lontar.ui.presenters import Pager, Query

TRADES = 25
GOODS = 60


@public_page
def province(request: HttpRequest) -> HttpResponse:
    """The province: its kabupaten and kota."""
    return _area(request, settings.PROGRAMME_ROOT)


@public_page
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A kabupaten, kota or kecamatan; codes of other levels and of BPS lead to where they belong."""
    if is_code(code) and len(code) in (5, 8):
        return _area(request, code)
    return _led(request, code)


@public_page
def village(request: HttpRequest, code: str) -> HttpResponse:
    """A village; other codes lead to where they belong, unknown ones to what may have been meant."""
    card = region_card(code) if is_code(code) and len(code) == 13 else None
    return _led(request, code) if card is None else _village(request, card)


def _led(request: HttpRequest, code: str) -> HttpResponse:
    """Where a code that is not the address of this page leads: its own page, or a page with what may have been meant."""
    book, asked = gazetteer(), code.strip()[:40]
    found = resolve(book, PlaceQuery(code=asked), limit=6)
    if found.code:
        origin = f"?{urlencode({'dari': asked})}" if asked != found.code else ""
        return HttpResponseRedirect(words.place_url(found.code) + origin)
    readable = found.rule != "code-unreadable"
    candidates = found.candidates if readable else search(book, asked, limit=6)
    context = {
        "asked": asked,
        "message": words.code_message(found, asked),
        "is_double": found.status == "ambiguous",
        "candidates": [(words.place_url(one.code), one.name, above(one.path_text), one.code) for one in candidates],
    }
    return page(
        request, "portal/unknown_place.html", context=context, status=300 if found.status == "ambiguous" else 404
    )


def _came_from(request: HttpRequest, card: RegionCard) -> str:
    """A sentence for who came with another writing of the code; nothing for a code that is not this place's."""
    given = request.GET.get("dari", "").strip()[:40]
    found = resolve(gazetteer(), PlaceQuery(code=given)) if given else None
    if found is None or found.code != card.code:
        return ""
    return words.code_message(found, given)


def _area(request: HttpRequest, code: str) -> HttpResponse:
    card = region_card(code)
    if card is None:
        return _led(request, code)
    today = timezone.localdate()
    query = Query.of(request)
    is_province, is_district = card.level == Level.PROVINCE, card.level == Level.DISTRICT
    found = figures.figures_within(code, day=today)
    beneath = [] if is_district else coverage(code, Level.REGENCY if is_province else Level.DISTRICT)
    name = titled(card.name, card.kind)
    if is_province:
        chart = home_presenters.coverage_chart(beneath, found, level=2)
    else:
        chart = area_presenters.registered_chart(beneath, code)
    villages = area.villages_of(code) if is_district else []
    context = {
        "card": card,
        "name": name,
        "notice": _came_from(request, card),
        "crumbs": words.crumbs(card.path),
        "figures": home_presenters.key_figures(found),
        "ranked": area_presenters.ranked(coverage(code[:2]), code) if card.level == Level.REGENCY else "",
        "chart": chart,
        "map": _picture(card, beneath, villages=villages, today=today),
        "commodities": area_presenters.commodity_chart(area.leading_commodities(code, limit=10), found.villages),
        "table": area_presenters.regions_table(
            beneath, query, level=Level.REGENCY if is_province else Level.DISTRICT, code=code, name=name
        )
        if beneath
        else None,
        "villages": area_presenters.villages_table(villages, query, code=code, name=name) if is_district else None,
        "map_url": f"{reverse('portal:map')}?di={code}" if not is_province else reverse("portal:map"),
    }
    return page(request, "portal/region.html", context=context)


def _picture(
    card: RegionCard, beneath: Sequence[RegionCoverage], *, villages: Sequence[area.VillageLine], today: date
) -> PointMap | AreaMap | None:
    """The map of a region: filled areas beneath a kabupaten or kecamatan where outlines are known, else dots."""
    layer = layers.first(card.code, day=today)
    if card.level != Level.PROVINCE:
        counted = {row.code: row.enterprises_registered for row in beneath} | {v.code: v.registered for v in villages}
        names = {row.code: row.name for row in beneath} | {v.code: v.name for v in villages}
        noun = level_word(Level.DISTRICT if beneath else Level.VILLAGE)
        filled = pictures.areas_map(layer, counted, outlines=outlines.outlines_of(card.code), names=names, noun=noun)
        if filled is not None:
            return filled
    spots = outlines.spots_of(card.code)
    return pictures.layer_map(layer, layer_queries.dots(card.code), names=spots, zoomed=card.level != Level.PROVINCE)


def _village(request: HttpRequest, card: RegionCard) -> HttpResponse:
    today, code = timezone.localdate(), card.code
    grown = village_queries.grown_in(code)
    resources, facilities = village_queries.noted_in(code)
    attributes = village_queries.attributes_of(code)
    trades = village_queries.trades_counted(code)
    number = _page_number(request, trades.number)
    goods_number, goods = village_queries.goods_in(code, day=today, limit=GOODS)
    permits = village_queries.permits_in(code, day=today)
    groups = village_queries.groups_in(code)
    district = card.path[-2] if len(card.path) > 1 else ("", "")
    shapes = outlines.outlines_of(district[0])
    outline = next((one.source for one in shapes if one.code == code and not one.is_fallback), "")
    context = {
        "card": card,
        "name": titled(card.name, card.kind),
        "notice": _came_from(request, card),
        "crumbs": words.crumbs(card.path),
        "district": district,
        "figures": village_presenters.figures(trades, grown, goods=goods_number, permits=permits),
        "facts": village_presenters.facts(card, attributes),
        "map": pictures.village_map(
            code, card.name, kind=card.kind, dots=layer_queries.dots(district[0]), outlines=shapes, district=district[1]
        ),
        "years": village_lists.years(grown),
        "calendar": village_lists.calendar(grown),
        "resources": village_presenters.resources(resources),
        "facilities": village_presenters.facilities(facilities),
        "trades": trades,
        "classes": village_presenters.classes(trades),
        "trade_table": village_lists.trades_table(
            village_queries.trades_in(code, offset=(number - 1) * TRADES, limit=TRADES),
            Pager(Query.of(request), trades.number, number, TRADES),
        ),
        "goods": village_lists.goods_table(goods, goods_number) if goods else None,
        "goods_number": goods_number,
        "goods_shown": len(goods),
        "permits": village_lists.permits_table(permits) if permits else None,
        "groups": village_lists.groups_table(groups) if groups else None,
        "choosing": choosing.candidates(public_candidates(code)),
        "near": village_presenters.near_lines(village_queries.near(code, limit=6)),
        "bare": village_presenters.is_bare(grown=grown, trades=trades, goods=goods_number),
        "missing": village_presenters.missing(
            card, grown=grown, trades=trades, goods=goods_number, permits=permits, groups=groups,
            attributes=attributes, has_outline=bool(outline), year=today.year,
        ),
        "sources": village_presenters.sources(
            card, grown=grown, noted=[*resources, *facilities], groups=groups, attributes=attributes,
            enterprises=_("Registri Lontar, dari daftar instansi") if trades.number else "", outline=outline,
        ),
    }  # fmt: skip
    return page(request, "portal/village.html", context=context)


def _page_number(request: HttpRequest, count: int) -> int:
    text = request.GET.get("hal", "1")
    last = max(1, -(-count // TRADES))
    return min(max(int(text), 1), last) if text.isdecimal() and len(text) < 6 else 1


@public_page
def coverage_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Coverage of the kabupaten beneath a province, or the kecamatan beneath a kabupaten, as CSV."""
    level = Level.REGENCY if len(code) == 2 else Level.DISTRICT
    rows = coverage(code, level) if is_code(code) and len(code) < 8 else []
    heads = ["code", "name", "villages", "enterprises_official", "enterprises_registered", "enterprises_verified"]
    sheet = Sheet(heads, [[getattr(row, head) for head in heads] for row in rows])
    return csv_response(sheet, f"cakupan-{code}") if rows else _led(request, code)


@public_page
def villages_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The villages beneath a region with what is recorded of each, as CSV."""
    rows = area.villages_of(code) if is_code(code) else []
    heads = ["code", "name", "kind", "district_code", "district", "registered", "verified", "commodities", "products"]
    sheet = Sheet(heads, [[getattr(row, head) for head in heads] for row in rows])
    return csv_response(sheet, f"desa-{code}") if rows else _led(request, code)
