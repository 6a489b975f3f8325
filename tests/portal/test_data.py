"""Open data, the house about itself, and what machines read first."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

from django.test import Client
from django.urls import reverse
from tests.portal.province import BENA, Seeded
from tests.portal.reading import Page

from lontar.portal.presenters import catalogue


def test_every_table_has_a_licence_a_description_and_a_download(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/data"))

    assert "Open Database License (ODbL) 1.0" in page.words
    for one in catalogue.tables(reverse):
        assert one.title in page.words
        assert {way.url for way in one.distributions} <= set(page.links)


def test_the_dictionary_names_exactly_the_columns_that_the_files_have(province: Seeded, visitor: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get("/data/kamus.csv").content.decode("utf-8-sig"))))

    for one in catalogue.tables(reverse):
        address = next(way.url for way in one.distributions if way.media_type == catalogue.CSV)
        answer = visitor.get(address)
        body = answer.getvalue() if answer.streaming else answer.content
        head = body.decode("utf-8-sig").splitlines()[0].replace(",usaha,", ",<lapis>,")
        assert [row["column"] for row in rows if row["table"] == one.key] == head.split(","), one.key
    assert all(row["meaning"] and row["type"] in ("text", "integer", "number", "boolean", "date") for row in rows)


def test_the_catalogue_is_dcat_in_both_languages(province: Seeded, visitor: Client) -> None:
    answer = visitor.get("/data/katalog.jsonld")
    made = json.loads(answer.content)
    first = made["dcat:dataset"][0]

    assert answer["Content-Type"] == "application/ld+json"
    assert made["@type"] == "dcat:Catalog"
    assert made["@id"] == "http://testserver/data"
    assert [one["dct:identifier"] for one in made["dcat:dataset"]][:3] == [
        "cakupan", "ringkasan-desa", "lapisan",
    ]  # fmt: skip
    assert first["dct:title"][0] == {"@value": "Cakupan daftar usaha per kabupaten/kota", "@language": "id"}
    assert first["dct:title"][1]["@language"] == "en"
    assert first["dct:title"][1]["@value"] != first["dct:title"][0]["@value"]
    assert first["dcat:distribution"][0]["dcat:downloadURL"] == {"@id": "http://testserver/api/v1/coverage?format=csv"}
    assert first["dct:modified"]["@type"] == "xsd:dateTime"


def test_the_page_about_the_house_says_where_figures_come_from(province: Seeded, visitor: Client) -> None:
    words = Page(visitor.get("/tentang")).words

    assert "6 desa dan kelurahan, yaitu 5 desa dan 1 kelurahan" in words
    assert "Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi" in words


def test_crawlers_are_kept_from_the_office_and_led_to_the_site_map(province: Seeded, visitor: Client) -> None:
    lines = visitor.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /kantor/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_the_site_map_lists_regions_and_products_and_no_enterprise(province: Seeded, visitor: Client) -> None:
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    parts = [one.text or "" for one in ElementTree.fromstring(visitor.get("/sitemap.xml").content).iter(name)]  # noqa: S314 - our own
    found = [
        one.text or ""
        for part in parts
        for one in ElementTree.fromstring(visitor.get(part.removeprefix("http://testserver")).content).iter(name)  # noqa: S314 - our own
    ]

    assert len(parts) == 2
    assert f"http://testserver/desa/{BENA}" in found
    assert f"http://testserver/produk/{province.packaged}" in found
    assert len(found) == 5 + 2 + 3 + 6 + 2
    assert not any("/usaha/" in url for url in found)
    assert all(visitor.get(url.removeprefix("http://testserver")).status_code == 200 for url in found)


def test_the_language_page_leads_back_where_one_came_from_and_nowhere_else(province: Seeded, visitor: Client) -> None:
    back = Page(visitor.get("/bahasa?kembali=/desa/53.09.01.2001%3Fhal%3D2")).links
    away = Page(visitor.get("/bahasa?kembali=https://contoh.invalid/")).links
    also = Page(visitor.get("/bahasa?kembali=//contoh.invalid/")).links

    assert "/desa/53.09.01.2001?hal=2&bahasa=en" in back
    assert "/?bahasa=en" in away
    assert "/?bahasa=en" in also
    assert visitor.get("/desa/53.09.01.2001?bahasa=en")["Location"] == "/desa/53.09.01.2001"
