"""Reading a boundary file into one valid WGS84 polygon per code, with a note for everything that had to be put right.

Opening is left to ``opening``, GDAL to ``layers``, columns to ``columns``, shapes to ``repairing``; which regions the
codes mean to ``matching``.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from lontar.engines.boundaries.columns import CodeColumn, code_columns, code_key, name_column
from lontar.engines.boundaries.layers import Layer, layers_of, shapes_of
from lontar.engines.boundaries.model import Boundary, BoundaryFile, UnreadableBoundaries
from lontar.engines.boundaries.opening import opened
from lontar.engines.boundaries.repairing import Geometries, exchange_axes, joined, place_in, repair
from lontar.engines.places import Gazetteer
from lontar.engines.regions import LEVELS, NTT_ENVELOPE, Envelope, Level

_LEVEL_WORDS: Final[dict[Level, str]] = {
    "province": "provinsi",
    "regency": "kabupaten/kota",
    "district": "kecamatan",
    "village": "desa/kelurahan",
}
_DEEPEST_FIRST: Final[tuple[Level, ...]] = tuple(reversed(LEVELS))


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the caller asked for, and the name of the file for messages."""

    file: str
    level: Level | None
    gazetteer: Gazetteer | None
    code_column: str | None


@dataclass(slots=True)
class _Choice:
    """The layer to read, its level, its code column (``None``: by names), its columns with names, and notes."""

    layer: Layer
    level: Level
    column: CodeColumn | None
    names: dict[Level, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def codes(self) -> Sequence[str]:
        """Codes by feature, blank for a file without codes."""
        return self.column.values if self.column is not None else [""] * len(self.layer)

    def called(self, level: Level) -> Sequence[str]:
        """Names of a level by feature, blank where the file has none."""
        header = self.names.get(level)
        return self.layer.table[header] if header is not None else [""] * len(self.layer)


def read_boundaries(
    path: Path,
    *,
    level: Level | None = None,
    gazetteer: Gazetteer | None = None,
    crs: str | None = None,
    code_column: str | None = None,
    envelope: Envelope = NTT_ENVELOPE,
) -> BoundaryFile:
    """Read GeoJSON, GeoPackage or a shapefile (bare or zipped) into polygons by code.

    ``level`` picks the layer and column where a file has several (else the deepest); ``gazetteer`` makes that choice
    sure and lets a file without codes be read by names; ``crs`` and ``code_column`` override what the file says.
    Raises ``UnreadableBoundaries`` with an Indonesian cure when the file cannot be used.
    """
    wish = _Wish(path.name, level, gazetteer, code_column)
    with opened(path) as sources:
        layers = [layer for source in sources for layer in layers_of(source)]
        if not layers:
            raise UnreadableBoundaries(
                f"{path.name} berisi titik atau garis, bukan poligon. Kirim lapisan batas wilayah (poligon)."
            )
        choice = _chosen(layers, wish)
        shapes, source_crs, notes = shapes_of(choice.layer, crs, file=path.name)
    choice.notes.extend(notes)
    features = _features(choice, _placed(shapes, choice, wish=wish, envelope=envelope))
    if not features:
        raise UnreadableBoundaries(
            f"{path.name} tidak memuat satu pun poligon dengan kode. Periksa lapisan dan kolomnya."
        )
    return BoundaryFile(
        features=features,
        level=choice.level,
        crs=source_crs,
        layer=choice.layer.name,
        code_column=choice.column.header if choice.column is not None else None,
        name_column=choice.names.get(choice.level),
        notes=tuple(choice.notes),
    )


# --- layers and columns -----------------------------------------------------------------------------------------------


def _chosen(layers: list[Layer], wish: _Wish) -> _Choice:
    """The layer and code column to use: of the wanted level, else the deepest; by names when no column has codes."""
    options = [(layer, column) for layer in layers for column in code_columns(layer.table, wish.gazetteer)]
    if wish.code_column is not None:
        options = [option for option in options if option[1].header.lower() == wish.code_column.lower()]
    wanted = [option for option in options if wish.level in (None, option[1].level)]
    if wanted:
        layer, column = max(wanted, key=lambda option: (LEVELS.index(option[1].level), option[1].score))
        choice = _Choice(layer, column.level, column)
    else:
        choice = _by_names(layers, wish, other_levels=[column.level for _, column in options])
    taken = [choice.column.header] if choice.column is not None else []
    for step in _DEEPEST_FIRST[_DEEPEST_FIRST.index(choice.level) : -1]:
        header = name_column(choice.layer.table, step, gazetteer=wish.gazetteer, taken=taken)
        if header is not None:
            choice.names[step] = header
            taken.append(header)
    return choice


def _by_names(layers: list[Layer], wish: _Wish, *, other_levels: list[Level]) -> _Choice:
    """A layer without usable codes whose names the gazetteer knows; else the refusal that fits."""
    if other_levels and wish.code_column is None:
        have = ", ".join(_LEVEL_WORDS[level] for level in dict.fromkeys(other_levels))
        want = _LEVEL_WORDS[wish.level or "village"]
        raise UnreadableBoundaries(
            f"{wish.file} tidak memuat kode {want}, hanya kode {have}. Pilih tingkat yang sesuai."
        )
    if wish.gazetteer is not None and wish.code_column is None:
        for level in _DEEPEST_FIRST[:-1] if wish.level is None else (wish.level,):
            for layer in layers:
                header = name_column(layer.table, level, gazetteer=wish.gazetteer, known_only=True)
                if header is not None and len(set(layer.table[header])) > len(layer) / 2:
                    return _Choice(layer, level, None)
    headers = ", ".join(dict.fromkeys(header for layer in layers for header in layer.table)) or "tidak ada"
    raise UnreadableBoundaries(
        f"{wish.file} tidak memuat kolom kode wilayah yang dikenali (kolom: {headers}). "
        "Tambahkan kolom kode Kemendagri, contohnya 53.12.04.2003."
    )


# --- features ---------------------------------------------------------------------------------------------------------


def _placed(shapes: Geometries, choice: _Choice, *, wish: _Wish, envelope: Envelope) -> Geometries:
    """Repaired shapes inside the envelope, ``None`` elsewhere; exchanged axes are put right."""
    repaired = repair(shapes)
    shapes = repaired.shapes
    if repaired.mended:
        choice.notes.append(f"{repaired.mended} poligon tidak sah (garis bersilangan atau terbuka) sudah diperbaiki.")
    if repaired.empty:
        choice.notes.append(f"{repaired.empty} baris tanpa poligon (kosong, titik, atau garis) dilewati.")
    present = ~shapely.is_missing(shapes)
    if not present.any():
        raise UnreadableBoundaries(f"{wish.file} tidak memuat satu pun poligon. Kirim lapisan batas wilayah (poligon).")
    inside, exchanged = place_in(shapes, envelope)
    if exchanged.any():
        shapes[exchanged] = repair(exchange_axes(shapes[exchanged])).shapes
        choice.notes.append(f"{int(exchanged.sum())} poligon dengan lintang dan bujur tertukar sudah dibetulkan.")
    outside = present & ~inside & ~exchanged
    if outside.sum() == present.sum():
        raise UnreadableBoundaries(
            f"Semua poligon {wish.file} berada di luar provinsi. Periksa sistem koordinatnya atau pilih berkas lain."
        )
    if outside.any():
        shapes[outside] = None
        choice.notes.append(f"{int(outside.sum())} poligon di luar provinsi dilewati.")
    return shapes


def _features(choice: _Choice, shapes: Geometries) -> list[Boundary]:
    """One boundary per code (per path of names in a file without codes), pieces joined."""
    codes = choice.codes()
    paths = list(zip(*(choice.called(level) for level in ("village", "district", "regency")), strict=True))
    pieces: dict[str, list[int]] = defaultdict(list)
    blank = 0
    for place in np.flatnonzero(~shapely.is_missing(shapes)).tolist():
        key = code_key(codes[place]) if choice.column is not None else "|".join(paths[place])
        if key.strip("|"):
            pieces[key].append(place)
        else:
            blank += 1
    if blank and choice.column is not None and choice.column.mixed:
        choice.notes.append(
            f"{blank} poligon tanpa kode {_LEVEL_WORDS[choice.level]} dilewati. Untuk tingkat lain dalam berkas ini, impor "
            "lagi dengan tingkat itu (--level)."
        )
    elif blank:
        choice.notes.append(f"{blank} poligon tanpa kode dilewati. Isi kodenya bila wilayah itu diperlukan.")
    return [_feature(choice, shapes, places=places) for places in pieces.values()]


def _feature(choice: _Choice, shapes: Geometries, *, places: list[int]) -> Boundary:
    """One region out of its pieces; pieces that overlap or bear different names are noted."""
    first = places[0]
    own = choice.called(choice.level)
    shape, overlaps = joined([shapes[place] for place in places])
    called = dict.fromkeys(own[place] for place in places if own[place])
    code = choice.codes()[first]
    if overlaps:
        choice.notes.append(
            f"{code or own[first]}: {len(places)} poligon dengan {'kode' if code else 'nama'} sama saling menindih; "
            "digabung menjadi satu."
        )
    if len(called) > 1:
        choice.notes.append(f"{code} dipakai oleh beberapa nama ({', '.join(called)}); periksa kodenya.")
    return Boundary(
        code_raw=code,
        name=own[first],
        geometry=shape,
        district=choice.called("district")[first] if choice.level == "village" else "",
        regency=choice.called("regency")[first] if choice.level in ("village", "district") else "",
    )
