"""Verdicts from frames: baselines, small units, rings, classes, and the same result again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from lontar.engines import sizes
from lontar.engines.demo.returns import NO_EFFECT, Described, Effect, two_years
from lontar.engines.impact import Rule
from lontar.engines.periods import Month, Quarter
from lontar.verdicts.rules.judging import judge
from lontar.verdicts.rules.panels import usable
from lontar.verdicts.rules.results import INPUT_SCHEMA, Inputs, Numbers, Result

QUARTER = Quarter.of(2026, 3)
WAVES = (date(2025, 10, 1), date(2026, 1, 2), date(2026, 4, 1))
NUMBERS = Numbers(
    Rule(), 3, 0.85, 0.0, sizes.DEFAULT_SALES_BANDS, sizes.DEFAULT_WORKER_BANDS, sizes.DEFAULT_MICRO_RUNGS
)


def producers(
    units: int = 24, others: int = 24, each: int = 8, first: date = date(2024, 10, 1), days: tuple[date, ...] = WAVES
) -> pl.DataFrame:
    """Coffee makers of units in three waves and of villages without."""
    rows = [
        {
            "producer_id": place * each + number, "village": f"53.{1 + place % 20:02d}.01.{2001 + place}",
            "unit_key": f"village:{place}" if place < units else "", "category": "drink", "commodity": "kopi-arabika",
            "sex": "F", "is_comparison": place >= units, "first_month": first if place < units else date(2024, 10, 1),
            "until_month": None, "designated_from": days[place % 3] if place < units else None,
        }
        for place in range(units + others)
        for number in range(each)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"until_month": pl.Date, "designated_from": pl.Date})


def inputs_of(asked: pl.DataFrame, *, effect: Described, seed: int = 3) -> Inputs:
    returns = two_years(asked, last=Month.of(2026, 9), seed=seed, effect=effect)
    workers = pl.sum_horizontal("paid_women", "paid_men", "unpaid_women", "unpaid_men", ignore_nulls=False)
    frame = returns.select("producer_id", "month", "turnover", workers=workers).join(asked, on="producer_id")
    frame = frame.with_columns(
        lat=pl.lit(-8.5), lon=pl.lit(121.0), firms=pl.lit(40), kind=pl.lit("desa"), index=None, index_status=None,
        services=None, seat_km=pl.lit(12.5),
    )  # fmt: skip
    return Inputs(frame.select(pl.col(name).cast(kind) for name, kind in INPUT_SCHEMA.items()), QUARTER, NUMBERS)


def programme(result: Result, outcome: str = "turnover") -> object:
    return next(one for one in result.findings if not one.unit_key and one.outcome == outcome)


@pytest.fixture(scope="module")
def strong() -> tuple[Inputs, Result]:
    inputs = inputs_of(producers(), effect=Effect(turnover=0.4, workers=0.2))
    return inputs, judge(inputs, region="53")


def test_the_same_inputs_in_another_order_give_the_same_result(strong: tuple[Inputs, Result]) -> None:
    inputs, result = strong

    again = judge(replace(inputs, frame=inputs.frame.sample(fraction=1.0, shuffle=True, seed=4)), region="53")

    assert again.sha256 == result.sha256


def test_units_are_judged_after_six_and_twelve_months_where_these_are_over(strong: tuple[Inputs, Result]) -> None:
    units = [one for one in strong[1].findings if one.unit_key and one.outcome == "turnover"]
    spans = {(one.since, one.months) for one in units}

    # 1 October 2025 has eleven months after it by the end of September 2026, 1 April 2026 five.
    assert spans == {(WAVES[0], 6), (WAVES[1], 6)}
    assert len(units) == 16
    assert all(one.called == "impact" for one in units)
    assert sum(one.said == "rose" for one in units) >= 10


def test_twelve_months_are_judged_once_they_are_over() -> None:
    asked = producers().with_columns(designated_from=pl.when("is_comparison").then(None).otherwise(date(2025, 9, 20)))

    result = judge(inputs_of(asked, effect=Effect(turnover=0.4)), region="53")

    assert {one.months for one in result.findings if one.unit_key} == {6, 12}


def test_returns_that_begin_with_the_designation_give_something_indicative_and_no_impact() -> None:
    late = producers().with_columns(
        first_month=pl.when("is_comparison").then(pl.col("first_month")).otherwise(date(2026, 1, 1)),
        designated_from=pl.when("is_comparison").then(None).otherwise(date(2025, 12, 20)),
    )

    result = judge(inputs_of(late, effect=Effect(turnover=0.4)), region="53")

    whole = programme(result)
    assert (whole.said, whole.because, whole.called) == ("cannot_tell", "no_baseline", "indicative")  # type: ignore[attr-defined]
    units = [one for one in result.findings if one.unit_key]
    assert units
    assert {one.called for one in units} == {"indicative"}


def test_village_attributes_that_are_known_must_agree_and_are_told() -> None:
    inputs = inputs_of(producers(), effect=Effect(turnover=0.4))
    place = pl.col("village").str.tail(4).cast(pl.Int64) - 2001
    frame = inputs.frame.with_columns(
        kind=pl.when(place % 24 < 4).then(pl.lit("kelurahan")).otherwise(pl.lit("desa")),
        index_status=pl.when(place % 24 < 4).then(None).when(place % 2 == 0).then(pl.lit("TERTINGGAL"))
        .otherwise(pl.lit(" Maju ")),
        index=pl.when(place % 24 >= 4).then(0.5 + place % 5 / 100), seat_km=1.0 + place % 7,
    )  # fmt: skip

    told = judge(replace(inputs, frame=frame), region="53").evidence["turnover"]

    balance = {one["column"]: one for one in told["balance"]}
    classes = ["kind=desa", "kind=kelurahan", "status=", "status=advanced", "status=lagging"]
    assert [name for name in balance if "=" in name] == classes
    assert all(abs(balance[name]["after"]) < 1e-9 for name in classes)
    assert balance["index"]["unknown"] == 64
    assert "seat" in balance
    assert told["unknown"] == ["services"]


def test_no_effect_is_no_rise() -> None:
    result = judge(inputs_of(producers(), effect=NO_EFFECT), region="53")

    assert programme(result).said != "rose"  # type: ignore[attr-defined]
    assert programme(result, "workers").said != "rose"  # type: ignore[attr-defined]


def test_a_unit_of_two_producers_shows_no_number() -> None:
    asked = producers().filter((pl.col("unit_key") != "village:0") | (pl.col("producer_id") < 2))

    result = judge(inputs_of(asked, effect=Effect(turnover=0.4)), region="53")

    small = [one for one in result.findings if one.unit_key == "village:0"]
    assert {(one.said, one.because) for one in small} == {("cannot_tell", "few")}
    assert all(one.value is None and one.baseline is None and one.growth is None for one in small)
    assert not any(one.unit_key == "village:0" for one in result.moves)


def test_mean_amounts_are_hidden_where_one_producer_holds_nearly_all() -> None:
    inputs = inputs_of(producers(), effect=Effect(turnover=0.4))
    swollen = pl.when(pl.col("producer_id") == 0).then(pl.col("turnover") * 1_000).otherwise("turnover")

    result = judge(replace(inputs, frame=inputs.frame.with_columns(turnover=swollen)), region="53")

    one = next(one for one in result.findings if one.unit_key == "village:0" and one.outcome == "turnover")
    assert one.value is not None
    assert one.baseline is None
    assert one.now is None


def test_a_ring_keeps_neighbours_out_of_the_comparison() -> None:
    inputs = inputs_of(producers(others=12), effect=NO_EFFECT)

    wide = usable(replace(inputs, numbers=replace(NUMBERS, ring=5.0)))

    assert usable(inputs).filter(pl.col("joined").is_null())["village"].n_unique() == 12
    assert wide.filter(pl.col("joined").is_null()).is_empty()


def test_classes_are_counted_by_each_system_apart() -> None:
    inputs = inputs_of(producers(), effect=NO_EFFECT)
    later = pl.col("month") >= date(2025, 10, 1)
    frame = inputs.frame.with_columns(
        turnover=pl.when(later & (pl.col("producer_id") == 0)).then(300_000_000).otherwise(1_000_000),
        workers=pl.when(later & (pl.col("producer_id") == 1)).then(6).otherwise(2).cast(pl.Int32),
    )

    moves = {
        (one.unit_key, one.group, one.ladder): one for one in judge(replace(inputs, frame=frame), region="53").moves
    }

    # 3.6 billion a year is small by PP 7/2021 and above the rungs of micro; six workers are small by BPS.
    assert (moves["", "programme", "umkm"].up, moves["", "programme", "umkm"].down) == (1, 0)
    assert (moves["", "programme", "imk"].up, moves["", "programme", "imk"].down) == (1, 0)
    assert moves["", "programme", "rung"].up == 0
    assert (moves["", "comparison", "umkm"].up, moves["", "comparison", "imk"].up) == (0, 0)
    assert moves["village:0", "programme", "umkm"].up == 1


def test_who_joined_after_the_quarter_is_not_in_the_programme_yet() -> None:
    inputs = inputs_of(producers(), effect=Effect(turnover=0.4))

    result = judge(replace(inputs, quarter=Quarter.of(2025, 4)), region="53")

    assert result.units == 8
    assert result.evidence["turnover"]["curve"][-1]["step"] == 0
