"""The sea and land beneath every map, and the projection that server and browser share (Web Mercator)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "geo" / "land.json"
Ring = Sequence[Sequence[float]]
WIDTH = 1000


def mercator(lat: float) -> float:
    """Northing of a latitude in degrees of longitude at the equator."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


@dataclass(frozen=True, slots=True)
class View:
    """A window on the map, in degrees: west, south, east, north. Drawn `WIDTH` units wide."""

    west: float
    south: float
    east: float
    north: float

    @property
    def height(self) -> float:
        """Height in units."""
        return WIDTH * (mercator(self.north) - mercator(self.south)) / (self.east - self.west)

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Units from the upper left corner."""
        scale = WIDTH / (self.east - self.west)
        return (lon - self.west) * scale, (mercator(self.north) - mercator(lat)) * scale

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]], *, margin: float = 0.08) -> View:
        """The window that holds all (lon, lat), with `margin` of the larger side around. Raises ValueError for none."""
        found = list(points)
        if not found:
            raise ValueError("a view needs at least one point")
        lons, lats = [p[0] for p in found], [p[1] for p in found]
        pad = max(max(lons) - min(lons), max(lats) - min(lats), 0.05) * margin
        return cls(min(lons) - pad, min(lats) - pad, max(lons) + pad, max(lats) + pad)


@dataclass(frozen=True, slots=True)
class Land:
    """Polygons by kind (`own`, `neighbour`, `timor-leste`) and the window on the whole province."""

    view: View
    kinds: dict[str, list[list[Ring]]]


@lru_cache(maxsize=1)
def land() -> Land:
    """The land drawing of the installation."""
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    kinds = {f["properties"]["kind"]: f["geometry"]["coordinates"] for f in data["features"]}
    return Land(View(*data["view"]), kinds)


def outline(polygons: Iterable[Iterable[Ring]], view: View, *, decimals: int = 1) -> str:
    """Path data of polygons in a view, relative steps in units of 10^-decimals turned back to units; tiny rings stay."""
    factor = 10**decimals
    parts = []
    for polygon in polygons:
        for ring in polygon:
            path = _ring(ring, view, factor)
            if path:
                parts.append(path)
    return "".join(parts)


def _ring(ring: Ring, view: View, factor: int) -> str:
    steps: list[str] = []
    before: tuple[int, int] | None = None
    for lon, lat, *_height in ring[:-1]:
        x, y = view.xy(lon, lat)
        here = round(x * factor), round(y * factor)
        if before is None:
            steps.append(f"M{_text(here[0], factor)} {_text(here[1], factor)}l")
        elif here != before:
            steps.append(f"{_text(here[0] - before[0], factor)} {_text(here[1] - before[1], factor)} ")
        before = here
    return "".join(steps).rstrip() + "z" if len(steps) > 2 else ""


def _text(value: int, factor: int) -> str:
    text = f"{value / factor:g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


@lru_cache(maxsize=64)
def base(view: View) -> str:
    """Sea and land of a view as markup; kept, because hundreds of pages share a few views."""
    paths = "".join(
        f'<path class="{"land" if kind == "own" else "land-x"}" d="{outline(polygons, view)}"/>'
        for kind, polygons in sorted(land().kinds.items(), key=lambda item: item[0] == "own")
    )
    return f'<rect width="{WIDTH}" height="{view.height:.1f}" class="sea"/>{paths}'
