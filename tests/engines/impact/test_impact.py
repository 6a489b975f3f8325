"""Effects are found where they are and nowhere else; words follow the numbers."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.resources import files

import numpy as np
import polars as pl
import pytest
from bench.impact import WORLDS, World, cover, draw
from tests.engines.impact.snow import BOTH_COMPANIES, ONE_COMPANY

from lontar.engines.impact import (
    TURNOVER,
    WORKERS,
    Claim,
    Evidence,
    PanelError,
    Plan,
    Reason,
    Rule,
    Scale,
    Treatment,
    Word,
    against_villages,
    assess,
    attrition,
    claim_for,
    detectable,
    event_study,
    match,
    permuted,
    placebo,
    valued,
    wild_bootstrap,
    within,
    word_for,
)

SMALL = World("small", units=15, villages=30, producers=6)


def panel_of(world: World = SMALL, *, seed: int = 3) -> pl.DataFrame:
    return valued(draw(world, seed=seed)[0], treatment=TURNOVER)


def test_snows_table_gives_the_difference_of_his_totals() -> None:
    rows = [
        {"unit": at, "cluster": name, "period": period, "start": 1854 if both else None,
         "value": deaths / people * 10_000, "weight": float(people)}
        for at, (name, people, *counts, both) in enumerate(
            [*((*one, False) for one in ONE_COMPANY), *((*one, True) for one in BOTH_COMPANIES)]
        )
        for period, deaths in zip((1849, 1854), counts, strict=True)
    ]  # fmt: skip
    panel = pl.DataFrame(rows, schema_overrides={"start": pl.Int64}).with_columns(
        period=pl.when(pl.col("period") == 1849).then(1853).otherwise(1854)
    )

    found = event_study(panel)

    assert [sum(column) for column in list(zip(*ONE_COMPANY, strict=True))[1:]] == [167_654, 2_261, 2_458]
    assert [sum(column) for column in list(zip(*BOTH_COMPANIES, strict=True))[1:]] == [300_149, 3_905, 2_547]
    published = (2_547 - 3_905) / 30.0149 - (2_458 - 2_261) / 16.7654
    assert published == pytest.approx(-57.0, abs=0.05)
    assert found.average.value == pytest.approx(published, abs=1e-6)
    assert found.average.high < 0
    assert (found.treated, found.controls, found.clusters) == (16, 12, 28)
    assert permuted(panel, draws=999).p < 0.01


def test_the_curve_is_that_of_the_saturated_study_of_pyfixest() -> None:
    import pyfixest

    # Simulated panel that ships with pyfixest (MIT): 31 years, cohorts of 2000 and 2010, states as clusters.
    told = pl.read_csv(files("pyfixest") / "did" / "data" / "df_het.csv").filter(
        (pl.col("unit") % 5 == 0) & pl.col("year").is_between(1996, 2013)
    )
    panel = told.select(
        "unit", pl.col("state").cast(pl.String).alias("cluster"), pl.col("year").alias("period"),
        pl.when(pl.col("g") > 0).then(pl.col("g").cast(pl.Int64)).alias("start"), pl.col("dep_var").alias("value"),
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = pyfixest.event_study(
            told.to_pandas(),
            yname="dep_var",
            idname="unit",
            tname="year",
            gname="g",
            estimator="saturated",
            cluster="state",
        ).aggregate()
    ours = {point.step: point.effect for point in event_study(panel).points}

    assert sorted(ours) == [int(step) for step in theirs.index]
    for step, row in theirs.iterrows():
        assert ours[int(step)].value == pytest.approx(row["Estimate"], abs=1e-8)
        assert ours[int(step)].error == pytest.approx(row["Std. Error"], rel=1e-6)


def test_studies_at_once_in_one_process_are_each_the_same() -> None:
    panel = panel_of()
    alone = event_study(panel).average
    filters = list(warnings.filters)

    with ThreadPoolExecutor(4) as pool:
        together = [one.average for one in pool.map(event_study, [panel] * 12)]

    assert together == [alone] * 12
    assert warnings.filters == filters


@pytest.mark.slow
def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    found = cover(replace(WORLDS[0], producers=5), replications=120, first=40_000)

    # 120 draws of 0.95 fall below 0.89 once in five hundred times, and a study with errors a third too small always does.
    assert 0.89 <= found["coverage"] <= 0.99
    assert abs(found["bias"]) < 0.012
    assert found["before_rejected"] < 0.15


def test_no_effect_is_not_called_a_rise() -> None:
    panel, _ = draw(replace(SMALL, effect=0.0), seed=8)

    found = assess(panel, _nothing(panel), treatment=TURNOVER, plan=Plan(draws=499))

    assert found.study.average.low < 0 < found.study.average.high
    assert found.permutation.p > 0.05


def test_an_effect_is_found_with_its_curve_its_base_and_nothing_before() -> None:
    panel, truth = draw(replace(SMALL, effect=0.4), seed=10)

    found = assess(panel, _nothing(panel), treatment=TURNOVER, plan=Plan(draws=499))
    after = truth.filter(pl.col("period") >= pl.col("start"))["effect"].mean()

    assert isinstance(after, float)
    assert found.study.average.low < after < found.study.average.high
    assert found.permutation.p == pytest.approx(1 / 500)
    assert found.placebo is not None
    assert found.placebo.average.low < 0 < found.placebo.average.high
    assert [point.step for point in found.study.points] == [-6, -5, -4, -3, -2, 0, 1, 2, 3]
    assert found.study.before.p is not None
    assert found.study.before.steps == 3
    assert found.study.before.p > 0.05
    value, low, high = found.shares(found.study.average)
    assert low < np.expm1(after) < high
    assert 0.1 < value < 0.5


def test_matching_makes_groups_alike_that_were_not() -> None:
    panel, _ = draw(replace(SMALL, picked=0.8, villages=60), seed=4)

    found = assess(panel, _nothing(panel), treatment=TURNOVER, plan=Plan(draws=1)).matching

    level = next(one for one in found.balance if one.column == "level")
    assert level.before > 0.6
    assert abs(level.after) < 0.1
    assert found.worst < 0.1
    assert found.treated + found.unmatched == 90
    weights = found.weights.join(panel.select("unit", "start").unique(), on="unit")
    assert weights.filter(pl.col("start").is_null())["weight"].sum() == pytest.approx(found.treated)


def test_matches_agree_in_what_must_agree_and_nobody_is_forced() -> None:
    table = pl.DataFrame(
        {
            "unit": [1, 2, 3, 4, 5, 6],
            "treated": [True, True, False, False, False, False],
            "kind": ["a", "b", "a", "a", "b", "c"],
            "level": [1.0, 5.0, 1.1, 9.0, 5.2, 1.0],
        }
    )

    found = match(table, columns=("level",), exact=("kind",), ratio=1, caliper=10.0)

    assert found.pairs.select("treated", "control").rows() == [(1, 3), (2, 5)]
    near = match(table, columns=("level",), exact=("kind",), ratio=1, caliper=1e-9)
    assert near.unmatched == 2


def test_what_is_not_known_is_near_to_nothing_but_what_is_not_known_either() -> None:
    table = pl.DataFrame(
        {
            "unit": [1, 2, 3, 4, 5, 6, 7],
            "treated": [True, True, True, False, False, False, False],
            "kind": ["desa", "desa", None, "desa", "desa", "kelurahan", None],
            # The mean and the median of what is known lie nearest to 3: filling in would pair 4 with 2.
            "index": [2.0, None, 4.0, 3.0, None, 4.0, 9.0],
            "level": [1.0, 5.0, 2.0, 5.0, 9.0, 2.0, 2.1],
            "services": [None] * 7,
        }
    )

    found = match(table, columns=("index", "level", "services"), exact=("kind",), ratio=1, caliper=1e6)

    assert found.pairs.select("treated", "control").rows() == [(3, 7), (1, 4), (2, 5)]
    assert found.unknown == ("services",)
    balance = {one.column: one for one in found.balance}
    assert list(balance) == ["index", "level", "kind=", "kind=desa", "kind=kelurahan"]
    assert (balance["index"].unknown, balance["level"].unknown) == (2, 0)
    assert (balance["index"].treated, balance["index"].control) == (3.0, pytest.approx(16 / 3))
    assert balance["kind=desa"].before == pytest.approx((2 / 3 - 1 / 2) / np.sqrt((2 / 9 + 1 / 4) / 2))
    assert balance["kind=desa"].after == 0.0


def test_a_panel_without_a_before_or_without_others_is_refused() -> None:
    panel = panel_of()

    with pytest.raises(PanelError, match="sebelum penetapan"):
        event_study(panel.filter(pl.col("start").is_null() | (pl.col("period") >= pl.col("start"))))
    with pytest.raises(PanelError, match="Belum ada produsen"):
        event_study(panel.filter(pl.col("start").is_null()))
    with pytest.raises(PanelError, match="satu kelompok"):
        assess(
            draw(SMALL, seed=1)[0].filter(pl.col("start").is_not_null()),
            _nothing(panel),
            treatment=TURNOVER,
            plan=Plan(),
        )
    with pytest.raises(PanelError, match="negatif"):
        valued(panel.with_columns(amount=pl.lit(-1.0)), treatment=TURNOVER)
    with pytest.raises(PanelError, match="dua kali"):
        valued(pl.concat([panel, panel]), treatment=TURNOVER)


def test_without_villages_that_never_joined_those_that_join_last_are_held_against() -> None:
    joined = panel_of(replace(SMALL, effect=0.4, units=45)).filter(pl.col("start").is_not_null())

    found = event_study(joined)

    assert found.controls == 90
    assert max(point.step for point in found.points) == 1
    assert found.average.low > 0


def test_a_placebo_needs_periods_before() -> None:
    panel = panel_of()

    assert placebo(panel.filter(pl.col("period") >= 5)) is None


def test_one_unit_is_held_against_what_villages_did_anyway() -> None:
    rng = np.random.default_rng(11)
    shared = np.repeat(rng.normal(0, 0.1, 40), 10)
    changes = pl.DataFrame(
        {"cluster": [f"{at // 10:02d}" for at in range(400)], "change": shared + rng.normal(0.05, 0.3, 400)}
    )
    units = pl.DataFrame(
        {"key": ["risen"] * 12 + ["same"] * 12, "change": np.r_[rng.normal(0.75, 0.3, 12), rng.normal(0.05, 0.3, 12)],
         "beside": [0.05] * 24}
    )  # fmt: skip

    found = against_villages(changes, units=units)

    risen, same = found["risen"], found["same"]
    assert risen.effect.low > 0.2
    assert risen.permutation_p == pytest.approx(1 / 41)
    assert same.effect.low < 0 < same.effect.high
    assert (risen.producers, risen.villages, risen.controls) == (12, 40, 400)
    with pytest.raises(PanelError, match="Baru 3 desa"):
        against_villages(changes.filter(pl.col("cluster") < "03"), units=units)


def test_intervals_of_one_unit_hold_the_truth() -> None:
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(400):
        shared = np.repeat(rng.normal(0, 0.1, 31), 8)
        change = shared + rng.normal(0.05, 0.3, 248)
        frame = pl.DataFrame({"cluster": [f"{at // 8:02d}" for at in range(248)], "change": change})
        unit = pl.DataFrame({"key": "one", "change": change[:8] + 0.2, "beside": 0.05})
        effect = against_villages(frame.filter(pl.col("cluster") > "00"), units=unit)["one"].effect
        held += effect.low <= 0.2 <= effect.high

    assert 0.92 <= held / 400 <= 0.98


def test_the_bootstrap_tests_the_effect_and_the_t_of_the_study() -> None:
    panel = panel_of(replace(SMALL, effect=0.1)).with_columns(weight=1.0 + pl.col("unit") % 3)

    study, wild = event_study(panel), wild_bootstrap(panel, draws=199)

    assert wild.value == pytest.approx(study.average.value, abs=1e-9)
    # pyfixest's error has the factor for few villages and estimated coefficients, the bootstrap's t does without.
    ratio = wild.t / (study.average.value / study.average.error)
    assert 1.0 < ratio < 1.05
    assert wild.villages == 45


def test_every_draw_of_the_bootstrap_is_the_regression_on_redrawn_residuals() -> None:
    import lontar.engines.impact.wild as module
    from lontar.engines.impact.study import prepared

    panel = panel_of(replace(SMALL, units=6, villages=8))
    rows = prepared(panel).sort("unit", "period")
    parts = module._parts(rows)
    signs = np.random.default_rng(2).choice(module.WEBB, size=(1, len(parts.a)))
    effect, cells, periods = module._regressors(rows)
    units = rows.select(pl.col("unit")).to_dummies("unit").to_numpy().astype(float)
    village = rows["cluster"].rank("dense").to_numpy().astype(int) - 1
    nuisance, none = np.column_stack([cells, periods, units]), np.column_stack([periods, units])
    y = rows["value"].to_numpy()
    under = none @ np.linalg.lstsq(none, y, rcond=None)[0]
    redrawn = under + signs[0][village] * (y - under)
    full = np.column_stack([effect, nuisance])
    coefficients = np.linalg.lstsq(full, redrawn, rcond=None)[0]
    left = redrawn - full @ coefficients
    clean = effect - nuisance @ np.linalg.lstsq(nuisance, effect, rcond=None)[0]
    error = np.sqrt((np.bincount(village, weights=clean * left) ** 2).sum()) / (clean**2).sum()

    assert module._t(signs, parts)[0] == pytest.approx(coefficients[0] / error, rel=1e-6)


def test_the_bootstrap_rejects_no_effect_as_often_as_it_says_and_finds_a_large_one() -> None:
    few = World("few", units=12, villages=16, producers=4, effect=0.0, picked=0.0)
    drawn = [
        wild_bootstrap(valued(draw(few, seed=60_000 + at)[0], treatment=TURNOVER), draws=199, seed=at).p
        for at in range(300)
    ]

    rejected = sum(one <= 0.05 for one in drawn)
    # Of 300 at a true level of 0.05: fewer than 5 or more than 27 once in five hundred times.
    assert 5 <= rejected <= 27
    large = valued(draw(replace(few, effect=0.6), seed=7)[0], treatment=TURNOVER)
    assert wild_bootstrap(large, draws=499).p < 0.01


def test_few_villages_are_asked_both_ways_and_the_second_can_only_take_the_word_away() -> None:
    panel, _ = draw(replace(SMALL, effect=0.4), seed=10)
    plan = Plan(draws=99)

    few = assess(panel, _nothing(panel), treatment=TURNOVER, plan=plan)
    enough = assess(panel, _nothing(panel), treatment=TURNOVER, plan=replace(plan, few=10))

    assert few.wild is not None
    assert enough.wild is None
    assert few.study == enough.study
    clear = Evidence(low=0.03, high=0.2, producers=300, villages=16, before_p=0.4, permutation_p=0.001, wild_p=0.004)
    wide = replace(clear, low=-0.03, high=0.2)
    assert word_for(clear, rule=Rule()) == (Word.ROSE, Reason.CLEAR)
    assert word_for(replace(clear, wild_p=0.08), rule=Rule()) == (Word.CANNOT_TELL, Reason.CHANCE)
    assert word_for(replace(wide, wild_p=0.0005), rule=Rule()) == word_for(replace(wide, wild_p=None), rule=Rule())


def test_words_follow_the_numbers() -> None:
    rule = Rule()
    clear = Evidence(low=0.03, high=0.2, producers=300, villages=60, before_p=0.4, permutation_p=0.001)

    assert word_for(clear, rule=rule) == (Word.ROSE, Reason.CLEAR)
    assert word_for(replace(clear, low=-0.03, high=0.04), rule=rule) == (Word.DID_NOT_RISE, Reason.SMALL)
    assert word_for(replace(clear, low=-0.03, high=0.2), rule=rule) == (Word.CANNOT_TELL, Reason.WIDE)
    assert word_for(replace(clear, before_p=0.01), rule=rule) == (Word.CANNOT_TELL, Reason.APART)
    assert word_for(replace(clear, permutation_p=0.2), rule=rule) == (Word.CANNOT_TELL, Reason.CHANCE)
    assert word_for(replace(clear, producers=4), rule=rule) == (Word.CANNOT_TELL, Reason.FEW)
    assert claim_for(has_baseline=False) is Claim.INDICATIVE
    assert claim_for(has_baseline=True) is Claim.IMPACT


def test_amounts_are_cut_and_scaled_as_stated() -> None:
    panel = pl.DataFrame(
        {"unit": range(100), "cluster": "a", "period": 1, "start": None, "amount": [0.0] * 50 + [1_000.0] * 49 + [9e9]},
        schema_overrides={"start": pl.Int64},
    )

    log = valued(panel, treatment=Treatment(Scale.LOG, unit=1_000.0, winsor=0.02))["value"]

    assert log.max() == pytest.approx(np.log(2))
    assert valued(panel, treatment=Treatment(Scale.LEVEL, winsor=0.0))["value"].max() == 9e9
    assert TURNOVER.share(np.log(1.2), base=0.0) == pytest.approx(0.2)
    assert WORKERS.share(0.3, base=2.5) == pytest.approx(0.12)


def test_who_is_lost_is_counted_by_group() -> None:
    panel = pl.DataFrame(
        {"unit": [1, 1, 2, 3, 3, 4], "cluster": "a", "period": [1, 2, 1, 1, 2, 1], "start": [2, 2, 2, None, None, None],
         "amount": 1.0}
    )  # fmt: skip

    treated, never = attrition(panel, first=1, last=2)

    assert (treated.before, treated.after, treated.lost) == (2, 1, 0.5)
    assert (never.before, never.after) == (2, 1)


def test_the_ring_around_a_unit_is_measured_on_the_ground() -> None:
    points = pl.DataFrame(
        {"key": ["near", "far", "nowhere"], "lat": [-8.80, -8.80, None], "lon": [120.99, 121.40, None]}
    )
    centres = pl.DataFrame({"key": ["unit"], "lat": [-8.79], "lon": [120.98]})

    assert within(points, centres=centres, km=5) == {"near"}
    assert within(points, centres=centres, km=0) == set()


def test_what_can_be_detected_shrinks_with_the_error() -> None:
    assert detectable(0.02, freedom=60) == pytest.approx(0.0570, abs=5e-4)
    assert detectable(0.01, freedom=60) == pytest.approx(detectable(0.02, freedom=60) / 2)


def _nothing(panel: pl.DataFrame) -> pl.DataFrame:
    return panel.select(pl.col("unit").unique()).sort("unit")
