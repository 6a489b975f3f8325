"""Words that follow from the numbers by rule, so that nobody chooses them: rose, did not rise, cannot be told yet.

The order of the rules is the order in which they are asked; each gives its reason. Without returns from before the start a
finding is called indicative, never impact (DOMAIN 7.3). Sentences for readers are left to the application.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lontar.engines.impact.study import Estimate


class Word(StrEnum):
    """What may be said."""

    ROSE = "rose"
    DID_NOT_RISE = "did_not_rise"
    CANNOT_TELL = "cannot_tell"


class Claim(StrEnum):
    """How it may be called."""

    IMPACT = "impact"
    INDICATIVE = "indicative"


class Reason(StrEnum):
    """Why the word is what it is."""

    CLEAR = "clear"  # the interval lies above nought
    SMALL = "small"  # the interval lies below what would matter
    FEW = "few"  # fewer producers or villages than the rule asks for
    APART = "apart"  # the groups went apart before the start
    CHANCE = "chance"  # re-drawing who joined gives as much too often
    WIDE = "wide"  # the interval holds both nought and what would matter


@dataclass(frozen=True, slots=True)
class Rule:
    """Numbers by which words are given: `matters` (share) is the smallest rise that would count as one."""

    matters: float = 0.05
    producers: int = 5
    villages: int = 5
    level: float = 0.05


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a word is given on: an estimate as shares, with what stands beside it (None: not tested)."""

    low: float
    high: float
    producers: int
    villages: int
    before_p: float | None = None
    permutation_p: float | None = None
    wild_p: float | None = None


def word_for(evidence: Evidence, *, rule: Rule) -> tuple[Word, Reason]:
    """The word and its reason.

    Few first, then groups that went apart already; then *rose* when the interval lies above nought and chance does not give
    as much, by either way of asking (each can only take the word away, never give it); *did not rise* when the interval lies
    below what would matter; else it cannot be told yet.
    """
    if evidence.producers < rule.producers or evidence.villages < rule.villages:
        return Word.CANNOT_TELL, Reason.FEW
    if evidence.before_p is not None and evidence.before_p < rule.level:
        return Word.CANNOT_TELL, Reason.APART
    if evidence.low > 0:
        chances = (evidence.permutation_p, evidence.wild_p)
        if any(one is not None and one > rule.level for one in chances):
            return Word.CANNOT_TELL, Reason.CHANCE
        return Word.ROSE, Reason.CLEAR
    if evidence.high < rule.matters:
        return Word.DID_NOT_RISE, Reason.SMALL
    return Word.CANNOT_TELL, Reason.WIDE


def claim_for(*, has_baseline: bool) -> Claim:
    """Impact only where returns from before the start exist."""
    return Claim.IMPACT if has_baseline else Claim.INDICATIVE


def shares(effect: Estimate, *, base: float | None) -> tuple[float, float, float]:
    """Value, low and high of an effect as shares: of log points by exp − 1 (`base` None), else divided by the base."""
    from math import expm1

    if base is None:
        return expm1(effect.value), expm1(effect.low), expm1(effect.high)
    if base <= 0:
        return 0.0, 0.0, 0.0
    return effect.value / base, effect.low / base, effect.high / base
