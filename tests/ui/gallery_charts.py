"""Every kind of chart and map on one page. The totals per kabupaten are those of the policy brief's Table 1; all other
figures are samples and say so.
"""

from __future__ import annotations

import math
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import RequestContext, Template

from lontar.ui import charts as c
from lontar.ui import maps as m

# Micro and small industries (IMK) per kabupaten/kota, BPS.
IMK = {
    "Kupang": 8702,
    "Timor Tengah Selatan": 10455,
    "Timor Tengah Utara": 10806,
    "Belu": 3957,
    "Alor": 7504,
    "Flores Timur": 16155,
    "Sikka": 31209,
    "Ende": 8839,
    "Ngada": 3024,
    "Manggarai": 7408,
    "Sumba Timur": 5734,
    "Sumba Barat": 4540,
    "Lembata": 4356,
    "Rote Ndao": 1817,
    "Manggarai Barat": 3190,
    "Nagekeo": 4205,
    "Sumba Tengah": 1008,
    "Sumba Barat Daya": 15461,
    "Manggarai Timur": 2690,
    "Sabu Raijua": 1950,
    "Malaka": 11115,
    "Kota Kupang": 3877,
}
QUARTERS = ["Tw I 2025", "Tw II 2025", "Tw III 2025", "Tw IV 2025", "Tw I 2026"]
SAMPLE = "contoh untuk pengujian"


def bars() -> c.Bars:
    """Enterprises per kabupaten."""
    frame = c.Frame(
        "Di kabupaten mana usaha mikro dan kecil paling banyak?", "BPS, IMK 2024", 168_002, "usaha", csv_url="/imk.csv"
    )
    rows = [c.Bar(name, value, key=name == "Ngada") for name, value in IMK.items()]
    return c.Bars(
        frame, [*rows, c.Bar("Belum terdata", None)], "Kabupaten/kota", "usaha", reference=("Rata-rata", 7636)
    )


def intervals() -> c.Bars:
    """Bars with their uncertainty."""
    frame = c.Frame("Berapa pekerja per usaha?", SAMPLE, 640, "usaha", "Garis: rentang kepercayaan 95 %.")
    rows = [c.Bar("Kopi", 4.2, 3.6, 4.9), c.Bar("Tenun ikat", 2.1, 1.9, 2.4), c.Bar("Gula lontar", 3.3, 2.0, 4.6)]
    return c.Bars(frame, rows, "Produk", "pekerja", decimals=1)


def dots() -> c.DotPlot:
    """Two years per row."""
    frame = c.Frame("Naikkah indeks desa antara 2023 dan 2024?", SAMPLE, 6, "kabupaten")
    rows = [c.Dot(name, [0.55 + i / 60, 0.6 + i / 40], key=name == "Ngada") for i, name in enumerate(list(IMK)[6:12])]
    return c.DotPlot(frame, rows, ["2023", "2024"], "Kabupaten", "indeks", decimals=3)


def histogram() -> c.Histogram:
    """A spread."""
    frame = c.Frame("Berapa usaha terdata per desa?", SAMPLE, 3442, "desa/kelurahan")
    return c.Histogram(
        frame, [0, 20, 40, 60, 80, 100, 140], [812, 1240, 702, 390, 190, 108], "usaha", "desa", ("Median", 34)
    )


def lines() -> c.Lines:
    """A line with its band, and one with a gap."""
    frame = c.Frame("Naikkah omzet usaha yang sama?", SAMPLE, 212, "usaha", "Pita: rentang kepercayaan 95 %.")
    grown = c.Line(
        "Omzet lokus", [100, 104, 109, 118, 121], [97, 100, 103, 110, 111], [103, 108, 115, 126, 131], key=True
    )
    return c.Lines(
        frame,
        QUARTERS,
        [grown, c.Line("Pembanding", [100, 101, None, 103, 104])],
        "Triwulan",
        "indeks (Tw I 2025 = 100)",
    )


