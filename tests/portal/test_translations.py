"""The public pages read in English; that every sentence has an English one is tested in tests/structure."""

from __future__ import annotations

from django.test import Client
from tests.portal.province import BENA, Seeded
from tests.portal.reading import Page


def test_a_village_reads_in_english(province: Seeded, english: Client) -> None:
    page = Page(english.get(f"/desa/{BENA}"))

    assert "District of Aimere, Kabupaten Ngada · 53.09.01.2001" in page.words
    assert "2 registered enterprises, 1 of them verified." in page.words
    assert "What is harvested when?" in page.words
    assert [
        "Arabica coffee",
        "12.5 ha",
        "8.25 ton",
        "May–September",
        "75%",
        "Dinas Pertanian Contoh, 30 June 2026",
    ] in page.rows
    assert ["Kopi Bubuk Contoh", "Packaged", "Kopi Contoh Bena", "2"] in page.rows
    assert "Data still missing" in page.words


def test_the_front_page_and_the_search_read_in_english(province: Seeded, english: Client) -> None:
    front = Page(english.get("/")).words
    found = Page(english.get("/cari?q=kopi+sumba+barat")).words

    assert "What every village of Nusa Tenggara Timur makes" in front
    assert (
        "Registered enterprises 4 enterprises 8.0% of the official total of 50 Lontar registry, 30 June 2026" in front
    )
    assert "Dinas Koperasi Contoh sent Enterprises (IKM/UMK): 5 new rows." in front
    assert "1 result for “kopi”. Searched in Kabupaten Sumba Barat." in found


def test_an_unknown_code_is_explained_in_english(province: Seeded, english: Client) -> None:
    assert "No region has the code 53.12.04.2099." in Page(english.get("/desa/53.12.04.2099")).words
