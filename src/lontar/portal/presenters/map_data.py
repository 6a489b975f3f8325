"""The answers that the map's script asks for, in the shapes of the contract in `frontend/README.md`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from lontar.portal.presenters.layers import Ranked, Shown
from lontar.portal.queries.layers import Dot
from lontar.portal.queries.outlines import Polygons, polygons_of
from lontar.registry.states import PointQuality
from lontar.ui.maps import Categories

GRID = 10_000


def villages(dots: Sequence[Dot], regions: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Villages by columns, points as whole ten-thousandths of a degree; `regions` are (code, name) above them."""
    return {
        "codes": [dot.code for dot in dots],
        "names": [dot.name for dot in dots],
        "lat": [None if dot.lat is None else round(dot.lat * GRID) for dot in dots],
        "lon": [None if dot.lon is None else round(dot.lon * GRID) for dot in dots],
        "approx": [place for place, dot in enumerate(dots) if dot.quality == PointQuality.APPROXIMATE],
        "regions": {"codes": [code for code, _name in regions], "names": [name for _code, name in regions]},
    }


def layer(shown: Shown, codes: Sequence[str]) -> dict[str, Any]:
    """One layer; its values follow `codes`."""
    answer: dict[str, Any] = {
        "key": shown.key,
        "label": shown.label,
        "unit": shown.unit,
        "decimals": shown.decimals,
        "source": shown.source,
        "note": shown.note,
    }
    if isinstance(shown.scale, Categories):
        places = {key: place for place, (key, _label) in enumerate(shown.scale.names)}
        values: list[Any] = [places.get(str(shown.values.get(code))) for code in codes]
        made = {"kind": "category", "categories": [list(name) for name in shown.scale.names], "values": values}
        return answer | made | ({"ordered": True} if isinstance(shown.scale, Ranked) else {})
    values = [_plain(shown.values.get(code)) for code in codes]
    return answer | {"kind": "number", "edges": [_plain(edge) for edge in shown.scale.edges], "values": values}


def _plain(value: float | str | None) -> float | int | None:
    """A number without a needless `.0`, which would be three letters for each village."""
    if not isinstance(value, float):
        return None
    return int(value) if value.is_integer() else value


def collection(rows: Sequence[tuple[str, str, str]], *, decimals: int) -> dict[str, Any]:
    """Outlines as GeoJSON, rounded, with `code` and `name`; points that fall together are dropped."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": {"type": "MultiPolygon", "coordinates": _rounded(polygons_of(json.loads(text)), decimals)},
        }
        for code, name, text in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def _rounded(polygons: Polygons, decimals: int) -> list[list[list[list[float]]]]:
    return [[_ring(ring, decimals) for ring in polygon] for polygon in polygons]


def _ring(ring: Sequence[Sequence[float]], decimals: int) -> list[list[float]]:
    """The ring on the grid; one so small that fewer than four points are left keeps its exact ones."""
    out: list[list[float]] = []
    for lon, lat, *_height in ring:
        point = [round(lon, decimals), round(lat, decimals)]
        if not out or out[-1] != point:
            out.append(point)
    return out if len(out) >= 4 else [[lon, lat] for lon, lat, *_height in ring]