def multiples() -> c.SmallMultiples:
    """The same line for each kabupaten."""
    frame = c.Frame("Di mana produk bersertifikat bertambah?", SAMPLE, 22, "kabupaten/kota")
    panels = [
        c.Panel(name, c.Line(name, [round(v / 900 + i * (v % 7)) for i in range(5)], key=name == "Ngada"))
        for name, v in sorted(IMK.items(), key=lambda item: -item[1])
    ]
    return c.SmallMultiples(frame, QUARTERS, panels, "Kabupaten/kota", "produk")


def shares() -> c.StackedShare:
    """Parts of a whole."""
    frame = c.Frame("Dijual mentah, diolah, atau dikemas?", SAMPLE, 640, "produk")
    rows = [
        ("Kopi", [40, 35, 25]),
        ("Tenun ikat", [0, 20, 80]),
        ("Rumput laut", [90, 8, 2]),
        ("Belum terdata", [0, 0, 0]),
    ]
    return c.StackedShare(frame, ["Mentah", "Diolah", "Dikemas"], rows, "Produk")


def point_map() -> m.PointMap:
    """A lattice of invented villages over the province, so that the page needs no data file."""
    points = [
        m.Point(f"x{i}", lat, lon, None if i % 17 == 0 else float(int(50 + 40 * math.sin(i / 9))))
        for i, (lon, lat) in enumerate((119 + a * 0.11, -10.9 + b * 0.11) for a in range(57) for b in range(28))
    ]
    scale = m.Classes.of([p.value for p in points], classes=5, unit="usaha")
    places = [m.Place("Ngada", -8.75, 120.98), m.Place("Sikka", -8.65, 122.3), m.Place("Sumba Timur", -9.85, 120.3)]
    return m.PointMap(c.Frame("Berapa usaha di tiap desa?", SAMPLE, len(points), "titik"), points, scale, places)


def area_map() -> m.AreaMap:
    """Four squares, one without data."""

    def square(lon: float, lat: float) -> list[list[list[float]]]:
        return [[[lon, lat], [lon + 1, lat], [lon + 1, lat + 0.8], [lon, lat + 0.8], [lon, lat]]]

    areas = [
        m.Area(str(i), f"Kotak {i}", [square(lon, lat)], value)
        for i, (lon, lat, value) in enumerate(
            [(119.5, -9.9, 3.0), (121, -8.9, 9.0), (123.8, -9.9, None), (122.5, -8.7, 5.0)]
        )
    ]
    return m.AreaMap(
        c.Frame("Kotak mana yang terisi?", SAMPLE, 4, "kotak"), areas, m.Classes.of([3.0, 9.0, 5.0], classes=3)
    )


PAGE = """{% extends "ui/base_public.html" %}{% block title %}Bagan{% endblock %}
{% block heading %}<h1>Bagan</h1><h2>Setiap jenis</h2>{% endblock %}
{% block content %}{% for drawn in drawings %}{{ drawn }}{% endfor %}{% endblock %}"""


LIVE = """{% extends "ui/base_office.html" %}{% load lontar %}{% block title %}Bagan{% endblock %}
{% block page_title %}Bagan{% endblock %}{% block content %}<h2>Omzet</h2>{{ drawn }}{% endblock %}
{% block scripts %}{% asset "chart" %}{% endblock %}"""


def live(request: HttpRequest) -> HttpResponse:
    """A figure whose drawing the script replaces."""
    still = lines()
    drawn = c.Lines(
        replace(still.frame, live_url="/kantor/bagan.json"), still.axis, still.lines, still.head, still.unit
    )
    return HttpResponse(Template(LIVE).render(RequestContext(request, {"drawn": drawn.render()})))


def live_json(request: HttpRequest) -> JsonResponse:
    """Its data."""
    still = lines()
    series = [{"label": line.label, "values": list(line.values), "key": line.key} for line in still.lines]
    return JsonResponse({"kind": "line", "axis": still.axis, "unit": still.unit, "decimals": 0, "series": series})


def page(request: HttpRequest) -> HttpResponse:
    """All of them."""
    makers = (bars, intervals, dots, histogram, lines, multiples, shares, point_map, area_map)
    return HttpResponse(
        Template(PAGE).render(RequestContext(request, {"drawings": [make().render() for make in makers]}))
    )
