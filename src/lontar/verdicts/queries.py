"""Words and numbers of verdicts: for pages, the API and the open report; and whether a verdict can be computed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lontar.access.scope import acting_in
from lontar.engines.periods import parse_quarter
from lontar.registry.models import Region
from lontar.verdicts.models import ClassMove, Finding, Verdict
from lontar.verdicts.states import Outcome


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict with what it found: `programme` by outcome, `units` in the order of villages, class moves of all."""

    verdict: Verdict
    programme: dict[str, Finding]
    units: tuple[Finding, ...]
    moves: tuple[ClassMove, ...]

    @property
    def evidence(self) -> dict[str, Any]:
        """Curve, balance, placebo, attrition, distribution."""
        found: dict[str, Any] = self.verdict.evidence
        return found

    @property
    def turnover(self) -> Finding | None:
        """What was found for turnover of the whole programme."""
        return self.programme.get(Outcome.TURNOVER)

    @property
    def workers(self) -> Finding | None:
        """What was found for jobs of the whole programme."""
        return self.programme.get(Outcome.WORKERS)

    def of_programme(self, ladder: str) -> tuple[ClassMove | None, ClassMove | None]:
        """Class moves of the programme and of the comparison group."""
        found = {one.group: one for one in self.moves if not one.unit_key and one.ladder == ladder}
        return found.get("programme"), found.get("comparison")


@dataclass(frozen=True, slots=True)
class UnitTold:
    """What the newest verdict says of one unit."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    moves: tuple[ClassMove, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict computed again from its kept inputs: are words and numbers the same, by the same code."""

    verdict: Verdict
    is_same: bool
    same_code: bool
    sha256: str


def newest(quarter: str = "") -> Verdict | None:
    """The newest verdict, of a quarter where one is named (label as `2026-T3`)."""
    found = Verdict.objects.newest_first()
    return (found.of_quarter(quarter) if quarter else found).first()


def every() -> list[Verdict]:
    """All verdicts, newest first."""
    return list(Verdict.objects.newest_first())


def told(verdict: Verdict) -> Told:
    """Everything that a verdict says; three queries."""
    rows = list(verdict.findings.select_related("village").order_by("village_id", "unit_key", "outcome", "months"))
    return Told(
        verdict,
        programme={one.outcome: one for one in rows if not one.unit_key},
        units=tuple(one for one in rows if one.unit_key),
        moves=tuple(verdict.moves.order_by("unit_key", "ladder", "-group")),
    )


def unit_told(key: str, verdict: Verdict | None = None) -> UnitTold | None:
    """What a verdict (the newest) says of a unit; None where it says nothing."""
    found = verdict or newest()
    if found is None:
        return None
    rows = tuple(found.findings.of_unit(key))
    return UnitTold(found, rows, tuple(found.moves.filter(unit_key=key).order_by("ladder"))) if rows else None


def place_of(said: UnitTold) -> str:
    """Where a unit lies, in words: its village and the regions above it."""
    code = said.findings[0].village_id
    names = dict(Region.objects.filter(code__in=[code, code[:8], code[:5]]).values_list("code", "name"))
    return ", ".join(names[one] for one in (code, code[:8], code[:5]) if one in names)


def units_told(keys: Sequence[str]) -> dict[str, list[Finding]]:
    """What the newest verdict says of several units, by key."""
    found = newest()
    if found is None:
        return {}
    rows: dict[str, list[Finding]] = {}
    for one in found.findings.filter(unit_key__in=keys).order_by("unit_key", "outcome", "months"):
        rows.setdefault(one.unit_key, []).append(one)
    return rows


def checked(verdict: Verdict) -> Checked:
    """Compute a verdict again from what it was made of. Raises FileNotFoundError where the inputs are gone."""
    from lontar.verdicts.rules.judging import judge  # with scipy, which no page needs
    from lontar.verdicts.steps import reading

    with acting_in(reading.region()):
        inputs = reading.kept(verdict.inputs_sha256, parse_quarter(verdict.quarter))
        sha256 = judge(inputs, region=verdict.region_id).sha256
    return Checked(verdict, sha256 == verdict.result_sha256, reading.code_version() == verdict.code_version, sha256)
