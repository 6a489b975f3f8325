"""Picking a fixed number of offers (villages, products) with the greatest worth under limits, by mixed-integer programming.

The answer is the optimum, proven, or the solver says how far from proof it is. Where no choice meets every limit, the
limits that clash are named and the cheapest way to relax them: each limit has a price per unit of breaking it, and the
relaxed plan breaks the least. What offers are worth, and what the limits mean, is left to the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from lontar.engines.allocation.pruning import Shape, needed, useful

Floats = NDArray[np.float64]
Part = TypeVar("Part")

SECONDS: Final = 20.0
_WHOLE: Final = 1e-6
_TIE: Final = 1e-9


class PlanInvalid(ValueError):
    """A plan that cannot be read; the message names the limit or offer, the value and the cure."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be picked: a key, what it is worth (greater is better), and its marks, such as `kabupaten: 53.09`, by name."""

    key: str
    worth: float
    marks: Mapping[str, str] = field(default_factory=dict)
    amounts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """At least `least` and at most `most` of the offers that `mark` = `value`, or of their summed `amount`.

    `value` "*" stands for every value of the mark, each with this limit of its own. `price` is what breaking it by one unit
    costs when nothing meets all limits; a limit without a price is never relaxed.
    """

    name: str
    mark: str = ""
    value: str = ""
    amount: str = ""
    least: float | None = None
    most: float | None = None
    price: float | None = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How many to pick, under which limits; `must` and `must_not` are keys of offers."""

    count: int
    limits: tuple[Limit, ...] = ()
    must: frozenset[str] = frozenset()
    must_not: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Picked:
    """The chosen keys, best first; their worth; a bound that no choice can exceed; whether the optimum is proven."""

    keys: tuple[str, ...]
    worth: float
    bound: float
    is_proven: bool

    @property
    def gap(self) -> float:
        """How much better a choice could still be, as a share of the worth; 0 when proven."""
        return 0.0 if self.is_proven else max(0.0, (self.bound - self.worth) / max(abs(self.worth), _TIE))


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No choice meets every limit: names of limits that cannot hold together, and what the cheapest relaxation breaks.

    `clashing` is minimal: without any one of them the others can be met. `broken` says by how much each relaxed limit is missed
    in `relaxed`; both are empty when not even that can be (too few offers, or limits without a price).
    """

    clashing: tuple[str, ...]
    broken: Mapping[str, float]
    relaxed: Picked | None


@dataclass(frozen=True, slots=True)
class _Row:
    """One linear limit: coefficients of the offers between `low` and `high`; `limit` is the number of the limit it is of."""

    name: str
    parts: Floats
    low: float
    high: float
    price: float | None
    limit: int = -1

    @property
    def as_shape(self) -> Shape:
        """What pruning asks of it."""
        return Shape(self.parts, self.low, self.high)

    def only(self, places: NDArray[np.intp]) -> _Row:
        """The same limit over some of the offers."""
        return replace(self, parts=self.parts[places])


def pick(offers: Sequence[Offer], plan: Plan, *, seconds: float = SECONDS) -> Picked | Infeasible:
    """The best choice under the plan, or why there is none. Raises `PlanInvalid`."""
    rows = _rows(offers, plan)
    worth = np.array([one.worth for one in offers], dtype=np.float64)
    kept = useful(worth, [row.as_shape for row in rows], plan.count)
    fewer, slim = [offers[place] for place in kept], [row.only(kept) for row in rows]
    found = _solve(fewer, slim, seconds=seconds)
    if found is not None:
        return found
    clashing = _clash_by_limit(rows, lambda chosen: _is_possible(chosen, plan.count, seconds=seconds))
    relaxed, broken = _relaxed(fewer, slim, seconds=seconds)
    return Infeasible(clashing=tuple(dict.fromkeys(one.name for one in clashing)), broken=broken, relaxed=relaxed)


