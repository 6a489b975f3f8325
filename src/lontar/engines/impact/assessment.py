"""The whole way for one outcome: scale, comparable producers, curve, placebo, chance (two ways with few villages), attrition.

What is reported is what was fixed beforehand: quarters, three comparison producers for each one, the caliper, the winsor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lontar.engines.impact.inference import Permutation, permuted
from lontar.engines.impact.matching import Matching, match
from lontar.engines.impact.panel import Attrition, PanelError, Treatment, attrition, valued
from lontar.engines.impact.study import Estimate, Study, event_study, placebo
from lontar.engines.impact.wild import Wild, wild_bootstrap


@dataclass(frozen=True, slots=True)
class Plan:
    """How effects are estimated: columns that make producers comparable, what must agree, how many, how near.

    With fewer villages than `few` on either side the wild cluster bootstrap is asked as well.
    """

    columns: Sequence[str] = ("level", "trend")
    exact: Sequence[str] = ()
    ratio: int = 3
    caliper: float = 0.25
    draws: int = 1_999
    seed: int = 2026
    few: int = 30


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one outcome shows; `base` is the mean amount of matched producers of the programme before their start.

    `wild` is None where there are villages enough.
    """

    study: Study
    placebo: Study | None
    permutation: Permutation
    matching: Matching
    attrition: tuple[Attrition, Attrition]
    base: float
    treatment: Treatment
    wild: Wild | None = None

    def shares(self, effect: Estimate) -> tuple[float, float, float]:
        """An effect of the study with its interval, as shares of what would have been without the programme."""
        low, value, high = (
            self.treatment.share(one, base=self.base) for one in (effect.low, effect.value, effect.high)
        )
        return value, low, high


def before(panel: pl.DataFrame, *, until: int) -> pl.DataFrame:
    """What was known of each producer before the period `until`: `level` (mean of values) and `trend` (slope a period).

    `until` is the first period in which anybody joined: what lies before is before for everyone. A producer seen once has
    no trend (null).
    """
    rows = panel.filter(pl.col("period") < until)
    spread = pl.col("period").var()
    slope = pl.cov("period", "value") / pl.when(spread > 0).then(spread)
    return rows.group_by("unit").agg(level=pl.col("value").mean(), trend=slope.cast(pl.Float64)).sort("unit")


def assess(
    panel: pl.DataFrame,
    attributes: pl.DataFrame,
    *,
    treatment: Treatment,
    plan: Plan,
    matching: Matching | None = None,
) -> Assessment:
    """Estimate the effect on one amount; with the `matching` of another amount of the same producers, on the same sample.

    `panel` is that of `panel.PANEL_SCHEMA`; `attributes` has a row per `unit` with whatever columns of the plan are neither
    `level` nor `trend`. Producers without anything before the first start are left out. Raises PanelError when there is
    nothing to compare or nobody was seen before.
    """
    rows = valued(panel, treatment=treatment)
    first = rows["start"].min()
    if first is None:
        raise PanelError("Belum ada produsen dalam program.")
    periods = rows["period"]
    if matching is None:
        matching = _matched(rows, attributes, first=int(first), plan=plan)  # type: ignore[arg-type]  # whole numbers
    matched = rows.join(matching.weights, on="unit")
    ahead = matched.filter(pl.col("start").is_not_null() & (pl.col("period") < pl.col("start")))
    study = event_study(matched)
    few = min(study.treated_clusters, study.clusters - study.treated_clusters) < plan.few
    return Assessment(
        study=study, wild=wild_bootstrap(matched, draws=plan.draws, seed=plan.seed) if few else None, placebo=placebo(matched),
        permutation=permuted(matched, draws=plan.draws, seed=plan.seed), matching=matching,
        attrition=attrition(panel.drop_nulls("amount"), first=int(periods.min()), last=int(periods.max())),  # type: ignore[arg-type]  # whole numbers
        base=float(ahead["amount"].mean() or 0.0), treatment=treatment,  # type: ignore[arg-type]  # a number
    )  # fmt: skip


def _matched(rows: pl.DataFrame, attributes: pl.DataFrame, *, first: int, plan: Plan) -> Matching:
    """Comparable producers by what was known before anybody joined."""
    known = before(rows, until=first)
    if not len(known):
        raise PanelError("Tanpa data sebelum penetapan tidak ada garis dasar.")
    groups = rows.group_by("unit").agg(treated=pl.col("start").is_not_null().any())
    table = known.join(groups, on="unit").join(attributes, on="unit", how="left")
    return match(table, columns=plan.columns, exact=plan.exact, ratio=plan.ratio, caliper=plan.caliper)
