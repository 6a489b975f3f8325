"""The map, its table twin at the same address, and the data that the map's script asks for."""

from __future__ import annotations

import io
import json
from datetime import date

import openpyxl
import pytest
from django.test import Client
from tests.portal.province import BENA, LANGA, MALATA, MATALOKO, TADHO, ZALA, Seeded
from tests.portal.reading import Page

from lontar.portal.presenters import layers, map_data
from lontar.registry.models import RegionBoundary

ALL = [BENA, LANGA, MATALOKO, TADHO, MALATA, ZALA]


def test_the_map_is_drawn_before_any_script_runs(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/peta")
    page = Page(answer)

    assert '<svg class="lm' in answer.content.decode()
    assert "5 desa dan kelurahan digambar sebagai titik." in page.words  # Zala Uji has no point
    assert "/peta?tampil=tabel" in page.links
    assert 'data-villages-url="/peta/desa.json"' in answer.content.decode()
    assert 'data-layer-url-template="/peta/lapis/{layer}.json"' in answer.content.decode()
    assert "data-outline-url" not in answer.content.decode()


def test_the_legend_counts_every_village(province: Seeded, visitor: Client) -> None:
    layer = layers.shown("usaha", "53", day=date(2026, 7, 1))
    assert layer is not None

    counts = [line.count for line in layer.scale.legend(layer.values.get(code) for code in ALL)]

    assert sum(counts) == 6
    assert counts[-1] == 3  # nothing registered in Langa, Tadho, Zala
    assert "tidak ada data (2)" in Page(visitor.get("/peta")).words  # two of them have a point


def test_the_map_goes_into_a_kabupaten_by_its_address(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/peta?wilayah=53.12&lapis=produk"))

    assert "Peta desa: Kabupaten Sumba Barat" in page.words
    assert "1 desa dan kelurahan digambar sebagai titik." in page.words
    assert "/wilayah/53.12" in page.links


@pytest.mark.parametrize(
    "query", ["wilayah=99.99", "wilayah=%3Cb%3E", "lapis=tidak-ada", "lapis=" + "x" * 500, "tampil=tabel&urut=-%27"]
)
def test_an_address_that_makes_no_sense_shows_the_first_layer_of_the_province(
    province: Seeded, visitor: Client, query: str
) -> None:
    answer = visitor.get(f"/peta?{query}")

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_the_table_ranks_villages_and_leaves_those_without_a_value_last(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/peta?tampil=tabel&lapis=usaha&urut=-nilai"))
    rows = [row for row in page.rows if len(row) == 6]

    assert rows[0] == ["Desa/kelurahan", "Usaha terdaftar (usaha)", "Peringkat", "Kecamatan", "Kabupaten/kota", "Kode"]
    assert rows[1] == ["Desa Bena Uji", "2", "1", "Aimere", "Ngada", BENA]
    assert [row[2] for row in rows[1:]] == ["1", "2", "2", "–", "–", "–"]
    assert "6 desa/kelurahan" in page.words


def test_the_table_is_filtered_by_region_and_name_and_says_so(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/peta?tampil=tabel&wilayah=53.09&nama=uji&lapis=potensi"))
    named = Page(visitor.get("/peta?tampil=tabel&nama=LANGA"))

    assert "4 desa/kelurahan" in page.words
    assert "Kabupaten Ngada Hapus saringan Kabupaten Ngada" in page.words
    assert [row[-1] for row in named.rows if row[-1].startswith("53")] == [LANGA]


def test_a_table_without_hits_says_what_to_do(province: Seeded, visitor: Client) -> None:
    words = Page(visitor.get("/peta?tampil=tabel&nama=zzz")).words

    assert "Tidak ada desa yang cocok. Periksa ejaan nama, atau perluas wilayahnya." in words


def test_words_of_an_index_keep_their_order_and_have_no_rank(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/peta?tampil=tabel&lapis=atribut-status&urut=nilai"))
    rows = [row for row in page.rows if len(row) == 5]

    assert rows[0][1] == "Status desa menurut IDM"
    assert [row[1] for row in rows[1:3]] == ["Tertinggal", "Maju"]


def test_the_table_as_csv_is_exact(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/peta/tabel.csv?lapis=komoditas-kopi-arabika&wilayah=53.09.01&urut=-nilai")

    assert answer.content.decode("utf-8-sig").splitlines() == [
        "code,name,kind,district,regency,lat,lon,point_quality,komoditas-kopi-arabika,rank",
        f"{BENA},Bena Uji,desa,Aimere,Kabupaten Ngada,-8.87,120.98,exact,8.25,1",
        f"{LANGA},Langa Uji,desa,Aimere,Kabupaten Ngada,-8.85,120.97,exact,,",
    ]


def test_the_table_as_workbook_keeps_codes_as_text(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/peta/tabel.xlsx?lapis=usaha")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None

    rows = list(sheet.iter_rows(values_only=True))

    assert rows[0][:3] == ("code", "name", "kind")
    assert rows[1][0] == BENA
    assert rows[1][8:] == (2, 1)
    assert len(rows) == 7


def test_the_villages_come_by_columns_in_order_of_code(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/peta/desa.json")
    data = json.loads(answer.content)

    assert answer["Content-Type"] == "application/json"
    assert data["codes"] == ALL
    assert data["names"][0] == "Bena Uji"
    assert data["lat"] == [-88700, -88500, -88300, -88000, -94400, None]
    assert data["lon"] == [1209800, 1209700, 1210500, 1210000, 1193800, None]
    assert data["approx"] == [3]
    assert data["regions"]["codes"] == ["53.09", "53.09.01", "53.09.02", "53.12", "53.12.04"]
    assert data["regions"]["names"][0] == "Kabupaten Ngada"


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("usaha", [2, None, 1, None, 1, None]),
        ("terverifikasi", [50, None, 0, None, 0, None]),
        ("cakupan", [7.5, 7.5, 7.5, 7.5, 10, 10]),
        ("potensi", [2, None, None, None, 1, None]),
        ("produk", [2, None, None, None, None, None]),
        ("kemasan", [1, None, None, None, None, None]),
        ("izin", [3, None, None, None, None, None]),
        ("komoditas-kopi-arabika", [8.25, None, None, None, 1.5, None]),
        ("atribut-idm", [0.7162, None, None, None, 0.55, None]),
    ],
)
def test_each_layer_has_the_values_of_its_villages(
    province: Seeded, visitor: Client, key: str, values: list[float | None]
) -> None:
    data = json.loads(visitor.get(f"/peta/lapis/{key}.json").content)

    assert data["key"] == key
    assert data["kind"] == "number"
    assert data["values"] == values
    assert data["edges"] == sorted(data["edges"])
    assert data["source"] not in ("", "–")


def test_a_layer_of_words_names_its_categories(province: Seeded, visitor: Client) -> None:
    data = json.loads(visitor.get("/peta/lapis/atribut-status.json").content)

    assert (data["kind"], data["ordered"]) == ("category", True)
    assert data["categories"] == [["TERTINGGAL", "Tertinggal"], ["MAJU", "Maju"]]
    assert data["values"] == [1, None, None, None, 0, None]


def test_every_layer_that_is_offered_can_be_shown(province: Seeded, visitor: Client) -> None:
    offered = layers.choices("53")

    assert [one.key for one in offered] == [
        "usaha", "terverifikasi", "cakupan", "potensi", "produk", "kemasan", "izin",
        "atribut-idm", "atribut-status", "komoditas-kopi-arabika", "komoditas-jagung",
    ]  # fmt: skip
    for one in offered:
        assert visitor.get(f"/peta/lapis/{one.key}.json").status_code == 200


def test_an_unknown_layer_is_not_found(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/peta/lapis/tidak-ada.json")

    assert answer.status_code == 404
    assert json.loads(answer.content) == {"detail": "Lapisan ini tidak ada."}


def test_outlines_come_rounded_and_only_where_they_were_imported(province: Seeded, visitor: Client) -> None:
    assert visitor.get("/peta/batas/kabupaten.json").status_code == 404
    assert visitor.get("/peta/batas/desa/53.09.json").status_code == 404
    box = (
        '{"type":"Polygon","coordinates":[[[120.90001,-8.9],[121.0,-8.9],[121.0,-8.8],[120.9,-8.8],[120.90001,-8.9]]]}'
    )
    RegionBoundary.objects.create(region_id="53.09", geojson=box, source="batas contoh")
    RegionBoundary.objects.create(region_id=BENA, geojson=box, source="batas contoh")
    from lontar.portal.views.delivery import shelf

    shelf.clear()
    regency = visitor.get("/peta/batas/kabupaten.json")
    village = json.loads(visitor.get("/peta/batas/desa/53.09.json").content)

    assert regency["Content-Type"] == "application/geo+json"
    assert json.loads(regency.content)["features"][0]["geometry"]["coordinates"] == [
        [[[120.9, -8.9], [121.0, -8.9], [121.0, -8.8], [120.9, -8.8], [120.9, -8.9]]]
    ]
    assert village["features"][0]["properties"] == {"code": BENA, "name": "Bena Uji"}
    assert 'data-outline-url="/peta/batas/kabupaten.json"' in visitor.get("/peta").content.decode()
    assert 'data-boundary-url-template="/peta/batas/desa/{code}.json"' in visitor.get("/peta").content.decode()


def test_an_islet_smaller_than_the_grid_keeps_its_exact_ring() -> None:
    islet = (
        '{"type":"Polygon","coordinates":[[[120.00001,-8.1],[120.00002,-8.1],[120.00002,-8.10001],[120.00001,-8.1]]]}'
    )

    made = map_data.collection([("53.09", "Contoh", islet)], decimals=3)

    assert made["features"][0]["geometry"]["coordinates"][0][0][1] == [120.00002, -8.1]


@pytest.mark.parametrize(
    ("path", "most"), [("/peta", 14), ("/peta?tampil=tabel", 12), ("/peta/desa.json", 7), ("/peta/lapis/izin.json", 6)]
)
def test_the_map_takes_a_bounded_number_of_queries(
    province: Seeded, visitor: Client, django_assert_max_num_queries: object, path: str, most: int
) -> None:
    with django_assert_max_num_queries(most):  # type: ignore[operator]  # a fixture that is a function
        assert visitor.get(path).status_code == 200
