"""How a public page leaves the house: kept, compressed, answered with 304, the same for everyone."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client
from tests.factories import Member
from tests.portal.province import Seeded, next_transaction

from lontar.portal.views.delivery import Kept, Shelf
from lontar.registry.models import Region

PAGES = ("/", "/peta", "/wilayah", "/wilayah/53.09", "/desa/53.09.01.2001", "/cari?q=kopi", "/data", "/peta/desa.json")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_has_not_changed_is_answered_with_304_and_one_query(
    province: Seeded, visitor: Client, path: str, django_assert_max_num_queries: object
) -> None:
    etag = visitor.get(path)["ETag"]

    with django_assert_max_num_queries(2):  # type: ignore[operator]  # the version, and the scope of the middleware
        again = visitor.get(path, headers={"if-none-match": etag})

    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == etag
    assert again["Cache-Control"] == "public, no-cache"


def test_a_change_of_the_data_gives_a_new_etag_and_a_new_page(province: Seeded, visitor: Client) -> None:
    before = visitor.get("/desa/53.09.01.2002")
    next_transaction()

    Region.objects.filter(code="53.09.01.2002").update(name="Langa Baru Uji")
    after = visitor.get("/desa/53.09.01.2002", headers={"if-none-match": before["ETag"]})

    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert "<h1>Desa Langa Baru Uji</h1>" in after.content.decode()


def test_a_kept_page_costs_two_queries(
    province: Seeded, visitor: Client, django_assert_max_num_queries: object
) -> None:
    visitor.get("/desa/53.09.01.2001")

    with django_assert_max_num_queries(2):  # type: ignore[operator]  # the version, and the scope of the middleware
        assert visitor.get("/desa/53.09.01.2001").status_code == 200


def test_a_page_comes_compressed_to_who_understands_it_and_plain_to_others(province: Seeded, visitor: Client) -> None:
    plain = visitor.get("/")
    packed = visitor.get("/", headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Vary"] == "Accept-Encoding, Cookie"


def test_languages_have_pages_and_etags_of_their_own(province: Seeded, visitor: Client, english: Client) -> None:
    indonesian, other = visitor.get("/"), english.get("/")

    assert '<html lang="id">' in indonesian.content.decode()
    assert '<html lang="en">' in other.content.decode()
    assert indonesian["ETag"] != other["ETag"]


def test_a_signed_in_officer_reads_the_very_same_page(
    province: Seeded, visitor: Client, province_admin: Member
) -> None:
    theirs = province_admin.client().get("/desa/53.09.01.2001")
    ours = visitor.get("/desa/53.09.01.2001")

    assert theirs.content == ours.content
    assert "Set-Cookie" not in ours.headers


def test_only_reading_is_allowed(province: Seeded, visitor: Client) -> None:
    answer = visitor.post("/peta", {"lapis": "usaha"})

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_a_refused_page_is_not_kept(province: Seeded, visitor: Client) -> None:
    assert visitor.get("/desa/53.09.01.2077").status_code == 404
    assert "ETag" not in visitor.get("/desa/53.09.01.2077")


def test_the_shelf_drops_the_least_recently_used_beyond_its_limit() -> None:
    shelf = Shelf(limit=100)
    for key in "abcdefghij":
        shelf.put(key, Kept(b"x" * 10, False, {}))
    assert shelf.get("a") is not None  # used again, so that b is now the oldest

    shelf.put("k", Kept(b"x" * 12, False, {}))

    assert shelf.get("b") is None
    assert shelf.get("c") is None
    assert shelf.get("a") is not None
    assert shelf.get("k") is not None


def test_the_shelf_takes_nothing_larger_than_an_eighth_of_it() -> None:
    shelf = Shelf(limit=100)

    shelf.put("large", Kept(b"x" * 13, False, {}))

    assert shelf.get("large") is None


def test_putting_the_same_key_twice_counts_its_size_once() -> None:
    shelf = Shelf(limit=100)
    shelf.put("other", Kept(b"x" * 12, False, {}))

    for _ in range(50):
        shelf.put("same", Kept(b"x" * 12, False, {}))

    assert shelf.get("other") is not None
