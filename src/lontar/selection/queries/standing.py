"""How the candidates of a unit stand in the ranking in force, and which unit stands best in a region.

What the apps above build on: frozen facts, no models. A ranking advises; a unit without one has none, and a unit without data
has one that says what is missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lontar.selection.models import Candidate, CandidateRun, Criterion, Gate, PublicStanding, Ranking
from lontar.selection.queries.traits import Prohibitions
from lontar.selection.rules.gates import LAWFUL, gate_named
from lontar.selection.rules.measures import words_for
from lontar.selection.states import Passed, UnitKind

#: The set whose ranking answers where nobody names another.
DEFAULT_SET = "wilayah"


@dataclass(frozen=True, slots=True)
class Unit:
    """Who is ranked: `key` as in `OfUnit.unit_key`; `village_code` is where it lies, `district` and `regency` follow."""

    key: str
    kind: UnitKind
    village_code: str
    name: str
    school_id: int | None = None
    community_id: int | None = None


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """A hard gate: its key and question in words, whether it is passed, and why in a sentence."""

    key: str
    name: str
    passed: Passed
    reason: str


@dataclass(frozen=True, slots=True)
class CandidateStanding:
    """One candidate. `rank` 1 is the best, equal ones share the mean, None where a gate is closed; `score`, `score_low` and
    `score_high` lie between 0 and 1; `first_share` and `three_share` are the parts of the weight draws (0 to 1) in which it
    came first, or among the first three; `missing` names in words the measures that nothing is known of."""

    candidate_id: int
    label: str
    commodity_id: int | None
    commodity_code: str
    product_id: int | None
    rank: float | None
    score: float | None
    score_low: float | None
    score_high: float | None
    first_share: float
    three_share: float
    gates: tuple[GateAnswer, ...]
    missing: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether no gate is closed; a gate of which nothing is known stays open and is shown."""
        return all(gate.passed != Passed.NO for gate in self.gates)


@dataclass(frozen=True, slots=True)
class Standing:
    """The candidates of a unit in order, best first and those with a closed gate last, by which set and when.

    `missing` says in words what the registry lacks about the unit as a whole.
    """

    unit: Unit
    run_id: int
    set_key: str
    set_name: str
    set_version: int
    computed_at: datetime
    day: date
    candidates: tuple[CandidateStanding, ...]
    missing: tuple[str, ...]

    @property
    def first(self) -> CandidateStanding | None:
        """The candidate that stands first; None where none is ranked."""
        return next((one for one in self.candidates if one.rank is not None), None)

    def of_commodity(self, commodity_id: int) -> CandidateStanding | None:
        """The candidate of a commodity."""
        return next((one for one in self.candidates if one.commodity_id == commodity_id), None)


@dataclass(frozen=True, slots=True)
class Best:
    """A unit with its first candidate: score 0 to 1 comparable across units, and how surely it is first (0 to 1)."""

    unit: Unit
    label: str
    commodity_id: int | None
    score: float
    first_share: float
    run_id: int


def standing(unit_key: str, *, set_key: str = DEFAULT_SET) -> Standing | None:
    """How the unit's candidates stand in the ranking in force of a set; None where it was not ranked or lies outside the scope.

    Three queries.
    """
    found = (
        Ranking.objects.current()
        .filter(unit_key=unit_key, run__criteria_set__key=set_key)
        .select_related("run__version__criteria_set")
        .first()
    )
    return _standing(found) if found else None


def standings(unit_keys: Iterable[str], *, set_key: str = DEFAULT_SET) -> dict[str, Standing]:
    """As `standing`, for many units at once in three queries; units without a ranking are left out."""
    rows = list(
        Ranking.objects.current()
        .filter(unit_key__in=list(unit_keys), run__criteria_set__key=set_key)
        .select_related("run__version__criteria_set")
    )
    if not rows:
        return {}
    held: dict[int, list[Candidate]] = {}
    for one in _candidates([row.pk for row in rows]):
        held.setdefault(one.ranking_id, []).append(one)
    gates = list(rows[0].run.version.gates.order_by("position"))
    measures = measures_of(rows[0].run)
    forbidden = Prohibitions(rows[0].run.day)
    return {
        row.unit_key: _shaped(row, held.get(row.pk, []), gates=gates, measures=measures, forbidden=forbidden)
        for row in rows
    }


