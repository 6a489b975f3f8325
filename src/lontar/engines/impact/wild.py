"""The wild cluster bootstrap for few villages: is the average effect after the start nought?

Residuals under the hypothesis of no effect at any time (producers and periods alone) change sign and size by village (Webb's
six points), the study is estimated again, and its t is held against the true one (Cameron, Gelbach and Miller 2008; Webb 2023;
the restricted form of MacKinnon and Webb 2018). To restrict the average alone would leave a coefficient for every wave and
step, which fits the few villages of a wave so closely that their residuals are too small.

Regressors are freed of producers' means; as producers lie within villages, every re-draw is then a product of small matrices
with one row per village (Roodman and others 2019), and no regression is run again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from lontar.engines.impact.panel import Floats, PanelError
from lontar.engines.impact.study import prepared

#: Webb's six points: mean nought, variance one, and 6 to the power of villages different draws.
WEBB = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])
_LEAST = 1e-10


@dataclass(frozen=True, slots=True)
class Wild:
    """The average effect, and how often re-drawn residuals give as large a t: p = (1 + as large ones) ÷ (1 + draws)."""

    value: float
    t: float
    p: float
    draws: int
    villages: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """Sums by village: scores `a` and weights `d` of the effect, `cross` the scores of what is estimated beside it."""

    a: Floats
    d: Floats
    cross: Floats
    value: float


def wild_bootstrap(panel: pl.DataFrame, *, draws: int = 1_999, seed: int = 1) -> Wild:
    """Test the average effect after the start of a valued panel, with `weight` where it was matched.

    The effect is that of `event_study`. Raises PanelError where that would, and where the effect cannot be told apart from
    what else is estimated.
    """
    rows = prepared(panel).sort("unit", "period")
    parts = _parts(rows)
    rng = np.random.default_rng(seed)
    villages = len(parts.a)
    true = _t(np.ones((1, villages)), parts)[0]
    drawn = np.abs(_t(rng.choice(WEBB, size=(draws, villages)), parts))
    as_large = int((drawn >= abs(true) - 1e-12).sum())
    return Wild(parts.value, float(true), (1 + as_large) / (1 + draws), draws, villages)


def _t(signs: Floats, parts: _Parts) -> Floats:
    """t of every draw (a row of factors by village); the village-robust error without its constant factor."""
    whole = parts.d.sum()
    value = signs @ parts.a / whole
    scores = signs * parts.a - signs @ parts.cross.T - value[:, None] * parts.d
    error = np.sqrt((scores**2).sum(axis=1)) / whole
    return np.asarray(value / np.maximum(error, _LEAST), dtype=np.float64)


def _parts(rows: pl.DataFrame) -> _Parts:
    weight = rows["weight"].to_numpy().astype(np.float64)
    unit, village = (rows[name].rank("dense").to_numpy().astype(np.int64) - 1 for name in ("unit", "cluster"))
    effect, cells, periods = _regressors(rows)
    columns = np.column_stack([effect, cells, periods, rows["value"].to_numpy().astype(np.float64)])
    total = np.bincount(unit, weights=weight)
    for at in range(columns.shape[1]):
        columns[:, at] -= (np.bincount(unit, weights=weight * columns[:, at]) / total)[unit]
    d, others, y = columns[:, 0], columns[:, 1:-1], columns[:, -1]
    common = others[:, cells.shape[1] :]
    inverse = _inverse(others, weight)
    d = d - others @ (inverse @ (others.T @ (weight * d)))
    left = y - common @ (_inverse(common, weight) @ (common.T @ (weight * y)))
    size = float((weight * d * d).sum())
    if size < _LEAST * len(rows):
        raise PanelError("Pengaruh tidak dapat dipisahkan dari hal lain.")
    score, scale = (_sums((weight * d * one)[:, None], village)[:, 0] for one in (left, d))
    first, second = (_sums(others * (weight * one)[:, None], village) for one in (d, left))
    return _Parts(score, scale, first @ inverse @ second.T, float(score.sum() / size))


def _inverse(columns: Floats, weight: Floats) -> Floats:
    return np.asarray(np.linalg.pinv(columns.T @ (columns * weight[:, None]), hermitian=True), dtype=np.float64)


def _sums(values: Floats, village: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Floats:
    """Column sums by village."""
    found = np.zeros((int(village.max()) + 1, values.shape[1]))
    np.add.at(found, village, values)
    return found


def _regressors(rows: pl.DataFrame) -> tuple[Floats, Floats, Floats]:
    """A regressor whose coefficient is the average effect; the cells of step and wave, turned about it; and the periods."""
    cells = rows.filter((pl.col("cohort") > 0) & (pl.col("step") != -1))
    counts = cells.group_by("step", "cohort").agg(pl.col("unit").n_unique()).sort("step", "cohort").rows()
    share = np.array([count if step >= 0 else 0 for step, _cohort, count in counts], dtype=np.float64)
    if not share.any():
        raise PanelError("Belum ada periode sesudah penetapan.")
    share /= share.sum()
    step, cohort, period = (rows[name].to_numpy() for name in ("step", "cohort", "period"))
    inside = np.column_stack([(step == one) & (cohort == other) for one, other, _ in counts]).astype(np.float64)
    pivot = int(share.argmax())
    effect = inside[:, pivot] / share[pivot]
    turned = np.delete(inside - np.outer(effect, share), pivot, axis=1)
    periods = np.column_stack([period == one for one in np.unique(period)[1:]]).astype(np.float64)
    return effect, turned, periods
