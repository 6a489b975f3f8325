"""From points to a star: totals, completeness, the mean of assessors, their spread, bands and gates.

Sources: half-open bands on the unrounded mean and gates that cap but never raise follow the OVOP rounds of 2014/15 (no
licence, no fifth star) and Viet Nam's Decision 148/QĐ-TTg 2023 (mean of the council's members).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from lontar.engines.rubrics.model import Band, Gate, Rubric

Scores = Mapping[str, Decimal]


class NotScorable(ValueError):
    """Scores that a rubric cannot take: an unknown criterion, or points that it does not give; the message names them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sheet is: points so far, criteria answered of all, and what the missing ones could still add."""

    points: Decimal
    answered: int
    criteria: int
    least: Decimal
    most: Decimal
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every criterion has points, so that `points` is a total."""
        return not self.missing


def progress(rubric: Rubric, scores: Scores, *, part: str = "") -> Progress:
    """How far `scores` (criterion code → points) fill the rubric, or one part of it. Raises `NotScorable`.

    `least` and `most` bound the total that the sheet can still reach; with nothing missing both are the total.
    """
    own = list(rubric.criteria(part))
    known = {item.code: item for item in rubric.criteria()}
    for code, points in scores.items():
        if code not in known:
            raise NotScorable(f"rubrik {rubric.key} tidak mempunyai kriteria {code!r}")
        if not known[code].accepts(points):
            raise NotScorable(f"kriteria {code} tidak memberi nilai {points}")
    given = sum((scores[item.code] for item in own if item.code in scores), Decimal(0))
    missing = [item for item in own if item.code not in scores]
    return Progress(
        points=given,
        answered=len(own) - len(missing),
        criteria=len(own),
        least=given + sum((item.low for item in missing), Decimal(0)),
        most=given + sum((item.high for item in missing), Decimal(0)),
        missing=tuple(item.code for item in missing),
    )


def total_of(rubric: Rubric, scores: Scores) -> Decimal:
    """The total of a complete sheet. Raises `NotScorable` when a criterion is missing."""
    found = progress(rubric, scores)
    if not found.is_complete:
        raise NotScorable(f"kriteria belum dinilai: {', '.join(found.missing)}")
    return found.points


def mean_of(totals: Sequence[Decimal]) -> Fraction:
    """The exact mean of at least one total."""
    if not totals:
        raise NotScorable("belum ada lembar nilai yang lengkap")
    return sum((Fraction(total) for total in totals), Fraction(0)) / len(totals)


def shown(mean: Fraction, places: int = 2) -> Decimal:
    """The mean as it is written: rounded down, so that what stands there never claims a band that was not reached."""
    quantum = Decimal(1).scaleb(-places)
    scaled = Decimal((mean.numerator * 10**places) // mean.denominator) * quantum
    return scaled.quantize(quantum, rounding=ROUND_FLOOR)


def band_of(rubric: Rubric, mean: Fraction) -> Band:
    """The band that holds the unrounded mean: the highest whose `low` it reaches. Raises `NotScorable` beneath all bands."""
    reached = [band for band in rubric.bands if mean >= Fraction(band.low)]
    if not reached:
        raise NotScorable(f"tidak ada bintang untuk nilai {mean}")
    return max(reached, key=lambda band: band.low)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a mean comes to: the band's stars, the stars after the gates, and the gates that hold."""

    band: int
    stars: int
    gates: tuple[Gate, ...]

    @property
    def capped_by(self) -> tuple[Gate, ...]:
        """The gates that cost stars here; empty when the band stands."""
        return tuple(gate for gate in self.gates if gate.cap < self.band)


def outcome(rubric: Rubric, mean: Fraction, *, holding: Collection[str] = ()) -> Outcome:
    """The star of a mean: min(band, lowest cap among the gates whose condition is in `holding`). A gate never raises it."""
    band = band_of(rubric, mean).stars
    gates = tuple(gate for gate in rubric.gates if gate.condition in holding)
    return Outcome(band, min([band, *(gate.cap for gate in gates)]), gates)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far assessors lie apart: lowest and highest total, and each criterion's range, the widest share of it first."""

    low: Decimal
    high: Decimal
    by_criterion: tuple[tuple[str, Decimal, Decimal], ...]

    @property
    def range(self) -> Decimal:
        """Points between the lowest and the highest total."""
        return self.high - self.low

    def is_wide(self, threshold: Decimal) -> bool:
        """Whether the totals differ by the threshold or more."""
        return self.range >= threshold


def spread_of(rubric: Rubric, sheets: Sequence[Scores]) -> Spread:
    """The spread of at least one complete sheet. Raises `NotScorable`."""
    totals = [total_of(rubric, sheet) for sheet in sheets]
    if not totals:
        raise NotScorable("belum ada lembar nilai yang lengkap")
    lines = []
    for item in rubric.criteria():
        points = [sheet[item.code] for sheet in sheets]
        lines.append((item.code, min(points), max(points), (max(points) - min(points)) / (item.high or 1)))
    lines.sort(key=lambda line: -line[3])
    return Spread(min(totals), max(totals), tuple((code, low, high) for code, low, high, _share in lines))
