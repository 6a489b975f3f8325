"""Commodities, trades and people of the demo province hang together."""

import re

import pytest

from lontar.engines.demo import REGENCIES, commodities, demo_people
from lontar.engines.demo.catalogue import NOTICE, month_names
from lontar.engines.demo.mix import business_mix, industry_mix
from lontar.engines.demo.posts import ROLES
from lontar.engines.demo.products import PACKS
from lontar.engines.demo.sectors import INDUSTRY, SECTOR_OF_PRODUCT, SECTORS


def test_the_catalogue_has_sound_codes_and_says_that_they_are_start_values() -> None:
    catalogue = commodities()

    assert len({entry.code for entry in catalogue}) == len({entry.name for entry in catalogue}) == len(catalogue) == 45
    for entry in catalogue:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.code)
        assert re.fullmatch(r"\d{5}", entry.kbli)
        assert re.fullmatch(r"\d{6}", entry.hs6)
        assert set(entry.nice) <= set(range(1, 46))
        assert set(entry.months) <= set(range(1, 13))
        assert entry.months
        assert entry.basis in ("S", "BK")
        assert entry.notice == NOTICE


@pytest.mark.parametrize(
    ("code", "months", "hs6", "nice"),
    [
        ("kopi-arabika", (5, 6, 7, 8, 9), "090121", (30,)),
        ("mete", (7, 8, 9, 10, 11), "080132", (29,)),
        ("kakao", (5, 6, 7, 8, 10, 11, 12), "180100", (30,)),
        ("garam", (6, 7, 8, 9, 10, 11), "250100", (30,)),
        ("tenun-ikat", (3, 4, 5, 6, 7, 8, 9, 10), "621490", (24, 25)),
    ],
)
def test_harvests_and_codes_follow_the_domain_rules(
    code: str, months: tuple[int, ...], hs6: str, nice: tuple[int, ...]
) -> None:
    entry = next(entry for entry in commodities() if entry.code == code)

    assert (entry.months, entry.hs6, entry.nice) == (months, hs6, nice)


def test_months_are_written_as_names_or_as_the_whole_year() -> None:
    assert month_names((3, 4, 5)) == "Maret, April, Mei"
    assert month_names(tuple(range(1, 13))) == "Sepanjang tahun"


def test_each_product_belongs_to_one_trade_and_each_trade_to_a_commodity_and_a_pack() -> None:
    products = [product for sector in SECTORS for product in sector.products]
    codes = {entry.code for entry in commodities()}

    assert len(products) == len(set(products)) == len(SECTOR_OF_PRODUCT)
    assert {sector.commodity for sector in INDUSTRY} <= codes
    assert len(PACKS) == len(INDUSTRY)
    assert industry_mix()[:, len(INDUSTRY) :].sum() == 0.0
    assert industry_mix().sum(axis=1) == pytest.approx([1.0] * 22)
    assert business_mix().sum(axis=1) == pytest.approx([1.0] * 22)


def test_the_cast_covers_every_role_and_every_regency() -> None:
    people = demo_people()
    agencies = {agency.code for agency in people.agencies}
    posts = {post.code for post in people.posts}

    assert {post.role for post in people.posts} == set(ROLES)
    assert len(agencies) == len(people.agencies) == 13 + 22 * 3 + 3
    assert {post.agency for post in people.posts} == agencies
    assert {holder.post for holder in people.holders} == posts
    assert len(people.holders) == len(people.posts) == len(posts)
    for role in ("regency_officer", "cashier", "mentor"):
        assert {regency.code for regency in REGENCIES} <= {post.scope for post in people.posts if post.role == role}


def test_the_cast_is_invented_and_always_the_same() -> None:
    people = demo_people({"53.09.02.2010": "Desa Contoh"})

    assert demo_people({"53.09.02.2010": "Desa Contoh"}) == people
    assert len({holder.name for holder in people.holders}) == len(people.holders)
    assert all("q" in holder.name.split(" ")[-1] for holder in people.holders)
    assert all(holder.email.endswith("@contoh.example") for holder in people.holders)
    assert [post.scope for post in people.posts if post.role == "village_officer"] == ["53.09.02.2010"]
