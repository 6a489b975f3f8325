"""Methods of ranking under several criteria, vectorised over all problems at once, behind one interface.

`rank(problem, method)` answers with scores (greater is better) and ranks whatever the method; what only one method knows
(the compromise set of VIKOR, the flows of PROMETHEE) comes from its own function. Each method is checked against another
implementation and by properties in the tests. Weights are found in `weights`, doubt is measured in `robustness`.

Sources: Hwang & Yoon (1981) for SAW and TOPSIS; Opricovic & Tzeng (2004) for VIKOR; Brans & Vincke (1985) for PROMETHEE;
Marimin (2004) for MPE and CPI as Indonesian studies use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from lontar.engines.ranking.preference import USUAL, Preference
from lontar.engines.ranking.problem import (
    Floats,
    Mask,
    Problem,
    ProblemInvalid,
    divided,
    greatest,
    least,
    ranks,
)

COMPROMISE: Final = 0.5  # VIKOR's v: the good of the many and the regret of the one count alike
MIDDLE, MOST = 3, 5  # of the importances and of the ratings of MPE
_FAR: Final = 1e9  # farther than any Q, S or R
_AT_ONCE: Final = 512  # problems whose pairs are compared in one go


class Method(StrEnum):
    """The methods that `rank` knows."""

    SAW = "saw"
    TOPSIS = "topsis"
    VIKOR = "vikor"
    PROMETHEE = "promethee"
    CPI = "cpi"
    SUM = "sum"
    MPE = "mpe"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Scores and ranks (problems × alternatives), NaN where an alternative is absent; 1 is the best rank."""

    scores: Floats
    ranks: Floats

    @property
    def first(self) -> Mask:
        """Which alternatives stand first; more than one where they are equal."""
        known = np.where(np.isnan(self.ranks), np.inf, self.ranks)
        return np.asarray(np.isfinite(known) & (known == known.min(axis=1, keepdims=True)))


@dataclass(frozen=True, slots=True)
class Compromise:
    """VIKOR's answer: S (group utility), R (individual regret), Q (problems × alternatives, less is better), and the set.

    `chosen` marks the compromise solution: the best by Q alone only when its advantage is acceptable (C1: Q″ − Q′ ≥
    1/(m − 1)) and it is also first by S or R (C2); else the first two (C1 holds, C2 does not) or all within that distance.
    """

    s: Floats
    r: Floats
    q: Floats
    chosen: Mask


def rank(asked: Problem, method: Method, *, preferences: Mapping[int, Preference] | None = None) -> Ranking:
    """Rank the alternatives of every problem; `preferences` are those of PROMETHEE, by the number of the criterion."""
    if method is Method.PROMETHEE:
        scores = promethee(asked, preferences=preferences)
    else:
        scores = _SCORES[method](asked)
    return Ranking(scores=np.where(asked.present, scores, np.nan), ranks=ranks(scores, asked.present))


def utilities(asked: Problem) -> Floats:
    """Every value between 0 (the worst present) and 1 (the best): what SAW adds up. A criterion in which all are equal says
    nothing: 0 for all."""
    values = asked.toward_more
    low = least(values, asked.present)
    return divided(values - low, greatest(values, asked.present) - low, otherwise=0.0)


def saw(asked: Problem) -> Floats:
    """Simple additive weighting over `utilities`: 0 to 1."""
    return weighted(utilities(asked), asked.weights)


def plain_sum(asked: Problem) -> Floats:
    """The weighted sum of values that stand on a common scale already (`scales`): no other candidate changes it."""
    return weighted(asked.toward_more, asked.weights)


def weighted(parts: Floats, weights: Floats) -> Floats:
    """The weighted sum over criteria: (problems × alternatives)."""
    if weights.ndim == 1:
        return np.asarray(parts @ weights)
    return np.asarray((parts @ weights[..., None])[..., 0])


