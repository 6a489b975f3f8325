"""Measures that stand on thin ground: growth by founding years, value added by prices, shares of few products, capital."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
import pytest
from tests.factories import MORNING
from tests.selection.factories import make_commodity, make_region_once, make_trait
from tests.selection.test_ranking import values
from tests.selection.world import ONE, TODAY, TWO, enterprises, potential, ranked

from lontar.access import scope
from lontar.engines.economy import shift_share, value_added
from lontar.registry.models import Product
from lontar.selection import queries
from lontar.selection.states import Passed
from lontar.selection.steps.measuring import measure
from lontar.selection.steps.reading import read_facts


@pytest.fixture
def empty(db: None) -> None:
    """The programme's scope without anything in it."""
    scope.enter("53")


def product(village: str, commodity: str, name: str, price: int, **over: Any) -> Product:
    given = {"category": "food", "stage": "packaged", "unit": "bungkus", "recorded_at": MORNING} | over
    return Product.objects.create(
        village=make_region_once(village), commodity=make_commodity(commodity), name=name, price=price, **given
    )


def founded() -> None:
    """Five years ago 4 coffee and 2 weaving enterprises in one village, 4 and 2 in the other; today 8 and 2, 4 and 4."""
    for village, coffee, weaving in ((ONE, 8, 2), (TWO, 4, 4)):
        enterprises(village, "kopi", 4, start_year=2015)
        enterprises(village, "tenun", 2, start_year=2015)
        enterprises(village, "kopi", coffee - 4, start_year=2024)
        enterprises(village, "tenun", weaving - 2, start_year=2024)


def test_growth_of_the_place_is_the_worked_table_and_sums_to_the_change(empty: None) -> None:
    """Kopi grows from 8 to 12 in the province: 4 old ones should be 6, here they are 8: two are the place's own."""
    founded()
    ranked()

    one, two = values(f"village:{ONE}", "Kopi"), values(f"village:{TWO}", "Kopi")

    assert (one["shift"], two["shift"]) == ((2, 2), (-2, -2))
    parts = shift_share([[4, 2], [4, 2]], [[8, 2], [4, 4]])
    assert parts.local.tolist() == [[2.0, -1.0], [-2.0, 1.0]]
    assert np.allclose(parts.national + parts.mix + parts.local, [[4, 0], [0, 2]])
    # 8 of 10 against 12 of 18 and faster; 4 of 8 and slower.
    assert (one["klassen"], two["klassen"]) == ((2, 2), (0, 0))


def test_an_enterprise_whose_founding_year_nobody_knows_may_be_old_or_new(empty: None) -> None:
    """Old it should have brought half an enterprise more (the product grew by a half), new it is one more of its own."""
    founded()
    enterprises(ONE, "kopi", 1, start_year=None)
    ranked()

    assert values(f"village:{ONE}", "Kopi")["shift"] == pytest.approx((1.5, 3))


def test_growth_from_nothing_has_no_rate_and_leaves_klassen_open(empty: None) -> None:
    founded()
    enterprises(ONE, "madu", 3, start_year=2024)
    ranked()

    low, high = values(f"village:{ONE}", "Madu")["klassen"]
    assert (low, high) == (1, 2)


def test_value_added_is_hayamis_by_prices_of_the_same_commodity_nearby(empty: None) -> None:
    """Raw 20 thousand a kilogram in the next village of the kecamatan, roasted 25 thousand for 250 g here."""
    enterprises(ONE, "kopi", 3)
    product(ONE, "kopi", "Kopi bubuk 250 g", 25_000)
    product(TWO, "kopi", "Biji kopi", 20_000, stage="raw", unit="kg")

    facts = read_facts(TODAY)
    found = measure(facts)

    at = found.rows.with_row_index().filter((pl.col("village") == ONE) & (pl.col("code") == "kopi"))["index"][0]
    low, high = (one[at] for one in found.bounds("value_added"))
    # 1 kg of raw coffee gives 0.2 to 1 kg, worth 20 to 100 thousand; other inputs 0 to a quarter of that.
    assert (low, high) == pytest.approx((1 - 20 / (0.2 * 100) - 0.25, 1 - 20 / 100))
    assert found.number("value_added")[at] == 2
    best = value_added(
        raw_kg=Decimal(1), output_kg=Decimal(1), price_output=Decimal(100_000), price_raw=Decimal(20_000),
        others_per_kg=Decimal(0),
    )  # fmt: skip
    assert float(best.ratio) == pytest.approx(high)


def test_without_a_raw_price_or_an_amount_nothing_is_said_of_value_added(empty: None) -> None:
    enterprises(ONE, "kopi", 3)
    product(ONE, "kopi", "Kopi bubuk 250 g", 25_000)
    product(TWO, "kopi", "Kopi gelondong", 20_000, stage="raw", unit="karung")

    assert np.isnan(measure(read_facts(TODAY)).bounds("value_added")[0]).all()


def test_shares_of_owners_are_intervals_where_some_are_not_known(empty: None) -> None:
    enterprises(ONE, "kopi", 3, sex="P")
    enterprises(ONE, "kopi", 1, sex="")
    ranked()

    assert values(f"village:{ONE}", "Kopi")["women"] == (75, 100)


def test_capital_and_experience_come_from_the_enterprises(empty: None) -> None:
    enterprises(ONE, "kopi", 2, capital=10_000_000, start_year=2010)
    enterprises(ONE, "kopi", 1, capital=None, start_year=2025)
    enterprises(TWO, "kopi", 1, capital=40_000_000, start_year=2025)
    ranked("kpju")

    found = values(f"village:{ONE}", "Kopi", set_key="kpju")
    # 20 million of two, the third between the tenth parts of 10 and 40 million.
    assert found["capital"] == pytest.approx(((20 + 13) / 3, (20 + 37) / 3))
    assert found["skills"] == pytest.approx((200 / 3, 200 / 3))


def test_a_forbidden_commodity_closes_the_gate_on_its_day_and_in_its_region(empty: None) -> None:
    enterprises(ONE, "kopi", 4)
    enterprises(TWO, "kopi", 4)
    potential(ONE, "kopi", 10)
    potential(TWO, "kopi", 10)
    make_trait("kopi", region_code=TWO)
    ranked()

    here, there = queries.standing(f"village:{ONE}"), queries.standing(f"village:{TWO}")

    assert here is not None
    assert there is not None
    assert here.candidates[0].gates[0].passed == Passed.YES
    assert there.candidates[0].gates[0].passed == Passed.NO
    assert there.first is None
    early = measure(read_facts(date(2025, 12, 31)))
    assert not early.rows["unlawful"].any()


def test_a_commodity_that_keeps_passes_by_the_list_and_not_by_code(empty: None) -> None:
    make_commodity("jeruk", sector="hortikultura", harvest_months=[5, 6])
    enterprises(ONE, "jeruk", 4)

    before = measure(read_facts(TODAY)).rows["storable"].to_list()
    make_trait("jeruk", kind="storable", reason="Disimpan dingin")

    assert before == [False]
    assert measure(read_facts(TODAY)).rows["storable"].to_list() == [True]