def _rows(offers: Sequence[Offer], plan: Plan) -> list[_Row]:
    """Every limit as a row; the number to pick, and the musts, are rows of their own."""
    keys = [one.key for one in offers]
    number = {key: place for place, key in enumerate(keys)}
    if len(number) < len(keys):
        doubled = next(key for key in keys if keys.count(key) > 1)
        raise PlanInvalid(f"Pilihan {doubled} ada lebih dari sekali.")
    if plan.count < 1:
        raise PlanInvalid(f"Jumlah yang dipilih: {plan.count}; paling sedikit 1.")
    if both := plan.must & plan.must_not:
        raise PlanInvalid(f"{min(both)} sekaligus wajib dan dikecualikan. Hapus salah satunya.")
    rows = [_Row(f"Jumlah yang dipilih: {plan.count}", np.ones(len(keys)), plan.count, plan.count, None)]
    for wanted, amount in ((plan.must, 1.0), (plan.must_not, 0.0)):
        for key in sorted(wanted):
            if key not in number:
                raise PlanInvalid(f"{key} tidak ada di antara pilihan. Periksa kodenya.")
            parts = np.zeros(len(keys))
            parts[number[key]] = 1.0
            rows.append(_Row(f"{'Wajib' if amount else 'Dikecualikan'}: {key}", parts, amount, amount, None))
    for number_of, limit in enumerate(plan.limits):
        rows += [replace(row, limit=number_of) for row in _of_limit(offers, limit)]
    return rows


def _of_limit(offers: Sequence[Offer], limit: Limit) -> list[_Row]:
    low = -np.inf if limit.least is None else limit.least
    high = np.inf if limit.most is None else limit.most
    if low > high:
        raise PlanInvalid(f"{limit.name}: paling sedikit {low:g} melebihi paling banyak {high:g}.")
    if limit.least is None and limit.most is None:
        raise PlanInvalid(f"{limit.name}: isi batas paling sedikit atau paling banyak.")
    sizes = np.array(
        [one.amounts.get(limit.amount, np.nan) if limit.amount else 1.0 for one in offers], dtype=np.float64
    )
    held = [one.marks.get(limit.mark, "") for one in offers]
    groups = sorted(set(held) - {""}) if limit.value == "*" else [limit.value]
    rows = []
    for group in groups:
        inside = np.array([not limit.mark or one == group for one in held], dtype=bool)
        if np.isnan(sizes[inside]).any():
            key = next(
                one.key for one, is_in, size in zip(offers, inside, sizes, strict=True) if is_in and np.isnan(size)
            )
            raise PlanInvalid(f"{limit.name}: {key} tidak punya nilai {limit.amount}. Lengkapi, atau kecualikan.")
        name = f"{limit.name}: {group}" if limit.value == "*" else limit.name
        rows.append(_Row(name, np.where(inside, np.nan_to_num(sizes), 0.0), low, high, limit.price))
    return rows


def _is_possible(rows: Sequence[_Row], count: int, *, seconds: float) -> bool:
    """Whether any choice meets `rows`: asked of as few offers as the rows can tell apart."""
    nothing = np.zeros(len(rows[0].parts)) if rows else np.zeros(0)
    shapes = [row.as_shape for row in rows]
    kept = useful(nothing, shapes, needed(shapes, count))  # the rows may leave open how many are picked
    return _milp(np.zeros(len(kept)), [row.only(kept) for row in rows], slack=None, seconds=seconds) is not None


def _solve(offers: Sequence[Offer], rows: Sequence[_Row], *, seconds: float) -> Picked | None:
    """The optimum under `rows`; None when there is no choice at all."""
    worth = np.array([one.worth for one in offers], dtype=np.float64)
    answer = _milp(-worth, rows, slack=None, seconds=seconds)
    if answer is None:
        return None
    chosen = np.flatnonzero(answer.x[: len(worth)] > 0.5).tolist()
    best = sorted(chosen, key=lambda place: (-worth[place], offers[place].key))
    bound = -float(answer.mip_dual_bound) if answer.mip_dual_bound is not None else float(worth[chosen].sum())
    return Picked(
        keys=tuple(offers[place].key for place in best),
        worth=float(worth[chosen].sum()),
        bound=bound,
        is_proven=answer.status == 0,
    )


