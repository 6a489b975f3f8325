"""Boundary files of every kind and fault, on a small invented grid and on the real polygons in both code systems."""

import json
import random
import shutil
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.boundaries import (
    Boundary,
    UnreadableBoundaries,
    fallback_polygons,
    match,
    opening,
    read_boundaries,
    simplify,
    to_geojson_bytes,
)
from lontar.engines.boundaries.repairing import repair
from lontar.engines.places import Gazetteer
from lontar.engines.regions import RegionRow, make_region, read_csv

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


def test_geojson_is_read_by_the_codes_it_holds(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "d.geojson", [({"kode": c, "desa": VILLAGES[c][0]}, s) for c, s in SHAPES.items()])
    file = read_boundaries(path)
    assert (file.level, file.code_column, file.name_column, file.crs) == ("village", "kode", "desa", "EPSG:4326")
    assert [item.code_raw for item in file.features] == list(SHAPES)
    assert file.features[2].name == "Nunle'u"
    assert file.notes == ()
    assert same_shapes(file.features)


def test_a_geopackage_in_metres_comes_back_in_degrees(tmp_path: Path) -> None:
    shapes = in_utm(list(SHAPES.values()), tmp_path)
    path = write_with_gdal(tmp_path / "d.gpkg", shapes, CODES, crs="EPSG:32751", layer="desa")
    file = read_boundaries(path)
    assert (file.layer, file.crs, file.level) == ("desa", "EPSG:32751", "village")
    assert same_shapes(file.features)


def test_geojson_in_metres_with_its_old_crs_member_comes_back_in_degrees(tmp_path: Path) -> None:
    shapes = in_utm(list(SHAPES.values()), tmp_path)
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32751"}}
    features = [({"kode": code}, shape) for code, shape in zip(SHAPES, shapes, strict=True)]
    file = read_boundaries(write_geojson(tmp_path / "d.json", features, crs=crs, name="Batas & Desa"))
    assert file.crs == "EPSG:32751"
    assert same_shapes(file.features)


@pytest.mark.parametrize("inside", ["", "Batas Desa/2024/"])
def test_a_zipped_shapefile_is_read_wherever_it_lies_in_the_zip(tmp_path: Path, inside: str) -> None:
    shapefile(tmp_path / "s", CODES)
    file = read_boundaries(zipped(tmp_path / "d.zip", *sorted((tmp_path / "s").iterdir()), inside=inside))
    assert (file.level, len(file.features), file.name_column) == ("village", 4, "WADMKD")
    assert same_shapes(file.features)


def test_a_bare_shapefile_with_capital_suffixes_is_read(tmp_path: Path) -> None:
    shapefile(tmp_path / "s", CODES)
    for part in list((tmp_path / "s").iterdir()):
        part.rename(part.with_suffix(part.suffix.upper()))
    assert len(read_boundaries(tmp_path / "s" / "desa.SHP").features) == 4


