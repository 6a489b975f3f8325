"""Opening an uploaded boundary file safely: what it really is, unpacked with limits, offered as plain local layers.

The kind is told by content, never by the name, and the reader is pinned to that kind: GDAL knows formats that fetch
other files or addresses, and an upload must not reach them. Everything is opened under fixed names in a folder of its
own that goes away afterwards. Reading attributes and shapes is left to ``reading``.
"""

import contextlib
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, Literal

from lontar.engines.boundaries.model import UnreadableBoundaries

Format = Literal["GeoJSON", "GPKG", "ESRI Shapefile"]

_MOST_BYTES: Final = 1 << 30
_MOST_MEMBERS: Final = 2_000
_CHUNK: Final = 1 << 20
_HEAD: Final = 4096
_SUFFIX: Final[dict[Format, str]] = {"GeoJSON": ".geojson", "GPKG": ".gpkg", "ESRI Shapefile": ".shp"}
_SHAPE_PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_DATASETS: Final = (".shp", ".gpkg", ".geojson", ".json")
_FORMATS: Final = "GeoJSON, GeoPackage (.gpkg), atau shapefile dalam ZIP"
# First bytes of files that are often sent by mistake.
_MISTAKEN: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "dokumen Office lama"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7-Zip"),
    (b"\x1f\x8b", "arsip GZIP"),
    (b"<?xml", "XML, KML atau GML"),
    (b"<kml", "KML"),
    (b"II*\x00", "gambar TIFF"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One dataset ready for GDAL: a fixed local path, its format, the name it had, whether it tells its encoding."""

    path: Path
    format: Format
    name: str
    tells_encoding: bool = True

    @property
    def address(self) -> str:
        """The path in the form that pins GDAL to the format."""
        return f"GeoJSON:{self.path}" if self.format == "GeoJSON" else str(self.path)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[list[Source]]:
    """The datasets of a file as long as the context lasts.

    Raises ``UnreadableBoundaries`` when the file is none of the formats, broken, locked, too large, or incomplete.
    """
    with tempfile.TemporaryDirectory(prefix="lontar-boundaries-") as folder:
        try:
            yield _sources(path, Path(folder))
        except FileNotFoundError as error:
            raise UnreadableBoundaries(f"Berkas {path.name} tidak ditemukan. Periksa letak dan namanya.") from error


def _sources(path: Path, folder: Path) -> list[Source]:
    if path.is_dir():
        raise UnreadableBoundaries(f"{path.name} adalah folder. Pilih satu berkas: {_FORMATS}.")
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise UnreadableBoundaries(f"Berkas {path.name} kosong (0 bita). Unggah ulang berkasnya.")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _from_zip(path, folder)
    file_format = _format_of(head, path.name)
    if file_format == "ESRI Shapefile":
        return [_shapefile(_neighbours(path), folder, name=path.name)]
    local = folder / f"layer{_SUFFIX[file_format]}"
    local.symlink_to(path.resolve())
    if file_format == "GeoJSON":
        _check_json(local, path.name)
    return [Source(local, file_format, path.name)]


def _format_of(head: bytes, name: str) -> Format:
    if head.startswith(b"SQLite format 3\x00"):
        return "GPKG"
    if head.startswith(b"\x00\x00\x27\x0a"):
        return "ESRI Shapefile"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return "GeoJSON"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableBoundaries(f"{name} ditulis dalam UTF-16. Simpan ulang sebagai GeoJSON UTF-8.")
    if PurePosixPath(name.lower()).suffix in (".dbf", ".shx", ".prj"):
        raise UnreadableBoundaries(
            f"{name} hanya bagian dari shapefile. Kirim berkas .shp, .shx, .dbf, dan .prj bersama dalam satu ZIP."
        )
    for start, kind in _MISTAKEN:
        if text.startswith(start):
            raise UnreadableBoundaries(f"{name} adalah {kind}, bukan berkas batas wilayah. Kirim {_FORMATS}.")
    raise UnreadableBoundaries(f"Isi {name} tidak dikenali. Kirim {_FORMATS}.")


def _check_json(path: Path, name: str) -> None:
    """Refuse JSON that GDAL would take for something other than a list of features."""
    with path.open("rb") as stream:
        head = stream.read(_CHUNK)
    if b'"gdal_streamed_alg"' in head:
        raise UnreadableBoundaries(f"{name} bukan data, melainkan perintah pengolah. Kirim GeoJSON berisi poligon.")
    if b'"Topology"' in head and b'"arcs"' in head:
        raise UnreadableBoundaries(f"{name} berformat TopoJSON. Simpan ulang sebagai GeoJSON.")
    if b'"Feature' not in head and b'"features"' not in head:
        raise UnreadableBoundaries(f"{name} bukan GeoJSON: tidak ada daftar “features”. Ekspor ulang sebagai GeoJSON.")


def _neighbours(path: Path) -> dict[str, Path]:
    """The parts of a bare shapefile beside it, by small-letter suffix."""
    found = {path.suffix.lower(): path}
    for other in path.parent.iterdir():
        if other.stem == path.stem and other.suffix.lower() in _SHAPE_PARTS and other.is_file():
            found.setdefault(other.suffix.lower(), other)
    found[".shp"] = path
    return found


def _shapefile(parts: Mapping[str, Path], folder: Path, *, name: str) -> Source:
    for suffix in (".dbf", ".shx"):
        if suffix not in parts:
            what = "kode dan nama wilayah" if suffix == ".dbf" else "indeks bentuk"
            raise UnreadableBoundaries(
                f"{name}: berkas {suffix} ({what}) tidak ada. Kirim .shp, .shx, .dbf, dan .prj bersama dalam satu ZIP."
            )
    for suffix, part in parts.items():
        local = folder / f"layer{suffix}"
        if not local.exists():
            local.symlink_to(part.resolve())
    _check_whole(parts[".shp"], parts[".dbf"], name=name)
    return Source(folder / "layer.shp", "ESRI Shapefile", name, tells_encoding=".cpg" in parts)


def _check_whole(shapes: Path, records: Path, *, name: str) -> None:
    """Refuse a shapefile of which a part broke off: GDAL would give what is left without a word.

    The .shp tells its length in 16-bit words, the .dbf its number of records, and the length of its head and of a record.
    """
    with shapes.open("rb") as stream:
        head = stream.read(100)
    broken = len(head) < 100 or int.from_bytes(head[24:28], "big") * 2 > shapes.stat().st_size
    with records.open("rb") as stream:
        head = stream.read(12)
    count, start, width = (int.from_bytes(head[at:end], "little") for at, end in ((4, 8), (8, 10), (10, 12)))
    if broken or len(head) < 12 or start + count * width > records.stat().st_size:
        raise UnreadableBoundaries(f"{name} terpotong: sebagian isinya hilang. Salin atau unduh ulang berkasnya.")


# --- ZIP --------------------------------------------------------------------------------------------------------------


def _from_zip(path: Path, folder: Path) -> list[Source]:
    broken = f"ZIP {path.name} rusak atau terpotong. Buat ulang ZIP lalu unggah lagi."
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(archive, folder, name=path.name)
    except (UnreadableBoundaries, FileNotFoundError):
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, IndexError) as error:
        raise UnreadableBoundaries(broken) from error
    except RuntimeError as error:  # zipfile's way of saying that a password is needed
        raise UnreadableBoundaries(f"ZIP {path.name} terkunci kata sandi. Kirim tanpa kata sandi.") from error


def _unpacked(archive: zipfile.ZipFile, folder: Path, *, name: str) -> list[Source]:
    members = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
    if len(members) > _MOST_MEMBERS or sum(info.file_size for info in members) > _MOST_BYTES:
        raise UnreadableBoundaries(
            f"ZIP {name} terlalu besar setelah dibuka (paling banyak 1 GB dan {_MOST_MEMBERS} berkas). "
            "Kirim satu lapisan saja."
        )
    by_path = {info.filename.lower(): info for info in members}
    datasets = [info for info in members if PurePosixPath(info.filename.lower()).suffix in _DATASETS]
    sources: list[Source] = []
    budget = [_MOST_BYTES]
    for number, info in enumerate(datasets):
        place = folder / str(number)
        place.mkdir()
        sources.append(_member(archive, by_path, info=info, place=place, budget=budget))
    if not sources:
        raise UnreadableBoundaries(f"ZIP {name} tidak memuat .shp, .gpkg, atau .geojson. Kirim {_FORMATS}.")
    return sources


def _hidden(filename: str) -> bool:
    parts = PurePosixPath(filename).parts
    return any(part.startswith("__MACOSX") or (part.startswith(".") and part != "..") for part in parts)


def _member(
    archive: zipfile.ZipFile,
    by_path: Mapping[str, zipfile.ZipInfo],
    *,
    info: zipfile.ZipInfo,
    place: Path,
    budget: list[int],
) -> Source:
    name = PurePosixPath(info.filename).name
    stem = info.filename.lower().rpartition(".")[0]
    with archive.open(info) as stream:
        file_format = _format_of(stream.read(_HEAD), name)
    if file_format != "ESRI Shapefile":
        local = _copied(archive, info, target=place / f"layer{_SUFFIX[file_format]}", budget=budget)
        if file_format == "GeoJSON":
            _check_json(local, name)
        return Source(local, file_format, name)
    parts = {
        suffix: _copied(archive, by_path[stem + suffix], target=place / f"part{suffix}", budget=budget)
        for suffix in _SHAPE_PARTS
        if stem + suffix in by_path
    }
    return _shapefile(parts, place, name=name)


def _copied(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, target: Path, budget: list[int]) -> Path:
    """Unpack one member to a name of ours, counting real bytes: the sizes that an archive declares may lie."""
    with archive.open(info) as stream, target.open("wb") as out:
        _pour(stream, out, budget=budget)
    return target


def _pour(stream: IO[bytes], out: IO[bytes], *, budget: list[int]) -> None:
    while chunk := stream.read(_CHUNK):
        budget[0] -= len(chunk)
        if budget[0] < 0:
            raise UnreadableBoundaries("Isi ZIP melebihi 1 GB setelah dibuka. Kirim satu lapisan saja.")
        out.write(chunk)
