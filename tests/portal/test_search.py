"""The search: grouped, counted, forgiving, and over public fields only."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import make_enterprise
from tests.portal.province import BENA, MALATA, MATALOKO, OWNER, Seeded
from tests.portal.reading import Page

from lontar.access import scope
from lontar.portal.queries import finding


def test_words_find_enterprises_and_products_in_groups_with_counts(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/cari?q=kopi"))

    assert "4 hasil untuk “kopi”." in page.words
    assert "Usaha 2 Kopi Contoh Bena Kopi bubuk · Bena Uji, Kabupaten Ngada" in page.words
    assert "Produk 2 Biji Kopi Contoh Mentah · Bena Uji, Kabupaten Ngada" in page.words
    assert f"/usaha/{province.firm}" in page.links
    assert f"/produk/{province.packaged}" in page.links
    assert f"/usaha/{province.closed}" not in page.links


def test_a_beginning_of_a_word_is_enough(province: Seeded) -> None:
    found = finding.find("kop bub")

    assert [hit.name for hit in found.enterprises.rows] == ["Kopi Contoh Bena"]
    assert [hit.name for hit in found.products.rows] == ["Kopi Bubuk Contoh"]


def test_the_last_words_may_name_a_kabupaten(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/cari?q=kopi+sumba+barat"))

    assert "1 hasil untuk “kopi”. Dicari di Kabupaten Sumba Barat." in page.words
    assert "Kopi Contoh Sumba" in page.words
    assert "Kopi Contoh Bena" not in page.words


def test_a_place_is_found_by_name_code_and_bps_code(province: Seeded, visitor: Client) -> None:
    for words in ("mataloko", "53.09.02.1001", "5309021001", "5312020013"):
        page = Page(visitor.get(f"/cari?q={words}"))
        assert f"/desa/{MATALOKO}" in page.links, words
        assert "Wilayah 1 Kelurahan Mataloko Uji" in page.words


def test_a_misspelt_place_or_commodity_is_offered_and_not_assumed(province: Seeded, visitor: Client) -> None:
    place = Page(visitor.get("/cari?q=mataloka+uji"))
    crop = Page(visitor.get("/cari?q=jagoong"))

    assert "Tidak ada yang cocok dengan “mataloka uji”." in place.words
    assert "Mungkin yang Anda maksud Kelurahan Mataloko Uji" in place.words
    assert "Mungkin yang Anda maksud Jagung komoditas" in crop.words


def test_nothing_at_all_says_what_to_try(province: Seeded, visitor: Client) -> None:
    words = Page(visitor.get("/cari?q=qqqqqqqqqq")).words

    assert "Coba kata yang lebih pendek" in words


def test_an_empty_search_shows_the_form_only(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/cari?q=+++"))

    assert "hasil untuk" not in page.words
    assert "Contoh: kopi ngada" in page.words


def test_the_owner_of_an_enterprise_is_never_found(province: Seeded) -> None:
    found = finding.find(OWNER)

    assert (found.count, found.within) == (0, None)


def test_a_search_stays_within_a_region(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/cari?q=kopi&di=53.12"))

    assert "1 hasil untuk “kopi”." in page.words
    assert "Hanya di Kabupaten Sumba Barat" in page.words
    assert "/cari?q=kopi" in page.links


def test_one_kind_is_shown_by_pages(province: Seeded, visitor: Client) -> None:
    with scope.acting_in("53"):
        for number in range(30):
            make_enterprise(MALATA, name=f"Madu Contoh {number:02d}")

    everything = Page(visitor.get("/cari?q=madu"))
    second = Page(visitor.get("/cari?q=madu&jenis=usaha&hal=2"))

    assert "Lihat semua usaha (30)" in everything.words
    assert "Madu Contoh 07" in everything.words
    assert "Madu Contoh 08" not in everything.words
    assert "Madu Contoh 29" in second.words
    assert "Madu Contoh 24" not in second.words


def test_more_hits_than_are_counted_are_said_to_be_more(province: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST", 1)

    found = finding.find("kopi")

    assert (found.enterprises.count, found.enterprises.is_more) == (1, True)


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE registry_region; --", "a & | ! ( ) : *", "%", "\\", "<b>kopi</b>", "x" * 5000, "\u0000"]
)
def test_hostile_words_are_only_words(province: Seeded, visitor: Client, words: str) -> None:
    answer = visitor.get("/cari", {"q": words})

    assert answer.status_code == 200
    assert "<b>kopi" not in answer.content.decode()


def test_search_pages_are_not_for_crawlers(province: Seeded, visitor: Client) -> None:
    assert '<meta name="robots" content="noindex, follow">' in visitor.get("/cari?q=kopi").content.decode()


def test_a_search_takes_few_queries(province: Seeded, visitor: Client, django_assert_max_num_queries: object) -> None:
    visitor.get("/cari?q=bena")

    with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture that is a function
        page = Page(visitor.get("/cari?q=kopi+contoh"))
    assert f"/desa/{BENA}" not in page.links