def best(
    region_code: str,
    *,
    limit: int = 100,
    offset: int = 0,
    set_key: str = DEFAULT_SET,
    kind: UnitKind = UnitKind.VILLAGE,
    commodity_id: int | None = None,
    least_share: float = 0.0,
) -> list[Best]:
    """Units at or beneath `region_code` with a first candidate, highest score first, then the surer one, then the code.

    `commodity_id` asks for units whose first candidate is that commodity, `least_share` for those that are first in at least
    that part of the draws.
    """
    found = Ranking.objects.current().within(region_code).filter(
        run__criteria_set__key=set_key, kind=kind, first_score__isnull=False, first_share__gte=least_share
    )  # fmt: skip
    if commodity_id is not None:
        found = found.filter(first_commodity_id=commodity_id)
    rows = found.order_by("-first_score", "-first_share", "village_id", "unit_key")[offset : offset + limit]
    return [
        Best(
            unit_of(row),
            row.first_label,
            row.first_commodity_id,
            row.first_score or 0.0,
            row.first_share or 0.0,
            row.run_id,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class PublicCandidate:
    """What anyone may read of a candidate that is ranked."""

    label: str
    rank: float
    first_share: float


@dataclass(frozen=True, slots=True)
class PublicCandidates:
    """The ranked candidates of a village in order, by which set and the state of which day."""

    set_version: int
    day: date
    candidates: tuple[PublicCandidate, ...]


def public_candidates(village_code: str, *, set_key: str = DEFAULT_SET, limit: int = 3) -> PublicCandidates | None:
    """The first candidates of a village as anyone may read them, whatever the scope; None where none is ranked."""
    rows = list(
        PublicStanding.objects.filter(village_id=village_code, kind=UnitKind.VILLAGE, set_key=set_key).order_by(
            "place"
        )[:limit]
    )
    if not rows:
        return None
    found = tuple(PublicCandidate(row.label, row.rank, row.first_share) for row in rows)
    return PublicCandidates(rows[0].set_version, rows[0].day, found)


def unit_of(row: Ranking) -> Unit:
    """The unit of a ranking."""
    return Unit(str(row.unit_key), UnitKind(row.kind), row.village_id, row.name, row.school_id, row.community_id)


def measures_of(run: CandidateRun) -> tuple[str, ...]:
    """The keys of the measures of a run's version, in order."""
    return tuple(run.version.criteria.order_by("position").values_list("measure", flat=True))


def _standing(row: Ranking) -> Standing:
    gates = list(row.run.version.gates.order_by("position"))
    return _shaped(row, _candidates([row.pk]), gates=gates, measures=measures_of(row.run))


def shaped_sheet(row: Ranking) -> tuple[Standing, list[Candidate], list[Criterion]]:
    """The standing of a ranking together with the rows that it is made of, in the same order."""
    gates, candidates = list(row.run.version.gates.order_by("position")), _candidates([row.pk])
    criteria = list(row.run.version.criteria.order_by("position"))
    told = _shaped(row, candidates, gates=gates, measures=[one.measure for one in criteria])
    return told, candidates, criteria


def _candidates(rankings: Sequence[int]) -> list[Candidate]:
    found = Candidate.objects.filter(ranking_id__in=rankings).select_related("commodity")
    return list(found.order_by("ranking_id", "place"))


def _shaped(
    row: Ranking,
    candidates: Sequence[Candidate],
    *,
    gates: Sequence[Gate],
    measures: Sequence[str],
    forbidden: Prohibitions | None = None,
) -> Standing:
    run = row.run
    said = forbidden or Prohibitions(run.day)
    return Standing(
        unit=unit_of(row),
        run_id=run.pk,
        set_key=run.version.criteria_set.key,
        set_name=run.version.criteria_set.name,
        set_version=run.version.number,
        computed_at=run.finished_at or run.asked_at,
        day=run.day,
        candidates=tuple(_candidate(one, gates=gates, measures=measures, forbidden=said) for one in candidates),
        missing=tuple(words_for(key) for key in row.missing),
    )


def _candidate(
    one: Candidate, *, gates: Sequence[Gate], measures: Sequence[str], forbidden: Prohibitions
) -> CandidateStanding:
    return CandidateStanding(
        candidate_id=one.pk,
        label=one.label,
        commodity_id=one.commodity_id,
        commodity_code=one.commodity.code if one.commodity else "",
        product_id=one.product_id,
        rank=one.rank,
        score=one.score,
        score_low=one.score_low,
        score_high=one.score_high,
        first_share=one.first_share or 0.0,
        three_share=one.three_share or 0.0,
        gates=gate_answers(one, gates, forbidden),
        missing=tuple(words_for(key) for key, low in zip(measures, one.low, strict=False) if math.isnan(low)),
    )


def gate_answers(one: Candidate, gates: Sequence[Gate], forbidden: Prohibitions) -> tuple[GateAnswer, ...]:
    """What each gate of the version says of a candidate, with the reason in a sentence; what forbids it is quoted."""
    told = []
    for gate, passed, figure in zip(gates, one.passed, one.figures, strict=True):
        rule = gate_named(gate.rule)
        outcome = {1: Passed.YES, 0: Passed.NO}.get(passed, Passed.UNKNOWN)
        reason = rule.reason(outcome, figure=figure, limit=gate.limit)
        if gate.rule == LAWFUL and outcome is Passed.NO:
            reason = f"{reason} {forbidden.told(one.commodity, one.village_id)}".rstrip()
        told.append(GateAnswer(gate.rule, str(rule.name), outcome, reason))
    return tuple(told)
