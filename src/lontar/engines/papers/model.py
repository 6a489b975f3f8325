"""What a mapping document holds, as plain values; every paper is made from one `MappingPaper` and from nothing else.

Where the figures come from is left to the caller. No field has room for a person: no owner, number or address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Ring = Sequence[Sequence[float]]
Polygons = Sequence[Sequence[Ring]]


@dataclass(frozen=True, slots=True)
class Counted:
    """A region in the table of coverage. `official` is the published number of enterprises, None where none is published.

    `bare` counts villages without recorded potential, `empty` those without a registered enterprise, `unplaced` those
    without a point of their own.
    """

    code: str
    name: str
    villages: int
    official: int | None
    registered: int
    verified: int
    bare: int
    empty: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village: enterprises registered and verified, its main commodities and products, most common first."""

    code: str
    name: str
    kind: str
    registered: int
    verified: int
    commodities: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A kecamatan with its villages; `regency` is the kabupaten/kota above it."""

    code: str
    name: str
    regency: str
    villages: tuple[VillageLine, ...]


@dataclass(frozen=True, slots=True)
class Leading:
    """A commodity and the number of villages that have it."""

    name: str
    villages: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """An agency's share: what it sent, how many rows of it stand, and the day of the newest."""

    agency: str
    subject: str
    rows: int
    latest: date


@dataclass(frozen=True, slots=True)
class Dot:
    """A village on the map, in degrees; `place` is the number of its class, 0 for "no data"; a `label` makes it a mark."""

    lon: float
    lat: float
    place: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class of the map: its number, colour (`#rrggbb`), words and how many villages it has."""

    place: int
    colour: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the map, in degrees; earlier ones win where two would cover each other."""

    label: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The map: window (west, south, east, north in degrees), land by kind, outlines of regions, dots, names, source."""

    question: str
    window: tuple[float, float, float, float]
    land: Polygons
    neighbours: Polygons
    outlines: Polygons
    dots: tuple[Dot, ...]
    classes: tuple[ClassLine, ...]
    names: tuple[Name, ...]
    source: str


@dataclass(frozen=True, slots=True)
class MappingPaper:
    """One version of the mapping document of one region. `lines` are the kecamatan, or the kabupaten of a province."""

    region_code: str
    region_name: str
    beneath: str
    number: str
    version: int
    issued_at: datetime
    data_as_of: date | None
    post: str
    agency: str
    code: str
    address: str
    total: Counted
    lines: tuple[Counted, ...]
    groups: tuple[Group, ...]
    leading: tuple[Leading, ...]
    picture: Picture | None
    sources: tuple[SourceLine, ...]
    official_source: str
    changes: tuple[str, ...]
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """The finished files."""

    pdf: bytes
    docx: bytes


Texts = Mapping[str, Any]
