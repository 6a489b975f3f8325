"""Distance to the nearest place of sale, months with sales through steady channels: value, interval, n, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl
import pytest
from tests.factories import MORNING
from tests.selection.factories import make_region_once
from tests.selection.world import BARE, ONE, TODAY, TWO, enterprises, ranked

from lontar.access import scope
from lontar.engines.regions.distance import great_circle_km
from lontar.registry.models import Region, RegionAttribute, VillageFacility
from lontar.selection.queries import steady
from lontar.selection.queries.sheet import unit_sheet
from lontar.selection.steps.measuring import Measured, measure
from lontar.selection.steps.reading import read_facts

FAR = "53.09.02.2001"


@pytest.fixture
def three(db: None) -> None:
    """Three villages of Ngada with coffee; the third lies in the kecamatan of the capital, whose point is rough."""
    scope.enter("53")
    for code, lat, lon in ((ONE, -8.80, 121.0), (TWO, -8.80, 121.1), (FAR, -8.90, 121.0)):
        make_region_once(code)
        Region.objects.filter(code=code).update(lat=lat, lon=lon, point_quality="exact")
        enterprises(code, "kopi", 5)
    Region.objects.filter(code="53.09.02").update(lat=-8.85, lon=121.0, point_quality="approximate")


def at(found: Measured, village: str, key: str) -> tuple[float, float, float]:
    """Low, high and n of coffee in a village."""
    place = found.rows.with_row_index().filter((pl.col("village") == village) & (pl.col("code") == "kopi"))["index"][0]
    low, high = found.bounds(key)
    return float(low[place]), float(high[place]), float(found.number(key)[place])


def market(village: str, *, year: int = 2025, number: int = 1) -> None:
    VillageFacility.objects.create(
        village_id=village, year=year, kind="market", number=number, recorded_at=MORNING
    )  # fmt: skip


def capital(code: str = "53.09.02") -> None:
    RegionAttribute.objects.create(
        region_id="53.09", key="ibu_kota", as_of=date(2025, 5, 27), word=code, source="daftar contoh"
    )


def test_without_a_market_or_a_capital_the_distance_is_not_known(three: None) -> None:
    found = measure(read_facts(TODAY))

    assert np.isnan(found.bounds("market_km")[0]).all()
    assert at(found, ONE, "market_km")[2] == 0


def test_the_nearest_of_markets_and_capital_counts(three: None) -> None:
    market(TWO)
    capital()
    found = measure(read_facts(TODAY))

    to_capital = float(great_circle_km(-8.80, 121.0, -8.85, 121.0))
    assert to_capital == pytest.approx(5.56, abs=0.01)
    assert at(found, ONE, "market_km") == (0, pytest.approx(to_capital + 6), 2)
    assert at(found, TWO, "market_km") == (0, 0, 2)


def test_between_exact_points_the_distance_has_no_width(three: None) -> None:
    market(TWO)

    low, high, n = at(measure(read_facts(TODAY)), ONE, "market_km")

    assert (low, high, n) == (pytest.approx(10.99, abs=0.01), pytest.approx(low), 1)


def test_a_market_that_the_newest_record_no_longer_has_is_gone(three: None) -> None:
    market(TWO, year=2024)
    VillageFacility.objects.create(village_id=TWO, year=2025, kind="road", number=1, recorded_at=MORNING)

    assert np.isnan(measure(read_facts(TODAY)).bounds("market_km")[0]).all()


def test_a_market_beyond_the_border_of_the_kabupaten_counts_for_nobody(three: None) -> None:
    make_region_once(BARE)
    Region.objects.filter(code=BARE).update(lat=-8.80, lon=121.0, point_quality="exact")
    market(BARE)

    assert np.isnan(at(measure(read_facts(TODAY)), ONE, "market_km")[0])


@pytest.fixture
def told() -> Iterator[list[tuple[str, str, int, int, int, int]]]:
    """Rows of steady sales that a test fills; the source of the installation is back afterwards."""
    kept, rows = list(steady._sources), []  # type: ignore[var-annotated]  # filled by the test
    steady.register_steady_sales(lambda _day: pl.DataFrame(rows, schema=steady.COLUMNS, orient="row"))
    yield rows
    steady._sources[:] = kept


def test_steady_months_are_an_interval_after_wilson_over_the_producers(
    three: None, told: list[tuple[str, str, int, int, int, int]]
) -> None:
    """Three of five report 30 months, 15 through steady channels, 6 untold: p from a half to 0.7, n = 3 producers."""
    told.append((ONE, "kopi", 3, 30, 15, 6))
    found = measure(read_facts(TODAY))

    low, high, n = at(found, ONE, "regular_buyers")

    def wilson(p: float, sign: int) -> float:
        z, count = 1.645, 3
        half = z / (1 + z * z / count) * (p * (1 - p) / count + z * z / (4 * count * count)) ** 0.5
        return 100 * ((p + z * z / (2 * count)) / (1 + z * z / count) + sign * half)

    assert (low, high, n) == (pytest.approx(wilson(0.5, -1)), pytest.approx(wilson(0.7, 1)), 30)
    assert (round(low, 1), round(high, 1)) == (15.6, 93.5)
    assert np.isnan(at(found, TWO, "regular_buyers")[0]), "who reports nothing is not known, not nought"


def test_where_all_report_only_untold_months_make_the_interval(
    three: None, told: list[tuple[str, str, int, int, int, int]]
) -> None:
    told.append((ONE, "kopi", 5, 60, 30, 6))

    assert at(measure(read_facts(TODAY)), ONE, "regular_buyers") == (50, 60, 60)


def test_too_few_producers_are_not_told(three: None, told: list[tuple[str, str, int, int, int, int]]) -> None:
    least = read_facts(TODAY).least_producers
    told.append((ONE, "kopi", least - 1, 12, 12, 0))

    assert np.isnan(at(measure(read_facts(TODAY)), ONE, "regular_buyers")[0])
    told[0] = (ONE, "kopi", least, 12, 12, 0)
    assert at(measure(read_facts(TODAY)), ONE, "regular_buyers")[2] == 12


def test_the_set_of_market_access_is_ranked_with_both(three: None) -> None:
    market(TWO)
    ranked("pasar")

    sheet = unit_sheet(f"village:{TWO}", set_key="pasar")

    assert sheet is not None
    assert [one.measure.key for one in sheet.criteria][:2] == ["market_km", "regular_buyers"]
    assert (sheet.rows[0].low[0], sheet.rows[0].high[0]) == (0, 0)