@pytest.mark.parametrize("encoding", ["UTF-8", "cp1252"])
def test_names_survive_a_dbf_that_does_not_tell_its_encoding(tmp_path: Path, encoding: str) -> None:
    names = ["Contoh Satu", "Contoh Barat", "Nunlé", "Uji Baru"]
    path = shapefile(tmp_path / "s", {**CODES, "WADMKD": names}, encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    assert [item.name for item in read_boundaries(path).features] == names


def test_the_layer_of_the_wanted_level_is_taken_from_several(tmp_path: Path) -> None:
    path = tmp_path / "d.gpkg"
    write_with_gdal(path, [shapely.union_all(list(SHAPES.values()))], {"kode": ["53.01.04"]}, layer="kecamatan")
    write_with_gdal(path, list(SHAPES.values()), CODES, layer="desa", append=False)
    assert (read_boundaries(path).layer, read_boundaries(path).level) == ("desa", "village")
    assert read_boundaries(path, level="district").layer == "kecamatan"


def test_the_code_column_of_the_wanted_level_is_taken_from_several(tmp_path: Path) -> None:
    columns = {"KDCPUM": ["53.01.04"] * 4, "KDPKAB": ["53.01"] * 4, "PENDUDUK": [5301, 5302, 5303, 5304], **CODES}
    path = write_with_gdal(tmp_path / "d.gpkg", list(SHAPES.values()), columns, layer="d")
    assert read_boundaries(path).code_column == "KDEPUM"
    district = read_boundaries(path, level="district")
    assert (district.code_column, len(district.features)) == ("KDCPUM", 1)
    assert district.features[0].geometry.equals(shapely.union_all(list(SHAPES.values())))


# --- codes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        [code.replace(".", "") for code in VILLAGES],
        [float(code.replace(".", "")) for code in VILLAGES],
        [int(code.replace(".", "")) for code in VILLAGES],
        [f"{code.replace('.', '')}.0" for code in VILLAGES],
        [bps for _, bps, _ in VILLAGES.values()],
        [float(bps) for _, bps, _ in VILLAGES.values()],
    ],
    ids=["digits", "float", "int", "text float", "bps", "bps float"],
)
def test_codes_in_any_form_of_either_system_are_matched(tmp_path: Path, written: Sequence[Any]) -> None:
    path = write_with_gdal(tmp_path / "d.gpkg", list(SHAPES.values()), {"IDDESA": written}, layer="d")
    file = read_boundaries(path, gazetteer=GAZETTEER)
    report = match(file.features, GAZETTEER, level=file.level)
    assert [item.code for item in report.matched] == list(VILLAGES)
    assert (report.unmatched, report.missing) == ([], [])
    assert report.system == ("bps" if str(written[0]).startswith("5303") else "kemendagri")


def test_a_bps_code_kept_in_four_columns_is_put_together(tmp_path: Path) -> None:
    columns = {
        "PROVNO": ["53"] * 4,
        "KABKOTNO": ["03"] * 4,
        "KECNO": ["100"] * 4,
        "DESANO": ["001", "002", "003", "004"],
    }
    file = read_boundaries(write_with_gdal(tmp_path / "d.gpkg", list(SHAPES.values()), columns, layer="d"))
    assert file.code_column == "PROVNO + KABKOTNO + KECNO + DESANO"
    assert [item.code_raw for item in file.features] == [bps for _, bps, _ in VILLAGES.values()]


def test_a_regency_code_that_became_a_number_keeps_its_zero(tmp_path: Path) -> None:
    path = write_geojson(
        tmp_path / "d.geojson", [({"kode": 53.1}, SHAPES["53.01.04.2001"]), ({"kode": 53.01}, square(123, -9))]
    )
    assert [item.code_raw for item in read_boundaries(path).features] == ["53.10", "53.01"]


EAST, WEST = square(123.5, -10.2), square(119.4, -9.5)


def regencies(path: Path, *features: tuple[str, str, Any]) -> Sequence[Boundary]:
    rows = [({"KODE_KAB": code, **({"NAMA": name} if name else {})}, shape) for code, name, shape in features]
    return read_boundaries(write_geojson(path, rows), gazetteer=GAZETTEER).features


def test_names_decide_four_digits_that_both_systems_know(tmp_path: Path) -> None:
    gazetteer = Gazetteer([*ROWS[:2], make_region("53.03", "Kabupaten Uji Barat", bps_code="5301")])
    kemendagri = regencies(tmp_path / "k.json", ("5301", "Uji Timur", EAST))
    bps = regencies(tmp_path / "b.json", ("5301", "UJI BARAT", EAST))
    assert [m.code for m in match(kemendagri, gazetteer, level="regency").matched] == ["53.01"]
    report = match(bps, gazetteer, level="regency")
    assert [m.code for m in report.matched] == ["53.03"]
    assert report.notes == (
        "Kode dalam berkas sah dalam dua sistem; dibaca sebagai kode BPS karena nama wilayah cocok.",
    )


def test_places_decide_where_there_are_no_names(tmp_path: Path) -> None:
    report = match(regencies(tmp_path / "b.json", ("5301", "", WEST)), GAZETTEER, level="regency")
    assert (report.system, [item.code for item in report.matched]) == ("bps", ["53.03"])
    assert "letak poligon" in report.notes[0]


