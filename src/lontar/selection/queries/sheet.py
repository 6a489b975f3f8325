"""One unit in full: the worked numbers of its candidates, and why the first stands first, as facts a page puts into words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lontar.engines.ranking import ValueChange, WeightChange, contributions, least_value_change, least_weight_change
from lontar.selection.models import Candidate, Criterion, Ranking
from lontar.selection.queries.standing import CandidateStanding, Standing, shaped_sheet
from lontar.selection.rules.measures import Measure, measure_named
from lontar.selection.steps.ways import WAYS


@dataclass(frozen=True, slots=True)
class CriterionUsed:
    """A criterion as the run used it: its measure, weight (0 to 1) and direction (1 or −1)."""

    measure: Measure
    goal: str
    weight: float
    direction: int


@dataclass(frozen=True, slots=True)
class Worked:
    """The numbers of one candidate, by criterion: value in the measure's unit (NaN: not known) and worth 0 to 1, each low and
    high; and by method (`WAYS`) score and rank (NaN where a gate is closed or a run of old did not know it).
    `counts` says from how many records each value was taken; empty for runs of old."""

    standing: CandidateStanding
    low: tuple[float, ...]
    high: tuple[float, ...]
    worth_low: tuple[float, ...]
    worth_high: tuple[float, ...]
    scores: tuple[float, ...]
    ranks: tuple[float, ...]
    is_compromise: bool
    counts: tuple[int, ...]

    @property
    def worth(self) -> tuple[float, ...]:
        """The middle of each interval of worth: what the score is made of."""
        return tuple((one + other) / 2 for one, other in zip(self.worth_low, self.worth_high, strict=True))


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion in the comparison of first and second: what it adds to the lead (negative: it speaks for the second)."""

    criterion: CriterionUsed
    adds: float
    first: float
    second: float
    is_known: bool


@dataclass(frozen=True, slots=True)
class Why:
    """First against second: the lead, reasons by size, the least changes that would make them equal, what is uncertain."""

    first: Worked
    second: Worked
    lead: float
    reasons: tuple[Reason, ...]
    weight_change: WeightChange | None
    value_change: ValueChange | None


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """Everything about one unit; `set_shown` names the set in the reader's language, `why` is None where
    fewer than two candidates are ranked."""

    standing: Standing
    region: str
    set_shown: str
    criteria: tuple[CriterionUsed, ...]
    rows: tuple[Worked, ...]
    agreement: float | None
    known: float
    why: Why | None


def unit_sheet(unit_key: str, *, set_key: str) -> UnitSheet | None:
    """The whole sheet of a unit by the ranking in force of a set; None where it was not ranked or lies outside the scope."""
    row = (
        Ranking.objects.current()
        .filter(unit_key=unit_key, run__criteria_set__key=set_key)
        .select_related("run__version__criteria_set", "village__parent__parent")
        .first()
    )
    if row is None:
        return None
    stood, candidates, criteria = shaped_sheet(row)
    used = _used(criteria, row.run.weights)
    rows = tuple(_worked(one, told) for one, told in zip(candidates, stood.candidates, strict=True))
    district = row.village.parent
    place = ", ".join(one.name for one in (row.village, district, district.parent if district else None) if one)
    return UnitSheet(
        stood, place, row.run.version.criteria_set.shown, used, rows, row.agreement, row.known, _why(rows, used)
    )


def _used(criteria: Sequence[Criterion], weights: Sequence[float]) -> tuple[CriterionUsed, ...]:
    return tuple(
        CriterionUsed(measure_named(one.measure), one.goal, float(weight), int(one.direction))
        for one, weight in zip(criteria, weights, strict=True)
    )


def _worked(one: Candidate, told: CandidateStanding) -> Worked:
    return Worked(
        told, tuple(one.low), tuple(one.high), tuple(one.worth_low), tuple(one.worth_high), _of_all(one.method_scores),
        _of_all(one.method_ranks), one.is_compromise, tuple(one.counts),
    )  # fmt: skip


def _of_all(kept: Sequence[float]) -> tuple[float, ...]:
    return (*kept, *(math.nan for _way in WAYS[len(kept) :]))


def _why(rows: Sequence[Worked], criteria: Sequence[CriterionUsed]) -> Why | None:
    ranked = [one for one in rows if one.standing.rank is not None]
    if len(ranked) < 2:
        return None
    first, second = ranked[:2]
    weights = np.array([one.weight for one in criteria])
    adds = contributions(first.worth, second.worth, weights)
    reasons = [
        Reason(
            criteria[place], float(adds[place]), first.worth[place], second.worth[place],
            not (math.isnan(first.low[place]) or math.isnan(second.low[place])),
        )
        for place in np.argsort(-np.abs(adds), kind="stable")
    ]  # fmt: skip
    return Why(
        first, second, float(adds.sum()), tuple(reasons),
        least_weight_change(first.worth, second.worth, weights), least_value_change(first.worth, second.worth, weights),
    )  # fmt: skip
