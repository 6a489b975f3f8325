"""Boundary files of every kind and fault, on a small invented grid and on the real polygons in both code systems."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.boundary_files import (
    CODES,
    GAZETTEER,
    ROWS,
    SHAPES,
    VILLAGES,
    in_utm,
    same_shapes,
    shapefile,
    square,
    write_geojson,
    write_with_gdal,
    zipped,
)

from lontar.engines.boundaries import (
    Boundary,
    UnreadableBoundaries,
    fallback_polygons,
    match,
    read_boundaries,
)
from lontar.engines.boundaries.repairing import repair
from lontar.engines.places import Gazetteer
from lontar.engines.regions import make_region


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
