"""Zipped workbooks before any reader touches them: what they are, how big they really are, what they hide.

Every member is decompressed once, streaming, so that declared sizes are never trusted; on the way the sheets are looked
through (`sheetxml`) for what the cell reader does not tell. Reading the cells is `workbook`'s.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree

from lontar.engines.tabular.sheetxml import SheetFacts, SheetScanner, special_styles
from lontar.engines.tabular.sniff import DAMAGED
from lontar.engines.tabular.table import MEBIBYTE, Limits, UnreadableFile

_CHUNK = MEBIBYTE
_SMALL = 16 * MEBIBYTE
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SAVE_XLSX = "Buka di Excel, pilih Simpan Sebagai, jenis “Buku Kerja Excel (.xlsx)”, lalu unggah hasilnya."
_BOMB = (
    "Isi berkas ini jauh lebih besar daripada ukurannya, sehingga tidak aman dibuka. "
    "Salin datanya ke buku kerja baru, simpan sebagai .xlsx, lalu unggah."
)


class ZipKind(StrEnum):
    """The workbook formats that come as a zip."""

    XLSX = "xlsx"
    ODS = "ods"


@dataclass(slots=True)
class Archive:
    """What the directory of the zip told, and after `examine` what its members hold.

    For XLSX `names` are the sheets in the order of the tabs, `hidden` those not shown, `parts` their members, and `facts` what
    their XML adds to the cells; an ODS file has none of these.
    """

    path: Path
    kind: ZipKind
    names: list[str] = field(default_factory=list)
    hidden: frozenset[str] = frozenset()
    parts: dict[str, str] = field(default_factory=dict)
    styles: dict[bytes, int] = field(default_factory=dict)
    facts: dict[str, SheetFacts] = field(default_factory=dict)


def inspect(path: Path, limits: Limits) -> Archive:
    """Check by its directory what a zip is, reading only its small parts.

    Raises `UnreadableFile` for a declared bomb, a locked or damaged archive, macros, and zips that are no workbook.
    """
    with _damage(), zipfile.ZipFile(path) as zipped:
        members = zipped.infolist()
        _check_declared(members, limits)
        archive = Archive(path, _kind({member.filename for member in members}))
        if any(member.flag_bits & 1 for member in members):
            raise UnreadableFile(
                "file-locked", "Berkas ini dikunci kata sandi. Hapus kata sandinya, simpan, lalu unggah lagi."
            )
        if archive.kind is ZipKind.ODS:
            if b"spreadsheet" not in _small(zipped, "mimetype"):
                raise UnreadableFile(
                    "file-not-table",
                    "Berkas ini dokumen LibreOffice, bukan lembar kerja. Unggah berkas .ods, .xlsx, atau CSV.",
                )
            return archive
        sheets = _sheets(zipped)
        archive.names = [name for name, _, _ in sheets]
        archive.hidden = frozenset(name for name, _, hidden in sheets if hidden)
        archive.parts = {name: part for name, part, _ in sheets}
        if "xl/styles.xml" in zipped.namelist():
            archive.styles = special_styles(_small(zipped, "xl/styles.xml"))
        return archive


def examine(archive: Archive, limits: Limits) -> None:
    """Decompress every member once: its real size, its checksum, no DTD; sheets tell their facts on the way.

    Raises `UnreadableFile` for a bomb that lied about its size, for damage, and for XML entities.
    """
    scanners = {part: SheetScanner(archive.styles) for part in archive.parts.values()}
    budget = limits.unpacked_bytes
    with _damage(), zipfile.ZipFile(archive.path) as zipped:
        for member in zipped.infolist():
            budget -= _stream(zipped, member, scanner=scanners.get(member.filename), budget=budget)
    archive.facts = {name: scanners[part].finish() for name, part in archive.parts.items()}


@contextmanager
def _damage() -> Iterator[None]:
    """Turn what the zip and XML libraries raise on broken input into the refusal."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ElementTree.ParseError,
        KeyError,
        ValueError,
        OSError,
    ) as error:
        raise UnreadableFile("file-damaged", DAMAGED) from error


