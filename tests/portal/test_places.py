"""Pages of regions and villages; codes that are written otherwise; what is missing and who can supply it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.portal.province import BENA, LANGA, MALATA, MATALOKO, TADHO, ZALA, Seeded
from tests.portal.reading import Page

from lontar.registry.models import Region, RegionBoundary, RegionSuccession


def test_the_province_lists_its_kabupaten_with_their_coverage(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/wilayah"))

    assert ["Ngada", "53.09", "4", "40", "3", "1", "7,5 %"] in page.rows
    assert ["Sumba Barat", "53.12", "2", "10", "1", "0", "10,0 %"] in page.rows
    assert "Provinsi Nusa Tenggara Timur" in page.words


def test_a_list_is_sorted_by_its_address(province: Seeded, visitor: Client) -> None:
    names = [row[0] for row in Page(visitor.get("/wilayah?urut=-cakupan")).rows if len(row) == 7]

    assert names == ["Kabupaten/kota", "Sumba Barat", "Ngada"]


def test_a_kabupaten_shows_its_kecamatan_commodities_and_rank(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/wilayah/53.09"))

    assert "53.09 · kode BPS 5312 · 4 desa/kelurahan." in page.words
    assert "Kelengkapan daftar usahanya urutan 2 dari 2 kabupaten/kota." in page.words
    assert ["Aimere", "53.09.01", "2", "2", "1"] in page.rows
    assert ["Golewa", "53.09.02", "2", "1", "0"] in page.rows
    assert ["Kopi arabika", "1"] in page.rows
    assert ["Jagung", "1"] in page.rows
    assert "Potensi desa tahun 2025" in page.words


def test_a_kecamatan_lists_its_villages_with_dashes_where_nothing_is_recorded(
    province: Seeded, visitor: Client
) -> None:
    page = Page(visitor.get("/wilayah/53.09.01"))

    assert ["Desa Bena Uji", BENA, "2", "1", "2", "2"] in page.rows
    assert ["Desa Langa Uji", LANGA, "–", "–", "–", "–"] in page.rows
    assert f"/desa/{LANGA}" in page.links


def test_the_csv_of_a_region_is_exact(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/wilayah/53.09.01/desa.csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="desa-53.09.01.csv"'
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "code,name,kind,district_code,district,registered,verified,commodities,products",
        f"{BENA},Bena Uji,desa,53.09.01,Aimere,2,1,2,2",
        f"{LANGA},Langa Uji,desa,53.09.01,Aimere,0,0,0,0",
    ]
    assert visitor.get("/wilayah/53/cakupan.csv").content.decode("utf-8-sig").splitlines() == [
        "code,name,villages,enterprises_official,enterprises_registered,enterprises_verified",
        "53.09,Kabupaten Ngada,4,40,3,1",
        "53.12,Kabupaten Sumba Barat,2,10,1,0",
    ]


def test_a_village_shows_what_is_recorded_of_it(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get(f"/desa/{BENA}"))

    assert "Kecamatan Aimere, Kabupaten Ngada · 53.09.01.2001" in page.words
    assert (
        "2 usaha terdaftar, 1 di antaranya terverifikasi. 1 Mikro (1–4 tenaga kerja) 1 Kecil (5–19 tenaga kerja)"
        in (page.words)
    )
    assert [
        "Kopi arabika",
        "12,5 ha",
        "8,25 ton",
        "Mei–September",
        "75 %",
        "Dinas Pertanian Contoh, 30 Juni 2026",
    ] in page.rows
    assert ["Jagung", "–", "30 ton", "Maret–Mei", "–", "Dinas Pertanian Contoh, 30 Juni 2026"] in page.rows
    assert ["Kopi Contoh Bena", "Kopi bubuk", "Mikro", "Terverifikasi"] in page.rows
    assert ["Kopi Bubuk Contoh", "Kemasan", "Kopi Contoh Bena", "2"] in page.rows
    assert ["Biji Kopi Contoh", "Mentah", "–", "–"] in page.rows  # its maker is closed
    assert ["SPP-IRT", "1", "–", "0"] in page.rows
    assert ["Izin edar BPOM MD", "–", "1", "0"] in page.rows
    assert ["Mama Contoh Bena", "Komunitas: Perempuan", "12 anggota"] in page.rows
    assert ["SMK Contoh Bena", "Sekolah (SMK)", "120 peserta didik"] in page.rows
    assert "Mata Air Contoh · Mata air dan sungai" in page.words
    assert "Pasar : 1" in page.words


def test_the_village_index_is_shown_as_decreed_with_its_source(province: Seeded, visitor: Client) -> None:
    words = Page(visitor.get(f"/desa/{BENA}")).words

    assert "Indeks Desa Membangun (IDM) 0,7162 Kementerian Contoh, IDM 2024" in words
    assert "Status desa menurut IDM Maju Kementerian Contoh, IDM 2024" in words


def test_the_harvest_calendar_speaks_for_those_who_cannot_see_it(province: Seeded, visitor: Client) -> None:
    html = visitor.get(f"/desa/{BENA}").content.decode()

    assert 'aria-label="Kapan apa dipanen? Jagung: Maret–Mei; Kopi arabika: Mei–September"' in html
    assert html.count('class="f3"') == 8


def test_a_village_names_what_is_missing_and_who_can_supply_it(province: Seeded, visitor: Client) -> None:
    bare = Page(visitor.get(f"/desa/{LANGA}")).words
    full = Page(visitor.get(f"/desa/{BENA}")).words

    assert "Belum ada potensi, usaha, atau produk Desa Langa Uji yang tercatat." in bare
    assert "Potensi desa Petugas desa mengunduh templat potensi desa di kantor Lontar" in bare
    assert "Usaha Dinas koperasi atau dinas perindustrian mengirim daftar usaha desa ini." in bare
    assert "Indeks desa Diterbitkan Kementerian Desa" in bare
    assert "Belum ada potensi, usaha" not in full
    assert "Batas desa Pengelola provinsi memuat batas desa yang resmi." in full


def test_a_kelurahan_is_not_asked_for_the_index_of_desa(province: Seeded, visitor: Client) -> None:
    assert "Indeks desa" not in Page(visitor.get(f"/desa/{MATALOKO}")).words


def test_a_point_that_is_only_estimated_says_so_and_no_point_gives_no_map(province: Seeded, visitor: Client) -> None:
    assert "Titik ini perkiraan: pusat kecamatan." in Page(visitor.get(f"/desa/{TADHO}")).words
    assert "Titik desa ini belum diketahui." in Page(visitor.get(f"/desa/{ZALA}")).words


def test_the_nearest_villages_are_those_with_exact_points_by_distance(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get(f"/desa/{BENA}"))
    near = [link for link in page.links if link.startswith("/desa/53") and "?" not in link]

    assert near[:2] == [f"/desa/{LANGA}", f"/desa/{MATALOKO}"]
    assert f"/desa/{TADHO}" not in near
    assert "Langa Uji 2,5 km" in page.words


def test_an_outline_turns_the_small_map_into_areas_with_links(province: Seeded, visitor: Client) -> None:
    box = '{"type":"Polygon","coordinates":[[[120.9,-8.9],[121.0,-8.9],[121.0,-8.8],[120.9,-8.8],[120.9,-8.9]]]}'
    for code in (BENA, LANGA):
        RegionBoundary.objects.create(region_id=code, geojson=box, source="batas contoh")

    answer = visitor.get(f"/desa/{BENA}")

    assert "Sumber: batas contoh." in Page(answer).words
    assert '<path class="area k1"' in answer.content.decode()
    assert "Batas desa batas contoh" in Page(answer).words


def test_a_fallback_outline_is_not_drawn_over_its_neighbours(province: Seeded, visitor: Client) -> None:
    box = '{"type":"Polygon","coordinates":[[[120.9,-8.9],[121.0,-8.9],[121.0,-8.8],[120.9,-8.8],[120.9,-8.9]]]}'
    RegionBoundary.objects.create(region_id=BENA, geojson=box, source="batas contoh")
    RegionBoundary.objects.create(region_id=LANGA, geojson=box, source="batas contoh", is_fallback=True)

    own = visitor.get(f"/desa/{BENA}").content.decode()
    fallback = visitor.get(f"/desa/{LANGA}").content.decode()

    assert own.count('<path class="area ') == 1
    assert '<path class="area ' not in fallback
    assert "Batas desa" in Page(visitor.get(f"/desa/{LANGA}")).words
    assert visitor.get("/peta/batas/desa/53.09.json").content.count(b'"Feature"') == 1


def test_a_long_list_of_enterprises_has_pages(province: Seeded, visitor: Client) -> None:
    from tests.factories import make_enterprise

    from lontar.access import scope

    with scope.acting_in("53"):
        for number in range(30):
            make_enterprise(LANGA, name=f"Contoh {number:02d}")

    first, second = Page(visitor.get(f"/desa/{LANGA}")), Page(visitor.get(f"/desa/{LANGA}?hal=2"))
    beyond = Page(visitor.get(f"/desa/{LANGA}?hal=99999"))

    assert ["Contoh 00", "–", "–", "belum"] in first.rows
    assert ["Contoh 25", "–", "–", "belum"] not in first.rows
    assert ["Contoh 25", "–", "–", "belum"] in second.rows
    assert beyond.rows == second.rows


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/desa/5309012001", f"/desa/{BENA}?dari=5309012001"),
        ("/desa/5312010011", f"/desa/{BENA}?dari=5312010011"),
        ("/desa/53.09", "/wilayah/53.09"),
        ("/wilayah/53.09.01.2001", f"/desa/{BENA}"),
        ("/wilayah/53", "/wilayah"),
        ("/wilayah/530901", "/wilayah/53.09.01?dari=530901"),
    ],
)
def test_another_writing_of_a_code_leads_to_its_page(province: Seeded, visitor: Client, path: str, target: str) -> None:
    answer = visitor.get(path)

    assert (answer.status_code, answer["Location"]) == (302, target)
    assert visitor.get(target).status_code == 200


def test_the_page_explains_a_bps_code_and_nothing_that_is_not_its_own(province: Seeded, visitor: Client) -> None:
    words = Page(visitor.get(f"/desa/{BENA}?dari=5312010011")).words
    other = Page(visitor.get(f"/desa/{BENA}?dari=%3Cscript%3E")).words

    assert "Kode BPS 5312010011 adalah Desa Bena Uji" in words
    assert "script" not in other


def test_a_code_that_is_valid_in_both_systems_asks_which_place_is_meant(province: Seeded, visitor: Client) -> None:
    Region.objects.create(
        code="53.01", level="regency", kind="kabupaten", name="Kabupaten Kupang", parent_id="53", source="contoh"
    )

    answer = visitor.get("/wilayah/5301")
    page = Page(answer)

    assert answer.status_code == 300
    assert "Dua tempat memakai kode ini" in page.words
    assert {"/wilayah/53.01", "/wilayah/53.12"} <= set(page.links)


def test_an_unknown_code_suggests_the_nearest_ones(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/desa/53.12.04.2099")
    page = Page(answer)

    assert answer.status_code == 404
    assert "Kode desa 53.12.04.2099 tidak ada di Kecamatan Tana Righu." in page.words
    assert f"/desa/{ZALA}" in page.links
    assert "noindex" not in answer.content.decode()


def test_a_word_instead_of_a_code_suggests_places_of_that_name(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/desa/mataloko")
    page = Page(answer)

    assert answer.status_code == 404
    assert "“mataloko” bukan kode wilayah." in page.words
    assert f"/desa/{MATALOKO}" in page.links


def test_hostile_text_in_an_address_is_shown_as_text(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/desa/%3Cimg%20src=x%20onerror=alert(1)%3E")

    assert answer.status_code == 404
    assert "bukan kode wilayah" in Page(answer).words
    assert "<img" not in answer.content.decode()


def test_a_village_that_ended_names_its_successor(province: Seeded, visitor: Client) -> None:
    Region.objects.filter(code=LANGA).update(valid_until=date(2026, 1, 1))
    RegionSuccession.objects.create(
        old_id=LANGA, new_id=BENA, kind="merge", on_date=date(2026, 1, 1), decree="Perda 1/2026"
    )

    page = Page(visitor.get(f"/desa/{LANGA}"))

    assert "Wilayah ini tidak berlaku lagi sejak 1 Januari 2026." in page.words
    assert f"Diteruskan oleh {BENA} (Perda 1/2026)" in page.words
    assert f"/desa/{BENA}" in page.links


@pytest.mark.parametrize(
    ("path", "most"), [("/wilayah", 18), ("/wilayah/53.09", 22), (f"/desa/{BENA}", 26), (f"/desa/{MALATA}", 26)]
)
def test_pages_of_places_take_a_bounded_number_of_queries(
    province: Seeded, visitor: Client, django_assert_max_num_queries: object, path: str, most: int
) -> None:
    with django_assert_max_num_queries(most):  # type: ignore[operator]  # a fixture that is a function
        assert visitor.get(path).status_code == 200


def test_a_slash_at_the_end_leads_to_the_address_without_it(province: Seeded, visitor: Client) -> None:
    answer = visitor.get(f"/desa/{BENA}/?hal=2")

    assert (answer.status_code, answer["Location"]) == (301, f"/desa/{BENA}?hal=2")
