"""The village map at full size: real villages and points from the reference packages, sample figures that say so."""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template import RequestContext, Template

from lontar.ui import charts as c
from lontar.ui import maps as m
from lontar.ui import presenters as p

PACKAGES = Path(__file__).resolve().parents[2] / "frontend" / "node_modules"
PROVINCE = "53"
SAMPLE = "contoh untuk pengujian"


def _rows(name: str) -> list[dict[str, str]]:
    with (PACKAGES / "idn-area-data" / "data" / f"{name}.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["code"].startswith(f"{PROVINCE}.")]


@lru_cache(maxsize=1)
def villages() -> dict[str, Any]:
    """The answer of `villages_url`."""
    points = {
        row["code"]: (row["latitude"], row["longitude"])
        for row in json.loads((PACKAGES / "geografis" / "data" / "json" / "data.json").read_text(encoding="utf-8"))
        if row["code"].startswith(f"{PROVINCE}.")
    }
    rows = sorted(_rows("villages"), key=lambda row: row["code"])
    regions = sorted([*_rows("regencies"), *_rows("districts")], key=lambda row: row["code"])
    found = [points.get(row["code"]) for row in rows]
    return {
        "codes": [row["code"] for row in rows],
        "names": [row["name"] for row in rows],
        "lat": [None if at is None else round(at[0] * 10_000) for at in found],
        "lon": [None if at is None else round(at[1] * 10_000) for at in found],
        "approx": [3, 40],
        "regions": {"codes": [row["code"] for row in regions], "names": [row["name"] for row in regions]},
        "layers": {},
    }


def sample(code: str) -> int | None:
    """An invented figure for a village, the same on every run; every nineteenth village has none."""
    seed = sum((i + 3) * ord(letter) for i, letter in enumerate(code))
    return None if seed % 19 == 0 else (seed * seed) % 97 + (seed % 11) ** 2


@lru_cache(maxsize=4)
def layer(key: str) -> dict[str, Any]:
    """The answer of `layer_url_template`."""
    values = [sample(code) for code in villages()["codes"]]
    common = {"key": key, "source": SAMPLE, "as_of": "2025-11-27", "note": ""}
    if key == "unggulan":
        names = [["kopi", "Kopi"], ["tenun", "Tenun ikat"], ["gula", "Gula lontar"], ["rumput", "Rumput laut"]]
        kinds = [None if value is None else value % 4 for value in values]
        return {**common, "label": "Produk unggulan", "kind": "category", "categories": names, "values": kinds}
    scale = m.Classes.of(values, natural=True)
    return {
        **common,
        "label": "Usaha terdata",
        "unit": "usaha",
        "kind": "number",
        "decimals": 0,
        "values": values,
        "edges": list(scale.edges),
    }


def drawing() -> m.PointMap:
    """The server's drawing of the sample."""
    data = villages()
    points = [
        m.Point(code, lat / 10_000, lon / 10_000, sample(code))
        for code, lat, lon in zip(data["codes"], data["lat"], data["lon"], strict=True)
        if lat is not None
    ]
    places = [
        m.Place(name.removeprefix("Kabupaten "), *_middle(code))
        for code, name in zip(data["regions"]["codes"], data["regions"]["names"], strict=True)
        if len(code) == 5
    ]
    frame = c.Frame("Berapa usaha terdata di tiap desa?", SAMPLE, len(points), "desa/kelurahan")
    return m.PointMap(frame, points, m.Classes(tuple(layer("usaha")["edges"]), "usaha"), places)


def _middle(code: str) -> tuple[float, float]:
    data = villages()
    inside = [
        (lat / 10_000, lon / 10_000)
        for village, lat, lon in zip(data["codes"], data["lat"], data["lon"], strict=True)
        if village.startswith(code) and lat is not None
    ]
    return sum(lat for lat, _lon in inside) / len(inside), sum(lon for _lat, lon in inside) / len(inside)


PAGE = """{% extends "ui/base_public.html" %}{% load lontar %}{% block title %}Peta{% endblock %}
{% block heading %}<h1>Peta desa</h1>{% endblock %}{% block content %}{% village_map map %}{% endblock %}
{% block scripts %}{% asset "map" %}{% endblock %}"""


def page(request: HttpRequest) -> HttpResponse:
    """The map page."""
    data = villages()
    names = zip(data["regions"]["codes"], data["regions"]["names"], strict=True)
    shown = p.VillageMap(
        drawing=drawing(),
        query=p.Query.of(request),
        choices=[
            p.LayerChoice("usaha", "Usaha terdata", "Usaha"),
            p.LayerChoice("unggulan", "Produk unggulan", "Produk"),
        ],
        layer="usaha",
        villages_url="/peta/desa.json",
        layer_url_template="/peta/lapis/{layer}.json",
        village_url_template="/desa/{code}",
        places=[p.PlaceChoice(code, name) for code, name in names if len(code) == 5],
        table_url="/peta/tabel",
        pointless=data["lat"].count(None),
    )
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"map": shown})))


def villages_json(request: HttpRequest) -> JsonResponse:
    """Columns of the villages."""
    return JsonResponse(villages())


def layer_json(request: HttpRequest, key: str) -> JsonResponse:
    """Columns of a layer."""
    if key not in ("usaha", "unggulan"):
        raise Http404
    return JsonResponse(layer(key))


def village(request: HttpRequest, code: str) -> HttpResponse:
    """A village's page, named only."""
    return HttpResponse(f"Desa {code}")
