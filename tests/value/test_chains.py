"""Prices for a calculator: from returns where somebody reported, else from the price lists of the registry, else none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from tests.factories import make_enterprise, make_region
from tests.value.factories import COFFEE, World

from lontar.access.scope import acting_in
from lontar.registry.models import Commodity, Product
from lontar.value.queries.chains import LEAST_LISTED, Chain, chain_at
from lontar.value.queries.prefill import prefill
from lontar.value.states import Level, Step

PLACE, NEAR, FAR = "53.09.01.2001", "53.09.02.2001", "53.12.01.2001"
SOME_DAY = datetime(2026, 8, 3, 1, tzinfo=UTC)


def listed(village: str, *prices: int, stage: str = "packaged", commodity: str = COFFEE) -> None:
    """Products of a village with the prices that their makers list, per kg."""
    owner = make_enterprise(village)
    for price in prices:
        Product.objects.create(
            village_id=village, enterprise=owner, name="Kopi Contoh", category="drink", stage=stage, unit="Kg", price=price,
            commodity=Commodity.objects.get(code=commodity), recorded_at=SOME_DAY,
        )  # fmt: skip


@pytest.fixture
def lists(db: None) -> None:
    """A kabupaten with three list prices, another with one; no return anywhere."""
    with acting_in("53"):
        for code in (PLACE, NEAR, FAR):
            make_region(code)
        Commodity.objects.create(code=COFFEE, name="Kopi arabika", unit="ton", source="katalog contoh")
        listed(NEAR, 180_000, 200_000, 260_000)
        listed(FAR, 900_000)


def at(place: str) -> Chain:
    with acting_in("53"):
        return chain_at("", place=place, commodity=COFFEE)


def test_a_village_with_registry_prices_only_begins_with_the_median_of_its_kabupaten(lists: None) -> None:
    told = at(PLACE)

    assert [(one.step, one.price, one.n) for one in told.steps] == [(Step.PACKED, Decimal("200000.00"), 3)]
    packed = told.of(Step.PACKED)
    assert packed is not None
    assert (packed.is_listed, packed.level, packed.region_code) == (True, Level.REGENCY, "53.09")


def test_where_a_kabupaten_lists_too_few_prices_the_province_stands_in(lists: None) -> None:
    packed = at(FAR).of(Step.PACKED)

    assert LEAST_LISTED == 3
    assert packed is not None
    assert (packed.price, packed.n, packed.region_code) == (Decimal("230000.00"), 4, "53")


def test_two_prices_are_too_few_to_begin_with(lists: None) -> None:
    with acting_in("53"):
        listed(NEAR, 40_000, 44_000, stage="raw")

    assert at(PLACE).of(Step.RAW) is None


def test_the_page_of_a_village_with_registry_prices_only_opens_filled(lists: None) -> None:
    with acting_in("53"):
        listed(NEAR, 40_000, 44_000, 48_000, stage="raw")
        listed(NEAR, 100_000, 110_000, 120_000, stage="processed")
        begun = prefill(place=PLACE, commodity=COFFEE, day=date(2026, 8, 3))

    answer = Client().get(f"/nilai-tambah?desa={PLACE}&komoditas={COFFEE}")
    page = answer.content.decode()

    assert (answer.status_code, begun.quarter, begun.price(Step.RAW)) == (200, "", Decimal("44000.00"))
    assert 'name="mentah" value="44.000"' in page
    assert 'name="kemasan" value="200.000"' in page


def test_a_reported_price_goes_before_a_listed_one(world: World) -> None:
    from tests.value.factories import make_reckoning

    with acting_in("53"):
        listed(PLACE, 1, 2, 3)
    made = make_reckoning()

    with acting_in("53"):
        packed = chain_at(made.quarter, place=PLACE, commodity=COFFEE).of(Step.PACKED)

    assert packed is not None
    assert (packed.price, packed.is_listed) == (Decimal("200000.00"), False)
