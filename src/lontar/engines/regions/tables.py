"""Region tables as files: reading an operator's CSV with errors a person can act on, and the compact table we ship.

``read_csv`` takes a file like ``kemendagri_code,bps_code,level,kind,name,parent_code,lat,lon``; ``write_table`` and
``read_table`` keep the same facts without what the code already says. Whether the *set* is complete is left to
``checks``; where the rows come from on a fresh machine to ``packages``.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from lontar.engines.regions.codes import (
    InvalidRegionCode,
    PointQuality,
    RegionRow,
    kind_of,
    level_of,
    make_region,
    normalise_code,
    parent_of,
)
from lontar.engines.regions.names import clean_name

TABLE_COLUMNS: Final = ("code", "bps_code", "name", "lat", "lon", "point_quality")

_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("kemendagri_code", "code", "kode", "kode_kemendagri", "kode_wilayah"),
    "name": ("name", "nama", "nama_wilayah"),
    "bps_code": ("bps_code", "kode_bps"),
    "level": ("level", "tingkat"),
    "kind": ("kind", "jenis"),
    "parent_code": ("parent_code", "kode_induk"),
    "lat": ("lat", "latitude", "lintang"),
    "lon": ("lon", "lng", "longitude", "bujur"),
}
_BPS_LENGTH: Final = {"province": 2, "regency": 4, "district": 7, "village": 10}
_QUALITIES: Final[dict[str, PointQuality]] = {"given": "given", "approximate": "approximate", "": "none"}
_LONGEST_NAME: Final = 120
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_MOST_PROBLEMS_SHOWN: Final = 20


class UnreadableRegions(ValueError):
    """A region file that cannot be taken; ``problems`` holds one Indonesian sentence per fault: row, column, cure."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = list(self.problems[:_MOST_PROBLEMS_SHOWN])
        if len(self.problems) > len(shown):
            shown.append(f"… dan {len(self.problems) - len(shown)} masalah lain.")
        super().__init__("\n".join(shown))


def read_csv(path: Path) -> list[RegionRow]:
    """Read a region CSV (UTF-8; comma, semicolon, tab or bar; header row in English or Indonesian), in file order.

    Raises ``UnreadableRegions`` naming every bad row, column, value and cure; nothing is taken from a faulty file.
    """
    text = _decode(path.read_bytes(), path.name)
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t|", key=first.count))
    columns = _columns(reader.fieldnames or [], path.name)
    rows: list[RegionRow] = []
    problems: list[str] = []
    try:
        for record in reader:
            fields = {key: (record.get(header) or "").strip() for key, header in columns.items()}
            faults = list(_faults(fields))
            problems.extend(f"Baris {reader.line_num}: {fault}" for fault in faults)
            if not faults:
                rows.append(_row(fields))
    except csv.Error as error:
        problems.append(f"Baris {reader.line_num}: tidak terbaca ({error}). Simpan ulang sebagai CSV UTF-8.")
    if problems:
        raise UnreadableRegions(problems)
    if not rows:
        raise UnreadableRegions([f"{path.name}: tidak ada baris wilayah. Isi minimal satu baris di bawah judul kolom."])
    return rows


def _decode(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name}: bukan teks UTF-8. Simpan ulang dari lembar kerja sebagai “CSV UTF-8”."
        raise UnreadableRegions([message]) from error


def _columns(headers: Sequence[str], name: str) -> dict[str, str]:
    known = {header.strip().lower().replace(" ", "_"): header for header in headers if header}
    columns = {key: known[alias] for key, aliases in _HEADERS.items() for alias in reversed(aliases) if alias in known}
    missing = [key for key in ("code", "name") if key not in columns]
    if missing:
        wanted = " dan ".join("kemendagri_code" if key == "code" else key for key in missing)
        found = ", ".join(header for header in headers if header) or "tidak ada"
        raise UnreadableRegions([f"{name}: kolom {wanted} tidak ada (terbaca: {found}). Tambahkan kolom itu."])
    return columns


def _faults(fields: Mapping[str, str]) -> Iterator[str]:
    if not fields["name"]:
        yield "kolom name kosong. Isi nama wilayah."
    if len(fields["name"]) > _LONGEST_NAME:
        yield f"kolom name terlalu panjang: {len(fields['name'])} huruf, paling banyak {_LONGEST_NAME}. Periksa tanda petiknya."
    if any(unicodedata.category(letter) in _UNSEEN for letter in fields["name"]):
        yield "kolom name memuat tanda yang tidak terlihat. Hapus, lalu ketik ulang namanya."
    try:
        code = normalise_code(fields["code"])
    except InvalidRegionCode as error:
        yield f"kolom kode: {error}"
        return
    yield from _derived_faults(code, fields)
    yield from _bps_faults(code, fields.get("bps_code", ""))
    yield from _point_faults(fields)


