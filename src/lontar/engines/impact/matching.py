"""Comparable producers: for each one in the programme the nearest never in it, by what was known before.

Producers are compared within strata that must agree exactly (product category), inside a caliper on the propensity score, by
Mahalanobis distance; a comparison producer may serve several (Stuart 2010). What is not known is never filled in: who lacks a
value is compared with those who lack it too, and the odds have a column for lacking it. Balance is told before and after.
Nothing that happened after the start may be a column here; that is the caller's to see to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.spatial.distance import cdist

from lontar.engines.impact.panel import Floats, PanelError

_BLOCK = 2_000
_RIDGE = 1e-3
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Balance:
    """One column before and after matching: means and the standardised difference (in standard deviations).

    `column` is a number's name, or `name=value` for the share of one class of a column that must agree; `unknown` counts the
    producers without a value.
    """

    column: str
    treated: float
    control: float
    matched: float
    before: float
    after: float
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Matching:
    """Weights of the producers that stay: one per producer in the programme, shares for those beside it.

    `weights` has `unit`, `weight`; `pairs` has `treated`, `control`, `distance`. `unmatched` had nobody near enough.
    `unknown` names the columns that nobody has a value of: they made nobody more or less alike.
    """

    weights: pl.DataFrame
    pairs: pl.DataFrame
    balance: tuple[Balance, ...]
    treated: int
    controls: int
    unmatched: int
    caliper: float
    unknown: tuple[str, ...] = ()

    @property
    def worst(self) -> float:
        """The largest standardised difference that is left, either way."""
        return max((abs(one.after) for one in self.balance), default=0.0)


def match(
    table: pl.DataFrame, *, columns: Sequence[str], exact: Sequence[str] = (), ratio: int = 3, caliper: float = 0.25
) -> Matching:
    """Match a table of producers (`unit`, `treated`, the columns, the exact ones); a null is near to nulls only.

    `caliper` is in standard deviations of the log odds of the propensity score. Raises PanelError when one side is empty.
    """
    rows = table.sort("unit").with_columns(
        *(pl.col(one).cast(pl.Float64).fill_nan(None) for one in columns),
        *(pl.col(one).cast(pl.String).fill_null("") for one in exact),
    )
    treated = rows["treated"].to_numpy().astype(bool)
    if not treated.any() or treated.all():
        raise PanelError("Pembanding belum ada: panel hanya memuat satu kelompok.")
    values, lacking = _standard(rows, columns), _lacking(rows, columns)
    odds = _log_odds(np.column_stack([values, lacking]), treated)
    space = _whitened(values)
    reach = caliper * float(odds.std()) if odds.std() > 0 else np.inf
    codes = _strata(rows, columns=columns, exact=exact)
    found = [
        _nearest(np.flatnonzero(treated & (codes == one)), np.flatnonzero(~treated & (codes == one)),
                 space=space, odds=odds, reach=reach, ratio=ratio)
        for one in np.unique(codes)
    ]  # fmt: skip
    left, right, distance = (np.concatenate([part[at] for part in found]) for at in range(3))
    units = rows["unit"].to_numpy()
    pairs = pl.DataFrame(
        {"treated": units[left.astype(int)], "control": units[right.astype(int)], "distance": distance},
        schema={"treated": pl.Int64, "control": pl.Int64, "distance": pl.Float64},
    )
    weights = _weights(pairs)
    return Matching(
        weights, pairs, _balance(rows, columns, weights) + _classes(rows, exact, weights),
        treated=pairs["treated"].n_unique(), controls=pairs["control"].n_unique(),
        unmatched=int(treated.sum()) - pairs["treated"].n_unique(), caliper=caliper,
        unknown=tuple(name for name in columns if rows[name].null_count() == len(rows)),
    )  # fmt: skip


def _standard(rows: pl.DataFrame, columns: Sequence[str]) -> Floats:
    """Columns with mean nought and spread one; nought where nothing is known (strata keep those apart)."""
    known = rows.select(columns)
    centred = known.select((pl.all() - pl.all().mean()) / _spread(pl.all())).fill_null(0.0)
    return np.asarray(centred.to_numpy(), dtype=np.float64)


def _spread(column: pl.Expr) -> pl.Expr:
    spread = column.std(ddof=0)
    return pl.when(spread > _ROUNDING).then(spread).otherwise(1.0)


def _lacking(rows: pl.DataFrame, columns: Sequence[str]) -> Floats:
    """Which values are not known, as noughts and ones; only columns in which some are and some are not."""
    some = [one for one in columns if 0 < rows[one].null_count() < len(rows)]
    found = rows.select(pl.col(one).is_null().cast(pl.Float64) for one in some).to_numpy() if some else None
    return np.zeros((len(rows), 0)) if found is None else np.asarray(found, dtype=np.float64)


def _strata(rows: pl.DataFrame, *, columns: Sequence[str], exact: Sequence[str]) -> Floats:
    """A number for each group that agrees in what must agree and in what is not known."""
    agree = pl.struct(*exact, *(pl.col(one).is_null().alias(f"no {one}") for one in columns))
    return np.asarray(rows.select(agree.rank("dense")).to_series().to_numpy(), dtype=np.float64)


def _whitened(values: Floats) -> Floats:
    """Values in which the Mahalanobis distance is the straight one."""
    covariance = np.atleast_2d(np.cov(values, rowvar=False)) + _RIDGE * np.eye(values.shape[1])
    return np.asarray(np.linalg.solve(np.linalg.cholesky(covariance), values.T).T, dtype=np.float64)


def _log_odds(values: Floats, treated: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    """Log odds of being in the programme, by a logistic regression with a slight ridge (Newton's steps)."""
    design = np.column_stack([np.ones(len(values)), values])
    beta = np.zeros(design.shape[1])
    ridge = 0.5 * np.eye(design.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        slope = design.T @ (treated - chance) - ridge @ beta
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(bend, slope)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return np.asarray(design @ beta, dtype=np.float64)


def _nearest(
    left: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    right: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    *,
    space: Floats,
    odds: Floats,
    reach: float,
    ratio: int,
) -> tuple[Floats, Floats, Floats]:
    """The `ratio` nearest within reach for each on the left, in blocks so that memory stays small."""
    ones: list[Floats] = []
    others: list[Floats] = []
    far: list[Floats] = []
    for start in range(0, len(left) if len(right) else 0, _BLOCK):
        block = left[start : start + _BLOCK]
        distance = cdist(space[block], space[right])
        distance[np.abs(odds[block][:, None] - odds[right][None, :]) > reach] = np.inf
        take = min(ratio, len(right))
        near = np.argpartition(distance, take - 1, axis=1)[:, :take]
        chosen = np.take_along_axis(distance, near, axis=1)
        kept = np.isfinite(chosen)
        ones.append(np.repeat(block, take).reshape(near.shape)[kept].astype(np.float64))
        others.append(right[near][kept].astype(np.float64))
        far.append(chosen[kept])
    empty = np.zeros(0)
    return (np.concatenate(ones), np.concatenate(others), np.concatenate(far)) if ones else (empty, empty, empty)


def _weights(pairs: pl.DataFrame) -> pl.DataFrame:
    """One for each matched producer of the programme; its comparison producers share one."""
    parts = pairs.with_columns(weight=1 / pl.len().over("treated"))
    treated = pairs.select(unit=pl.col("treated").unique()).with_columns(weight=pl.lit(1.0))
    beside = parts.group_by(unit="control").agg(pl.col("weight").sum())
    return pl.concat([treated, beside]).sort("unit")


def _balance(rows: pl.DataFrame, columns: Sequence[str], weights: pl.DataFrame) -> tuple[Balance, ...]:
    joined = rows.join(weights, on="unit", how="left")
    treated, control = joined.filter("treated"), joined.filter(~pl.col("treated"))
    matched, beside = treated.drop_nulls("weight"), control.drop_nulls("weight")
    found = []
    for name in columns:
        if rows[name].null_count() == len(rows):
            continue
        one, other = _values(treated, name), _values(control, name)
        spread = float(np.sqrt((one.var() + other.var()) / 2)) if len(one) and len(other) else 0.0
        mean, counter = _mean(matched, name), _mean(beside, name)
        found.append(
            Balance(
                name, _mean(treated.with_columns(weight=pl.lit(1.0)), name), float(other.mean()) if len(other) else 0.0,
                counter, _ratio(float(one.mean()) - float(other.mean()), spread) if len(one) and len(other) else 0.0,
                _ratio(mean - counter, spread), unknown=rows[name].null_count(),
            )
        )  # fmt: skip
    return tuple(found)


def _classes(rows: pl.DataFrame, exact: Sequence[str], weights: pl.DataFrame) -> tuple[Balance, ...]:
    """The share of every class of the columns that must agree, where there is more than one."""
    shares = {
        f"{name}={value}": (pl.col(name) == value).cast(pl.Float64)
        for name in exact
        for value in sorted(rows[name].unique().to_list())
        if rows[name].n_unique() > 1
    }
    return _balance(rows.with_columns(**shares), list(shares), weights)


def _values(rows: pl.DataFrame, name: str) -> Floats:
    return np.asarray(rows[name].drop_nulls().to_numpy(), dtype=np.float64)


def _mean(rows: pl.DataFrame, name: str) -> float:
    known = rows.drop_nulls(name)
    total = float(known["weight"].sum() or 0.0)
    return float((known[name] * known["weight"]).sum()) / total if total else 0.0


def _ratio(difference: float, spread: float) -> float:
    # A column that is the same for everyone has a spread of rounding only.
    return difference / spread if spread > _ROUNDING else 0.0
