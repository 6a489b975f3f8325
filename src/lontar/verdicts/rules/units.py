"""Each designated unit after six and twelve months: against its own baseline, and against villages outside the programme.

Months one to six (or twelve) after the designation are held against the same months a year before. A unit whose returns begin
only after its designation has no baseline: its last three months are held against its first three, and whatever is found is
called indicative, never impact (DOMAIN 7.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from lontar.engines.impact import (
    Evidence,
    PanelError,
    Treatment,
    UnitEffect,
    against_villages,
    claim_for,
    shares,
    word_for,
)
from lontar.engines.periods import Month
from lontar.verdicts.rules.panels import changes
from lontar.verdicts.rules.results import Found, Inputs

AFTER = (6, 12)
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Amount:
    """A column of returns and how it is judged."""

    outcome: str
    column: str
    treatment: Treatment


def unit_findings(rows: pl.DataFrame, inputs: Inputs, *, amount: Amount, pairs: pl.DataFrame) -> list[Found]:
    """Findings of every unit for one amount, in the order of units and months."""
    last = Month.from_date(inputs.quarter.last_day).ordinal
    designated = rows.filter(pl.col("joined").is_not_null() & (pl.col("unit_key") != ""))
    found: list[Found] = []
    for joined in sorted(designated["joined"].unique().to_list()):
        cohort = designated.filter(pl.col("joined") == joined)
        for months in AFTER:
            if joined + months > last:
                continue
            found.extend(_cohort(cohort, rows, inputs, amount=amount, pairs=pairs, joined=joined, months=months))
    return sorted(found, key=lambda one: (one.unit_key, one.months))


def _cohort(
    cohort: pl.DataFrame,
    rows: pl.DataFrame,
    inputs: Inputs,
    *,
    amount: Amount,
    pairs: pl.DataFrame,
    joined: int,
    months: int,
) -> Iterator[Found]:
    """Units that joined in one month: those with a baseline, then those without."""
    after = range(joined + 1, joined + months + 1)
    year_ago = range(after.start - 12, after.stop - 12)
    ahead = cohort.filter(pl.col("at") < joined)["unit_key"].unique()
    known = cohort.filter(pl.col("unit_key").is_in(ahead.implode()))
    late = cohort.filter(~pl.col("unit_key").is_in(ahead.implode()))
    never = rows.filter(pl.col("joined").is_null())
    for part, spans, baseline in (
        (known, (after, year_ago), True),
        (late, (range(after.stop - _SHORT, after.stop), range(after.start, after.start + _SHORT)), False),
    ):
        if len(part):
            span = _Span(months, after=spans[0], ahead=spans[1], has_baseline=baseline)
            yield from _Windows(inputs, amount, pairs, span=span).judged(part, never)


@dataclass(frozen=True, slots=True)
class _Span:
    """Months after the designation, the window that is judged and the one that it is held against (ordinals of months)."""

    months: int
    after: range
    ahead: range
    has_baseline: bool


class _Windows:
    """Two windows of months, and what units and comparison villages did between them."""

    def __init__(self, inputs: Inputs, amount: Amount, pairs: pl.DataFrame, *, span: _Span) -> None:
        self.inputs, self.amount, self.pairs, self.span = inputs, amount, pairs, span

    def judged(self, part: pl.DataFrame, never: pl.DataFrame) -> Iterator[Found]:
        """A finding for each unit of the part, also where nothing can be told."""
        own, others = self._changes(part), self._changes(never)
        facts = part.group_by("unit_key").agg(
            pl.col("village").first(), pl.col("designated_from").first(), pl.col("producer_id").n_unique()
        )
        units = self._beside(own, others).join(
            part.select("producer_id", key="unit_key").unique(), on="producer_id", maintain_order="left"
        )
        try:
            effects = against_villages(others.select(cluster="village", change="change"), units=units)
        except PanelError:
            effects = {}
        for key, village, since, count in facts.sort("unit_key").rows():
            mine = units.filter(pl.col("key") == key)
            yield self._finding(key, village, since, effect=effects.get(key), rows=mine, asked=count)

    def _changes(self, rows: pl.DataFrame) -> pl.DataFrame:
        return changes(
            rows,
            column=self.amount.column,
            treatment=self.amount.treatment,
            after=self.span.after,
            ahead=self.span.ahead,
        )

    def _beside(self, own: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
        """Each producer with the mean change of its matched ones; of all outside where it has none."""
        everyone = others["change"].mean() if len(others) else None
        matched = (
            self.pairs.join(others.select(control="producer_id", other="change"), on="control")
            .group_by(producer_id=pl.col("treated"))
            .agg(beside=pl.col("other").mean())
        )
        joined = own.join(matched, on="producer_id", how="left", maintain_order="left")
        return joined.with_columns(pl.col("beside").fill_null(pl.lit(everyone, dtype=pl.Float64)))

    def _finding(
        self, key: str, village: str, since: date, *, effect: UnitEffect | None, rows: pl.DataFrame, asked: int
    ) -> Found:
        called = claim_for(has_baseline=self.span.has_baseline).value
        numbers = self.inputs.numbers
        if effect is None or effect.producers < numbers.cell:
            because = "few" if self.span.has_baseline or len(rows) else "no_baseline"
            return Found(
                unit_key=key, village=village, since=since, months=self.span.months, outcome=self.amount.outcome,
                said="cannot_tell", because=because, called=called, producers=min(asked, len(rows)), controls=0, villages=0,
            )  # fmt: skip
        level = self.amount.treatment.scale != "log1p"
        base = float(rows["before"].mean() or 0.0) if level else None  # type: ignore[arg-type]  # a number
        value, low, high = shares(effect.effect, base=base)
        said, because_ = word_for(
            Evidence(low, high, effect.producers, effect.villages, permutation_p=effect.permutation_p),
            rule=numbers.rule,
        )
        shown = _may_show(rows, dominance=numbers.dominance)
        share = self.amount.treatment.share
        return Found(
            unit_key=key, village=village, since=since, months=self.span.months, outcome=self.amount.outcome, said=said.value,
            because=because_.value, called=called, producers=effect.producers, controls=effect.controls,
            villages=effect.villages, value=value, low=low, high=high, growth=share(effect.own, base=base or 0.0),
            beside=share(effect.beside, base=base or 0.0), p=effect.effect.p, permutation_p=effect.permutation_p,
            baseline=_mean(rows, "before") if shown else None, now=_mean(rows, "later") if shown else None,
            detectable=share(effect.effect.detectable, base=base or 0.0),
        )  # fmt: skip


def _may_show(rows: pl.DataFrame, *, dominance: float) -> bool:
    """Mean amounts are kept only where no producer holds nearly all of them."""
    total = float(rows["later"].sum())
    return total > 0 and float(rows["later"].max()) / total <= dominance  # type: ignore[arg-type]  # a number


def _mean(rows: pl.DataFrame, column: str) -> float:
    return float(rows[column].mean() or 0.0)  # type: ignore[arg-type]  # a number
