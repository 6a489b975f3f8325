"""The map of a document, from the figures: same classes, land and shape of window as the maps of the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shapely import Polygon, box

from lontar.engines.papers import ClassLine, Dot, Name, Picture, Polygons
from lontar.mapping.queries.figures import Figures
from lontar.ui.maps import Classes
from lontar.ui.maps.land import WIDTH, View, land

RAMP = {"r1": "#e9dfc6", "r2": "#c0d0bf", "r3": "#8fb7b2", "r4": "#5797a0", "r5": "#1c6e7d", "r6": "#1d4c68",
        "r7": "#1f2f54", "r0": "#d8d0bf"}  # fmt: skip
SOURCE = "titik desa geografis (MIT); garis pantai Natural Earth; usaha menurut registri Lontar"
_FLATTEST, _TALLEST = 0.55, 0.95


def picture_of(figures: Figures) -> Picture | None:
    """Villages by their registered enterprises; None where no village has a point. None registered counts as no data."""
    if not figures.placed:
        return None
    values = [float(one.registered) if one.registered else None for one in figures.placed]
    scale = Classes.of(values)
    counts = Counter(scale.class_of(value) for value in values)
    view = _framed(View.around([(one.lon, one.lat) for one in figures.placed], margin=0.1))
    kinds = land().kinds
    return Picture(
        question="Berapa usaha terdaftar di setiap desa/kelurahan?",
        window=(view.west, view.south, view.east, view.north),
        land=_within(kinds.get("own", ()), view),
        neighbours=_within([one for kind, found in sorted(kinds.items()) if kind != "own" for one in found], view),
        outlines=(),
        dots=tuple(
            Dot(one.lon, one.lat, scale.class_of(value)) for one, value in zip(figures.placed, values, strict=True)
        ),
        classes=_legend(scale, counts),
        names=tuple(Name(label, lon, lat) for label, lon, lat in figures.spots),
        source=SOURCE,
    )


def _within(polygons: Polygons, view: View) -> Polygons:
    """The land in the window and a little beyond: what lies outside would only make the files larger."""
    wide, tall = (view.east - view.west) / 20, (view.north - view.south) / 20
    window = box(view.west - wide, view.south - tall, view.east + wide, view.north + tall)
    parts = [Polygon(rings[0], rings[1:]).intersection(window) for rings in polygons]
    whole = [one for part in parts for one in getattr(part, "geoms", [part]) if isinstance(one, Polygon)]
    return [[list(ring.coords) for ring in (one.exterior, *one.interiors)] for one in whole if not one.is_empty]


def _legend(scale: Classes, counts: Counter[int]) -> tuple[ClassLine, ...]:
    places: Sequence[int] = range(1, scale.size + 1)
    lines = [ClassLine(place, RAMP[scale.css(place)], scale.label(place), counts[place]) for place in places]
    if counts[0]:
        lines.append(ClassLine(0, RAMP["r0"], "belum ada usaha terdaftar", counts[0]))
    return tuple(lines)


def _framed(view: View) -> View:
    """The window grown until it is neither a strip nor a tower on the page."""
    ratio = view.height / WIDTH
    wider = (view.east - view.west) * (max(ratio / _TALLEST, 1) - 1) / 2
    taller = (view.north - view.south) * (max(_FLATTEST / ratio, 1) - 1) / 2
    return View(view.west - wider, view.south - taller, view.east + wider, view.north + taller)
