"""What is ranked: alternatives under criteria, for one village or for thousands of them at once.

All methods read the same arrays. The axes are (problem, alternative, criterion): a province of villages is one array, and a
village with fewer candidates than its neighbours says so in `present`. What the criteria mean and where their values come
from is left to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: A direction of a criterion: more is better, or less is.
MORE: Final = 1
LESS: Final = -1
_SUM_NEAR_ONE: Final = 1e-6


class ProblemInvalid(ValueError):
    """A decision problem that no method can read; the message names the array, where, the value and the cure."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Values (problems × alternatives × criteria), direction of each criterion, weights, and which alternatives exist.

    `weights` are (criteria) or (problems × criteria) and sum to 1. Cells of absent alternatives hold 0 and are never read.
    """

    values: Floats
    directions: NDArray[np.int8]
    weights: Floats
    present: Mask

    @property
    def toward_more(self) -> Floats:
        """The values with falling criteria turned round, so that more is better everywhere."""
        return self.values * self.directions


def problem(
    values: ArrayLike,
    *,
    directions: Sequence[int],
    weights: ArrayLike | None = None,
    present: ArrayLike | None = None,
) -> Problem:
    """Check and shape a decision problem; a matrix (alternatives × criteria) is one problem, absent weights are equal ones.

    Raises `ProblemInvalid` for a value that is not a finite number in an alternative that is present (a missing value is
    an interval, see `robustness`), for directions other than 1 and −1, and for weights that are negative or do not sum to 1.
    """
    cells = np.array(values, dtype=np.float64)
    cells = cells[None] if cells.ndim == 2 else cells
    if cells.ndim != 3 or 0 in cells.shape[1:]:
        raise ProblemInvalid(
            f"values: bentuk {np.shape(values)}; perlu (masalah ×) pilihan × kriteria, paling sedikit satu."
        )
    there = np.ones(cells.shape[:2], dtype=bool) if present is None else np.array(present, dtype=bool)
    there = there[None] if there.ndim == 1 else there
    if there.shape != cells.shape[:2]:
        raise ProblemInvalid(
            f"present: bentuk {there.shape}; perlu {cells.shape[:2]}, satu tanda untuk setiap pilihan."
        )
    bad = np.argwhere(~np.isfinite(cells) & there[..., None])
    if len(bad):
        at = tuple(int(one) for one in bad[0])
        raise ProblemInvalid(
            f"values{list(at)}: {cells[at]} bukan angka. Nilai yang belum ada diberikan sebagai rentang."
        )
    return Problem(
        values=np.where(there[..., None], cells, 0.0),
        directions=_directions(directions, cells.shape[2]),
        weights=checked_weights(weights, shape=(cells.shape[0], cells.shape[2])),
        present=there,
    )


def _directions(given: Sequence[int], count: int) -> NDArray[np.int8]:
    found = np.array(given, dtype=np.int8)
    if found.shape != (count,) or not np.isin(found, (MORE, LESS)).all():
        raise ProblemInvalid(f"directions: {list(given)}; perlu {count} angka, 1 (makin besar makin baik) atau -1.")
    return found


def checked_weights(weights: ArrayLike | None, *, shape: tuple[int, int]) -> Floats:
    """Weights as (criteria) or (problems × criteria); equal ones for None. Raises `ProblemInvalid`."""
    problems, criteria = shape
    if weights is None:
        return np.full(criteria, 1 / criteria)
    found = np.array(weights, dtype=np.float64)
    if found.shape not in {(criteria,), (problems, criteria)}:
        raise ProblemInvalid(f"weights: bentuk {found.shape}; perlu ({criteria},) atau ({problems}, {criteria}).")
    if not np.isfinite(found).all() or (found < 0).any():
        raise ProblemInvalid("weights: ada bobot negatif atau bukan angka. Setiap bobot paling kecil 0.")
    off = np.abs(found.sum(axis=-1) - 1)
    if off.max() > _SUM_NEAR_ONE:
        raise ProblemInvalid(
            f"weights: jumlahnya {found.sum(axis=-1).flat[int(off.argmax())]:.6f}; bobot harus berjumlah 1."
        )
    return found


def least(values: Floats, present: Mask) -> Floats:
    """The least value of each criterion over the alternatives that are present: (problems × 1 × criteria)."""
    return np.asarray(np.where(present[..., None], values, np.inf).min(axis=1, keepdims=True, initial=np.inf))


def greatest(values: Floats, present: Mask) -> Floats:
    """The greatest value of each criterion over the alternatives that are present: (problems × 1 × criteria)."""
    return np.asarray(np.where(present[..., None], values, -np.inf).max(axis=1, keepdims=True, initial=-np.inf))


def divided(numerator: Floats, denominator: Floats, *, otherwise: float) -> Floats:
    """`numerator / denominator`, and `otherwise` where the denominator is 0 or not a number (a criterion that says nothing)."""
    whole = np.broadcast_to(denominator, numerator.shape)
    usable = np.isfinite(whole) & (whole != 0)
    found = np.full(numerator.shape, otherwise)
    np.divide(numerator, whole, out=found, where=usable & np.isfinite(numerator))
    return found


def ranks(scores: Floats, present: Mask) -> Floats:
    """Rank of each alternative, 1 the best (greatest score); equal scores share the mean of their ranks; NaN where absent.

    Scores closer than one part in 10⁹ of their problem's range are equal: what rounding tells apart is no order.
    """
    shown = np.where(present, scores, np.nan)
    grain = np.nanmax(np.abs(shown), axis=1, keepdims=True, initial=0.0) * 1e-9
    better = (shown[:, None, :] > shown[:, :, None] + grain[..., None]).sum(axis=2)
    equal = (np.abs(shown[:, None, :] - shown[:, :, None]) <= grain[..., None]).sum(axis=2)
    return np.where(present, better + (equal + 1) / 2, np.nan)
