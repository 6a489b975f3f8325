"""What a panel of experts says: pairs to compare, each expert's consistency, the group's weights and the pair to look at again.

Criteria are compared in two steps, as Bank Indonesia's hierarchy has it: goals with goals, then the criteria of each goal with
one another; a criterion's weight is its goal's weight times its own. That keeps eleven criteria at 18 comparisons, not 55.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lontar.engines.ranking import ACCEPTED, Elicited, ahp, judgements, together
from lontar.engines.ranking.problem import Floats
from lontar.selection.models import Criterion, Panel, Panelist

Answers = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True, slots=True)
class Level:
    """One group of things compared with one another: `key` is "" for goals (or for all criteria of a set without goals)."""

    key: str
    items: tuple[str, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair once, in order."""
        return tuple((one, other) for place, one in enumerate(self.items) for other in self.items[place + 1 :])


@dataclass(frozen=True, slots=True)
class Mend:
    """The pair that contradicts the others most: its slider now and the step that would fit, and the ratio it would give."""

    level: str
    one: str
    other: str
    said: int
    better: int
    ratio: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The consistency of one person's or the group's answers: the greatest ratio of all levels; `mend` where too great."""

    ratio: float
    mend: Mend | None

    @property
    def is_consistent(self) -> bool:
        """Whether every level stays below 0.10."""
        return self.ratio < ACCEPTED


@dataclass(frozen=True, slots=True)
class Answered:
    """One expert with the verdict on the answers (None: not answered yet)."""

    panelist: Panelist
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class PanelResult:
    """A panel: its levels, its experts, and what the group says (weights by measure, empty while nobody has answered)."""

    panel: Panel
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    experts: tuple[Answered, ...]
    weights: Mapping[str, float]
    verdict: Verdict | None

    @property
    def is_ready(self) -> bool:
        """Whether the weights may be brought into force: somebody has answered, everybody and the group are consistent."""
        said = [one.verdict for one in self.experts if one.verdict is not None]
        return (
            bool(said)
            and self.verdict is not None
            and self.verdict.is_consistent
            and all(v.is_consistent for v in said)
        )


def levels_of(criteria: Sequence[Criterion]) -> tuple[Level, ...]:
    """The groups to compare, those of one thing left out."""
    goals = tuple(dict.fromkeys(one.goal for one in criteria))
    if len(goals) < 2:
        return (Level("", tuple(one.measure for one in criteria)),)
    within = [Level(goal, tuple(one.measure for one in criteria if one.goal == goal)) for goal in goals]
    return (Level("", goals), *(level for level in within if len(level.items) > 1))


def ratio_of(steps: int) -> float:
    """The ratio on Saaty's scale of a place of the slider: 0 is 1, 8 is 9, −8 is 1/9."""
    return float(steps + 1) if steps >= 0 else 1 / (1 - steps)


def steps_of(ratio: float) -> int:
    """The place of the slider nearest to a ratio between 1/9 and 9."""
    return min(8, round(ratio) - 1) if ratio >= 1 else -min(8, round(1 / ratio) - 1)


def panel_result(panel: Panel) -> PanelResult:
    """What the panel says so far; three queries."""
    criteria = tuple(panel.version.criteria.order_by("position"))
    levels = levels_of(criteria)
    experts = list(panel.panelists.order_by("pk").prefetch_related("judgements"))
    given = {one.pk: answers_of(one) for one in experts}
    complete = [given[one.pk] for one in experts if one.answered_at is not None]
    answered = tuple(
        Answered(one, verdict_on(given[one.pk], levels) if one.answered_at is not None else None) for one in experts
    )
    if not complete:
        return PanelResult(panel, levels, criteria, answered, {}, None)
    by_level = {level.key: ahp(together([matrix_of(one, level) for one in complete])) for level in levels}
    ratio = max(one.consistency_ratio for one in by_level.values())
    return PanelResult(panel, levels, criteria, answered, _weights(criteria, levels, by_level), Verdict(ratio, None))


def answers_of(panelist: Panelist) -> dict[tuple[str, str, str], int]:
    """An expert's answers by level and pair."""
    return {(one.level, one.one, one.other): one.steps for one in panelist.judgements.all()}


def matrix_of(answers: Answers, level: Level) -> Floats:
    """The matrix of one level; a pair that was left alone counts as equal."""
    place = {item: number for number, item in enumerate(level.items)}
    said = {(place[one], place[other]): ratio_of(answers.get((level.key, one, other), 0)) for one, other in level.pairs}
    return judgements(len(level.items), said)


def verdict_on(answers: Answers, levels: Sequence[Level]) -> Verdict:
    """The consistency of somebody's answers, and for the worst level the pair to look at again."""
    found = [(ahp(matrix_of(answers, level)), level) for level in levels]
    worst, level = max(found, key=lambda one: one[0].consistency_ratio)
    return Verdict(worst.consistency_ratio, None if worst.is_consistent else _mend(level, answers))


def _mend(level: Level, answers: Answers) -> Mend:
    """Of all changes of a single answer the one that brings the ratio lowest; of equal ones the smallest change."""
    best: Mend | None = None
    for one, other in level.pairs:
        said = answers.get((level.key, one, other), 0)
        for better in sorted({*range(-8, 9)} - {said}, key=lambda step: abs(step - said)):
            ratio = ahp(matrix_of({**answers, (level.key, one, other): better}, level)).consistency_ratio
            if best is None or ratio < best.ratio - 1e-9:
                best = Mend(level.key, one, other, said, better, ratio)
    assert best is not None, "a level has a pair"  # noqa: S101 - levels of one thing are left out
    return best


def _weights(criteria: Sequence[Criterion], levels: Sequence[Level], found: Mapping[str, Elicited]) -> dict[str, float]:
    """Weight by measure: that of its goal times its own within the goal."""
    top = levels[0]
    upper = dict(zip(top.items, found[top.key].weights.tolist(), strict=True))
    if len({one.goal for one in criteria}) < 2:
        return upper
    held: dict[str, float] = {}
    lower = {level.key: dict(zip(level.items, found[level.key].weights.tolist(), strict=True)) for level in levels[1:]}
    for one in criteria:
        held[one.measure] = upper[one.goal] * lower.get(one.goal, {}).get(one.measure, 1.0)
    return held