def test_dotted_codes_are_kemendagri_unless_names_say_otherwise(tmp_path: Path) -> None:
    nowhere = square(121.0, -8.7)
    bare = regencies(tmp_path / "a.json", ("53.01", "", nowhere))
    named = regencies(tmp_path / "b.json", ("53.01", "Uji Barat", nowhere))
    assert [item.code for item in match(bare, GAZETTEER, level="regency").matched] == ["53.01"]
    assert [item.code for item in match(named, GAZETTEER, level="regency").matched] == ["53.03"]


def test_a_person_is_asked_when_nothing_decides_and_the_answer_is_taken(tmp_path: Path) -> None:
    nowhere = regencies(tmp_path / "b.json", ("5301", "", square(121.0, -8.7)))
    with pytest.raises(UnreadableBoundaries, match="Pilih sistem kodenya"):
        match(nowhere, GAZETTEER, level="regency")
    assert match(nowhere, GAZETTEER, level="regency", system="bps").matched[0].code == "53.03"


def test_a_file_without_codes_is_matched_by_names_within_their_parents(tmp_path: Path) -> None:
    rows = [
        ({"DESA": name.upper(), "KECAMATAN": "Contoh", "KABKOT": "UJI TIMUR"}, SHAPES[code])
        for code, (name, _, _) in VILLAGES.items()
    ]
    rows[3] = ({"DESA": "UJI BARUU LAMA", "KECAMATAN": "Contoh", "KABKOT": "UJI TIMUR"}, rows[3][1])
    file = read_boundaries(write_geojson(tmp_path / "d.json", rows), gazetteer=GAZETTEER)
    assert (file.level, file.code_column, file.name_column) == ("village", None, "DESA")
    report = match(file.features, GAZETTEER, level="village")
    assert [(item.code, item.by) for item in report.matched] == [(code, "names") for code in list(VILLAGES)[:3]]
    assert [item.suggestion_code for item in report.unmatched] == ["53.01.04.2004"]
    assert report.missing == ["53.01.04.2004"]


# --- matching ---------------------------------------------------------------------------------------------------------


def test_a_report_names_what_fits_nothing_and_what_has_no_polygon() -> None:
    features = [
        Boundary("53.01.04.2001", "Contoh Satu", SHAPES["53.01.04.2001"]),
        Boundary("53.01.04.2002", "Uji Baru", SHAPES["53.01.04.2002"]),
        Boundary("53.01.04.2099", "Nunleu", SHAPES["53.01.04.2003"], district="Contoh"),
        Boundary("52.01.01.2001", "Lain", SHAPES["53.01.04.2004"]),
    ]
    report = match(features, GAZETTEER, level="village")
    assert [(item.code, bool(item.doubt)) for item in report.matched] == [
        ("53.01.04.2001", False),
        ("53.01.04.2002", True),
    ]
    assert "Kode 53.01.04.2002 adalah Desa Contoh Barat" in report.matched[1].doubt
    (stranger,) = report.unmatched
    assert (stranger.code_raw, stranger.suggestion_code) == ("53.01.04.2099", "53.01.04.2003")
    assert stranger.suggestion == "Desa Nunle'u, Kecamatan Contoh, Kabupaten Uji Timur"
    assert stranger.message.startswith("Kode desa 53.01.04.2099 tidak ada di Kecamatan Contoh.")
    assert report.missing == ["53.01.04.2003", "53.01.04.2004"]
    assert report.outside == 1


def test_two_polygons_written_differently_for_one_region_are_joined() -> None:
    features = [Boundary("53.01.04", "Contoh", square(123.4, -10)), Boundary("530104", "Contoh", square(123.5, -10))]
    report = match(features, GAZETTEER, level="district")
    assert [item.code for item in report.matched] == ["53.01.04"]
    assert report.matched[0].geometry.area == pytest.approx(0.02)


def test_codes_that_nobody_knows_are_refused() -> None:
    with pytest.raises(UnreadableBoundaries, match="Tidak satu pun kode dalam berkas dikenal"):
        match([Boundary("53.99.01.2001", "", EAST)], GAZETTEER, level="village")