def _milp(cost: Floats, rows: Sequence[_Row], *, slack: Floats | None, seconds: float) -> Any:
    """Solve with a 0/1 variable per offer and, with `slack` (price per row), two variables per row for missing it."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack, identity

    count = len(cost)
    parts = csr_array(np.stack([row.parts for row in rows])) if rows else csr_array((1, count))
    costs, whole, upper = cost, np.ones(count), np.ones(count)
    if slack is not None:
        eye = identity(len(rows), format="csr")
        parts = hstack([parts, eye, -eye], format="csr")
        price = np.nan_to_num(slack, nan=0.0)
        room = np.where(np.isnan(slack), 0.0, np.inf)  # a row without a price has no room
        costs = np.concatenate([cost, price, price])
        whole, upper = np.concatenate([whole, np.zeros(2 * len(rows))]), np.concatenate([upper, room, room])
    answer = milp(
        costs,
        integrality=whole,
        bounds=Bounds(0, upper),
        constraints=LinearConstraint(parts, [row.low for row in rows] or [0], [row.high for row in rows] or [0]),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    return answer if answer.x is not None else None


def _clash_by_limit(rows: Sequence[_Row], is_possible: Callable[[Sequence[_Row]], bool]) -> list[_Row]:
    """A minimal set of rows that cannot hold together: first which limits clash, then which rows of these.

    Most limits are many rows, one for each value; asking for whole limits first takes far fewer questions.
    """
    groups: dict[tuple[int, str], list[_Row]] = {}
    for row in rows:
        groups.setdefault((row.limit, row.name if row.limit < 0 else ""), []).append(row)
    kept = _clash(list(groups.values()), lambda chosen: is_possible([row for group in chosen for row in group]))
    return _clash([row for group in kept for row in group], is_possible)


def _clash(rows: Sequence[Part], is_possible: Callable[[Sequence[Part]], bool]) -> list[Part]:
    """A minimal set of parts that cannot hold together, by halving (QuickXplain, Junker 2004)."""

    def explain(ground: list[Part], added: bool, doubtful: list[Part]) -> list[Part]:
        if added and not is_possible(ground):
            return []
        if len(doubtful) == 1:
            return doubtful
        half = len(doubtful) // 2
        first, second = doubtful[:half], doubtful[half:]
        of_second = explain(ground + first, True, second)
        of_first = explain(ground + of_second, bool(of_second), first)
        return of_first + of_second

    return explain([], False, list(rows))


def _relaxed(
    offers: Sequence[Offer], rows: Sequence[_Row], *, seconds: float
) -> tuple[Picked | None, dict[str, float]]:
    """The best choice among those that break the least, by the prices of the limits, and what it breaks."""
    worth = np.array([one.worth for one in offers], dtype=np.float64)
    price = np.array([np.nan if row.price is None else row.price for row in rows])
    # Breaking counts before worth: the dearest choice is worth less than the smallest step of breaking.
    most = float(np.abs(worth).sum()) or 1.0
    steps = [float(np.abs(row.parts[row.parts != 0]).min(initial=1.0)) for row in rows]
    least_step = min((one * cost for one, cost in zip(steps, price, strict=True) if not np.isnan(cost)), default=1.0)
    answer = _milp(-worth * (min(least_step, 1.0) / (2 * most)), rows, slack=price, seconds=seconds)
    if answer is None:
        return None, {}
    taken = answer.x[: len(worth)] > 0.5
    broken = {}
    for row in rows:
        total = float(row.parts[taken].sum())
        missed = max(row.low - total, total - row.high, 0.0)
        if missed > _WHOLE:
            broken[row.name] = missed
    best = sorted(np.flatnonzero(taken).tolist(), key=lambda place: (-worth[place], offers[place].key))
    value = float(worth[taken].sum())
    return Picked(tuple(offers[place].key for place in best), value, value, answer.status == 0), broken
