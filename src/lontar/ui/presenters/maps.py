"""Presenter of the village map: the server's drawing, the choice of layers, and where the script finds its data.

What the answers of those addresses look like is the contract in `frontend/README.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lontar.ui.maps import PointMap
from lontar.ui.presenters.query import Query

LAYER = "lapis"
PLACE = "wilayah"


@dataclass(frozen=True, slots=True)
class LayerChoice:
    """One layer of the picker; layers of the same `group` stand together, in the order given."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A kabupaten/kota or kecamatan that the map can go into."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class VillageMap:
    """The map of a page. `drawing` shows `layer`, for `place` (a region code, empty: the whole province).

    `places` are the regions directly beneath `place`; `table_url` is the same in a table. `pointless` counts the
    villages of `place` that have no point. `embedded` lets a page scroll
    on over the map (two fingers move it).
    """

    drawing: PointMap
    query: Query
    choices: Sequence[LayerChoice]
    layer: str
    villages_url: str
    layer_url_template: str
    village_url_template: str
    place: str = ""
    place_label: str = ""
    places: Sequence[PlaceChoice] = ()
    table_url: str = ""
    outline_url: str = ""
    boundary_url_template: str = ""
    pointless: int = 0
    embedded: bool = False

    @property
    def groups(self) -> list[tuple[str, list[LayerChoice]]]:
        """Layers by group, in order."""
        return [(name, list(items)) for name, items in groupby(self.choices, key=lambda choice: choice.group)]

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """Parameters that the picker sends along."""
        return self.query.hidden(leave_out=[LAYER, PLACE, "kelas", "desa"])