def test_a_village_without_polygon_borrows_the_shape_of_its_kecamatan() -> None:
    shape = square(123.4, -10)
    borrowed = fallback_polygons(["53.01.04.2003", "53.01.04.2004", "53.07.01.2001"], {"53.01.04": shape})
    assert [(item.code, item.district_code) for item in borrowed] == [
        ("53.01.04.2003", "53.01.04"),
        ("53.01.04.2004", "53.01.04"),
    ]
    assert borrowed[0].geometry is borrowed[1].geometry is shape


# --- shapes that need repair ------------------------------------------------------------------------------------------


def test_pieces_of_one_code_are_joined_and_overlaps_and_names_are_noted(tmp_path: Path) -> None:
    code = "53.01.04.2001"
    rows = [
        ({"kode": code, "nama": "Contoh Satu"}, square(123.4, -10.2)),
        ({"kode": "5301042001", "nama": "Contoh Satu"}, square(124.0, -10.2)),
        ({"kode": "53.01.04.2002", "nama": "Contoh Barat"}, square(123.5, -10.2)),
        ({"kode": "53.01.04.2002", "nama": "Uji Baru"}, square(123.5, -10.2)),
    ]
    file = read_boundaries(write_geojson(tmp_path / "d.json", rows))
    assert [shapely.get_num_geometries(item.geometry) for item in file.features] == [2, 1]
    assert file.notes == (
        "53.01.04.2002: 2 poligon dengan kode sama saling menindih; digabung menjadi satu.",
        "53.01.04.2002 dipakai oleh beberapa nama (Contoh Barat, Uji Baru); periksa kodenya.",
    )


def test_a_bow_tie_is_mended_and_an_empty_row_is_skipped_with_notes(tmp_path: Path) -> None:
    bow = shapely.Polygon([(123.4, -10.2), (123.5, -10.1), (123.5, -10.2), (123.4, -10.1)])
    rows = [({"kode": "53.01.04.2001"}, bow), ({"kode": "53.01.04.2002"}, None), ({"kode": ""}, square(123.9, -10))]
    file = read_boundaries(write_geojson(tmp_path / "d.json", rows))
    (item,) = file.features
    assert item.geometry.is_valid
    assert item.geometry.area == pytest.approx(0.005)
    assert file.notes == (
        "1 poligon tidak sah (garis bersilangan atau terbuka) sudah diperbaiki.",
        "1 baris tanpa poligon (kosong, titik, atau garis) dilewati.",
        "1 poligon tanpa kode dilewati. Isi kodenya bila wilayah itu diperlukan.",
    )


def test_exchanged_axes_are_put_right(tmp_path: Path) -> None:
    flipped = [({"kode": code}, shapely.transform(shape, lambda xy: xy[:, ::-1])) for code, shape in SHAPES.items()]
    file = read_boundaries(write_geojson(tmp_path / "d.json", flipped))
    assert same_shapes(file.features)
    assert file.notes == ("4 poligon dengan lintang dan bujur tertukar sudah dibetulkan.",)


def test_polygons_elsewhere_are_left_out_and_a_file_elsewhere_is_refused(tmp_path: Path) -> None:
    java = ({"kode": "53.01.04.2002"}, square(110.0, -7.5))
    here = ({"kode": "53.01.04.2001"}, SHAPES["53.01.04.2001"])
    file = read_boundaries(write_geojson(tmp_path / "a.json", [here, java]))
    assert [item.code_raw for item in file.features] == ["53.01.04.2001"]
    assert file.notes == ("1 poligon di luar provinsi dilewati.",)
    with pytest.raises(UnreadableBoundaries, match="berada di luar provinsi"):
        read_boundaries(write_geojson(tmp_path / "b.json", [java]))


def test_mending_drops_slivers_but_keeps_islets() -> None:
    islet = square(123.8, -10.0, 0.0002)  # about 22 metres across, 480 square metres
    strip = shapely.Polygon([(123.4, -10.2), (123.5, -10.2), (123.5, -10.199999)])
    bow = shapely.Polygon([(123.4, -10.2), (123.5, -10.1), (123.5, -10.2), (123.4, -10.1)])
    broken = shapely.MultiPolygon([*shapely.make_valid(bow).geoms, islet, strip, square(123.45, -10.18)])
    repaired = repair(np.asarray([broken], dtype=object)).shapes[0]
    assert repaired.is_valid
    assert repaired.covers(islet)
    assert not any(part.area * 111_320**2 < 200 for part in repaired.geoms)


