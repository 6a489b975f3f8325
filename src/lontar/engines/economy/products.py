"""The product space: which products go together, and how near a region is to one that it does not make yet.

Source: Hidalgo, Klinger, Barabási & Hausmann (2007). Too few producers make noise of it: pool villages to kecamatan first.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lontar.engines.economy.quotients import Floats, TableInvalid, location_quotient, table


def revealed(values: ArrayLike, *, floor: float = 0.0, strength: float = 0.0) -> NDArray[np.bool_]:
    """Which products a region is good at: LQ ≥ 1 and at least `floor` of it (so that one weaver makes no speciality)."""
    x = table(values)
    quotient = location_quotient(x, strength=strength)
    return np.asarray(np.nan_to_num(quotient, nan=0.0) >= 1) & (x >= max(floor, np.finfo(float).tiny))


def proximity(good_at: ArrayLike) -> Floats:
    """φ (products × products): the lesser of both chances that who is good at one is good at the other; 0 to 1, symmetric.

    The diagonal is 1 for a product that somebody is good at, else 0.
    """
    m = np.array(good_at, dtype=np.float64)
    if m.ndim != 2:
        raise TableInvalid(f"good_at: bentuk {m.shape}; perlu wilayah × produk.")
    both, count = m.T @ m, m.sum(axis=0)
    more = np.maximum(count[:, None], count[None, :])
    found = np.zeros_like(both)
    np.divide(both, more, out=found, where=more > 0)
    return found


def density(good_at: ArrayLike, nearness: ArrayLike) -> Floats:
    """ω (regions × products): the share of a product's nearness that the region already holds, 0 to 1; the product itself is
    left out, so that what a region makes does not prove itself. NaN for a product that is near to none."""
    m, phi = np.array(good_at, dtype=np.float64), np.array(nearness, dtype=np.float64)
    others = phi - np.diag(np.diag(phi))
    total = others.sum(axis=0)
    found = np.full(m.shape, np.nan)
    np.divide(m @ others, total[None, :], out=found, where=np.broadcast_to(total > 0, m.shape))
    return found
