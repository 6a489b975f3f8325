"""How sure an order is: weights shaken, missing values anywhere in their interval, methods against one another.

Nobody knows weights to three places, and a village's missing figure is not zero. What is published beside a rank is how often
the alternative stays first. Sources: Lahdelma, Hokkanen & Salminen (1998) for rank acceptability; Kendall (1945) for τ-b.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lontar.engines.ranking.methods import Method, compromise, distances, net_flows, shortfalls, utilities
from lontar.engines.ranking.problem import Floats, Mask, Problem, ProblemInvalid, divided, problem

#: How firmly weights are held: a weight of 0.2 then strays by about ± 20 % of itself (one standard deviation).
FIRMNESS: Final = 100.0
_CELLS_AT_ONCE: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Acceptability:
    """Shares of draws (problems × alternatives, 0 to 1): how often first, and among the first three; ties share."""

    first: Floats
    among_three: Floats


def weight_draws(weights: ArrayLike, *, count: int, seed: int, firmness: float = FIRMNESS) -> Floats:
    """`count` vectors of weights around `weights` (criteria), each summing to 1, from a Dirichlet distribution.

    The standard deviation of a weight w is √(w(1 − w)/(firmness + 1)). A weight of 0 stays 0. Raises `ProblemInvalid`.
    """
    given = np.array(weights, dtype=np.float64)
    if given.ndim != 1 or count < 1 or firmness <= 0:
        raise ProblemInvalid("weights: perlu satu deret bobot, paling sedikit satu tarikan, dan keteguhan di atas 0.")
    source = np.random.default_rng(seed)
    free = given > 0
    drawn = np.zeros((count, len(given)))
    drawn[:, free] = source.dirichlet(given[free] * firmness, size=count)
    return drawn


def acceptability(
    low: ArrayLike,
    high: ArrayLike | None = None,
    *,
    asked: Problem,
    draws: Floats,
    method: Method = Method.SAW,
    worlds: int = 20,
    seed: int = 0,
) -> Acceptability:
    """How often each alternative is first when weights are `draws` (draws × criteria) and values lie between `low` and `high`.

    `low` and `high` have the shape of `asked.values`; where they differ the value is missing or rough, and each of `worlds`
    fillings takes it somewhere between (evenly, independently), with an equal part of the draws. Equal intervals need one
    world. The same seed gives the same answer. Raises `ProblemInvalid`.
    """
    bottom = np.broadcast_to(np.asarray(low, dtype=np.float64), asked.values.shape)
    top = bottom if high is None else np.broadcast_to(np.asarray(high, dtype=np.float64), asked.values.shape)
    if bool(((top < bottom) & asked.present[..., None]).any()):
        raise ProblemInvalid("high: ada batas atas di bawah batas bawah.")
    rough = (top > bottom) & asked.present[..., None]
    used = min(worlds, len(draws)) if rough.any() else 1
    source = np.random.default_rng(seed)
    first, three = np.zeros(asked.present.shape), np.zeros(asked.present.shape)
    for part in np.array_split(draws, used):
        values = bottom.copy()
        values[rough] += source.random(int(rough.sum())) * (top - bottom)[rough]
        world = problem(
            np.where(asked.present[..., None], values, 0.0), directions=asked.directions.tolist(), present=asked.present
        )
        _count(world, part, method=method, first=first, three=three)
    return Acceptability(first=first / len(draws), among_three=three / len(draws))


def _count(world: Problem, draws: Floats, *, method: Method, first: Floats, three: Floats) -> None:
    """Add, for every draw, who is first and who among the first three; in portions of problems that fit in memory."""
    criteria = _ready(world, method)
    problems, count = world.present.shape
    portion = max(1, _CELLS_AT_ONCE // (count * len(draws)))
    for start in range(0, problems, portion):
        part = slice(start, start + portion)
        there = world.present[part]
        scores = _scores([one[part] for one in criteria], draws, method=method, present=there)
        scores[~there] = -np.inf
        best = scores == scores.max(axis=1, keepdims=True)
        best &= there[..., None]
        first[part] += (best / np.maximum(best.sum(axis=1, keepdims=True), 1)).sum(axis=2)
        third = np.partition(scores, -3, axis=1)[:, -3:-2] if count > 3 else np.full_like(scores[:, :1], -np.inf)
        three[part] += ((scores >= third) & there[..., None]).sum(axis=2)


def _ready(world: Problem, method: Method) -> list[Floats]:
    """What the method needs of the values before weights come in: arrays (problems × alternatives × criteria)."""
    if method is Method.SUM:
        return [world.toward_more]
    if method is Method.SAW:
        return [utilities(world)]
    if method is Method.TOPSIS:
        return list(distances(world))
    if method is Method.VIKOR:
        return [shortfalls(world)]
    if method is Method.PROMETHEE:
        return [net_flows(world)]
    raise ProblemInvalid(f"{method}: kekukuhan tidak dihitung untuk cara ini.")


def _scores(criteria: list[Floats], draws: Floats, *, method: Method, present: Mask) -> Floats:
    """Scores (problems × alternatives × draws) of a portion."""
    if method is Method.TOPSIS:
        away, beyond = (np.sqrt(one @ (draws**2).T) for one in criteria)
        return divided(beyond, away + beyond, otherwise=0.5)
    if method is Method.VIKOR:
        regrets = criteria[0]
        r = np.zeros((*regrets.shape[:2], len(draws)))
        for number in range(regrets.shape[2]):
            np.maximum(r, regrets[:, :, number, None] * draws[:, number], out=r)
        there = np.broadcast_to(present[..., None], r.shape)
        return 1 - compromise(regrets @ draws.T, r, present=there)
    return np.asarray(criteria[0] @ draws.T)


def kendall(one: ArrayLike, other: ArrayLike) -> Floats:
    """Kendall's τ-b of two sets of ranks (problems × alternatives, NaN where absent), per problem; NaN where all are tied."""
    first, second = (np.atleast_2d(np.array(x, dtype=np.float64)) for x in (one, other))
    lower: NDArray[np.bool_] = np.tri(first.shape[1], k=-1, dtype=bool)
    a = np.sign(first[:, :, None] - first[:, None, :])[:, lower]
    b = np.sign(second[:, :, None] - second[:, None, :])[:, lower]
    known = ~np.isnan(a) & ~np.isnan(b)
    a, b = np.where(known, a, 0.0), np.where(known, b, 0.0)
    size = np.sqrt((a != 0).sum(axis=1) * (b != 0).sum(axis=1).astype(np.float64))
    return divided((a * b).sum(axis=1), size, otherwise=np.nan)
