"""Layers of an opened dataset through GDAL: attributes as text, shapes in WGS84 degrees whatever the source's system.

Another coordinate system is turned into WGS84 by GDAL itself, through a virtual layer that is written beside the data.
What GDAL says of a broken file becomes one Indonesian refusal. Choosing among layers is left to ``reading``.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pyogrio
import shapely

from lontar.engines.boundaries.columns import texts_of
from lontar.engines.boundaries.model import UnreadableBoundaries
from lontar.engines.boundaries.opening import Source
from lontar.engines.boundaries.repairing import Geometries

_WGS84: Final = "EPSG:4326"
_FLAT_KINDS: Final = ("Point", "LineString")
_BROKEN: Final = "{name} rusak atau terpotong sehingga tidak terbaca. Ekspor ulang dari aplikasi asalnya."
_BAD_SHAPES: Final = (
    "Bentuk wilayah dalam {name} tidak terbaca atau sistem koordinatnya keliru. Periksa .prj, lalu ekspor ulang."
)
_NO_CRS: Final = (
    "Sistem koordinat {name} tidak diketahui dan koordinatnya bukan derajat. Sertakan berkas .prj, atau pilih sistem "
    "koordinatnya, contohnya EPSG:32750 (UTM 50S) atau EPSG:32751 (UTM 51S)."
)
_NOTE_NO_CRS: Final = "Berkas tidak menyebut sistem koordinat; dibaca sebagai WGS84 karena koordinatnya berupa derajat."
_VIRTUAL: Final = (
    "<OGRVRTDataSource><OGRVRTWarpedLayer><OGRVRTLayer name={name}><SrcDataSource>{address}</SrcDataSource>"
    "<SrcLayer>{layer}</SrcLayer></OGRVRTLayer><SrcSRS>{source}</SrcSRS><TargetSRS>EPSG:4326</TargetSRS>"
    "</OGRVRTWarpedLayer></OGRVRTDataSource>"
)


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer that can hold polygons: ``table`` is text by header, ``blobs`` its shapes where already read."""

    source: Source
    name: str
    crs: str | None
    table: Mapping[str, Sequence[str]]
    blobs: Any = None

    def __len__(self) -> int:
        """Number of features, as far as the attributes tell."""
        return len(next(iter(self.table.values()), ()))


@contextmanager
def _refusing(message: str) -> Iterator[None]:
    """Turn GDAL's errors into our refusal; its warnings are not for users."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            yield
    except UnreadableBoundaries:
        raise
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        shapely.errors.ShapelyError,
        IndexError,  # what pyogrio raises when a virtual layer could not be made,
        UnboundLocalError,  # and when a .prj is not even text
        ValueError,
    ) as error:
        raise UnreadableBoundaries(message) from error


def layers_of(source: Source) -> list[Layer]:
    """The layers of a dataset that can hold polygons, with their attributes."""
    with _refusing(_BROKEN.format(name=source.name)):
        if source.format == "GeoJSON":
            return _json_layer(source)
        names = [(str(name), kind) for name, kind in pyogrio.list_layers(source.address).tolist()]
        return [_layer(source, name) for name, kind in names if kind is not None and not _is_flat(kind)]


def _json_layer(source: Source) -> list[Layer]:
    """A GeoJSON file is parsed once: attributes and shapes together."""
    meta, _, blobs, fields = pyogrio.raw.read(source.address, force_2d=True)
    if _is_flat(meta["geometry_type"]):
        return []
    return [Layer(source, Path(source.name).stem, meta["crs"], _columns(meta, fields), blobs)]


def _layer(source: Source, name: str) -> Layer:
    info = pyogrio.read_info(source.address, layer=name)
    if info["driver"] != source.format:
        raise UnreadableBoundaries(f"Isi {source.name} bukan {source.format} yang sah. Ekspor ulang.")
    return Layer(source, name, info["crs"], _attributes(source, name))


def _is_flat(kind: str | None) -> bool:
    """Whether a geometry type can hold no area."""
    return kind is not None and kind.removeprefix("2.5D ").removeprefix("Multi").startswith(_FLAT_KINDS)


def _attributes(source: Source, layer: str) -> dict[str, Sequence[str]]:
    """All columns as text; a .dbf that does not tell its encoding is tried as UTF-8 first."""
    if not source.tells_encoding:
        try:
            return _read_attributes(source, layer, encoding="UTF-8")
        except UnicodeDecodeError:
            return _read_attributes(source, layer, encoding="cp1252")
    return _read_attributes(source, layer, encoding=None)


def _read_attributes(source: Source, layer: str, *, encoding: str | None) -> dict[str, Sequence[str]]:
    meta, _, _, fields = pyogrio.raw.read(source.address, layer=layer, read_geometry=False, encoding=encoding)
    return _columns(meta, fields)


def _columns(meta: Mapping[str, Any], fields: Sequence[Any]) -> dict[str, Sequence[str]]:
    return {str(header): texts_of(values) for header, values in zip(meta["fields"], fields, strict=True)}


def shapes_of(layer: Layer, crs: str | None, *, file: str) -> tuple[Geometries, str, list[str]]:
    """Shapes in degrees, the source's coordinate system, and notes on how it was told; ``crs`` overrides the file.

    Raises ``UnreadableBoundaries`` when the system is unknown or untrue.
    """
    source_crs = crs or layer.crs
    if source_crs is not None and source_crs != _WGS84:
        return _decoded(_read_blobs(_virtual(layer, source_crs), None, file=file), file), source_crs, []
    blobs = layer.blobs if layer.blobs is not None else _read_blobs(layer.source.address, layer.name, file=file)
    shapes = _decoded(blobs, file)
    if not _looks_like_degrees(shapes):
        claim = f"{file} mengaku WGS84, tetapi koordinatnya bukan derajat. " if source_crs else ""
        raise UnreadableBoundaries(claim + _NO_CRS.format(name=file))
    return shapes, source_crs or "", [] if source_crs is not None else [_NOTE_NO_CRS]


def _virtual(layer: Layer, source_crs: str) -> str:
    """Write the virtual layer that turns another coordinate system into WGS84; its path."""
    path = layer.source.path.with_name("wgs84.vrt")
    is_json = layer.source.format == "GeoJSON"  # whose only layer GDAL names as it likes
    name = str(pyogrio.list_layers(layer.source.address)[0][0]) if is_json else layer.name
    text = _VIRTUAL.format(
        name=quoteattr(name), address=escape(layer.source.address), layer=escape(name), source=escape(source_crs)
    )
    path.write_text(text, encoding="utf-8")
    return str(path)


def _read_blobs(address: str, layer: str | None, *, file: str) -> Any:
    with _refusing(_BAD_SHAPES.format(name=file)):
        return pyogrio.raw.read(address, layer=layer, columns=[], force_2d=True)[2]


def _decoded(blobs: Any, file: str) -> Geometries:
    with _refusing(_BAD_SHAPES.format(name=file)):
        return np.asarray(shapely.from_wkb(blobs, on_invalid="fix"), dtype=object)


def _looks_like_degrees(shapes: Geometries) -> bool:
    bounds = shapely.bounds(shapes)
    finite = bounds[np.isfinite(bounds).all(axis=1)]
    return bool((np.abs(finite) <= 180.5).all())
