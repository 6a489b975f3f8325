"""Draws the map of a mapping document as SVG with its own colours, because a paper has no style sheet.

Same look and projection (Web Mercator) as the maps of the pages; which villages, classes and names is the caller's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape

from lontar.engines.papers.model import Picture, Polygons
from lontar.engines.papers.words import plain

WIDTH = 1000.0
NO_DATA = "#d8d0bf"
_SEA, _LAND, _OTHER, _EDGE, _INK = "#dfeaec", "#fffdf8", "#eee9df", "#a8a294", "#1b1a17"
_LETTER, _SIZE, _LINE = 8.6, 17, 20.0
_MARK, _MARKED = 12.0, "#8c2f1b"


def _north(lat: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def height(picture: Picture) -> float:
    """Height of the drawing, `WIDTH` units wide."""
    west, south, east, north = picture.window
    return WIDTH * (_north(north) - _north(south)) / (east - west)


def draw(picture: Picture) -> str:
    """The map as an SVG document; equal pictures give equal text."""
    west, _south, east, north = picture.window
    scale, top = WIDTH / (east - west), _north(north)
    tall = height(picture)

    def xy(lon: float, lat: float) -> tuple[float, float]:
        return (lon - west) * scale, (top - _north(lat)) * scale

    def path(polygons: Polygons) -> str:
        rings = (ring for polygon in polygons for ring in polygon)
        return "".join(
            "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (xy(p[0], p[1]) for p in ring)) + "Z" for ring in rings
        )

    colours = {one.place: one.colour for one in picture.classes}
    radius = 9.0 if len(picture.dots) < 120 else 6.5 if len(picture.dots) < 500 else 3.2
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colours.get(dot.place, NO_DATA)}"/>'
        for dot in sorted(picture.dots, key=lambda d: (d.place, d.lon, d.lat))
        if not dot.label
        for x, y in [xy(dot.lon, dot.lat)]
    )
    numbers = "".join(_numbers([(dot.label, *xy(dot.lon, dot.lat)) for dot in picture.dots if dot.label]))
    names = "".join(_name(label, x, y) for label, x, y in _legible(picture, xy, tall))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {tall:.0f}" '
        f'width="{WIDTH:.0f}" height="{tall:.0f}">'
        f'<clipPath id="f"><rect width="{WIDTH:.0f}" height="{tall:.0f}"/></clipPath><g clip-path="url(#f)">'
        f'<rect width="{WIDTH:.0f}" height="{tall:.0f}" fill="{_SEA}"/>'
        f'<path d="{path(picture.neighbours)}" fill="{_OTHER}" stroke="{_EDGE}" stroke-width="1"/>'
        f'<path d="{path(picture.land)}" fill="{_LAND}" stroke="{_EDGE}" stroke-width="1.4"/>'
        f'<path d="{path(picture.outlines)}" fill="none" stroke="{_EDGE}" stroke-width="1"/>'
        f'<g stroke="#fffdf8" stroke-width="1">{dots}</g>{names}{numbers}</g></svg>'
    )


def _numbers(spots: Iterable[tuple[str, float, float]]) -> Iterable[str]:
    """Numbered marks, moved apart where they would cover each other, with a line to the place that is meant."""
    taken: list[tuple[float, float]] = []
    for label, x, y in spots:
        at = next(
            (
                (x + far * math.cos(turn * math.pi / 4), y + far * math.sin(turn * math.pi / 4))
                for far in (0.0, 2.2 * _MARK, 4.4 * _MARK, 6.6 * _MARK)
                for turn in range(8)
                if all(
                    math.hypot(x + far * math.cos(turn * math.pi / 4) - tx, y + far * math.sin(turn * math.pi / 4) - ty)
                    > 2.1 * _MARK
                    for tx, ty in taken
                )
            ),
            (x, y),
        )
        taken.append(at)
        if at != (x, y):
            yield f'<path d="M{x:.1f} {y:.1f}L{at[0]:.1f} {at[1]:.1f}" stroke="{_MARKED}" stroke-width="1.6"/>'
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{_MARKED}"/>'
        yield (
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{_MARK}" fill="{_MARKED}" stroke="#fffdf8" stroke-width="1.6"/>'
            f'<text x="{at[0]:.1f}" y="{at[1] + 5.6:.1f}" font-family="Source Sans 3" font-size="16" font-weight="600" '
            f'text-anchor="middle" fill="#fffdf8">{escape(label)}</text>'
        )


def _legible(picture: Picture, xy: object, tall: float) -> Iterable[tuple[str, float, float]]:
    """The names that can stand side by side, earlier ones first; a name may move up or down a line."""
    assert callable(xy)  # noqa: S101 - the projection of `draw`
    # Numbered marks stand above the names; a name keeps clear of them.
    taken: list[tuple[float, float, float]] = [
        (x, y, _MARK) for x, y in (xy(dot.lon, dot.lat) for dot in picture.dots if dot.label)
    ]
    for name in picture.names:
        label = plain(name.label)
        x, y = xy(name.lon, name.lat)
        half = len(label) * _LETTER / 2
        if not half < x < WIDTH - half:
            continue
        for at in (y, y - _LINE, y + _LINE, *((y - 1.6 * _LINE, y + 1.6 * _LINE) if taken else ())):
            free = all(abs(at - ty) >= _LINE or abs(x - tx) > half + th for tx, ty, th in taken)
            if free and _LINE < at < tall - _LINE / 2:
                taken.append((x, at, half))
                yield label, x, at
                break


def _name(label: str, x: float, y: float) -> str:
    style = f'font-family="Source Sans 3" font-size="{_SIZE}" text-anchor="middle" x="{x:.1f}" y="{y + 5:.1f}"'
    text = escape(label)
    return (
        f'<text {style} font-weight="600" fill="none" stroke="#fffdf8" stroke-width="4" stroke-linejoin="round">{text}</text>'
        f'<text {style} font-weight="600" fill="{_INK}">{text}</text>'
    )
