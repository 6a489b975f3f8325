"""Regions as paths: codes, tables, packages and the counts that the province must have."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.regions import (
    NTT_COUNTS,
    InvalidRegionCode,
    RegionRow,
    UnreadableRegions,
    ancestors_of,
    check_counts,
    clean_name,
    from_packages,
    is_within,
    kind_of,
    level_of,
    loose_key,
    make_region,
    merge_attributes,
    normalise_code,
    parent_of,
    read_csv,
    read_table,
    scope_bounds,
    write_table,
)

REFERENCE = Path(__file__).parents[2].parent / "shared" / "data" / "ntt_regions.csv"


@pytest.fixture(scope="module")
def province() -> list[RegionRow]:
    if not REFERENCE.exists():
        pytest.skip("NOT CHECKED: ../shared/data/ntt_regions.csv is absent, the real province was not read")
    return read_csv(REFERENCE)


def two_digits(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda number: f"{number:02d}")


village_codes = st.builds(
    lambda regency, district, kind, number: f"53.{regency}.{district}.{kind}{number:03d}",
    two_digits(1, 99),
    two_digits(1, 99),
    st.sampled_from("123"),
    st.integers(1, 999),
)
codes = village_codes.flatmap(lambda code: st.sampled_from([code, code[:8], code[:5], code[:2]]))


@pytest.mark.parametrize(
    "written",
    ["53.12.04.2003", "5312042003", " 53.12.04.2003 ", "53 12 04 2003", "53-12-04-2003", "5312042003.0", "'5312042003"],
)
def test_every_way_of_writing_a_village_code_gives_the_dotted_one(written: str) -> None:
    assert normalise_code(written) == "53.12.04.2003"


@pytest.mark.parametrize(
    "written",
    ["", "5", "53.1", "53.12.4.2003", "53.12.04.4003", "53.12.04.203", "5312042003.5", "٥٣", "53.12.04.2003.1", "abc"],
)
def test_a_text_that_is_no_code_is_refused_with_the_form_to_write(written: str) -> None:
    with pytest.raises(InvalidRegionCode, match=r"Tuliskan seperti 53, 53\.12, 53\.12\.04 atau 53\.12\.04\.2003"):
        normalise_code(written)


@pytest.mark.parametrize("written", ["5303100", "5303100005"])
def test_a_bps_code_is_refused_as_such(written: str) -> None:
    with pytest.raises(InvalidRegionCode, match="kode BPS"):
        normalise_code(written)


@pytest.mark.parametrize(
    ("code", "level", "kind", "parent"),
    [
        ("53", "province", "provinsi", None),
        ("53.12", "regency", "kabupaten", "53"),
        ("53.69", "regency", "kabupaten", "53"),
        ("53.71", "regency", "kota", "53"),
        ("53.12.04", "district", "kecamatan", "53.12"),
        ("53.12.04.1001", "village", "kelurahan", "53.12.04"),
        ("53.12.04.2003", "village", "desa", "53.12.04"),
        ("53.12.04.3001", "village", "desa adat", "53.12.04"),
    ],
)
def test_a_code_says_its_level_kind_and_parent(code: str, level: str, kind: str, parent: str | None) -> None:
    assert (level_of(code), kind_of(code), parent_of(code)) == (level, kind, parent)


def test_ancestors_are_listed_nearest_first() -> None:
    assert ancestors_of("53.12.04.2003") == ("53.12.04", "53.12", "53")


def test_scope_bounds_of_a_regency_leave_its_neighbours_out() -> None:
    low, high = scope_bounds("53.12")
    assert (low, high) == ("53.12", "53.12/")
    inside = [code for code in ("53", "53.11.99.2999", "53.12", "53.12.04", "53.120", "53.13") if low <= code < high]
    assert inside == ["53.12", "53.12.04"]


@given(codes, codes)
def test_byte_range_and_path_prefix_are_the_same_question(scope: str, code: str) -> None:
    low, high = (bound.encode() for bound in scope_bounds(scope))
    assert (low <= code.encode() < high) == is_within(code, scope)


@given(codes, st.sampled_from([".", " ", "-", "/", ""]))
def test_normalising_undoes_any_separator_and_is_idempotent(code: str, separator: str) -> None:
    assert normalise_code(code.replace(".", separator)) == code
    assert normalise_code(normalise_code(code)) == code


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ('Nunle"u', "Nunle'u"),
        ("Regapu’u", "Regapu'u"),
        ("OP", "Op"),
        ("KI'E", "Ki'e"),
        ("Kot olin", "Kot Olin"),
        ("Cibal  barat", "Cibal Barat"),
        ("Mali lha", "Mali Iha"),
        ("Oh'aem II", "Oh'aem II"),
        ("Benteng Tawa IV", "Benteng Tawa IV"),
        ("Kalikur WL", "Kalikur WL"),
        ("Kota SoE", "Kota SoE"),
        ("T'Eba Timur", "T'Eba Timur"),
        ("Fafinesu A", "Fafinesu A"),
    ],
)
def test_names_are_repaired_and_nothing_else_is_touched(damaged: str, clean: str) -> None:
    assert clean_name(damaged) == clean


def test_the_loose_key_forgives_apostrophes_blanks_and_doubled_letters() -> None:
    assert loose_key("Miomaffo  Timur") == loose_key("MIOMAFO TIMUR") == "miomafotimur"
    assert loose_key("Bu Nuapu’u") == "bunuapu"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_region_csv_with_indonesian_headers_and_semicolons_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "wilayah.csv", "Kode;Nama;Lintang;Bujur", "53.01.04;Semau;-10.184;123.423", "53.01;Kupang;;"
    )
    semau, kupang = read_csv(path)
    assert semau == RegionRow(
        code="53.01.04",
        level="district",
        kind="kecamatan",
        name="Semau",
        parent_code="53.01",
        lat=-10.184,
        lon=123.423,
        point_quality="given",
    )
    assert (kupang.lat, kupang.lon, kupang.point_quality) == (None, None, "none")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("53.1,5303,regency,kabupaten,Kupang,53,,", "Baris 2: kolom kode: “53.1” bukan kode wilayah"),
        ("53.01,5303,district,kabupaten,Kupang,53,,", "Baris 2: kolom level berisi “district”, padahal kode 53.01"),
        ("53.01,5303,regency,kota,Kupang,53,,", "Baris 2: kolom kind berisi “kota”"),
        ("53.01,5303,regency,kabupaten,Kupang,52,,", "Baris 2: kolom parent_code berisi “52”"),
        ("53.01,530,regency,kabupaten,Kupang,53,,", "Kode BPS untuk kabupaten terdiri dari 4 angka"),
        ("53.01,5303,regency,kabupaten,,53,,", "Baris 2: kolom name kosong"),
        ('53.01,5303,regency,kabupaten,Kupang,53,"-9,9",123', "Baris 2: kolom lat berisi “-9,9”"),
        ("53.01,5303,regency,kabupaten,Kupang,53,-9.9,", "kolom lat dan lon harus diisi keduanya"),
        ("53.01,5303,regency,kabupaten,Kupang,53,nan,123", "kolom lat berisi “nan”"),
        (f"53.01,5303,regency,kabupaten,{'K' * 121},53,,", "kolom name terlalu panjang: 121 huruf, paling banyak 120"),
        ("53.01,5303,regency,kabupaten,Ku\x00pang,53,,", "kolom name memuat tanda yang tidak terlihat"),
        ("53.01,5303,regency,kabupaten,Ku\u202epang,53,,", "kolom name memuat tanda yang tidak terlihat"),
    ],
)
def test_a_faulty_row_is_named_with_column_value_and_cure(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "r.csv", "kemendagri_code,bps_code,level,kind,name,parent_code,lat,lon", line)
    with pytest.raises(UnreadableRegions) as refusal:
        read_csv(path)
    assert message in str(refusal.value)


@pytest.mark.parametrize("separator", ["\t", "|"])
def test_a_region_file_may_be_separated_by_tabs_or_bars(tmp_path: Path, separator: str) -> None:
    path = write(tmp_path / "r.csv", separator.join(["kode", "nama"]), separator.join(["53.01", "Kupang"]))

    assert [(row.code, row.name) for row in read_csv(path)] == [("53.01", "Kupang")]


def test_a_file_without_its_key_columns_or_rows_or_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRegions, match="kolom kemendagri_code dan name tidak ada"):
        read_csv(write(tmp_path / "a.csv", "foo,bar", "1,2"))
    with pytest.raises(UnreadableRegions, match="tidak ada baris wilayah"):
        read_csv(write(tmp_path / "b.csv", "code,name"))
    (tmp_path / "c.csv").write_bytes(b"code,name\n53,\xff\xfe\n")
    with pytest.raises(UnreadableRegions, match="bukan teks UTF-8"):
        read_csv(tmp_path / "c.csv")


def test_many_faults_are_counted_and_the_first_twenty_shown(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", "code,name", *["x,Contoh"] * 30)
    with pytest.raises(UnreadableRegions) as refusal:
        read_csv(path)
    assert len(refusal.value.problems) == 30
    assert str(refusal.value).endswith("… dan 10 masalah lain.")


def test_the_compact_table_gives_back_what_was_written(tmp_path: Path) -> None:
    rows = [
        make_region("53", "Nusa Tenggara Timur", bps_code="53", point=(-8.5, 120.6), point_quality="approximate"),
        make_region("53.01.04.2003", "Bokonusan", point=(-10.22747, 123.37959)),
        make_region("53.02.08.2002", "Nunle'u"),
    ]
    assert write_table(reversed(rows), tmp_path / "t.csv") == 3
    assert read_table(tmp_path / "t.csv") == rows


def test_a_damaged_compact_table_is_refused_naming_the_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRegions, match="bukan tabel wilayah"):
        read_table(write(tmp_path / "a.csv", "code,name"))
    header = "code,bps_code,name,lat,lon,point_quality"
    with pytest.raises(UnreadableRegions, match=r"b\.csv baris 2: tabel wilayah rusak"):
        read_table(write(tmp_path / "b.csv", header, "53,53,Nusa Tenggara Timur,x,1,given"))


def test_an_operators_file_adds_bps_codes_and_better_points_only() -> None:
    base = [
        make_region("53.01.04", "Semau", point=(-10.1, 123.4), point_quality="approximate"),
        make_region("53.01", "A"),
    ]
    extra = [make_region("53.01.04", "SEMAU", bps_code="5303100", point=(-10.2, 123.5)), make_region("53.99", "Contoh")]
    merged, notes = merge_attributes(base, extra)
    assert merged[0] == make_region("53.01.04", "Semau", bps_code="5303100", point=(-10.2, 123.5))
    assert merged[1] is base[1]
    assert notes == ["Kode 53.99 (Contoh) tidak ada dalam daftar wilayah; baris itu tidak dipakai."]


# --- the packages -----------------------------------------------------------------------------------------------------

PACKAGE_NAMES = {
    "provinces.csv": ["code,name", "52,Lain", "53,Nusa Tenggara Timur"],
    "regencies.csv": ["code,province_code,name", "52.01,52,Kabupaten Lain", "53.03,53,Kabupaten Timor Tengah Utara"],
    "districts.csv": [
        "code,regency_code,name",
        "53.03.01,53.03,Miomaffo Timur",
        "53.03.02,53.03,Insana",
        "53.03.10,53.03,Insana Baru",
    ],
    "villages.csv": [
        "code,district_code,name",
        '53.03.01.2001,53.03.01,"Nunle""u"',
        "53.03.01.2002,53.03.01,Bitefa",
        "53.03.01.2003,53.03.01,Tanpa Titik",
        "53.03.10.2001,53.03.10,Oesena",
        "53.03.02.2001,53.03.02,Jauh",
    ],
}


def entry(code: str, district: str, village: str, lat: float, lon: float) -> dict[str, object]:
    city = "Kabupaten Timor Tengah Utara"
    return {"code": code, "city": city, "district": district, "village": village, "latitude": lat, "longitude": lon}


@pytest.fixture
def packages(tmp_path: Path) -> tuple[Path, Path]:
    names = tmp_path / "idn-area-data"
    (names / "data").mkdir(parents=True)
    for file_name, lines in PACKAGE_NAMES.items():
        write(names / "data" / file_name, *lines)
    points = tmp_path / "geografis"
    (points / "data" / "json").mkdir(parents=True)
    entries = [
        entry("52.01.01.2001", "Lain", "Lain", -8.5, 117.0),
        entry("53.03.01.2001", "Miomafo Timur", "Nunleu", -9.0, 124.0),
        entry("53.03.01.1002", "Miomafo Timur", "Bitefa", -9.2, 124.2),
        entry("53.03.02.2009", "Insana", "Oesena", -9.4, 124.4),
        entry("53.03.02.2001", "Insana", "Jauh", 45.0, 7.0),
    ]
    (points / "data" / "json" / "data.json").write_text(json.dumps(entries), encoding="utf-8")
    return names, points


def test_packages_give_names_repaired_and_points_by_code_then_name_then_centre(packages: tuple[Path, Path]) -> None:
    rows = {row.code: row for row in from_packages(*packages, province="53")}
    assert len(rows) == 10
    assert rows["53.03.01.2001"].name == "Nunle'u"
    found = {code: (row.lat, row.lon, row.point_quality) for code, row in rows.items()}
    assert found["53.03.01.2001"] == (-9.0, 124.0, "given")
    assert found["53.03.01.2002"] == (-9.2, 124.2, "given"), "same names under an older code"
    assert found["53.03.10.2001"] == (-9.4, 124.4, "given"), "same village and city, its district was split off"
    assert found["53.03.01.2003"] == (pytest.approx(-9.1), pytest.approx(124.1), "approximate")
    assert found["53.03.02.2001"] == (pytest.approx(-9.2), pytest.approx(124.2), "approximate"), "outside: not believed"


def test_a_name_that_stands_twice_gets_no_point_by_name(packages: tuple[Path, Path]) -> None:
    villages = packages[0] / "data" / "villages.csv"
    villages.write_text(villages.read_text() + "53.03.02.2002,53.03.02,Oesena\n", encoding="utf-8")
    rows = {row.code: row for row in from_packages(*packages, province="53")}
    assert rows["53.03.02.2002"].point_quality == "given", "the district name decides"
    assert rows["53.03.10.2001"].point_quality == "approximate"


def test_a_missing_or_broken_package_is_refused_with_the_cure(packages: tuple[Path, Path], tmp_path: Path) -> None:
    names, points = packages
    with pytest.raises(UnreadableRegions, match="paket idn-area-data tidak ada atau rusak"):
        from_packages(tmp_path / "absent", points, province="53")
    with pytest.raises(UnreadableRegions, match="Provinsi 99 tidak ada"):
        from_packages(names, points, province="99")
    (points / "data" / "json" / "data.json").write_text("[{", encoding="utf-8")
    with pytest.raises(UnreadableRegions, match="paket geografis tidak ada atau rusak"):
        from_packages(names, points, province="53")


# --- the real province ------------------------------------------------------------------------------------------------


def test_the_expected_counts_add_up_to_the_province() -> None:
    assert sum(NTT_COUNTS.villages_per_regency.values()) == NTT_COUNTS.villages == 3442
    assert len(NTT_COUNTS.villages_per_regency) == NTT_COUNTS.regencies == 22


def test_the_real_province_passes_the_counts(province: list[RegionRow]) -> None:
    assert check_counts(province, NTT_COUNTS) == []


def test_the_real_province_survives_the_compact_table(province: list[RegionRow], tmp_path: Path) -> None:
    write_table(province, tmp_path / "t.csv")
    back = {row.code: row for row in read_table(tmp_path / "t.csv")}
    assert len(back) == 3780
    assert all(back[row.code].name == row.name and back[row.code].bps_code == row.bps_code for row in province)
    assert sum(row.point_quality == "none" for row in back.values()) == 90


def test_two_villages_exchanged_between_regencies_are_refused_though_the_total_is_right(
    province: list[RegionRow],
) -> None:
    moved = [row for row in province if row.code != "53.12.04.2003"]
    moved.append(make_region("53.11.01.2099", "Contoh Uji"))
    assert check_counts(moved, NTT_COUNTS) == [
        f"Kabupaten Sumba Timur (53.11) memuat 157 desa/kelurahan, seharusnya 156 (sumber: {NTT_COUNTS.source}).",
        f"Kabupaten Sumba Barat (53.12) memuat 73 desa/kelurahan, seharusnya 74 (sumber: {NTT_COUNTS.source}).",
    ]


def test_a_missing_district_is_counted_and_its_villages_are_orphans(province: list[RegionRow]) -> None:
    faults = check_counts([row for row in province if row.code != "53.17.01"], NTT_COUNTS)
    assert faults[0].startswith("Jumlah kecamatan 314, seharusnya 315")
    orphans = [fault for fault in faults if "tidak punya induk: tambahkan wilayah 53.17.01." in fault]
    assert len(orphans) == sum(row.parent_code == "53.17.01" for row in province)


def test_repeats_strangers_and_bad_points_are_each_named(province: list[RegionRow]) -> None:
    by_code = {row.code: row for row in province}
    village = by_code["53.12.04.2003"]
    swapped = replace(village, lat=village.lon, lon=village.lat)
    abroad = replace(by_code["53.12.04.2004"], lat=48.0, lon=2.0)
    same_bps = replace(by_code["53.12.04.2005"], bps_code=village.bps_code)
    changed = {row.code: row for row in (swapped, abroad, same_bps)}
    rows = [changed.get(row.code, row) for row in province] + [swapped, make_region("52", "Contoh Uji")]
    faults = "\n".join(check_counts(rows, NTT_COUNTS))
    assert "Kode 53.12.04.2003 muncul 2 kali" in faults
    assert "53.12.04.2003 (" in faults
    assert "lintang dan bujur tertukar" in faults
    assert "titik 48.0, 2.0 berada di luar provinsi" in faults
    assert f"Kode BPS {village.bps_code} dipakai oleh 53.12.04.2003, 53.12.04.2005" in faults
    assert "52 (Contoh Uji) bukan wilayah provinsi 53" in faults


def test_the_whole_province_reads_in_order_of_its_file(province: list[RegionRow]) -> None:
    with REFERENCE.open(encoding="utf-8", newline="") as stream:
        expected = [record["kemendagri_code"] for record in csv.DictReader(stream)]
    assert [row.code for row in province] == expected
