"""What the boundary engine hands over: one polygon per region, the file it came from, and its refusal.

Geometry is shapely's; types are left open because shapely ships no type information.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lontar.engines.regions import Level

Geometry = Any


class UnreadableBoundaries(ValueError):
    """A boundary file that cannot be taken; the message is Indonesian and says what to do."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """One region's polygon in WGS84 degrees (longitude first), valid, exterior rings counter-clockwise.

    ``code_raw`` is the code as written, a number's ``.0`` taken off, ``""`` when the file has no codes; ``district``
    and ``regency`` are the parents' names where the file tells them.
    """

    code_raw: str
    name: str
    geometry: Geometry
    district: str = ""
    regency: str = ""


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """A file that was read: ``level`` as told by its codes, ``crs`` of the source, ``notes`` in Indonesian."""

    features: Sequence[Boundary]
    level: Level
    crs: str
    layer: str
    code_column: str | None
    name_column: str | None
    notes: Sequence[str]
