"""Draws the static maps: dots of villages or filled areas, names, legend, and the figure around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString

from lontar.ui import formats
from lontar.ui.charts.frame import Frame, Sheet, figure
from lontar.ui.charts.marks import role_of
from lontar.ui.maps.land import WIDTH, Ring, View, base, land, outline
from lontar.ui.maps.scales import Categories, Classes, LegendLine, Value

EDGE_WIDTHS = (360, 1120)
LETTER, LINE = 6.6, 14.0
SHIFTS = (0, -14, 14)
Scale = Classes | Categories


@dataclass(frozen=True, slots=True)
class Point:
    """A village: degrees, and its value (a number, a category key, or None for no data)."""

    code: str
    lat: float
    lon: float
    value: Value


@dataclass(frozen=True, slots=True)
class Area:
    """A filled area: polygons of rings of (lon, lat)."""

    code: str
    label: str
    polygons: Sequence[Sequence[Ring]]
    value: Value
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A name on the map; earlier ones win where names would cover each other."""

    label: str
    lat: float
    lon: float


def legend_html(lines: Sequence[LegendLine], *, sample: Literal["dot", "area"] = "dot") -> str:
    """The legend as a list; "no data" is a hollow dot, or a hatched square."""
    items = "".join(
        f'<li><svg aria-hidden="true" viewBox="0 0 16 16" class="lm">{_sample(line.css, sample)}</svg>'
        f'{escape(line.label)} <span class="l-muted">({formats.number(line.count)})</span></li>'
        for line in lines
    )
    return f'<ul class="l-legend">{items}</ul>'


def _sample(css: str, sample: str) -> str:
    if sample == "dot":
        return f'<circle cx="8" cy="8" r="6.5" class="{css}"/>'
    hatch = '<path d="M1 9 9 1M3 15 15 3M9 15 15 9" class="hatch"/>' if css == "r0" else ""
    return f'<rect x="1" y="1" width="14" height="14" class="{css}"/>{hatch}'


def _names(places: Sequence[Place], view: View) -> str:
    """Names in per cent of the drawing, so that letters keep their size; a name that would cover another moves up or
    down a little, and is left out where that does not help. A phone and a wide screen are settled separately."""
    shown: dict[tuple[str, float, float], set[int]] = {}
    for width in EDGE_WIDTHS:
        taken: list[tuple[float, float, float]] = []
        for place in places:
            x, y = view.xy(place.lon, place.lat)
            found = _free_spot(taken, x * width / WIDTH, y * width / WIDTH, place.label, width, view)
            if found is not None:
                taken.append((x * width / WIDTH, found, len(place.label) * LETTER))
                spot = place.label, round(100 * x / WIDTH, 1), round(100 * found * WIDTH / width / view.height, 1)
                shown.setdefault(spot, set()).add(width)
    return "".join(
        f'<text x="{x}%" y="{y}%" class="{_name_css(widths)}">{escape(label)}</text>'
        for (label, x, y), widths in shown.items()
    )


def _name_css(widths: set[int]) -> str:
    if widths == set(EDGE_WIDTHS):
        return "place"
    return "place l-narrow-only" if EDGE_WIDTHS[0] in widths else "place l-wide-only"


def _free_spot(
    taken: Sequence[tuple[float, float, float]], x: float, y: float, label: str, width: int, view: View
) -> float | None:
    """Height at which the name is free, nearest to its own; None when there is none."""
    long, height = len(label) * LETTER, view.height * width / WIDTH
    if x - long / 2 < 0 or x + long / 2 > width:
        return None
    return next(
        (
            spot
            for spot in (y + shift for shift in SHIFTS)
            if LINE <= spot <= height - LINE / 2
            and all(abs(spot - ty) > LINE or abs(x - tx) > (long + tl) / 2 for tx, ty, tl in taken)
        ),
        None,
    )


def _frame(body: str, view: View, names: str, label: str) -> str:
    shape = "lm-wide" if view.height < WIDTH * 0.62 else "lm-square"
    return (
        f'<svg class="lm {shape}" role="{role_of(body)}" aria-label="{escape(label)}">'
        f'<svg viewBox="0 0 {WIDTH} {view.height:.0f}" preserveAspectRatio="xMidYMid slice">'
        f"{base(view)}{body}</svg>{names}</svg>"
    )


@dataclass(frozen=True, slots=True)
class PointMap:
    """Villages as dots. `key` makes ids unique on the page; `view` is the whole province unless given."""

    frame: Frame
    points: Sequence[Point]
    scale: Scale
    places: Sequence[Place] = ()
    view: View | None = None
    key: str = "peta"
    sheet: Sheet | None = None

    def svg(self) -> str:
        """The drawing alone: all dots of a class are one path of points, so that 3,442 of them stay small."""
        view = self.view or land().view
        groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for point in self.points:
            x, y = view.xy(point.lon, point.lat)
            groups[self.scale.class_of(point.value)].append((round(x * 2), round(y * 2)))
        marks = "".join(self._dots(place, sorted(spots)) for place, spots in sorted(groups.items()))
        return _frame(marks, view, _names(self.places, view), self.frame.question)

    def _dots(self, place: int, spots: Sequence[tuple[int, int]]) -> str:
        steps, before = [], (0, 0)
        for x, y in spots:
            steps.append(f"m{x - before[0]} {y - before[1]}h0")
            before = (x, y)
        name = f"{escape(self.key)}-{place}"
        path = f'<path id="{name}" transform="scale(.5)" vector-effect="non-scaling-stroke" d="{"".join(steps)}"/>'
        uses = f'<use href="#{name}" class="dot-edge"/><use href="#{name}" class="dots {self.scale.css(place)}"/>'
        return f"<defs>{path}</defs>{uses}"

    def legend(self) -> list[LegendLine]:
        """Lines of the legend with counts."""
        return self.scale.legend(point.value for point in self.points)

    def render(self) -> SafeString:
        """The whole figure with its legend."""
        return figure(self.frame, self.svg() + legend_html(self.legend()), self.sheet or Sheet((), ()))


@dataclass(frozen=True, slots=True)
class AreaMap:
    """Filled areas (choropleth); those without data are hatched."""

    frame: Frame
    areas: Sequence[Area]
    scale: Scale
    places: Sequence[Place] = ()
    view: View | None = None
    key: str = "wilayah"
    sheet: Sheet | None = None

    def svg(self) -> str:
        """The drawing alone."""
        view = self.view or land().view
        hatch = (
            f'<pattern id="{escape(self.key)}-h" width="7" height="7" '
            'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            '<rect width="7" height="7" class="land"/><path d="M0 0V7" class="hatch"/></pattern>'
        )
        return _frame(
            hatch + "".join(self._area(area, view) for area in self.areas),
            view,
            _names(self.places, view),
            self.frame.question,
        )

    def _area(self, area: Area, view: View) -> str:
        place = self.scale.class_of(area.value)
        fill = f' fill="url(#{escape(self.key)}-h)"' if place == 0 else ""
        css = "area area-none" if place == 0 else f"area {self.scale.css(place)}"
        body = (
            f'<path class="{css}"{fill} d="{outline(area.polygons, view)}"><title>{escape(area.label)}</title></path>'
        )
        return f'<a href="{escape(area.url)}">{body}</a>' if area.url else body

    def legend(self) -> list[LegendLine]:
        """Lines of the legend with counts."""
        return self.scale.legend(area.value for area in self.areas)

    def render(self) -> SafeString:
        """The whole figure with its legend."""
        return figure(self.frame, self.svg() + legend_html(self.legend(), sample="area"), self.sheet or Sheet((), ()))
