"""The verdict of the last day: extra turnover with evidence against the target, by the shares of the plan's rule set.

Usual turnover is the baseline's daily rate over the days of the weeks that were reported with evidence; what lies above it is
extra. Without a target, a baseline or enough weeks with evidence nothing is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from lontar.priority.states import BaselineKind, Evidence, VerdictKind

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Usual:
    """A baseline: what is known, and the amount of a half-open period where it was measured."""

    kind: BaselineKind
    amount: Decimal | None = None
    from_date: date | None = None
    until_date: date | None = None

    def over(self, days: int) -> Decimal | None:
        """Usual turnover of so many days, in rupiah; None where nothing is known."""
        if self.kind == BaselineKind.NEW:
            return Decimal(0)
        if (
            self.kind == BaselineKind.UNKNOWN
            or self.amount is None
            or self.from_date is None
            or self.until_date is None
        ):
            return None
        return (self.amount * days / (self.until_date - self.from_date).days).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Week:
    """A reported week: its days, the turnover, and by what it can be checked."""

    days: int
    turnover: Decimal
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Shares:
    """From which share of the target it counts as reached, as partly reached; how many weeks with evidence it takes."""

    reached: Decimal
    partly: Decimal
    least_weeks: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the figures that it rests on, in rupiah."""

    kind: VerdictKind
    weeks: int
    turnover: Decimal
    usual: Decimal | None
    achieved: Decimal | None
    target: Decimal | None
    words: str


def judge(usual: Usual | None, target: Decimal | None, weeks: Sequence[Week], shares: Shares) -> Judged:
    """The verdict on one pick."""
    proven = [week for week in weeks if week.evidence != Evidence.NONE]
    turnover = sum((week.turnover for week in proven), Decimal(0))
    normal = usual.over(sum(week.days for week in proven)) if usual is not None else None
    achieved = None if normal is None else turnover - normal
    lacking = _lacking(normal, target, len(proven), shares)
    if lacking or achieved is None or target is None:
        return Judged(VerdictKind.NO_EVIDENCE, len(proven), turnover, normal, achieved, target, lacking)
    kind = (
        VerdictKind.REACHED
        if achieved >= shares.reached * target
        else VerdictKind.PARTLY
        if achieved >= shares.partly * target
        else VerdictKind.MISSED
    )
    words = _("%(share)s %% dari sasaran, dengan bukti untuk %(weeks)s minggu.") % {
        "share": (achieved / target * 100).quantize(Decimal("0.1"), ROUND_HALF_UP),
        "weeks": len(proven),
    }
    return Judged(kind, len(proven), turnover, normal, achieved, target, words)


def _lacking(normal: Decimal | None, target: Decimal | None, proven: int, shares: Shares) -> str:
    """Why nothing can be judged; nothing when it can."""
    if target is None:
        return _("Sasaran tidak pernah ditetapkan.")
    if normal is None:
        return _("Omzet awal tidak berbukti, sehingga tambahannya tidak dapat dihitung.")
    if proven < shares.least_weeks:
        return _("Hanya %(weeks)s minggu berbukti; diperlukan paling sedikit %(least)s.") % {
            "weeks": proven,
            "least": shares.least_weeks,
        }
    return ""
