"""Figures of a quarter from frames: the worked table of docs/explanation/measuring.md, and what must hold for any frame."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.engines.indicators.frames import NO_PRICES, OTHER, PARAMETERS, VILLAGE, answers, asked, cell, months

from lontar.engines.indicators import Facts, IndicatorError, compute, compute_all, shipped
from lontar.engines.periods import Quarter

QUARTER = Quarter.of(2026, 3)
MILLION = 1_000_000
PRICES = pl.DataFrame(
    {
        "month": [date(year, month, 1) for year in (2025, 2026) for month in (7, 8, 9)],
        "index": [100.0, 100.0, 100.0, 110.0, 110.0, 110.0],
    }
)


def worked(**also: object) -> pl.DataFrame:
    """Five producers: three answered everything, one missed September, one is new."""
    producers = asked(
        {"producer_id": 1}, {"producer_id": 2, "sex": "M"}, {"producer_id": 3},
        {"producer_id": 4, "village": OTHER}, {"producer_id": 5, "village": OTHER, "first_month": date(2026, 7, 1)},
    )  # fmt: skip
    amounts = {
        (1, 2025): (1, 1, 1), (1, 2026): (2, 2, 2), (2, 2025): (2, 2, 2), (2, 2026): (2, 2, 2), (3, 2025): (3, 3, 3),
        (3, 2026): (3, 3, 6), (4, 2025): (1, 1, 1), (4, 2026): (1, 1, None), (5, 2026): (4, 4, 4),
    }  # fmt: skip
    rows = [
        row
        for (producer, year), given in amounts.items()
        for row in months(producer, year, *(None if one is None else one * MILLION for one in given))
    ]
    given = {"returns": answers(*rows), "producers": producers, "cpi": PRICES, "facts": Facts()} | also
    return compute_all(QUARTER, parameters=PARAMETERS, **given)  # type: ignore[arg-type]  # a test may replace any of them


def test_growth_counts_only_producers_that_answered_both_quarters_whole() -> None:
    growth = cell(worked(), "O1")

    assert (growth["numerator"], growth["denominator"]) == (24 * MILLION, 18 * MILLION)
    assert growth["value"] == 0.333333
    assert (growth["n"], growth["missing"]) == (3, 0.25)
    assert (growth["low"], growth["high"]) == (-0.08069, 0.747356)


def test_real_growth_divides_each_month_by_its_price_index() -> None:
    real = cell(worked(), "O1R")

    assert (real["numerator"], real["denominator"], real["value"]) == (21_818_183, 18 * MILLION, 0.212121)


def test_real_growth_is_missing_when_an_index_is_missing() -> None:
    real = cell(worked(cpi=PRICES.head(5)), "O1R")

    assert (real["status"], real["value"], real["n"]) == ("M", None, 0)


def test_totals_stand_apart_from_growth_and_say_how_much_is_missing() -> None:
    figures = worked()

    total, guess, rate = cell(figures, "O1T"), cell(figures, "O1E"), cell(figures, "R1")
    assert (total["value"], total["n"], total["missing"], total["low"]) == (38 * MILLION, 5, 0.066667, None)
    assert guess["value"] == 40_714_286
    assert (rate["numerator"], rate["denominator"], rate["value"]) == (14, 15, 0.933333)


def test_regions_and_breakdowns_add_up_to_the_province() -> None:
    figures = worked().filter(indicator="O1T")

    for level in ("regency", "district", "village"):
        assert figures.filter(level=level, by="")["numerator"].sum() == 38 * MILLION
    for by in ("pillar", "category", "sex", "star"):
        assert figures.filter(level="province", by=by)["numerator"].sum() == 38 * MILLION
    assert cell(figures, "O1T", by="sex", part="M")["value"] == 6 * MILLION
    assert cell(figures, "O1T", VILLAGE)["value"] == 24 * MILLION


def test_the_comparison_group_is_no_part_of_the_programme() -> None:
    producers = asked({"producer_id": 1}, {"producer_id": 2, "is_comparison": True})
    rows = [*months(1, 2026, 5, 5, 5), *months(2, 2026, 9, 9, 9)]

    total = cell(worked(producers=producers, returns=answers(*rows)), "O1T")

    assert (total["value"], total["n"]) == (15, 1)


def test_workers_are_those_of_the_last_month_that_was_answered() -> None:
    workers = {"paid_women": 1, "paid_men": 0, "unpaid_women": 2, "unpaid_men": 1, "youth": 1, "worker_days": 75}
    july, august, september = months(1, 2026, 1, 1, 1)
    rows = answers(july | workers | {"paid_women": 9}, august | workers, september | {"paid_women": 5})

    figures = worked(producers=asked({"producer_id": 1}), returns=rows)

    values = {
        one: cell(figures, one)["value"] for one in ("O2", "O2.paid", "O2.unpaid", "O2.women", "O2.men", "O2.youth")
    }
    assert values == {"O2": 4, "O2.paid": 1, "O2.unpaid": 3, "O2.women": 3, "O2.men": 1, "O2.youth": 1}
    assert cell(figures, "O2.fte")["value"] == 2
    assert cell(figures, "O2.womenshare")["value"] == 0.75


def test_classes_rise_and_fall_apart_in_each_system() -> None:
    """Producer 1 rises from 40 to 60 million a year, a rung; producer 2 falls from 2.4 to 1.2 milliard, a class and a rung."""
    rows = []
    for producer, before, now, workers in ((1, 40, 60, (4, 5)), (2, 2400, 1200, (6, 6))):
        for place in range(24):
            first = place < 12
            year, month = divmod(2024 * 12 + 9 + place, 12)
            amount = (before if first else now) * MILLION // 12
            people = {"paid_women": workers[not first], "paid_men": 0, "unpaid_women": 0, "unpaid_men": 0}
            rows.append({"producer_id": producer, "month": date(year, month + 1, 1), "turnover": amount, **people})

    figures = worked(producers=asked({"producer_id": 1}, {"producer_id": 2}), returns=answers(*rows))

    moved = {
        one: cell(figures, f"O3.{one}")["numerator"] for one in ("pp.up", "pp.down", "rung.up", "rung.down", "bps.up")
    }
    assert moved == {"pp.up": 0, "pp.down": 1, "rung.up": 1, "rung.down": 1, "bps.up": 1}
    assert [cell(figures, f"O3.{one}")["value"] for one in ("pp", "rung", "bps")] == [-0.5, 0.0, 0.5]


def test_prices_channels_and_value_added_are_ratios_of_sums() -> None:
    parts = dict.fromkeys(
        (f"channel_{one}" for one in ("mart", "catalogue", "marketplace", "fair", "direct", "outside")), 0
    )
    row = {"quantity": 10, "price_raw": 20, "price_processed": 50, "material_inside": 30, "material_outside": 10}
    july, august = months(1, 2026, 100, 300)
    rows = answers(july | row | parts | {"channel_mart": 60}, august | {"channel_mart": 300})

    figures = worked(producers=asked({"producer_id": 1}), returns=rows)

    assert cell(figures, "O4")["value"] == 2.5
    assert cell(figures, "O4.hayami")["value"] == 0.6
    assert cell(figures, "M1.mart")["value"] == 0.6
    assert cell(figures, "R2")["numerator"] == 2 * 18 - 11 - 1


def facts() -> Facts:
    """Three products of two makers, with a licence each, one expired; coverage of a village."""
    products = pl.DataFrame(
        {"product_id": [1, 2, 3], "maker": ["a", "a", "b"], "village": [VILLAGE] * 3, "pillar": ["village"] * 3,
         "category": ["food"] * 3, "sex": ["F"] * 3, "star": [0, 2, 0]}
    )  # fmt: skip
    day = date(2026, 8, 1)
    licences = pl.DataFrame(
        {"product_id": [1, 2, 3], "kind": ["md", "sni", "halal"], "started": [date(2026, 7, 1), None, date(2026, 7, 22)],
         "issued": [day, day, day], "expires": [None, None, date(2026, 9, 1)]}
    )  # fmt: skip
    units = pl.DataFrame(
        {"village": [VILLAGE, OTHER], "pillar": ["village", "village"], "units": [1, 1], "decided": [1, 0]}
    )
    return Facts(products=products, licences=licences, units=units)


def test_md_stands_in_for_pirt_and_an_expired_licence_counts_for_nothing() -> None:
    figures = worked(facts=facts())

    assert cell(figures, "P1")["numerator"] == 1
    assert [cell(figures, f"P1.{kind}")["numerator"] for kind in ("md", "sni", "halal")] == [1, 1, 0]
    assert cell(figures, "P1", by="star", part="2")["denominator"] == 1
    assert cell(figures, "C1")["value"] == 0.5


def test_days_to_a_licence_are_the_median_of_those_known() -> None:
    waited = cell(worked(facts=facts()), "P2")

    assert (waited["value"], waited["n"], waited["missing"], waited["low"]) == (20.5, 2, 0.333333, None)


def test_two_returns_of_one_month_are_refused() -> None:
    rows = [*months(1, 2026, 1, 1, 1), *months(1, 2026, 1)]

    with pytest.raises(IndicatorError, match="lebih dari satu laporan untuk bulan yang sama di 2026-T3"):
        worked(producers=asked({"producer_id": 1}), returns=answers(*rows))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(IndicatorError, match="returns: kolom turnover tidak ada"):
        worked(returns=answers(*months(1, 2026, 1)).drop("turnover"))


panels = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.integers(0, 10**11), min_size=3, max_size=3), st.booleans()),
    min_size=1,
    max_size=12,
)


def panel(drawn: list[tuple[int, list[int], bool]], *, unchanged: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows, producers = [], []
    for place, (village, amounts, whole) in enumerate(drawn):
        producers.append({"producer_id": place, "village": f"53.01.0{village + 1}.2001"})
        rows += months(place, 2025, *amounts)
        rows += months(place, 2026, *(amounts if whole or unchanged else amounts[:2]))
    return asked(*producers), answers(*rows)


@settings(max_examples=25, deadline=None)
@given(panels)
def test_growth_of_an_unchanged_panel_is_exactly_zero_without_interval(
    drawn: list[tuple[int, list[int], bool]],
) -> None:
    producers, returns = panel(drawn, unchanged=True)
    same = PRICES.with_columns(index=pl.lit(107.31))

    growth = worked(producers=producers, returns=returns, cpi=same).filter(pl.col("indicator").is_in(["O1", "O1R"]))

    shown = growth.filter(status="A")
    assert shown["value"].to_list() == shown["low"].to_list() == shown["high"].to_list() == [0.0] * shown.height
    assert growth.filter(pl.col("denominator").fill_null(0) > 0).height == shown.height


@settings(max_examples=15, deadline=None)
@given(panels, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_came_does_not_matter(drawn: list[tuple[int, list[int], bool]], random) -> None:  # type: ignore[no-untyped-def]  # hypothesis
    producers, returns = panel(drawn, unchanged=False)
    shuffled = list(range(returns.height))
    random.shuffle(shuffled)

    once = compute(
        QUARTER,
        returns=returns,
        producers=producers,
        facts=Facts(),
        cpi=PRICES,
        definitions=shipped(),
        parameters=PARAMETERS,
    )
    again = compute(
        QUARTER, returns=returns[shuffled], producers=producers.reverse(), facts=Facts(), cpi=PRICES, definitions=shipped(),
        parameters=PARAMETERS,
    )  # fmt: skip

    assert_frame_equal(once, again, check_exact=True)


@settings(max_examples=15, deadline=None)
@given(panels)
def test_totals_are_the_sums_of_their_parts(drawn: list[tuple[int, list[int], bool]]) -> None:
    producers, returns = panel(drawn, unchanged=False)

    figures = worked(producers=producers, returns=returns).filter(indicator="O1T")

    whole = figures.filter(level="province", by="")["numerator"].item()
    assert whole == returns.filter(pl.col("month") >= QUARTER.start)["turnover"].sum()
    for (_level, _by), rows in figures.group_by("level", "by"):
        assert rows["numerator"].fill_null(0).sum() == whole


def test_every_shipped_definition_has_a_computation_and_fills_its_fields() -> None:
    definitions = shipped()

    assert len({one.code for one in definitions}) == len(definitions) == 43
    figures = worked(cpi=NO_PRICES)
    assert set(figures["indicator"]) | {"P2"} >= {
        one.code for one in definitions if not one.code.startswith(("P", "C"))
    }
    assert all(one.name and one.name_en and one.formula and one.interpretation and one.source for one in definitions)