@given(st.lists(st.tuples(st.floats(118.9, 125.2), st.floats(-11, -8)), min_size=4, max_size=12))
def test_whatever_is_drawn_becomes_valid_and_counter_clockwise_or_nothing(points: list[tuple[float, float]]) -> None:
    shape = repair(np.asarray([shapely.Polygon(points)], dtype=object)).shapes[0]
    if shape is not None:
        assert shape.is_valid
        assert all(part.exterior.is_ccw for part in shapely.get_parts(shape))


def test_infinite_coordinates_do_not_reach_the_geometry_library() -> None:
    endless = shapely.from_wkb(shapely.to_wkb(shapely.Polygon([(123, -10), (np.inf, -10), (123, -9)])))
    assert repair(np.asarray([endless, SHAPES["53.01.04.2001"]], dtype=object)).empty == 1


# --- files that must be refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("kosong.geojson", b"", "kosong"),
        ("surat.geojson", b"%PDF-1.7 ...", "adalah PDF"),
        ("peta.shp", b"<?xml version='1.0'?><kml/>", "XML, KML atau GML"),
        ("vrt.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "tidak dikenali"),
        ("alg.geojson", b'{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline"}', "perintah pengolah"),
        ("topo.json", b'{"type":"Topology","arcs":[],"objects":{}}', "TopoJSON"),
        ("lain.json", b'{"a": 1}', "bukan GeoJSON"),
        ("potong.json", b'{"type":"FeatureCollection","features":[{"type":"Feature","geom', "rusak atau terpotong"),
        ("tanpa.json", b'{"type":"FeatureCollection","features":[]}', "tidak memuat"),
        ("utf16.json", '{"type":"FeatureCollection"}'.encode("utf-16"), "UTF-16"),
        ("desa.dbf", b"\x03\x7a\x01\x01" + bytes(60), "hanya bagian dari shapefile"),
        ("bukan.gpkg", b"SQLite format 3\x00" + bytes(200), "rusak|bukan GPKG"),
        ("rusak.zip", b"PK\x03\x04" + bytes(40), "ZIP rusak.zip rusak"),
        ("acak.bin", bytes(range(1, 200)), "tidak dikenali"),
    ],
)
def test_a_file_of_another_kind_or_broken_is_refused_with_a_cure(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableBoundaries, match=message) as refusal:
        read_boundaries(path)
    assert str(refusal.value).endswith((".", "?"))


@pytest.mark.parametrize("shape", [shapely.Point(123.4, -10.1), shapely.LineString([(123.4, -10.1), (123.5, -10)])])
@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
def test_points_and_lines_are_no_boundaries(tmp_path: Path, shape: Any, suffix: str) -> None:
    path = tmp_path / f"p{suffix}"
    if suffix == ".geojson":
        write_geojson(path, [({"kode": "53.01.04.2001"}, shape)])
    else:
        kind = shapely.get_type_id(shape)
        write_with_gdal(
            path, [shape], {"kode": ["53.01.04.2001"]}, geometry_type=f"Multi{'Point' if kind == 0 else 'LineString'}"
        )
    with pytest.raises(UnreadableBoundaries, match=r"titik atau garis, bukan poligon|satu pun poligon"):
        read_boundaries(path)


@pytest.mark.parametrize(("suffix", "message"), [(".dbf", "kode dan nama wilayah"), (".shx", "indeks bentuk")])
def test_a_shapefile_without_a_needed_part_is_refused(tmp_path: Path, suffix: str, message: str) -> None:
    path = shapefile(tmp_path / "s", CODES)
    path.with_suffix(suffix).unlink()
    for given_path in (path, zipped(tmp_path / "d.zip", *sorted((tmp_path / "s").iterdir()))):
        with pytest.raises(UnreadableBoundaries, match=message):
            read_boundaries(given_path)


