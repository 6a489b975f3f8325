"""No public response carries personal data: every address of the portal is read and searched for it."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from tests.portal.province import BENA, SECRETS, Seeded

from lontar.portal.presenters import catalogue
from lontar.registry.models import Enterprise, Person


def addresses(province: Seeded) -> dict[str, list[str]]:
    """Addresses for every route of the portal, by its name; a route without one makes the next test fail."""
    firms = [province.firm, province.second, province.closed]
    goods = [province.product, province.packaged]
    return {
        "front": ["/"],
        "map": ["/peta", "/peta?tampil=tabel", f"/peta?wilayah={BENA[:8]}"],
        "map_villages": ["/peta/desa.json"],
        "map_layer": [f"/peta/lapis/{key}.json" for key in ("usaha", "izin", "produk", "atribut-idm")],
        "map_outlines": ["/peta/batas/kabupaten.json"],
        "map_boundaries": ["/peta/batas/desa/53.09.json"],
        "map_sheet": ["/peta/tabel.csv", "/peta/tabel.xlsx"],
        "places": ["/wilayah"],
        "region": ["/wilayah/53.09", "/wilayah/53.09.01"],
        "coverage_csv": ["/wilayah/53/cakupan.csv"],
        "villages_csv": ["/wilayah/53/desa.csv"],
        "village": [f"/desa/{BENA}", "/desa/5309014101909001", "/desa/53.09.01.2099"],
        "product": [f"/produk/{pk}" for pk in goods],
        "enterprise": [f"/usaha/{pk}" for pk in firms],
        "flagships": ["/unggulan", "/unggulan?wilayah=53.09&jenis=village"],
        "flagships_csv": ["/unggulan.csv", "/unggulan.csv?jenis=school"],
        "loci": ["/lokus", "/lokus?hal=9"],
        "loci_csv": ["/lokus.csv"],
        "stars": ["/bintang", "/bintang?wilayah=53.09"],
        "stars_csv": ["/bintang.csv"],
        "check_form": ["/periksa", "/periksa?kode=K7QF-2M9A-X3TB"],
        "check": ["/periksa/K7QF-2M9A-X3TB", "/periksa/k7qf2m9ax3tb", "/periksa/k7qf"],
        "priority": ["/prioritas"],
        "reckon": ["/nilai-tambah", f"/nilai-tambah?desa={BENA}"],
        "value": ["/nilai-tambah/program"],
        "value_sheet": ["/nilai-tambah/program.csv", "/nilai-tambah/program.xlsx"],
        "balance": ["/neraca"],
        "balance_csv": ["/neraca.csv"],
        "verdict": ["/putusan", "/putusan?triwulan=2026-T3"],
        "verdict_unit": [f"/putusan/village:{BENA}"],
        "reports": ["/laporan"],
        "report": ["/laporan/2026-T3"],
        "report_figure_csv": ["/laporan/2026-T3/angka/omzet.csv"],
        "report_figure": ["/laporan/2026-T3/angka/omzet"],
        "report_file": ["/laporan/2026-T3/berkas/angka.csv"],
        "report_package": ["/laporan/2026-T3/paket.zip"],
        "report_pdf": ["/laporan/2026-T3/laporan.pdf"],
        "report_place": ["/laporan/2026-T3/wilayah/53.09.pdf"],
        "report_without_slash": ["/laporan/2026-T3/"],
        "keeper": ["/lapor/penjaga.js"],
        "own_return": ["/lapor/K7QF2M9AX3TB"],
        "search": [f"/cari?q={word}" for word in ("kopi", "kios", "contoh", "pemilik+rahasia", "tutup")],
        "data": ["/data"],
        "catalogue": ["/data/katalog.jsonld"],
        "dictionary": ["/data/kamus.csv"],
        "about": ["/tentang"],
        "language": ["/bahasa"],
        "robots": ["/robots.txt"],
        "sitemap": ["/sitemap.xml"],
        "sitemap_part": ["/sitemap-wilayah.xml", "/sitemap-produk.xml"],
        "without_slash": ["/peta/"],
        "page_without_slash": [f"/desa/{BENA}/"],
    }


def test_every_route_of_the_portal_is_read_here(province: Seeded) -> None:
    resolver = get_resolver("lontar.portal.urls")

    assert set(addresses(province)) == {pattern.name for pattern in resolver.url_patterns}
    assert reverse("portal:front") == "/"


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_public_response_carries_personal_data(province: Seeded, visitor: Client, language: str) -> None:
    visitor.cookies["django_language"] = language
    read = 0

    for paths in addresses(province).values():
        for path in paths:
            answer = visitor.get(path)
            body = _opened(answer.content) + str(answer.headers)
            asked = path.split("/")[-1]
            for secret in SECRETS:
                assert secret.lower() not in body.replace(asked, "").lower(), f"{secret} on {path}"
            read += 1

    assert read > 40


def _opened(body: bytes) -> str:
    """The text of an answer; a workbook is unpacked first."""
    if body[:2] != b"PK":
        return body.decode("utf-8")
    book = zipfile.ZipFile(io.BytesIO(body))
    return " ".join(book.read(name).decode("utf-8") for name in book.namelist())


def test_every_open_table_is_free_of_personal_data(province: Seeded, visitor: Client) -> None:
    ways = [way.url for one in catalogue.tables(reverse) for way in one.distributions]
    for url in (*ways, "/api/v1/search?q=kios", "/api/v1/search?q=contoh"):
        answer = visitor.get(url)
        body = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert answer.status_code == 200, url
        for secret in SECRETS:
            assert secret.lower() not in body.lower(), f"{secret} on {url}"


def test_a_visitor_passes_no_wall(province: Seeded, visitor: Client) -> None:
    visitor.get("/")

    assert Enterprise.objects.count() == 0
    assert Person.objects.count() == 0


def test_no_public_page_sets_a_cookie(province: Seeded, visitor: Client) -> None:
    for paths in addresses(province).values():
        for path in paths:
            assert "Set-Cookie" not in visitor.get(path).headers, path
