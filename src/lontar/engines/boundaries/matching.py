"""Which regions the polygons of a file are: first the code system, then each code, with what is left over named.

The two code systems share their short forms, so the system is told by codes that exist in one system only, then by names,
then by where the polygons lie; when none of these tells, a person is asked. A polygon is matched by its code, or by its
names where the file has no codes, and never by likeness: that gives suggestions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from lontar.engines.boundaries.columns import code_key, is_province
from lontar.engines.boundaries.model import Boundary, Geometry, UnreadableBoundaries
from lontar.engines.boundaries.repairing import joined
from lontar.engines.places import CodeSystem, Gazetteer, PlaceQuery, read_code, resolve
from lontar.engines.regions import Level

_NEAR_DEGREES: Final = 0.05
_CLEAR: Final = 0.6
_UNCLEAR: Final = 0.4
_FEW: Final = 0.2
_BESIDE: Final[Mapping[CodeSystem, CodeSystem]] = {"kemendagri": "bps", "bps": "kemendagri"}


@dataclass(frozen=True, slots=True)
class MatchedBoundary:
    """A polygon and its region; ``by`` is ``code`` or ``names``; ``doubt`` is set when the name contradicts the code."""

    code: str
    name: str
    geometry: Geometry
    code_raw: str
    by: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class UnmatchedBoundary:
    """A polygon of no region: what it says, an Indonesian message, and the region it most likely is."""

    code_raw: str
    name: str
    message: str
    suggestion_code: str | None
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class MatchReport:
    """``missing`` are the codes without polygon in the regencies that the file touches; ``notes`` are Indonesian."""

    level: Level
    system: CodeSystem
    matched: Sequence[MatchedBoundary]
    unmatched: Sequence[UnmatchedBoundary]
    missing: Sequence[str]
    outside: int
    notes: Sequence[str]


def match(
    features: Sequence[Boundary], gazetteer: Gazetteer, *, level: Level, system: CodeSystem | None = None
) -> MatchReport:
    """Match polygons to the regions of one level; ``system`` overrides what the codes, names and places tell.

    Polygons of other provinces are counted in ``outside``. Two polygons of one region are joined. Raises
    ``UnreadableBoundaries`` when the code system cannot be told.
    """
    notes: list[str] = []
    chosen = system or tell_system(features, gazetteer, level=level, notes=notes)
    own, outside = _own(features, gazetteer)
    found: dict[str, list[MatchedBoundary]] = {}
    unmatched: list[UnmatchedBoundary] = []
    for feature in own:
        hit = _match_one(feature, gazetteer, level=level, system=chosen)
        if isinstance(hit, MatchedBoundary):
            found.setdefault(hit.code, []).append(hit)
        else:
            unmatched.append(hit)
    matched = [_merged(pieces, notes) for _, pieces in sorted(found.items())]
    if outside:
        notes.append(f"{outside} poligon milik provinsi lain dilewati.")
    missing = _missing(gazetteer, level, found=set(found))
    return MatchReport(level, chosen, matched, unmatched, missing, outside, tuple(notes))


def _own(features: Sequence[Boundary], gazetteer: Gazetteer) -> tuple[list[Boundary], int]:
    provinces = {place.code for place in gazetteer.places if place.level == "province"}
    foreign = {prefix for item in features if is_province(prefix := code_key(item.code_raw)[:2])} - provinces
    own = [item for item in features if code_key(item.code_raw)[:2] not in foreign]
    return own, len(features) - len(own)


# --- the code system --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Evidence:
    codes: int = 0
    hits: int = 0
    named: int = 0
    agreeing: int = 0
    placed: int = 0
    near: int = 0

    def share(self, count: int, of: int) -> float:
        return count / of if of else 0.0


def tell_system(
    features: Sequence[Boundary], gazetteer: Gazetteer, *, level: Level, notes: list[str] | None = None
) -> CodeSystem:
    """The code system of a file; how it was told is added to ``notes``. Raises ``UnreadableBoundaries`` if undecidable."""
    notes = notes if notes is not None else []
    coded = [item for item in features if item.code_raw]
    if not coded:
        return "kemendagri"
    evidence = {system: _weigh(coded, gazetteer, level=level, system=system) for system in _BESIDE}
    hits = {system: found.share(found.hits, found.codes) for system, found in evidence.items()}
    best: CodeSystem = max(hits, key=lambda system: hits[system])
    if hits[best] == 0:
        raise UnreadableBoundaries(
            f"Tidak satu pun kode dalam berkas dikenal (contoh: {coded[0].code_raw[:20]}). "
            "Periksa kolom kode dan provinsinya."
        )
    if hits[_BESIDE[best]] < _FEW * hits[best]:
        return best
    if not any(_differs(item, gazetteer) for item in coded):
        return best
    for words, share in (
        ("nama wilayah", {system: found.share(found.agreeing, found.named) for system, found in evidence.items()}),
        ("letak poligon", {system: found.share(found.near, found.placed) for system, found in evidence.items()}),
    ):
        winner: CodeSystem = max(share, key=lambda system: share[system])
        if share[winner] >= _CLEAR and share[_BESIDE[winner]] <= _UNCLEAR:
            shown = "Kemendagri" if winner == "kemendagri" else "BPS"
            notes.append(f"Kode dalam berkas sah dalam dua sistem; dibaca sebagai kode {shown} karena {words} cocok.")
            return winner
    if all("." in item.code_raw for item in coded):
        return "kemendagri"  # BPS writes its codes without dots
    raise UnreadableBoundaries(
        f"Kode dalam berkas (contoh: {coded[0].code_raw[:20]}) sah sebagai kode Kemendagri dan sebagai kode BPS untuk "
        "tempat yang berbeda. Pilih sistem kodenya, atau tambahkan kolom nama wilayah."
    )


def _weigh(coded: Sequence[Boundary], gazetteer: Gazetteer, *, level: Level, system: CodeSystem) -> _Evidence:
    """How far codes, names and places agree with one system; names and places only where the systems differ."""
    found = _Evidence()
    for item in coded:
        found.codes += 1
        index = _index(item.code_raw, gazetteer, system=system)
        if index is None or gazetteer.places[index].level != level:
            continue
        found.hits += 1
        if not _differs(item, gazetteer):
            continue
        if item.name:
            found.named += 1
            found.agreeing += index in gazetteer.look_up(item.name, level).every
        row = gazetteer.places[index].row
        if row.lat is not None:
            found.placed += 1
            found.near += bool(shapely.dwithin(item.geometry, shapely.Point(row.lon, row.lat), _NEAR_DEGREES))
    return found


def _index(code_raw: str, gazetteer: Gazetteer, *, system: CodeSystem) -> int | None:
    """The region that a code means in one system, whatever form it is written in."""
    if system == "bps":
        return gazetteer.by_bps.get(code_key(code_raw))
    reading = read_code(code_raw)
    return gazetteer.by_code.get(reading.kemendagri) if reading.kemendagri is not None else None


def _differs(item: Boundary, gazetteer: Gazetteer) -> bool:
    """Whether the code means two different regions."""
    found = {_index(item.code_raw, gazetteer, system=system) for system in _BESIDE} - {None}
    return len(found) > 1


# --- one polygon ------------------------------------------------------------------------------------------------------


def _match_one(
    item: Boundary, gazetteer: Gazetteer, *, level: Level, system: CodeSystem
) -> MatchedBoundary | UnmatchedBoundary:
    if not item.code_raw:
        return _match_names(item, gazetteer, level=level)
    index = _index(item.code_raw, gazetteer, system=system)
    if index is None or gazetteer.places[index].level != level:
        return _unmatched(item, gazetteer, level=level)
    place = gazetteer.places[index]
    doubt = ""
    if item.name and index not in gazetteer.look_up(item.name, level).every:
        query = _query(item, level, code=place.code)
        answer = resolve(gazetteer, PlaceQuery(code=place.code, **{level: query.get(level)}))
        doubt = answer.message if answer.status == "conflict" else ""
    return MatchedBoundary(place.code, place.row.name, item.geometry, item.code_raw, "code", doubt)


def _match_names(item: Boundary, gazetteer: Gazetteer, *, level: Level) -> MatchedBoundary | UnmatchedBoundary:
    answer = resolve(gazetteer, PlaceQuery(**_query(item, level)))
    if answer.code is None:
        return _unmatched(item, gazetteer, level=level)
    place = gazetteer.places[gazetteer.by_code[answer.code]]
    return MatchedBoundary(place.code, place.row.name, item.geometry, "", "names")


def _query(item: Boundary, level: Level, *, code: str | None = None) -> dict[str, str | None]:
    """The names of a polygon as parts of a place query."""
    parts: dict[str, str | None] = {"district": item.district or None, "regency": item.regency or None}
    parts[level] = item.name or None
    return parts


def _unmatched(item: Boundary, gazetteer: Gazetteer, *, level: Level) -> UnmatchedBoundary:
    by_names = resolve(gazetteer, PlaceQuery(**_query(item, level)))
    by_code = resolve(gazetteer, PlaceQuery(code=item.code_raw or None, **_query(item, level)))
    best = by_names.code or next((found.code for found in (*by_names.candidates, *by_code.candidates)), None)
    suggestion = gazetteer.path_text(gazetteer.by_code[best]) if best is not None else None
    return UnmatchedBoundary(item.code_raw, item.name, by_code.message, best, suggestion)


def _merged(pieces: list[MatchedBoundary], notes: list[str]) -> MatchedBoundary:
    first = pieces[0]
    if len(pieces) == 1:
        return first
    shape, _ = joined([piece.geometry for piece in pieces])
    notes.append(f"{first.code} ({first.name}): {len(pieces)} poligon digabung menjadi satu.")
    doubt = next((piece.doubt for piece in pieces if piece.doubt), "")
    return MatchedBoundary(first.code, first.name, shape, first.code_raw, first.by, doubt)


def _missing(gazetteer: Gazetteer, level: Level, *, found: set[str]) -> list[str]:
    """Codes of the level without a polygon: of every regency for regencies, else of the regencies that have some."""
    touched = {code[:5] for code in found}
    codes = [place.code for place in gazetteer.places if place.level == level and place.code not in found]
    return codes if level in ("province", "regency") else [code for code in codes if code[:5] in touched]


# --- villages without a polygon ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FallbackPolygon:
    """A village shown by the shape of its kecamatan because it has none of its own."""

    code: str
    district_code: str
    geometry: Geometry


def fallback_polygons(
    villages_without: Sequence[str], district_polygons: Mapping[str, Geometry]
) -> list[FallbackPolygon]:
    """The kecamatan's shape for each village code that has one; several villages may share a shape (the same object)."""
    return [
        FallbackPolygon(code, code[:8], district_polygons[code[:8]])
        for code in villages_without
        if code[:8] in district_polygons
    ]