def topsis(asked: Problem) -> Floats:
    """Closeness to the ideal, 0 to 1: values over their vector norm, weighted, distance to the best and to the worst.

    Equal alternatives are neither near nor far: 0.5. The order of two may turn when a third comes or goes.
    """
    best, worst = distances(asked)
    squared = asked.weights**2
    away, beyond = np.sqrt(weighted(best, squared)), np.sqrt(weighted(worst, squared))
    return divided(beyond, away + beyond, otherwise=0.5)


def distances(asked: Problem) -> tuple[Floats, Floats]:
    """Squared distances to the ideal and to its opposite, criterion by criterion and before weights, as TOPSIS weighs them."""
    norm = np.sqrt((asked.values**2).sum(axis=1, keepdims=True))
    scaled = divided(asked.values, norm, otherwise=0.0) * asked.directions
    top, bottom = greatest(scaled, asked.present), least(scaled, asked.present)
    there = asked.present[..., None]
    return np.where(there, (scaled - top) ** 2, 0.0), np.where(there, (scaled - bottom) ** 2, 0.0)


def vikor(asked: Problem, *, v: float = COMPROMISE) -> Compromise:
    """The compromise ranking; `v` is the weight of the group's utility against the greatest regret. Raises `ProblemInvalid`."""
    if not 0 <= v <= 1:
        raise ProblemInvalid(f"v: {v}; perlu angka dari 0 sampai 1.")
    regrets = shortfalls(asked)
    weights = asked.weights if asked.weights.ndim == 1 else asked.weights[:, None, :]
    parts = regrets * weights
    s, r = parts.sum(axis=2), parts.max(axis=2)
    q = compromise(s, r, present=asked.present, v=v)
    there = asked.present
    s, r, q = (np.where(there, one, np.nan) for one in (s, r, q))
    return Compromise(s=s, r=r, q=q, chosen=_chosen(s, r, q, there))


def shortfalls(asked: Problem) -> Floats:
    """How far each value stays behind the best, 0 to 1; a criterion in which all are equal says nothing: 0."""
    values = asked.toward_more
    high = greatest(values, asked.present)
    return divided(
        np.where(asked.present[..., None], high - values, 0.0), high - least(values, asked.present), otherwise=0.0
    )


def compromise(s: Floats, r: Floats, *, present: Mask, v: float = COMPROMISE) -> Floats:
    """Q from S and R, each over its own range within the problem."""
    return v * _within(s, present) + (1 - v) * _within(r, present)


def _within(values: Floats, present: Mask) -> Floats:
    low = np.where(present, values, np.inf).min(axis=1, keepdims=True)
    high = np.where(present, values, -np.inf).max(axis=1, keepdims=True)
    return divided(values - low, high - low, otherwise=0.0)


def _chosen(s: Floats, r: Floats, q: Floats, present: Mask) -> Mask:
    count = present.sum(axis=1, keepdims=True)
    by_q = np.where(present, q, _FAR)
    order = np.sort(by_q, axis=1)
    best = order[:, :1]
    second = order[:, 1:2] if q.shape[1] > 1 else np.full_like(best, _FAR)
    step = 1 / np.maximum(count - 1, 1)
    grain = 1e-12
    has_advantage = (second - best) >= step - grain
    first = by_q <= best + grain
    best_by_s = s <= np.where(present, s, _FAR).min(axis=1, keepdims=True) + grain
    best_by_r = r <= np.where(present, r, _FAR).min(axis=1, keepdims=True) + grain
    is_stable = (first & (best_by_s | best_by_r)).any(axis=1, keepdims=True)
    pair = by_q <= second + grain
    near = (by_q - best) < step - grain
    found = np.where(has_advantage & is_stable, first, np.where(has_advantage, pair, near | first))
    return np.asarray(found & present)


def _vikor_scores(asked: Problem) -> Floats:
    return 1 - vikor(asked).q


def promethee(asked: Problem, *, preferences: Mapping[int, Preference] | None = None) -> Floats:
    """Net flows of PROMETHEE II, −1 to 1, which sum to 0 in every problem; criteria without a preference take the usual one."""
    return weighted(net_flows(asked, preferences=preferences), asked.weights)


