"""Location quotients: is a product more at home here than in the province, and how sure is that with few producers.

Sources: Isard (1960) for the quotient; Dalum, Laursen & Villumsen (1998) for its symmetric form; shrinkage towards the
province's share as an empirical-Bayes estimate of a proportion (Dirichlet prior of strength α).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class TableInvalid(ValueError):
    """A table of regions × products that cannot be read; the message names where, the value and the cure."""


def table(values: ArrayLike, *, name: str = "tabel") -> Floats:
    """A table (regions × products) of finite amounts that are not negative; raises `TableInvalid`."""
    found = np.array(values, dtype=np.float64)
    if found.ndim != 2 or 0 in found.shape:
        raise TableInvalid(f"{name}: bentuk {found.shape}; perlu wilayah × produk.")
    bad = np.argwhere(~np.isfinite(found) | (found < 0))
    if len(bad):
        row, column = (int(one) for one in bad[0])
        raise TableInvalid(f"{name}[{row}, {column}]: {found[row, column]}; perlu angka yang tidak negatif.")
    return found


def location_quotient(values: ArrayLike, *, strength: float = 0.0) -> Floats:
    """LQ (regions × products): the region's share of a product over the province's share; above 1 it is a base here.

    `strength` α > 0 shrinks small regions towards 1: (x_ir + α·s_i)/(x_r + α) over s_i, as if α more producers were spread as
    in the province. NaN for a product that nobody makes and, without shrinkage, for a region that makes nothing.
    """
    if strength < 0:
        raise TableInvalid(f"strength: {strength}; tidak boleh negatif.")
    x = table(values)
    share = _share(x.sum(axis=0), x.sum())
    held = _share(x + strength * share, x.sum(axis=1, keepdims=True) + strength)
    return _share(held, share)


def symmetric(quotient: ArrayLike) -> Floats:
    """(LQ − 1)/(LQ + 1), −1 to 1: fit for averaging."""
    lq = np.array(quotient, dtype=np.float64)
    return _share(lq - 1, lq + 1)


def quotient_interval(
    values: ArrayLike, *, draws: int = 400, seed: int = 0, level: float = 0.9, strength: float = 1.0
) -> tuple[Floats, Floats]:
    """Lower and upper bound (regions × products) of the shrunk LQ: the province's shares stand, the region's are drawn.

    The region's own shares follow Dirichlet(x_ir + α·s_i); `level` is the mass between the bounds. `values` are counts.
    """
    x = table(values)
    share = _share(x.sum(axis=0), x.sum())
    made = np.flatnonzero(np.nan_to_num(share) > 0)
    low, high = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    source = np.random.default_rng(seed)
    for region in range(len(x)):
        # Gamma draws normalised are a Dirichlet; all draws of a region at once.
        parts = source.standard_gamma(x[region, made] + strength * share[made], size=(draws, len(made)))
        held = parts / np.maximum(parts.sum(axis=1, keepdims=True), np.finfo(float).tiny)
        bounds = np.quantile(held / share[made], [(1 - level) / 2, (1 + level) / 2], axis=0)
        low[region, made], high[region, made] = bounds
    return low, high


def dispersion(values: ArrayLike) -> tuple[Floats, Floats]:
    """How one-sided each region is: Krugman's Σ|s_ir − s_i| (0 to 2) and Herfindahl's Σ s_ir² (1/n to 1); NaN for none."""
    x = table(values)
    own = _share(x, x.sum(axis=1, keepdims=True))
    share = _share(x.sum(axis=0), x.sum())
    return np.abs(own - share).sum(axis=1), (own**2).sum(axis=1)


def _share(part: Floats, whole: ArrayLike) -> Floats:
    """`part / whole`, NaN where the whole is 0."""
    below = np.broadcast_to(np.asarray(whole, dtype=np.float64), np.shape(part))
    found = np.full(np.shape(part), np.nan)
    np.divide(part, below, out=found, where=np.isfinite(below) & (below != 0))
    return found
