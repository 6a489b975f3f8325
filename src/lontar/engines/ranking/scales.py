"""Values on a common scale of 0 to 1, where 1 is the better end, the same for every village.

A scale that does not depend on the few candidates of one village keeps the order of two when a third comes or goes, and makes
scores of two villages comparable. What is not known is the whole scale: 0 to 1, never 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lontar.engines.ranking.problem import Floats, ProblemInvalid


def percentile(values: ArrayLike, *, among: ArrayLike) -> Floats:
    """The part of the known values `among` that lie below each value, equal ones counting half; NaN stays NaN.

    Where nothing is known to compare with, every value is worth 0.5.
    """
    given = np.asarray(values, dtype=np.float64)
    known = np.sort(np.asarray(among, dtype=np.float64).ravel())
    known = known[~np.isnan(known)]
    if not len(known):
        return np.where(np.isnan(given), np.nan, 0.5)
    below = np.searchsorted(known, given, side="left")
    upto = np.searchsorted(known, given, side="right")
    return np.where(np.isnan(given), np.nan, (below + upto) / (2 * len(known)))


def linear(values: ArrayLike, *, bottom: float, top: float) -> Floats:
    """`bottom` is worth 0, `top` 1, in between evenly, beyond no more; NaN stays NaN. Raises `ProblemInvalid`."""
    if not bottom < top:
        raise ProblemInvalid(f"skala: {bottom} sampai {top}; batas bawah harus di bawah batas atas.")
    given = np.asarray(values, dtype=np.float64)
    return np.asarray(np.clip((given - bottom) / (top - bottom), 0.0, 1.0))


def worths(low: ArrayLike, high: ArrayLike, *, direction: int) -> tuple[Floats, Floats]:
    """Interval of worth from an interval on a scale: turned round where less is better; the whole scale where not known."""
    bottom, top = (np.asarray(one, dtype=np.float64) for one in (low, high))
    bottom, top = np.nan_to_num(bottom, nan=0.0), np.nan_to_num(top, nan=1.0)
    return (bottom, top) if direction > 0 else (1 - top, 1 - bottom)
