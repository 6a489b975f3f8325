"""Putting several orders together: Borda's count over panels or kecamatan, and whether a Condorcet winner contradicts it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lontar.engines.ranking.problem import Floats, Mask, ProblemInvalid


def borda(orders: ArrayLike, *, voters: ArrayLike | None = None) -> Floats:
    """Points of each alternative over several orders (voters × alternatives, ranks, 1 the best, ties as mean ranks).

    With m alternatives ranked by a voter, rank r is worth m − r points, so a tie gets the mean of its places; an alternative
    that a voter did not rank (NaN) gets the mean of the points that are left over. `voters` weighs the orders, one each by
    default. Raises `ProblemInvalid`.
    """
    given = np.array(orders, dtype=np.float64)
    if given.ndim != 2 or 0 in given.shape:
        raise ProblemInvalid(f"orders: bentuk {given.shape}; perlu pemilih × pilihan.")
    if np.nanmin(given, initial=1.0) < 1 or np.nanmax(given, initial=1.0) > given.shape[1]:
        raise ProblemInvalid(f"orders: peringkat harus antara 1 dan {given.shape[1]}.")
    count = given.shape[1]
    ranked = ~np.isnan(given)
    known = ranked.sum(axis=1, keepdims=True)
    rest = (count - known - 1) / 2  # the mean of the points 0 … left − 1
    points = np.where(ranked, count - given, rest)
    weights = np.ones(len(given)) if voters is None else np.array(voters, dtype=np.float64)
    if weights.shape != (len(given),) or (weights < 0).any():
        raise ProblemInvalid(f"voters: perlu {len(given)} bobot yang tidak negatif.")
    return np.asarray(weights @ points)


def condorcet(orders: ArrayLike, *, voters: ArrayLike | None = None) -> int | None:
    """The alternative that beats every other one when they are compared two by two; None where there is none."""
    given = np.where(np.isnan(np.array(orders, dtype=np.float64)), np.inf, np.array(orders, dtype=np.float64))
    weights = np.ones(len(given)) if voters is None else np.array(voters, dtype=np.float64)
    beats = np.einsum("v,vij->ij", weights, given[:, :, None] < given[:, None, :])
    wins: Mask = beats > beats.T
    winners = np.flatnonzero(wins.sum(axis=1) == given.shape[1] - 1)
    return int(winners[0]) if len(winners) else None
