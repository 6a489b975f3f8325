"""Boundary files that must be refused with a cure, shapes that must survive simplifying, and the real polygons."""

import json
import random
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import shapely
from tests.engines.boundary_files import (
    CODES,
    GAZETTEER,
    SHAPES,
    SHARED,
    in_utm,
    same_shapes,
    shapefile,
    square,
    write_geojson,
    write_with_gdal,
    zipped,
)

from lontar.engines.boundaries import (
    UnreadableBoundaries,
    fallback_polygons,
    match,
    opening,
    read_boundaries,
    simplify,
    to_geojson_bytes,
)
from lontar.engines.places import Gazetteer
from lontar.engines.regions import RegionRow, read_csv


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


@pytest.mark.parametrize("suffix", [".shp", ".dbf"])
def test_a_shapefile_of_which_a_part_broke_off_is_refused(tmp_path: Path, suffix: str) -> None:
    path = shapefile(tmp_path / "utuh", CODES)
    part = path.with_suffix(suffix)
    part.write_bytes(part.read_bytes()[:-40])

    with pytest.raises(UnreadableBoundaries, match="terpotong: sebagian isinya hilang"):
        read_boundaries(path)


def test_one_column_with_codes_of_several_levels_is_read_level_by_level(tmp_path: Path) -> None:
    villages = [({"kode": code}, shape) for code, shape in SHAPES.items()]
    others = [({"kode": "53.01.04"}, square(123.4, -10.2, 0.4)), ({"kode": "53.01"}, square(123.4, -10.3, 0.5))]
    path = write_geojson(tmp_path / "campur.geojson", [*villages, *others])

    deepest = read_boundaries(path, gazetteer=GAZETTEER)
    district = read_boundaries(path, gazetteer=GAZETTEER, level="district")

    assert (deepest.level, [item.code_raw for item in deepest.features]) == ("village", list(SHAPES))
    assert (district.level, [item.code_raw for item in district.features]) == ("district", ["53.01.04"])
    assert deepest.notes == (
        "2 poligon tanpa kode desa/kelurahan dilewati. Untuk tingkat lain dalam berkas ini, impor lagi dengan tingkat itu "
        "(--level).",
    )


def test_wrong_codes_among_good_ones_are_named_and_never_taken_for_another_province(tmp_path: Path) -> None:
    good = [({"kode": code, "nama": ""}, shape) for code, shape in SHAPES.items()]
    wrong = [
        ({"kode": "abc", "nama": "Contoh"}, square(123.9, -10.2)),
        ({"kode": "33.01.01.2001"}, square(124.1, -10.2)),
    ]
    file = read_boundaries(write_geojson(tmp_path / "salah.geojson", [*good, *wrong]), gazetteer=GAZETTEER)

    report = match(file.features, GAZETTEER, level="village")

    assert [one.code_raw for one in report.unmatched] == ["abc"]
    assert (len(report.matched), report.outside) == (4, 1)


def test_codes_in_scientific_notation_are_read_where_no_digit_is_lost(tmp_path: Path) -> None:
    rows = [({"kode": f"{int(code.replace('.', '')):.9E}"}, shape) for code, shape in SHAPES.items()]

    file = read_boundaries(write_geojson(tmp_path / "ilmiah.geojson", rows), gazetteer=GAZETTEER)

    assert [one.code for one in match(file.features, GAZETTEER, level="village").matched] == list(SHAPES)
