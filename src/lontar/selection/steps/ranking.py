"""From measured candidates to ranks: gates, the common scale, every method side by side, and how sure the order is.

The order that counts is the weighted sum on the province's scale: no third candidate turns it round, scores of two villages
can be compared, and what each criterion contributes adds up to the score. TOPSIS, VIKOR, PROMETHEE II, MPE and Borda over the
five stand beside it; where they disagree the order is doubtful, and that is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lontar.engines.ranking import (
    Acceptability,
    Method,
    Problem,
    acceptability,
    kendall,
    linear,
    percentile,
    problem,
    rank,
    vikor,
    weight_draws,
    worths,
)
from lontar.engines.ranking import ranks as ranked
from lontar.selection.rules.measures import Measure, measure_named
from lontar.selection.steps.closing import GATES
from lontar.selection.steps.measuring import Measured
from lontar.selection.steps.ways import WAYS, Way

Floats = NDArray[np.float64]
Tell = Callable[[int], None]
#: Fillings of missing values, each with its part of the draws.
WORLDS: Final = 20


_METHODS: Final = (Method.SUM, Method.TOPSIS, Method.VIKOR, Method.PROMETHEE, Method.MPE)
_WAY: Final = {one: Way(one.value) for one in _METHODS}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a version says: measures with direction and weight in order, gates with limit in order."""

    measures: tuple[str, ...]
    directions: tuple[int, ...]
    weights: tuple[float, ...]
    gates: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Everything about every candidate row, NaN where a gate is closed; arrays are (rows × criteria/gates/ways) or (rows).

    `unit` numbers the units in order of appearance, `agreement` is by unit.
    """

    rows: pl.DataFrame
    unit: NDArray[np.int64]
    low: Floats
    high: Floats
    counts: Floats
    worth_low: Floats
    worth_high: Floats
    passed: NDArray[np.int8]
    figures: Floats
    scores: Floats
    ranks: Floats
    bounds: Floats
    first: Floats
    three: Floats
    compromise: NDArray[np.bool_]
    agreement: Floats


@dataclass(frozen=True, slots=True)
class _Packed:
    """Open candidates as one problem for each unit: where each row stands in it."""

    asked: Problem
    low: Floats
    high: Floats
    rows: NDArray[np.int64]
    unit: NDArray[np.int64]
    seat: NDArray[np.int64]

    def back(self, found: NDArray[np.generic], count: int) -> Floats:
        """A (units × seats) array as one value for each row; NaN for rows that are not in the problem."""
        out = np.full(count, np.nan)
        out[self.rows] = found[self.unit, self.seat]
        return out


def rank_all(measured: Measured, rules: Rules, *, draws: int, seed: int, tell: Tell) -> Ranked:
    """Rank all units at once; `tell` hears how many hundredths are done."""
    low, high = _values(measured, rules.measures)
    worth_low, worth_high = _on_scale(measured.rows, low, high, rules=rules)
    passed, figures = _gates(measured.rows, rules.gates)
    unit = _units(measured.rows)
    tell(20)
    count = len(measured.rows)
    open_rows = np.flatnonzero((passed != 0).all(axis=1))
    held = _pack(open_rows, unit=unit, low=worth_low, high=worth_high, weights=rules.weights)
    scores, orders, chosen = _ways(held)
    tell(50)
    sure = _sure(held, rules=rules, draws=draws, seed=seed)
    tell(95)
    counts = np.stack([measured.number(key) for key in rules.measures], axis=1)
    weights = np.array(rules.weights)
    is_open = np.isin(np.arange(count), open_rows)[:, None]
    bounds = np.where(is_open, np.stack([worth_low @ weights, worth_high @ weights], axis=1), np.nan)
    return Ranked(
        rows=measured.rows, unit=unit, low=low, high=high, counts=counts, worth_low=worth_low,
        worth_high=worth_high, passed=passed, figures=figures,
        scores=np.stack([held.back(one, count) for one in scores], axis=1),
        ranks=np.stack([held.back(one, count) for one in orders], axis=1), bounds=bounds,
        first=held.back(sure.first, count), three=held.back(sure.among_three, count),
        compromise=np.nan_to_num(held.back(chosen, count)) > 0, agreement=_agreement(orders),
    )  # fmt: skip


def _values(measured: Measured, measures: Sequence[str]) -> tuple[Floats, Floats]:
    both = [measured.bounds(key) for key in measures]
    return np.stack([one for one, _two in both], axis=1), np.stack([two for _one, two in both], axis=1)


def _on_scale(rows: pl.DataFrame, low: Floats, high: Floats, *, rules: Rules) -> tuple[Floats, Floats]:
    """The intervals on the common scale of 0 to 1; what is not known is the whole scale."""
    bottoms, tops = np.empty_like(low), np.empty_like(high)
    groups = rows["commodity"].fill_null(0).to_numpy()
    for place, key in enumerate(rules.measures):
        one = _scaled(measure_named(key), low[:, place], high[:, place], groups=groups)
        bottoms[:, place], tops[:, place] = worths(*one, direction=rules.directions[place])
    return bottoms, tops


def _scaled(one: Measure, low: Floats, high: Floats, *, groups: NDArray[np.int64]) -> tuple[Floats, Floats]:
    if one.bounds is not None:
        bottom, top = one.bounds
        return linear(low, bottom=bottom, top=top), linear(high, bottom=bottom, top=top)
    if not one.within:
        return percentile(low, among=low), percentile(high, among=low)
    bottoms, tops = np.full_like(low, np.nan), np.full_like(high, np.nan)
    for group in np.unique(groups[~np.isnan(low)]):
        mine = groups == group
        bottoms[mine] = percentile(low[mine], among=low[mine])
        tops[mine] = percentile(high[mine], among=low[mine])
    return bottoms, tops


def _gates(rows: pl.DataFrame, gates: Sequence[tuple[str, Decimal | None]]) -> tuple[NDArray[np.int8], Floats]:
    """Answers (rows × gates); a gate that the code does not know stays open."""
    passed, figures = np.full((len(rows), len(gates)), -1, np.int8), np.full((len(rows), len(gates)), np.nan)
    for place, (key, limit) in enumerate(gates):
        if key in GATES:
            passed[:, place], figures[:, place] = GATES[key](rows, float(limit or 0))
    return passed, figures


def _units(rows: pl.DataFrame) -> NDArray[np.int64]:
    """Numbers units from 0 in the order of the rows, which stand together by unit."""
    keys = rows.select(pl.struct("kind", "owner", "village").rle_id().alias("n"))["n"]
    return keys.to_numpy().astype(np.int64)


def _pack(
    rows: NDArray[np.int64], *, unit: NDArray[np.int64], low: Floats, high: Floats, weights: Sequence[float]
) -> _Packed:
    units = int(unit.max()) + 1 if len(unit) else 0
    mine = unit[rows]
    starts = np.searchsorted(mine, mine, side="left")
    seat = np.arange(len(rows)) - starts
    seats = int(seat.max()) + 1 if len(seat) else 1
    shape = (units, seats, low.shape[1])
    bottom, top, there = np.zeros(shape), np.zeros(shape), np.zeros(shape[:2], dtype=bool)
    bottom[mine, seat], top[mine, seat], there[mine, seat] = low[rows], high[rows], True
    asked = problem((bottom + top) / 2, directions=[1] * shape[2], weights=np.array(weights), present=there)
    return _Packed(asked, bottom, top, rows, mine, seat)


@dataclass(frozen=True, slots=True)
class _Part:
    """The units that have about as many candidates: most have few, and need not carry the seats of those with thirty."""

    units: NDArray[np.int64]
    seats: int
    asked: Problem

    def of(self, values: Floats) -> Floats:
        """What a (units × seats …) array holds for these units."""
        return values[self.units, : self.seats]

    def into(self, whole: NDArray[np.generic], found: NDArray[np.generic]) -> None:
        """Put what was found for these units into the array of all."""
        whole[self.units, : self.seats] = found


def _parts(held: _Packed) -> list[_Part]:
    """All units with a candidate, by size."""
    count, widest = held.asked.present.sum(axis=1), held.asked.present.shape[1]
    ends = sorted({min(end, widest) for end in (1, 2, 4, 8, 16, widest)})
    made = []
    for after, end in zip([0, *ends], ends, strict=False):
        units = np.flatnonzero((count > after) & (count <= end))
        if len(units):
            values, there = held.asked.values[units, :end], held.asked.present[units, :end]
            asked = problem(
                values, directions=held.asked.directions.tolist(), weights=held.asked.weights, present=there
            )
            made.append(_Part(units, end, asked))
    return made


def _ways(held: _Packed) -> tuple[list[Floats], list[Floats], NDArray[np.bool_]]:
    """Scores and ranks of every way, and the compromise set of VIKOR, over the units of all sizes."""
    shape = held.asked.present.shape
    scores, orders = [np.full(shape, np.nan) for _way in WAYS], [np.full(shape, np.nan) for _way in WAYS]
    chosen = np.zeros(shape, dtype=bool)
    for part in _parts(held):
        found = _way_by_way(part.asked)
        for at, way in enumerate(WAYS):
            part.into(scores[at], found[way][0])
            part.into(orders[at], found[way][1])
        part.into(chosen, vikor(part.asked).chosen)
    return scores, orders, chosen


def _way_by_way(asked: Problem) -> dict[Way, tuple[Floats, Floats]]:
    found = [rank(asked, method) for method in _METHODS]
    count = asked.present.sum(axis=1, keepdims=True)
    points = np.where(asked.present, sum(count - np.nan_to_num(one.ranks) for one in found), np.nan)
    kept = {_WAY[method]: (one.scores, one.ranks) for method, one in zip(_METHODS, found, strict=True)}
    return kept | {Way.BORDA: (points, ranked(points, asked.present))}


def _sure(held: _Packed, *, rules: Rules, draws: int, seed: int) -> Acceptability:
    shaken = weight_draws(np.array(rules.weights), count=draws, seed=seed)
    first, three = np.zeros(held.asked.present.shape), np.zeros(held.asked.present.shape)
    for part in _parts(held):
        found = acceptability(
            part.of(held.low), part.of(held.high), asked=part.asked, draws=shaken, method=Method.SUM, worlds=WORLDS,
            seed=seed,
        )  # fmt: skip
        part.into(first, found.first)
        part.into(three, found.among_three)
    return Acceptability(first=first, among_three=three)


def _agreement(orders: Sequence[Floats]) -> Floats:
    """Mean of Kendall's τ-b over all pairs of the methods but Borda, by unit; NaN where there is no order to compare."""
    own = [order for way, order in zip(WAYS, orders, strict=True) if way is not Way.BORDA]
    pairs = [kendall(own[one], own[other]) for one in range(len(own)) for other in range(one + 1, len(own))]
    known = np.stack(pairs)
    number = (~np.isnan(known)).sum(axis=0)
    return np.where(number > 0, np.nansum(known, axis=0) / np.maximum(number, 1), np.nan)
