"""Weights from the numbers themselves: a criterion counts by how much it tells alternatives apart.

They say nothing of what matters to people; they are shown beside elicited weights, never instead of them without saying so.
Sources: Shannon's entropy after Zeleny (1982); CRITIC after Diakoulaki, Mavrotas & Papayannakis (1995).
"""

from __future__ import annotations

import numpy as np

from lontar.engines.ranking.methods import utilities
from lontar.engines.ranking.problem import Floats, Problem


def entropy(asked: Problem) -> Floats:
    """Weights (problems × criteria) by 1 − entropy of each criterion's shares; falling criteria by their utilities.

    Where no criterion tells alternatives apart all weigh the same.
    """
    shares = utilities(asked) * asked.present[..., None]
    total = shares.sum(axis=1, keepdims=True)
    shares = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    count = np.maximum(asked.present.sum(axis=1), 2)[:, None]
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    spread = -(shares * logs).sum(axis=1) / np.log(count)
    says_something = (total[:, 0] > 0).astype(np.float64)
    return _to_one((1 - spread) * says_something)


def critic(asked: Problem) -> Floats:
    """Weights (problems × criteria) by spread and by how little a criterion repeats others (1 − correlation)."""
    parts = utilities(asked)
    there = asked.present[..., None]
    count = np.maximum(asked.present.sum(axis=1), 1)[:, None, None]
    centred = np.where(there, parts - np.where(there, parts, 0).sum(axis=1, keepdims=True) / count, 0.0)
    cover = np.einsum("pac,pad->pcd", centred, centred)
    size = np.sqrt(np.einsum("pcc->pc", cover))
    both = size[:, :, None] * size[:, None, :]
    correlation = np.divide(cover, both, out=np.zeros_like(cover), where=both > 0)
    spread = size / np.sqrt(np.maximum(count[:, 0] - 1, 1))
    return _to_one(spread * (1 - correlation).sum(axis=2))


def _to_one(weights: Floats) -> Floats:
    total = weights.sum(axis=1, keepdims=True)
    found = np.full_like(weights, 1 / weights.shape[1])
    np.divide(weights, total, out=found, where=total > 0)
    return found
