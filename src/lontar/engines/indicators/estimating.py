"""Values and 95 % intervals of cells from their sums.

The producers asked are all there are in a cell, so the interval speaks of those that did not answer. Ratio R = Σy/Σx
of n answers among N asked, by linearisation with finite-population correction (Cochran 1977, §6.4): var(R) = (1 −
n/N) · n/(n − 1) · Σ(y − Rx)² / (Σx)², and R ± t(n − 1) times its root. All answered: the interval is the value
itself. One answer of several: no interval. Medians: ranks of order statistics by the binomial (Conover 1999, §3.2).
Totals of what was reported are counted, not estimated, and have none.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
CONFIDENCE: Final = 0.95
DECIMALS: Final = 6


def ratio(y: Floats, x: Floats) -> Floats:
    """Σy/Σx, nan where nothing is divided by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(x > 0, y / x, np.nan)


def half_width(*, n: Floats, rest: Floats, y: Floats, x: Floats, yy: Floats, xy: Floats, xx: Floats) -> Floats:
    """Half the width of the 95 % interval of Σy/Σx of `n` answers; `rest` is the share of what was asked and not answered.

    0 where all answered, nan where one answer of several tells nothing.
    """
    r = ratio(y, x)
    with np.errstate(divide="ignore", invalid="ignore"):
        residual = yy - 2 * r * xy + r * r * xx
        # What floats leave of an exact zero is not a deviation.
        residual = np.where(np.abs(residual) <= 1e-12 * (yy + r * r * xx), 0, residual)
        variance = rest * n / (n - 1) * np.maximum(residual, 0) / (x * x)
        wide = quantile(n) * np.sqrt(variance)
    result: Floats = np.where(rest <= 0, r - r, np.where(n >= 2, wide, np.nan))
    return result


def quantile(n: Floats) -> Floats:
    """Student's t at 97.5 % with n − 1 degrees of freedom; nan for fewer than two."""
    sizes, place = np.unique(n, return_inverse=True)
    found = np.full(sizes.shape, np.nan)
    enough = sizes >= 2
    found[enough] = stats.t.ppf(1 - (1 - CONFIDENCE) / 2, sizes[enough] - 1)
    result: Floats = found[place]
    return result


def median_ranks(n: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Ranks (from 1) of the order statistics that hold the median with at least 95 %.

    0 where n is too small for it (below 6).
    """
    sizes, place = np.unique(n, return_inverse=True)
    low = np.zeros(sizes.shape, dtype=np.int64)
    for index, size in enumerate(sizes.tolist()):
        if size >= 6:
            low[index] = int(stats.binom.ppf((1 - CONFIDENCE) / 2, size, 0.5))
            while low[index] > 0 and stats.binom.cdf(low[index] - 1, size, 0.5) > (1 - CONFIDENCE) / 2:
                low[index] -= 1
    high = np.where(low > 0, sizes - low + 1, 0)
    return low[place], high[place]


def rounded(values: Floats) -> Floats:
    """To six decimals, as figures are kept; −0 becomes 0."""
    result: Floats = np.round(values, DECIMALS) + 0.0
    return result