def test_without_prj_degrees_are_taken_with_a_note_and_metres_are_refused_until_told(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "s", CODES)
    path.with_suffix(".prj").unlink()
    file = read_boundaries(path)
    assert same_shapes(file.features)
    assert file.notes == (
        "Berkas tidak menyebut sistem koordinat; dibaca sebagai WGS84 karena koordinatnya berupa derajat.",
    )
    (tmp_path / "m").mkdir()
    metres = write_with_gdal(tmp_path / "m" / "d.shp", in_utm(list(SHAPES.values()), tmp_path), CODES, crs=None)
    with pytest.raises(UnreadableBoundaries, match=r"EPSG:32751 \(UTM 51S\)"):
        read_boundaries(metres)
    assert same_shapes(read_boundaries(metres, crs="EPSG:32751").features)
    with pytest.raises(UnreadableBoundaries, match="sistem koordinatnya keliru"):
        read_boundaries(metres, crs="EPSG:0")


def test_a_prj_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "s", CODES)
    projection = path.with_suffix(".prj")
    projection.write_bytes(projection.read_bytes().replace(b"WGS_1984", b"WGS_\x90984"))
    with pytest.raises(UnreadableBoundaries, match="rusak"):
        read_boundaries(path)


def test_metres_that_claim_to_be_degrees_are_refused(tmp_path: Path) -> None:
    rows = [
        ({"kode": code}, shape) for code, shape in zip(SHAPES, in_utm(list(SHAPES.values()), tmp_path), strict=True)
    ]
    with pytest.raises(UnreadableBoundaries, match="mengaku WGS84"):
        read_boundaries(write_geojson(tmp_path / "d.json", rows))


def test_a_file_without_codes_or_of_another_level_says_which_columns_it_has(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "d.json", [({"luas": 12.5, "warna": "biru"}, SHAPES["53.01.04.2001"])])
    with pytest.raises(UnreadableBoundaries, match=r"kolom: luas, warna"):
        read_boundaries(path, gazetteer=GAZETTEER)
    path = write_geojson(tmp_path / "e.json", [({"kode": "53.01.04"}, SHAPES["53.01.04.2001"])])
    with pytest.raises(UnreadableBoundaries, match="tidak memuat kode desa/kelurahan, hanya kode kecamatan"):
        read_boundaries(path, level="village")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableBoundaries, match="tidak ditemukan"):
        read_boundaries(tmp_path / "absent.geojson")
    with pytest.raises(UnreadableBoundaries, match="adalah folder"):
        read_boundaries(tmp_path)


def test_a_zip_bomb_is_refused_by_what_it_declares_and_by_what_it_pours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_geojson(tmp_path / "d.json", [({"kode": "53.01.04.2001"}, SHAPES["53.01.04.2001"])])
    bomb = zipped(tmp_path / "d.zip", path)
    monkeypatch.setattr(opening, "_MOST_BYTES", 100)
    with pytest.raises(UnreadableBoundaries, match="terlalu besar setelah dibuka"):
        read_boundaries(bomb)
    content = bytearray(bomb.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = (50).to_bytes(4, "little")  # the size that the directory declares
    bomb.write_bytes(content)
    with pytest.raises(UnreadableBoundaries, match="rusak"):
        read_boundaries(bomb)


def test_names_in_a_zip_cannot_leave_its_folder_and_hidden_members_do_not_count(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "d.json", [({"kode": "53.01.04.2001"}, SHAPES["53.01.04.2001"])])
    hostile = tmp_path / "d.zip"
    with zipfile.ZipFile(hostile, "w") as archive:
        archive.write(path, "../../lari.geojson")
        archive.write(path, "__MACOSX/._d.geojson")
        archive.write(path, ".hidden.geojson")
    assert len(read_boundaries(hostile).features) == 1
    assert not (tmp_path.parent / "lari.geojson").exists()


def test_a_zip_without_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "baca.txt").write_text("Contoh")
    with pytest.raises(UnreadableBoundaries, match=r"tidak memuat \.shp, \.gpkg, atau \.geojson"):
        read_boundaries(zipped(tmp_path / "d.zip", tmp_path / "baca.txt"))


