"""The invented returns: seeded, plausible, and with exactly the effect that the generator states."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from lontar.engines.demo.returns import (
    DEMO_EFFECT,
    MONTHS,
    NO_EFFECT,
    RETURN_SCHEMA,
    Effect,
    ProducerError,
    two_years,
)
from lontar.engines.demo.trading import CHANNELS, price_index, swing
from lontar.engines.periods import Month

LAST = Month.of(2026, 9)
SINCE = date(2025, 6, 10)


def asked(count: int, *, commodity: str = "kopi-arabika", category: str = "drink") -> pl.DataFrame:
    """Producers by turns of the comparison group and of units with a flagship since June 2025; forty villages."""
    at = np.arange(count)
    return pl.DataFrame(
        {
            "producer_id": at + 1,
            "village": [f"53.09.02.20{one % 40:02d}" for one in at],
            "category": category,
            "commodity": commodity,
            "sex": ["F", "M"] * (count // 2),
            "is_comparison": at % 2 == 0,
            "first_month": date(2024, 10, 1),
            "until_month": None,
            "designated_from": [None if one % 2 == 0 else SINCE for one in at],
        },
        schema_overrides={"until_month": pl.Date, "designated_from": pl.Date},
    )


def test_the_same_seed_gives_the_same_rows_in_whatever_order_producers_come() -> None:
    producers = asked(200)

    one = two_years(producers, last=LAST, seed=7)
    other = two_years(producers.reverse(), last=LAST, seed=7)

    assert one.equals(other)
    assert not one.equals(two_years(producers, last=LAST, seed=8))


def test_rows_have_the_columns_of_a_return_and_lie_within_two_years() -> None:
    found = two_years(asked(300), last=LAST, seed=1)

    assert dict(found.schema) == RETURN_SCHEMA
    assert found["month"].min() == date(2024, 10, 1)
    assert found["month"].max() == date(2026, 9, 1)
    assert not found.select(pl.struct("producer_id", "month").is_duplicated().any()).item()
    assert 0.88 < len(found) / (300 * MONTHS) < 0.97


def test_a_month_of_a_coffee_maker_is_one_to_four_million_rupiah() -> None:
    found = two_years(asked(4_000), last=LAST, seed=9)["turnover"]

    assert 1_000_000 < (found.quantile(0.25) or 0) < (found.quantile(0.75) or 0) < 5_000_000
    assert (found % 1_000 == 0).all()


def test_channels_add_up_to_turnover_and_nothing_is_below_zero() -> None:
    found = two_years(asked(2_000), last=LAST, seed=2)
    told = found.drop_nulls(list(CHANNELS))

    assert told.select((pl.sum_horizontal(CHANNELS) != pl.col("turnover")).sum()).item() == 0
    for name in found.columns[2:]:
        if found.schema[name].is_numeric():
            assert (found[name].drop_nulls() >= 0).all(), name


def test_everyone_has_at_least_one_worker_and_not_more_young_ones_than_workers() -> None:
    found = two_years(asked(2_000), last=LAST, seed=3).drop_nulls("youth")
    workers = pl.sum_horizontal("paid_women", "paid_men", "unpaid_women", "unpaid_men")

    assert found.select(workers.min()).item() == 1
    assert found.select((pl.col("youth") > workers).sum()).item() == 0
    assert 2.0 < found.select(workers.mean()).item() < 2.8


def test_every_column_but_turnover_has_gaps() -> None:
    found = two_years(asked(2_000), last=LAST, seed=4)
    gaps = {name: found[name].null_count() / len(found) for name in found.columns}

    assert gaps["turnover"] == 0.0
    assert gaps["material_inside"] == pytest.approx(0.08, abs=0.01)
    assert gaps["price_raw"] == pytest.approx(0.06, abs=0.01)
    assert gaps["problems"] == pytest.approx(0.93, abs=0.01)


def test_turnover_and_workers_rise_by_what_the_effect_states() -> None:
    effect = Effect(turnover=0.30, workers=0.10, ramp_months=4)
    producers = asked(12_000)
    with_it = two_years(producers, last=LAST, seed=5, effect=effect)
    without = two_years(producers, last=LAST, seed=5, effect=NO_EFFECT)
    both = with_it.join(without, on=["producer_id", "month"], suffix="_without")
    months = (pl.col("month").dt.year() - 2025) * 12 + pl.col("month").dt.month() - 6
    workers = pl.sum_horizontal("paid_women", "paid_men", "unpaid_women", "unpaid_men")
    bare = pl.sum_horizontal("paid_women_without", "paid_men_without", "unpaid_women_without", "unpaid_men_without")

    def risen(rows: pl.DataFrame) -> tuple[float, float]:
        told = rows.drop_nulls(["paid_women", "paid_women_without"])
        turnover = rows["turnover"].sum() / rows["turnover_without"].sum() - 1
        return turnover, told.select(workers.sum() / bare.sum()).item() - 1

    designated = both.filter(pl.col("producer_id") % 2 == 0)
    assert risen(both.filter(pl.col("producer_id") % 2 == 1)) == (0.0, 0.0)
    assert risen(designated.filter(months <= 0)) == (0.0, 0.0)
    assert risen(designated.filter(months == 2))[0] == pytest.approx(effect.turnover_after(2), abs=0.002)
    full = risen(designated.filter(months >= 4))
    assert full[0] == pytest.approx(0.30, abs=0.002)
    assert full[1] == pytest.approx(0.10, abs=0.01)


def test_the_effect_says_how_it_grows() -> None:
    assert [round(DEMO_EFFECT.turnover_after(month), 4) for month in (-3, 0, 3, 6, 18)] == [0, 0, 0.11, 0.22, 0.22]
    assert DEMO_EFFECT.workers_after(3) == pytest.approx(0.04)


def test_coffee_sells_in_its_months_and_seasons_average_to_nothing() -> None:
    season = swing("drink", "kopi-arabika")

    assert season.mean() == pytest.approx(0.0, abs=1e-12)
    assert season[6] > season[1] + 0.3
    assert price_index(np.array([2025.0 * 12, 2026.0 * 12])).tolist() == pytest.approx([100.0, 102.6])


def test_a_producer_reports_only_while_it_is_asked() -> None:
    producers = asked(100).with_columns(first_month=pl.lit(date(2025, 3, 1)), until_month=pl.lit(date(2026, 1, 1)))

    found = two_years(producers, last=LAST, seed=6)

    assert (found["month"].min(), found["month"].max()) == (date(2025, 3, 1), date(2025, 12, 1))


def test_a_frame_without_a_column_is_refused_by_name() -> None:
    with pytest.raises(ProducerError, match="Kolom designated_from tidak ada"):
        two_years(asked(4).drop("designated_from"), last=LAST, seed=1)
    with pytest.raises(ProducerError, match="dua kali"):
        two_years(pl.concat([asked(4), asked(4)]), last=LAST, seed=1)


def test_nobody_asked_means_no_rows() -> None:
    found = two_years(asked(2).clear(), last=LAST, seed=1)

    assert len(found) == 0
    assert dict(found.schema) == RETURN_SCHEMA
