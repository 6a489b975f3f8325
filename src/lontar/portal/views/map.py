"""The map of villages, its table twin at the same address, and the data that the map's script asks for."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.engines.places import Gazetteer
from lontar.portal.presenters import layers, map_data, map_table, pictures, words
from lontar.portal.queries import layers as queries
from lontar.portal.queries import outlines
from lontar.portal.views.delivery import page, public_page
from lontar.portal.views.sheets import csv_response, xlsx_response
from lontar.registry.queries import gazetteer
from lontar.registry.states import Level
from lontar.ui.presenters import Chip, Export, LayerChoice, PlaceChoice, Query, VillageMap

GEOJSON = "application/geo+json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a layer over the whole province, and a kabupaten or kecamatan ("" for all of it)."""

    query: Query
    book: Gazetteer
    layer: layers.Shown
    place: str

    @property
    def within(self) -> str:
        """The region whose villages are shown."""
        return self.place or settings.PROGRAMME_ROOT

    @property
    def place_label(self) -> str:
        """The place in words."""
        return self.book.places[self.book.by_code[self.place]].label if self.place else ""

    @property
    def beneath(self) -> list[PlaceChoice]:
        """Kabupaten of the province, or kecamatan of the kabupaten that the place is or lies in."""
        parent = self.place[:5] or settings.PROGRAMME_ROOT
        found = [one for one in self.book.places if one.row.parent_code == parent and one.code != self.place]
        return [PlaceChoice(one.code, one.row.name) for one in found]


def _asked(request: HttpRequest) -> Asked:
    """Read the address; what makes no sense in it is the first layer and the whole province."""
    root, today, book = settings.PROGRAMME_ROOT, timezone.localdate(), gazetteer()
    code = request.GET.get("wilayah", "")
    layer = layers.shown(request.GET.get("lapis", "")[:80] or layers.FIRST, root, day=today)
    return Asked(
        query=Query.of(request),
        book=book,
        layer=layer or layers.first(root, day=today),
        place=code if code in book.by_code and len(code) in (5, 8) else "",
    )


@public_page
def village_map(request: HttpRequest) -> HttpResponse:
    """The map; `tampil=tabel` shows the same villages as a table."""
    return _table(request) if request.GET.get("tampil") == "tabel" else _map(request)


def _map(request: HttpRequest) -> HttpResponse:
    asked, root = _asked(request), settings.PROGRAMME_ROOT
    names = outlines.spots_of(asked.within)
    drawn = pictures.layer_map(asked.layer, queries.dots(asked.within), names=names, zoomed=bool(asked.place))
    levels = outlines.boundary_levels()
    presenter = VillageMap(
        drawing=drawn,
        query=asked.query,
        choices=[LayerChoice(one.key, one.label, one.group) for one in layers.choices(root)],
        layer=asked.layer.key,
        villages_url=reverse("portal:map_villages"),
        layer_url_template=_template("portal:map_layer", "layer"),
        village_url_template=_template("portal:village", "code"),
        place=asked.place,
        place_label=asked.place_label,
        places=asked.beneath,
        table_url=asked.query.but({"tampil": "tabel"}),
        outline_url=reverse("portal:map_outlines") if Level.REGENCY in levels else "",
        boundary_url_template=_template("portal:map_boundaries", "code") if Level.VILLAGE in levels else "",
    )
    context = {
        "map": presenter,
        "layer": asked.layer,
        "place": asked.place_label,
        "place_url": words.place_url(asked.place) if asked.place else "",
        "count": len(drawn.points),
    }
    return page(request, "portal/map.html", context=context)


def _template(name: str, key: str) -> str:
    """The address of a route with `{key}` where its value goes."""
    return reverse(name, args=["KUNCI"]).replace("KUNCI", f"{{{key}}}")


def _table(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    found = _lines(asked)
    size = next((one for one in map_table.SIZES if str(one) == asked.query.get("per")), map_table.SIZES[0])
    number = _number(asked.query.get("hal"), last=max(1, -(-len(found) // size)))
    here = [(asked.place, asked.place_label)] if asked.place else []
    form = map_table.TableFilter(
        request.GET or {"lapis": asked.layer.key},
        choices=layers.choices(settings.PROGRAMME_ROOT),
        places=[*here, *((one.code, one.label) for one in asked.beneath)],
        everywhere=_("Seluruh provinsi"),
    )
    made = map_table.table(
        found,
        asked.layer,
        query=asked.query,
        page=number,
        size=size,
        chips=_chips(asked),
        exports=_exports(asked.query),
    )
    context = {
        "table": made,
        "form": form,
        "query": asked.query,
        "layer": asked.layer,
        "map_url": asked.query.without("tampil"),
    }
    return page(request, "portal/map_table.html", context=context)


def _lines(asked: Asked) -> list[map_table.Line]:
    found = map_table.lines(queries.dots(asked.within), asked.layer, name=asked.query.get("nama")[:60])
    return map_table.ordered(found, asked.query.get("urut", "kode"), layer=asked.layer)


def _number(text: str, *, last: int) -> int:
    return min(max(int(text), 1), last) if text.isdecimal() and len(text) < 6 else 1


def _chips(asked: Asked) -> list[Chip]:
    chips = [Chip(asked.place_label, asked.query.without("wilayah"))] if asked.place else []
    name = asked.query.get("nama")
    return [*chips, Chip(_("Nama: %s") % name[:60], asked.query.without("nama"))] if name else chips


def _exports(query: Query) -> list[Export]:
    return [
        Export(label, Query(reverse("portal:map_sheet", args=[kind]), query.pairs).without("tampil"), note)
        for label, kind, note in (("CSV", "csv", _("untuk program lain")), ("XLSX", "xlsx", _("untuk lembar kerja")))
    ]


@public_page
def map_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole table twin as CSV or XLSX, with the filters of the address."""
    asked = _asked(request)
    sheet = map_table.sheet(_lines(asked), asked.layer)
    make = xlsx_response if kind == "xlsx" else csv_response
    return make(sheet, f"desa-{asked.layer.key}")


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