@pytest.mark.parametrize("suffix", [".zip", ".gpkg", ".geojson"])
def test_a_damaged_file_is_read_or_refused_but_never_breaks(tmp_path: Path, suffix: str) -> None:
    original = tmp_path / f"d{suffix}"
    if suffix == ".zip":
        shapefile(tmp_path / "s", CODES)
        zipped(original, *sorted((tmp_path / "s").iterdir()))
    elif suffix == ".gpkg":
        write_with_gdal(original, list(SHAPES.values()), CODES, layer="desa")
    else:
        write_geojson(original, [({"kode": code}, shape) for code, shape in SHAPES.items()])
    content = original.read_bytes()
    chance = random.Random(2026)  # noqa: S311 - a seed for tests
    refused = 0
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        original.write_bytes(damaged[: chance.choice([len(damaged), chance.randrange(1, len(damaged))])])
        try:
            read_boundaries(original)
        except UnreadableBoundaries:
            refused += 1
    assert refused > 20


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "d.json", [({"kode": "53.01.04.2001"}, SHAPES["53.01.04.2001"])])
    locked = zipped(tmp_path / "d.zip", path)
    content = bytearray(locked.read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(mark)
        content[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1  # the flag of an encrypted member
    locked.write_bytes(content)
    with pytest.raises(UnreadableBoundaries, match="terkunci kata sandi"):
        read_boundaries(locked)


# --- making small -----------------------------------------------------------------------------------------------------


def wavy_neighbours() -> tuple[Any, Any]:
    """Two shapes that share a finely waving edge."""
    edge = [(123.5 + 0.0003 * (n % 2), -10.2 + n * 0.001) for n in range(101)]
    west = shapely.Polygon([(123.4, -10.2), *edge, (123.4, -10.1)])
    east = shapely.Polygon([(123.6, -10.1), *reversed(edge), (123.6, -10.2)])
    return west, east


def test_neighbours_keep_one_common_edge() -> None:
    west, east = simplify(wavy_neighbours(), 200.0)
    assert shapely.get_num_coordinates(west) < 20
    assert shapely.coverage_is_valid([west, east])
    assert west.intersection(east).length > 0.09
    assert west.union(east).area == pytest.approx(west.area + east.area)


def test_islets_stay_however_coarse_the_shape_becomes() -> None:
    west, east = wavy_neighbours()
    islet, rock = square(123.8, -10.0, 0.0005), square(123.9, -10.0, 0.000004)
    simple = simplify([shapely.MultiPolygon([west, islet]), east, rock], 5_000.0)
    assert shapely.get_num_geometries(simple[0]) == 2
    assert any(part.intersects(islet) for part in simple[0].geoms)
    assert simple[2].area > 0
    assert all(shape.is_valid for shape in simple)


def test_an_untidy_coverage_is_made_to_fit_and_nothing_is_swallowed() -> None:
    around, inner = square(123.4, -10.2, 0.3), square(123.5, -10.1, 0.05)
    simple = simplify([around, inner], 50.0)
    assert shapely.coverage_is_valid(simple)
    assert simple[1].area == pytest.approx(inner.area, rel=0.01)
    assert simple[0].area == pytest.approx(around.area - inner.area, rel=0.01)


def test_coordinates_are_rounded_and_written_short() -> None:
    shape = shapely.Polygon([(123.4000012, -10.2), (123.5, -10.2000049), (123.5, -10.1)])
    (simple,) = simplify([shape], 1.0)
    content = to_geojson_bytes([("53.01.04.2001", simple, {"name": "Nunle'u"})])
    (feature,) = json.loads(content)["features"]
    assert (feature["id"], feature["properties"]) == ("53.01.04.2001", {"code": "53.01.04.2001", "name": "Nunle'u"})
    assert sorted(map(tuple, feature["geometry"]["coordinates"][0][:-1])) == [
        (123.4, -10.2),
        (123.5, -10.2),
        (123.5, -10.1),
    ]
    assert b"123.4," in content


def test_nothing_to_simplify_gives_nothing() -> None:
    assert simplify([], 100.0) == []
    assert json.loads(to_geojson_bytes([])) == {"type": "FeatureCollection", "features": []}


# --- the real province ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def province() -> tuple[list[RegionRow], Gazetteer]:
    if not (SHARED / "boundaries").exists():
        pytest.skip("NOT CHECKED: ../shared/data/boundaries is absent, the real polygons were not read")
    rows = read_csv(SHARED / "ntt_regions.csv")
    return rows, Gazetteer(rows)


@pytest.mark.parametrize(
    ("name", "count", "missing"), [("regency", 22, 0), ("district", 315, 0), ("village", 3352, 90)]
)
def test_the_real_polygons_are_all_matched(
    province: tuple[list[RegionRow], Gazetteer], name: str, count: int, missing: int
) -> None:
    file = read_boundaries(SHARED / "boundaries" / f"ntt_{name}.geojson", gazetteer=province[1])
    report = match(file.features, province[1], level=file.level)
    assert (file.level, len(report.matched), len(report.unmatched), len(report.missing)) == (name, count, 0, missing)
    assert [item.code for item in report.matched if item.doubt] == []


def real(name: str) -> tuple[list[str], list[Any]]:
    file = read_boundaries(SHARED / "boundaries" / f"ntt_{name}.geojson")
    return [item.code_raw for item in file.features], [item.geometry for item in file.features]


@pytest.mark.parametrize("system", ["kemendagri", "bps"])
def test_real_villages_come_back_from_a_geopackage_in_either_system_as_numbers(
    province: tuple[list[RegionRow], Gazetteer], tmp_path: Path, system: str
) -> None:
    codes, shapes = real("village")
    bps = {row.code: row.bps_code or "" for row in province[0]}
    written = [float(bps[code] if system == "bps" else code.replace(".", "")) for code in codes]
    path = write_with_gdal(tmp_path / "v.gpkg", shapes, {"IDDESA": written}, layer="v")
    file = read_boundaries(path, gazetteer=province[1])
    report = match(file.features, province[1], level="village")
    assert (report.system, len(report.matched), len(report.unmatched)) == (system, 3352, 0)
    assert {item.code for item in report.matched} == set(codes)


@pytest.mark.parametrize("with_names", [True, False])
def test_real_regencies_with_bps_codes_in_a_shapefile_are_told_by_names_or_places(
    province: tuple[list[RegionRow], Gazetteer], tmp_path: Path, *, with_names: bool
) -> None:
    codes, shapes = real("regency")
    by_code = {row.code: row for row in province[0]}
    columns: dict[str, Sequence[Any]] = {"IDKAB": [by_code[code].bps_code or "" for code in codes]}
    if with_names:
        columns["NMKAB"] = [by_code[code].name.removeprefix("Kabupaten ").upper() for code in codes]
    (tmp_path / "s").mkdir()
    write_with_gdal(tmp_path / "s" / "kab.shp", shapes, columns)
    path = zipped(tmp_path / "kab.zip", *sorted((tmp_path / "s").iterdir()))
    shutil.rmtree(tmp_path / "s")
    report = match(read_boundaries(path, gazetteer=province[1]).features, province[1], level="regency")
    assert (report.system, len(report.matched)) == ("bps", 22)
    areas = {item.code: round(item.geometry.area, 6) for item in report.matched}
    assert areas == {code: round(shape.area, 6) for code, shape in zip(codes, shapes, strict=True)}


def test_real_villages_become_small_and_still_fit(province: tuple[list[RegionRow], Gazetteer]) -> None:
    _, shapes = real("village")
    simple = simplify(shapes, 400.0)
    before, after = shapely.get_num_coordinates(shapes).sum(), shapely.get_num_coordinates(simple).sum()
    assert after < 0.25 * before
    assert (shapely.get_num_geometries(simple) >= shapely.get_num_geometries(shapes)).all()
    assert shapely.is_valid(simple).all()
    assert shapely.coverage_is_valid(simple)


def test_real_villages_without_polygon_all_find_their_kecamatan(province: tuple[list[RegionRow], Gazetteer]) -> None:
    codes, _ = real("village")
    districts = dict(zip(*real("district"), strict=True))
    without = sorted({row.code for row in province[0] if row.level == "village"} - set(codes))
    borrowed = fallback_polygons(without, districts)
    assert len(borrowed) == len(without) == 90
