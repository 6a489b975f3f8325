"""The map of villages, its table twin at the same address, and the data that the map's script asks for."""

from __future__ import annotations

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.portal.presenters import layers, map_data, map_table, pictures, words
from lontar.portal.queries import layers as queries
from lontar.portal.queries import outlines
from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response, xlsx_response
from lontar.registry.queries import gazetteer
from lontar.registry.states import Level
from lontar.ui.presenters import Chip, Export, LayerChoice, PlaceChoice, Query, VillageMap

GEOJSON = "application/geo+json"


def _place(request: HttpRequest) -> str:
    """The kabupaten or kecamatan that the address asks for; empty for the whole province."""
    code = request.GET.get("wilayah", "")
    return code if code in gazetteer().by_code and len(code) in (5, 8) else ""


def _layer(request: HttpRequest) -> layers.Shown:
    """The layer that the address asks for, over the whole province, else the first one."""
    root, today = settings.PROGRAMME_ROOT, timezone.localdate()
    wanted = layers.shown(request.GET.get("lapis", "")[:80] or layers.FIRST, root, day=today)
    first = wanted or layers.shown(layers.FIRST, root, day=today)
    assert first is not None  # noqa: S101 - the first layer always exists
    return first


@public_page
def village_map(request: HttpRequest) -> HttpResponse:
    """The map; `tampil=tabel` shows the same villages as a table."""
    return _table(request) if request.GET.get("tampil") == "tabel" else _map(request)


def _map(request: HttpRequest) -> HttpResponse:
    root, place, layer, query = settings.PROGRAMME_ROOT, _place(request), _layer(request), Query.of(request)
    drawn = pictures.layer_map(layer, queries.dots(place or root), outlines.spots_of(place or root), zoomed=bool(place))
    has_outline = outlines.boundary_levels()
    regencies = Level.REGENCY in has_outline
    shapes = Level.VILLAGE in has_outline
    book = gazetteer()
    presenter = VillageMap(
        drawing=drawn,
        query=query,
        choices=[LayerChoice(one.key, one.label, one.group) for one in layers.choices(root)],
        layer=layer.key,
        villages_url=reverse("portal:map_villages"),
        layer_url_template=_template("portal:map_layer", "layer"),
        village_url_template=_template("portal:village", "code"),
        place=place,
        place_label=book.places[book.by_code[place]].label if place else "",
        places=_beneath(place),
        table_url=query.but({"tampil": "tabel"}),
        outline_url=reverse("portal:map_outlines") if regencies else "",
        boundary_url_template=_template("portal:map_boundaries", "code") if shapes else "",
    )
    context = {
        "map": presenter,
        "layer": layer,
        "place": presenter.place_label,
        "place_url": words.place_url(place) if place else "",
        "count": len(drawn.points),
    }
    return page(request, "portal/map.html", context)


def _template(name: str, key: str) -> str:
    """The address of a route with `{key}` where its value goes."""
    return reverse(name, args=["KUNCI"]).replace("KUNCI", f"{{{key}}}")


def _beneath(place: str) -> list[PlaceChoice]:
    """Kabupaten of the province, or kecamatan of the kabupaten that the place is or lies in."""
    book, parent = gazetteer(), place[:5] or settings.PROGRAMME_ROOT
    found = [one for one in book.places if one.row.parent_code == parent and one.code != place]
    return [PlaceChoice(one.code, one.row.name) for one in found]


def _table(request: HttpRequest) -> HttpResponse:
    layer, query = _layer(request), Query.of(request)
    found = _lines(request, layer)
    size = next((one for one in map_table.SIZES if str(one) == query.get("per")), map_table.SIZES[0])
    number = _number(query.get("hal"), last=max(1, -(-len(found) // size)))
    place = _place(request)
    book = gazetteer()
    choices = [(one.code, one.label) for one in _beneath(place)]
    if place:
        choices.insert(0, (place, book.places[book.by_code[place]].label))
    context = {
        "table": map_table.table(
            found, layer, query, page=number, size=size, chips=_chips(query, place), exports=_exports(query)
        ),
        "form": map_table.TableFilter(
            request.GET or {"lapis": layer.key},
            choices=layers.choices(settings.PROGRAMME_ROOT),
            places=choices,
            everywhere=_("Seluruh provinsi"),
        ),
        "query": query,
        "layer": layer,
        "map_url": query.without("tampil"),
    }
    return page(request, "portal/map_table.html", context)


def _lines(request: HttpRequest, layer: layers.Shown) -> list[map_table.Line]:
    dots = queries.dots(_place(request) or settings.PROGRAMME_ROOT)
    found = map_table.lines(dots, layer, name=request.GET.get("nama", "")[:60])
    return map_table.ordered(found, request.GET.get("urut", "kode"), layer)


def _number(text: str, *, last: int) -> int:
    return min(max(int(text), 1), last) if text.isdecimal() and len(text) < 6 else 1


def _chips(query: Query, place: str) -> list[Chip]:
    book, chips = gazetteer(), []
    if place:
        chips.append(Chip(book.places[book.by_code[place]].label, query.without("wilayah")))
    if query.get("nama"):
        chips.append(Chip(_("Nama: %s") % query.get("nama")[:60], query.without("nama")))
    return chips


def _exports(query: Query) -> list[Export]:
    return [
        Export(label, Query(reverse("portal:map_sheet", args=[kind]), query.pairs).without("tampil"), note)
        for label, kind, note in (("CSV", "csv", _("untuk program lain")), ("XLSX", "xlsx", _("untuk lembar kerja")))
    ]


@public_page
def map_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole table twin as CSV or XLSX, with the filters of the address."""
    layer = _layer(request)
    sheet = map_table.sheet(_lines(request, layer), layer)
    make = xlsx_response if kind == "xlsx" else csv_response
    return make(sheet, f"desa-{layer.key}")


@public_page
def map_villages(request: HttpRequest) -> HttpResponse:
    """The villages of the map, by columns."""
    return _json(map_data.villages(queries.dots(settings.PROGRAMME_ROOT), _regions()))


@public_page
def map_layer(request: HttpRequest, key: str) -> HttpResponse:
    """The values of one layer, in the order of the villages."""
    layer = layers.shown(key, settings.PROGRAMME_ROOT, day=timezone.localdate())
    if layer is None:
        return HttpResponse(orjson.dumps({"detail": _("Lapisan ini tidak ada.")}), "application/json", status=404)
    codes = [dot.code for dot in queries.dots(settings.PROGRAMME_ROOT)]
    return _json(map_data.layer(layer, codes))


@public_page
def map_outlines(request: HttpRequest) -> HttpResponse:
    """Outlines of the kabupaten and kota, for borders."""
    rows = outlines.boundary_collection(Level.REGENCY, settings.PROGRAMME_ROOT)
    return _json(map_data.collection(rows, decimals=3), GEOJSON, found=bool(rows))


@public_page
def map_boundaries(request: HttpRequest, code: str) -> HttpResponse:
    """Outlines of the villages of one kabupaten or kota."""
    rows = outlines.boundary_collection(Level.VILLAGE, code) if len(code) == 5 else []
    return _json(map_data.collection(rows, decimals=4), GEOJSON, found=bool(rows))


def _regions() -> list[tuple[str, str]]:
    return [(one.code, one.row.name) for one in gazetteer().places if len(one.code) in (5, 8)]


def _json(value: object, content_type: str = "application/json", *, found: bool = True) -> HttpResponse:
    return HttpResponse(orjson.dumps(value), content_type, status=200 if found else 404)