def net_flows(asked: Problem, *, preferences: Mapping[int, Preference] | None = None) -> Floats:
    """Net flow of every alternative under each criterion by itself: (problems × alternatives × criteria)."""
    chosen = preferences or {}
    values, there = asked.toward_more, asked.present
    out = np.zeros_like(values)
    others = np.maximum(there.sum(axis=1) - 1, 1)[:, None]
    for start in range(0, len(values), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        both = there[part, :, None] & there[part, None, :]
        for number in range(values.shape[2]):
            column = values[part, :, number]
            prefers = chosen.get(number, USUAL)(column[:, :, None] - column[:, None, :]) * both
            out[part, :, number] = (prefers.sum(axis=2) - prefers.sum(axis=1)) / others[part]
    return out


def cpi(asked: Problem) -> Floats:
    """Comparative performance index: rising criteria as x/min·100, falling ones as min/x·100, weighted.

    Raises `ProblemInvalid` where a value is not above 0, for which the index is not defined.
    """
    there = asked.present[..., None]
    if bool((there & (asked.values <= 0)).any()):
        raise ProblemInvalid("values: CPI perlu nilai di atas 0. Geser skalanya, atau pakai cara lain.")
    low = least(asked.values, asked.present)
    safe = np.where(there, asked.values, 1.0)
    parts = 100 * np.where(asked.directions > 0, safe / low, low / safe)
    return weighted(np.where(there, parts, 0.0), asked.weights)


def mpe(asked: Problem, *, powers: tuple[int, ...]) -> Floats:
    """Exponential comparison: Σ valueᵖ with a whole importance p ≥ 1 per criterion, on ratings of 1 and more.

    Falling criteria must be rated so that more is better. Raises `ProblemInvalid` for ratings below 1 (a power would turn
    the order round), falling criteria and importances that are not whole and positive.
    """
    if len(powers) != asked.values.shape[2] or any(one < 1 or one != int(one) for one in powers):
        raise ProblemInvalid(f"powers: {powers}; perlu bilangan bulat positif, satu untuk setiap kriteria.")
    if (asked.directions < 0).any():
        raise ProblemInvalid("directions: MPE memakai nilai rating; beri rating tinggi untuk keadaan yang lebih baik.")
    if bool((asked.present[..., None] & (asked.values < 1)).any()):
        raise ProblemInvalid("values: MPE memakai rating mulai dari 1.")
    return np.where(asked.present, (asked.values ** np.array(powers)).sum(axis=2), np.nan)


def importances(weights: Floats) -> Floats:
    """Weights as the whole importances of MPE: the mean weight is 3, the middle of 1 to 5; a weight of 0 stays 0.

    Halves go up. Any axes, the last one criteria.
    """
    count = np.maximum((weights > 0).sum(axis=-1, keepdims=True), 1)
    found = np.clip(np.floor(MIDDLE * weights * count + 0.5), 1, MOST)
    return np.where(weights > 0, found, 0.0)


def exponential(asked: Problem) -> Floats:
    """MPE over values on a common scale of 0 to 1: ratings of 1 to 5, each to the power of its weight's importance, summed.

    As with the plain sum no other candidate changes a score. A criterion of weight 0 adds the same to all. Raises
    `ProblemInvalid` for falling criteria and values off the scale.
    """
    there = asked.present[..., None]
    if (asked.directions < 0).any() or bool((there & ((asked.values < 0) | (asked.values > 1))).any()):
        raise ProblemInvalid("values: MPE di sini memakai skala bersama 0 sampai 1, makin besar makin baik.")
    powers = importances(asked.weights)
    powers = powers if powers.ndim == 1 else powers[:, None, :]
    return np.asarray(((1 + (MOST - 1) * asked.values) ** powers).sum(axis=2))


_SCORES: Final[Mapping[Method, Callable[[Problem], Floats]]] = {
    Method.SAW: saw,
    Method.TOPSIS: topsis,
    Method.VIKOR: _vikor_scores,
    Method.CPI: cpi,
    Method.SUM: plain_sum,
    Method.MPE: exponential,
}