def _derived_faults(code: str, fields: Mapping[str, str]) -> Iterator[str]:
    """What the file says beside the code must be what the code says."""
    derived = {"level": level_of(code), "kind": kind_of(code), "parent_code": parent_of(code) or ""}
    for column, right in derived.items():
        said = fields.get(column, "")
        if said and said.lower() != right:
            yield f"kolom {column} berisi “{said}”, padahal kode {code} berarti “{right}”. Perbaiki salah satunya."


def _bps_faults(code: str, bps: str) -> Iterator[str]:
    width = _BPS_LENGTH[level_of(code)]
    if bps and not (bps.isascii() and bps.isdecimal() and len(bps) == width):
        yield f"kolom bps_code berisi “{bps[:40]}”. Kode BPS untuk {kind_of(code)} terdiri dari {width} angka."


def _point_faults(fields: Mapping[str, str]) -> Iterator[str]:
    lat, lon = fields.get("lat", ""), fields.get("lon", "")
    if bool(lat) != bool(lon):
        yield "kolom lat dan lon harus diisi keduanya atau dikosongkan keduanya."
    for column, value, limit in (("lat", lat, 90.0), ("lon", lon, 180.0)):
        if value and not _is_degree(value, limit):
            yield f"kolom {column} berisi “{value[:40]}”. Tuliskan derajat desimal dengan titik, contohnya -10.22747."


def _is_degree(value: str, limit: float) -> bool:
    try:
        return -limit <= float(value) <= limit
    except ValueError:
        return False


def _row(fields: Mapping[str, str]) -> RegionRow:
    lat, lon = fields.get("lat", ""), fields.get("lon", "")
    return make_region(
        normalise_code(fields["code"]),
        clean_name(fields["name"]),
        bps_code=fields.get("bps_code") or None,
        point=(float(lat), float(lon)) if lat else None,
    )


def write_table(rows: Iterable[RegionRow], path: Path) -> int:
    """Write the compact table, sorted by code, points to 5 decimals (about a metre); returns the number of rows."""
    ordered = sorted(rows, key=lambda row: row.code)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(TABLE_COLUMNS)
        for row in ordered:
            quality = "" if row.point_quality == "none" else row.point_quality
            writer.writerow((row.code, row.bps_code or "", row.name, _degree(row.lat), _degree(row.lon), quality))
    return len(ordered)


def _degree(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}".rstrip("0").rstrip(".")


def read_table(path: Path) -> list[RegionRow]:
    """Read a table that ``write_table`` wrote; it trusts the content and refuses only another shape.

    Raises ``UnreadableRegions`` when the header differs or a line cannot be understood.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        if tuple(next(reader, ())) != TABLE_COLUMNS:
            raise UnreadableRegions([f"{path.name}: bukan tabel wilayah Lontar. Buat ulang tabel itu."])
        try:
            return [
                make_region(
                    code,
                    name,
                    bps_code=bps or None,
                    point=(float(lat), float(lon)) if lat else None,
                    point_quality=_QUALITIES[quality],
                )
                for code, bps, name, lat, lon, quality in reader
            ]
        except (ValueError, KeyError) as error:
            message = f"{path.name} baris {reader.line_num}: tabel wilayah rusak. Buat ulang tabel itu."
            raise UnreadableRegions([message]) from error


def merge_attributes(base: Sequence[RegionRow], extra: Iterable[RegionRow]) -> tuple[list[RegionRow], list[str]]:
    """Add BPS codes and points of ``extra`` to ``base`` by code; names and the set of codes stay those of ``base``.

    A given point replaces an approximate or missing one and any older given one. Returns the rows in the order of
    ``base`` and one Indonesian note per row of ``extra`` whose code is unknown.
    """
    additions = {row.code: row for row in extra}
    known = {row.code for row in base}
    notes = [
        f"Kode {row.code} ({row.name}) tidak ada dalam daftar wilayah; baris itu tidak dipakai."
        for row in additions.values()
        if row.code not in known
    ]
    return [_merged(row, additions.get(row.code)) for row in base], notes


def _merged(row: RegionRow, addition: RegionRow | None) -> RegionRow:
    if addition is None:
        return row
    if addition.bps_code is not None:
        row = replace(row, bps_code=addition.bps_code)
    if addition.lat is not None and (addition.point_quality == "given" or row.lat is None):
        row = replace(row, lat=addition.lat, lon=addition.lon, point_quality=addition.point_quality)
    return row
