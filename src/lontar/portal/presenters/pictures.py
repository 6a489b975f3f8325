"""Small maps of the pages: the province, a region with its villages, a village among its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from lontar.portal.presenters.layers import Shown
from lontar.portal.presenters.words import place_url, short
from lontar.portal.queries.layers import Dot
from lontar.portal.queries.outlines import Outline, Spot
from lontar.registry.presenters import titled
from lontar.registry.states import PointQuality
from lontar.ui import formats
from lontar.ui.charts import Frame
from lontar.ui.maps import Area, AreaMap, Categories, Classes, Place, Point, PointMap
from lontar.ui.maps.land import WIDTH, View

POINT_SOURCE = "geografis (MIT)"
NARROW, LETTER, LINE = 330, 7.0, 16.0
WIDE = 0.536  # height of a wide map as the style sheet has it


def layer_map(
    layer: Shown, dots: Sequence[Dot], *, names: Sequence[Spot], zoomed: bool, level: int = 2, key: str = "peta"
) -> PointMap:
    """A layer as dots; `zoomed` frames the dots given instead of the whole province."""
    points = [
        Point(d.code, d.lat, d.lon, layer.values.get(d.code)) for d in dots if d.lat is not None and d.lon is not None
    ]
    view = framed(View.around([(p.lon, p.lat) for p in points])) if zoomed and points else None
    labels = [Place(short(spot.name), spot.lat, spot.lon) for spot in names]
    return PointMap(
        Frame(layer.question, layer.source, n=len(dots), noun=_("desa/kelurahan"), note=layer.note, level=level),
        points,
        layer.scale,
        legible(labels, view) if view else labels,
        view=view,
        key=key,
    )


def areas_map(
    layer: Shown, counted: Mapping[str, int], *, outlines: Sequence[Outline], names: Mapping[str, str], noun: str
) -> AreaMap | None:
    """Regions filled by a count, each leading to its page; None unless nearly all of them have an outline of their own."""
    own = [one for one in outlines if not one.is_fallback]
    if not own or len(own) < 0.8 * len(counted):
        return None
    values = {code: float(number) if number else None for code, number in counted.items()}
    corners = [(lon, lat) for one in own for polygon in one.polygons for lon, lat, *_z in polygon[0]]
    view = framed(View.around(corners, margin=0.04))
    areas = [
        Area(
            one.code,
            f"{names.get(one.code, one.name)}: {formats.number(counted.get(one.code, 0))} {layer.unit}",
            one.polygons,
            values.get(one.code),
            place_url(one.code),
        )
        for one in own
    ]
    return AreaMap(
        Frame(layer.question, f"{layer.source}; {own[0].source}", n=len(counted), noun=noun, note=layer.note, level=2),
        areas,
        Classes.of(values.values(), classes=5 if len(counted) >= 20 else 3, unit=layer.unit),
        legible([_middle(one) for one in own], view),
        view=view,
        key="wilayah",
    )


def _middle(one: Outline) -> Place:
    """A name in the middle of a region's largest ring."""
    ring = max((polygon[0] for polygon in one.polygons), key=len)
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    south, north = min(p[1] for p in ring), max(p[1] for p in ring)
    return Place(one.name, (south + north) / 2, (west + east) / 2)


def framed(view: View) -> View:
    """The window grown to the shape that the page gives it (wide or square), so that nothing is cut off."""
    goal = WIDE if view.height / WIDTH < 0.62 else 1.0
    ratio = view.height / WIDTH
    wider = (view.east - view.west) * (max(ratio / goal, 1) - 1) / 2
    taller = (view.north - view.south) * (max(goal / ratio, 1) - 1) / 2
    return View(view.west - wider, view.south - taller, view.east + wider, view.north + taller)


def village_map(
    code: str, name: str, *, kind: str, dots: Sequence[Dot], outlines: Sequence[Outline], district: str
) -> PointMap | AreaMap | None:
    """A village among the villages of its kecamatan; outlines where they are known, else points; None without either."""
    here = next((dot for dot in dots if dot.code == code), None)
    question = _("Di mana letak %s?") % titled(name, kind)
    scale = Categories([("ini", titled(name, kind)), ("lain", _("Desa/kelurahan lain di Kecamatan %s") % district)])
    own = [one for one in outlines if not one.is_fallback]
    if any(one.code == code for one in own):
        corners = [(lon, lat) for one in own for polygon in one.polygons for lon, lat, *_z in polygon[0]]
        view = framed(View.around(corners, margin=0.06))
        return AreaMap(
            Frame(question, own[0].source, level=2),
            [Area(o.code, o.name, o.polygons, "ini" if o.code == code else "lain", place_url(o.code)) for o in own],
            scale,
            legible(_labels(code, dots), view),
            view=view,
            key="letak",
        )
    if here is None or here.lat is None or here.lon is None:
        return None
    placed = [dot for dot in dots if dot.lat is not None and dot.lon is not None]
    view = framed(_wide([(d.lon or 0.0, d.lat or 0.0) for d in placed]))
    note = _("Titik ini perkiraan: pusat kecamatan.") if here.quality != PointQuality.EXACT else ""
    return PointMap(
        Frame(question, POINT_SOURCE, note=note, level=2),
        [Point(d.code, d.lat or 0.0, d.lon or 0.0, "ini" if d.code == code else "lain") for d in placed],
        scale,
        legible(_labels(code, dots), view),
        view=view,
        key="letak",
    )


def legible(places: Sequence[Place], view: View) -> list[Place]:
    """The names that can stand side by side on a map half a page wide, earlier ones first."""
    taken: list[tuple[float, float, float]] = []
    kept = []
    for place in places:
        x, y = (side * NARROW / WIDTH for side in view.xy(place.lon, place.lat))
        half = len(place.label) * LETTER / 2
        fits = half < x < NARROW - half and 0 < y < view.height * NARROW / WIDTH
        if fits and all(
            abs(y - other_y) > LINE or abs(x - other_x) > half + other for other_x, other_y, other in taken
        ):
            taken.append((x, y, half))
            kept.append(place)
    return kept


def _labels(code: str, dots: Sequence[Dot]) -> list[Place]:
    """Names on the map, the village itself first, so that it wins where names would cover each other."""
    ordered = sorted(dots, key=lambda dot: dot.code != code)
    return [Place(d.name, d.lat, d.lon) for d in ordered if d.lat is not None and d.lon is not None]


def _wide(points: Sequence[tuple[float, float]]) -> View:
    """A window around the points that never shows less than about 20 km, so that the shore is recognised."""
    view = View.around(points, margin=0.25)
    lack = max(0.0, 0.2 - (view.east - view.west)) / 2
    return View(view.west - lack, view.south - lack / 2, view.east + lack, view.north + lack / 2)
