"""Files that make boundaries hard: an invented grid of villages written in every format that agencies send."""

import json
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from lontar.engines.boundaries import (
    Boundary,
)
from lontar.engines.places import Gazetteer
from lontar.engines.regions import make_region

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def square(west: float, south: float, size: float = 0.1) -> Any:
    return shapely.box(west, south, west + size, south + size)


# Four villages side by side from 123.4 E; each region's point lies in its square.
VILLAGES = {
    "53.01.04.2001": ("Contoh Satu", "5303100001", 123.4),
    "53.01.04.2002": ("Contoh Barat", "5303100002", 123.5),
    "53.01.04.2003": ("Nunle'u", "5303100003", 123.6),
    "53.01.04.2004": ("Uji Baru", "5303100004", 123.7),
}
SHAPES = {code: square(west, -10.2) for code, (_, _, west) in VILLAGES.items()}
ROWS = [
    make_region("53", "Nusa Tenggara Timur", bps_code="53"),
    make_region("53.01", "Kabupaten Uji Timur", bps_code="5303", point=(-10.15, 123.6)),
    make_region("53.03", "Kabupaten Uji Barat", bps_code="5301", point=(-9.45, 119.45)),
    make_region("53.01.04", "Contoh", bps_code="5303100", point=(-10.15, 123.6)),
    *(
        make_region(code, name, bps_code=bps, point=(-10.15, west + 0.05))
        for code, (name, bps, west) in VILLAGES.items()
    ),
]
GAZETTEER = Gazetteer(ROWS)


def write_geojson(path: Path, features: Sequence[tuple[dict[str, Any], Any]], **extra: Any) -> Path:
    items = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": None if shape is None else shapely.geometry.mapping(shape),
        }
        for properties, shape in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": items, **extra}), encoding="utf-8")
    return path


def write_with_gdal(
    path: Path,
    shapes: Sequence[Any],
    columns: dict[str, Sequence[Any]],
    *,
    crs: str | None = "EPSG:4326",
    **options: Any,
) -> Path:
    """A GeoPackage or shapefile by suffix; ``crs`` names the system that the shapes are already in."""
    driver = "GPKG" if path.suffix == ".gpkg" else "ESRI Shapefile"
    data = [np.asarray(values, dtype=object if isinstance(values[0], str) else None) for values in columns.values()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            path,
            shapely.to_wkb(np.asarray(shapes, dtype=object)),
            data,
            np.asarray(list(columns), dtype=object),
            geometry_type=options.pop("geometry_type", "MultiPolygon" if driver == "GPKG" else "Polygon"),
            crs=crs,
            driver=driver,
            promote_to_multi=driver == "GPKG",
            **options,
        )
    return path


def in_utm(shapes: Sequence[Any], folder: Path) -> list[Any]:
    """The shapes in metres of UTM 51S, turned by GDAL itself."""
    source = write_with_gdal(folder / "degrees.gpkg", shapes, {"n": [str(n) for n in range(len(shapes))]}, layer="d")
    virtual = folder / "utm.vrt"
    virtual.write_text(
        f'<OGRVRTDataSource><OGRVRTWarpedLayer><OGRVRTLayer name="d"><SrcDataSource>{source}</SrcDataSource>'
        "</OGRVRTLayer><TargetSRS>EPSG:32751</TargetSRS></OGRVRTWarpedLayer></OGRVRTDataSource>"
    )
    return list(shapely.from_wkb(pyogrio.raw.read(virtual)[2]))


def zipped(path: Path, *members: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.write(member, f"{inside}{member.name}")
    return path


def shapefile(
    folder: Path, columns: dict[str, Sequence[Any]], *, crs: str | None = "EPSG:4326", **options: Any
) -> Path:
    folder.mkdir(exist_ok=True)
    return write_with_gdal(folder / "desa.shp", list(SHAPES.values()), columns, crs=crs, **options)


def same_shapes(features: Sequence[Boundary], tolerance: float = 1e-7) -> bool:
    pairs = zip(features, SHAPES.values(), strict=True)
    return all(shapely.hausdorff_distance(item.geometry, shape) < tolerance for item, shape in pairs)


CODES = {"KDEPUM": list(SHAPES), "WADMKD": [name for name, _, _ in VILLAGES.values()]}


# --- formats ----------------------------------------------------------------------------------------------------------