def _check_declared(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise UnreadableFile("file-bomb", _BOMB)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > limits.unpacked_bytes:
        raise UnreadableFile("file-bomb", _BOMB)
    if unpacked > limits.ratio_from_bytes and unpacked > limits.ratio * max(packed, 1):
        raise UnreadableFile("file-bomb", _BOMB)


def _kind(names: set[str]) -> ZipKind:
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise UnreadableFile("file-macro", "Buku kerja ini berisi makro, dan makro tidak diterima. " + _SAVE_XLSX)
    if "xl/workbook.xml" in names:
        return ZipKind.XLSX
    if "xl/workbook.bin" in names:
        raise UnreadableFile("file-old-format", "Buku kerja biner (.xlsb) tidak dapat dibaca. " + _SAVE_XLSX)
    if "word/document.xml" in names:
        message = "Berkas ini dokumen Word, bukan tabel. Salin tabelnya ke Excel, simpan sebagai .xlsx, lalu unggah."
    elif "ppt/presentation.xml" in names:
        message = "Berkas ini salindia PowerPoint, bukan tabel. Unggah berkas Excel (.xlsx) atau CSV."
    elif any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        message = "Berkas ini dari Apple Numbers. Di Numbers pilih Ekspor ke › Excel, lalu unggah hasilnya."
    elif "content.xml" in names and "mimetype" in names:
        return ZipKind.ODS
    else:
        message = (
            "Berkas ini arsip ZIP, bukan buku kerja. Keluarkan dulu isinya, lalu unggah Excel atau CSV di dalamnya."
        )
    raise UnreadableFile("file-not-table", message)


def _stream(zipped: zipfile.ZipFile, member: zipfile.ZipInfo, *, scanner: SheetScanner | None, budget: int) -> int:
    """Decompress one member, bounded by `budget` bytes; returns its real size. Its checksum is checked on the way."""
    size, tail = 0, b""
    is_xml = member.filename.endswith((".xml", ".rels", ".vml"))
    with zipped.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > budget:
                raise UnreadableFile("file-bomb", _BOMB)
            if is_xml and (b"!" in chunk or tail):
                if _DOCTYPE.search(tail + chunk):
                    raise UnreadableFile(
                        "file-entities", "Berkas ini memuat entitas XML yang tidak aman. " + _SAVE_XLSX
                    )
            tail = chunk[-9:] if b"<" in chunk[-9:] else b""
            if scanner is not None:
                scanner.feed(chunk)
    return size


def _small(zipped: zipfile.ZipFile, name: str) -> bytes:
    """Return a small part whole; a part that must be small and is not is a bomb. DTDs are refused before parsing."""
    with zipped.open(name) as stream:
        data = stream.read(_SMALL + 1)
    if len(data) > _SMALL:
        raise UnreadableFile("file-bomb", _BOMB)
    if _DOCTYPE.search(data):
        raise UnreadableFile("file-entities", "Berkas ini memuat entitas XML yang tidak aman. " + _SAVE_XLSX)
    return data


def _sheets(zipped: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """Return (name, part, hidden) of each sheet, in the order of the tabs."""
    targets = {
        node.get("Id"): posixpath.normpath(posixpath.join("/xl", node.get("Target", ""))).lstrip("/")
        for node in ElementTree.fromstring(_small(zipped, "xl/_rels/workbook.xml.rels")).iter()  # noqa: S314 - DTDs refused in _small
        if node.get("Id")
    }
    found = []
    for node in _local(ElementTree.fromstring(_small(zipped, "xl/workbook.xml")), "sheet"):  # noqa: S314 - DTDs refused in _small
        identifier = next((value for key, value in node.attrib.items() if key.endswith("}id")), None)
        found.append((node.get("name", ""), targets.get(identifier, ""), node.get("state", "visible") != "visible"))
    return found


def _local(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (node for node in root.iter() if isinstance(node.tag, str) and node.tag.rpartition("}")[2] == name)
