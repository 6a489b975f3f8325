"""Regions of one province out of the two npm packages: names from ``idn-area-data``, points from ``geografis``.

The packages are large (the whole country, 30 MB of points) and their names carry some damage, so a script turns them
once into the compact table of ``tables``. Licences: idn-area-data ODbL (credit it), geografis MIT. BPS codes are in
neither package; ``tables.merge_attributes`` adds them from an operator's file.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from lontar.engines.regions.codes import (
    NTT_ENVELOPE,
    Envelope,
    InvalidRegionCode,
    PointQuality,
    RegionRow,
    is_within,
    level_of,
    make_region,
    normalise_code,
    parent_of,
)
from lontar.engines.regions.names import clean_name, loose_key
from lontar.engines.regions.tables import UnreadableRegions

_NAME_FILES: Final = ("provinces.csv", "regencies.csv", "districts.csv", "villages.csv")
_POINT_FILE: Final = Path("data", "json", "data.json")
_ENTRY_NAMES: Final = ("village", "district", "city")


class _Point(NamedTuple):
    lat: float
    lon: float


class _NamePath(NamedTuple):
    village: str
    district: str
    regency: str


def from_packages(
    idn_area_data: Path, geografis: Path, *, province: str, envelope: Envelope = NTT_ENVELOPE
) -> list[RegionRow]:
    """Rows of ``province`` (dotted code, e.g. ``53``) sorted by code, from the folders of the two packages.

    A village takes the point of its own code; else of the same village, district and city name under an older code;
    else of the same village and city name (its district was split off since), where that name stands once on both
    sides; else the mean of the points of its district (or regency) with quality ``approximate``. Points outside
    ``envelope`` are not believed. Districts, regencies and the province take the mean of their villages'
    given points, ``approximate`` too. Raises ``UnreadableRegions`` when a file is missing or is not of this shape.
    """
    names = _names(idn_area_data / "data", province)
    points = _village_points(names, _entries(geografis / _POINT_FILE, province), envelope=envelope)
    centres = _centres(points)
    return [_region(code, name, points=points, centres=centres) for code, name in sorted(names.items())]


def _region(code: str, name: str, *, points: Mapping[str, _Point], centres: Mapping[str, _Point]) -> RegionRow:
    given = points.get(code)
    point = given or _nearest_centre(code, centres)
    quality: PointQuality = "given" if given is not None else "approximate"
    return make_region(code, name, point=point, point_quality=quality)


def _names(folder: Path, province: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for file_name in _NAME_FILES:
        path = folder / file_name
        try:
            with path.open(encoding="utf-8", newline="") as stream:
                for record in csv.DictReader(stream):
                    if is_within(record["code"], province):
                        names[normalise_code(record["code"])] = clean_name(record["name"])
        except (OSError, KeyError, UnicodeDecodeError, InvalidRegionCode) as error:
            raise UnreadableRegions([_cure("idn-area-data", path)]) from error
    if province not in names:
        raise UnreadableRegions([f"Provinsi {province} tidak ada dalam paket idn-area-data. Periksa kode provinsi."])
    return names


def _entries(path: Path, province: str) -> list[Mapping[str, object]]:
    try:
        entries = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UnreadableRegions([_cure("geografis", path)]) from error
    if not isinstance(entries, list):
        raise UnreadableRegions([_cure("geografis", path)])
    return [entry for entry in entries if isinstance(entry, dict) and is_within(str(entry.get("code")), province)]


def _cure(package: str, path: Path) -> str:
    return f"Berkas {path.name} dari paket {package} tidak ada atau rusak. Pasang ulang paket itu, lalu ulangi."


def _village_points(
    names: Mapping[str, str], entries: Sequence[Mapping[str, object]], *, envelope: Envelope
) -> dict[str, _Point]:
    """Points by village code: entries of the same code first, then what is left by name, strictest names first."""
    points: dict[str, _Point] = {}
    left: list[tuple[_NamePath, _Point]] = []
    for entry in entries:
        point = _point(entry, envelope)
        if point is None:
            continue
        code = str(entry["code"])
        if code in names:
            points[code] = point
        else:
            left.append((_NamePath(*(loose_key(str(entry.get(field) or "")) for field in _ENTRY_NAMES)), point))
    for with_district in (True, False):
        _match_by_name(names, points, left=left, with_district=with_district)
    return points


def _match_by_name(
    names: Mapping[str, str],
    points: dict[str, _Point],
    *,
    left: Sequence[tuple[_NamePath, _Point]],
    with_district: bool,
) -> None:
    """Give leftover points to villages still without one, where the name stands once on both sides."""
    offered: dict[_NamePath, list[_Point]] = defaultdict(list)
    for path, point in left:
        offered[path if with_district else path._replace(district="")].append(point)
    wanting: dict[_NamePath, list[str]] = defaultdict(list)
    for code in names:
        if code not in points and level_of(code) == "village":
            path = _name_path(code, names)
            wanting[path if with_district else path._replace(district="")].append(code)
    taken = set(points.values())
    for path, codes in wanting.items():
        free = [point for point in offered.get(path, ()) if point not in taken]
        if len(codes) == len(free) == 1:
            points[codes[0]] = free[0]


def _point(entry: Mapping[str, object], envelope: Envelope) -> _Point | None:
    lat, lon = entry.get("latitude"), entry.get("longitude")
    if isinstance(lat, int | float) and isinstance(lon, int | float) and envelope.holds(lat, lon):
        return _Point(float(lat), float(lon))
    return None


def _name_path(code: str, names: Mapping[str, str]) -> _NamePath:
    district = parent_of(code) or ""
    regency = parent_of(district) or ""
    return _NamePath(*(loose_key(names.get(step, "")) for step in (code, district, regency)))


def _centres(points: Mapping[str, _Point]) -> dict[str, _Point]:
    """Mean of the given village points under every district, regency and the province."""
    below: dict[str, list[_Point]] = defaultdict(list)
    for code, point in points.items():
        parent = parent_of(code)
        while parent is not None:
            below[parent].append(point)
            parent = parent_of(parent)
    return {code: _mean(members) for code, members in below.items()}


def _mean(points: Iterable[_Point]) -> _Point:
    members = list(points)
    count = len(members)
    return _Point(sum(point.lat for point in members) / count, sum(point.lon for point in members) / count)


def _nearest_centre(code: str, centres: Mapping[str, _Point]) -> _Point | None:
    step: str | None = code
    while step is not None:
        if step in centres:
            return centres[step]
        step = parent_of(step)
    return None
