"""What other numbers would do to readiness: the same units on the same day under the rules of now and under a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from lontar.priority.queries.readiness import Ready, Rules, readiness, readiness_kept
from lontar.priority.rules.numbers import PartNumbers, Terms
from lontar.priority.states import Part

FIRST: Final = 10
SAME: Final = 0.0005  # half of the least difference that a screen shows: 0.1 %


@dataclass(frozen=True, slots=True)
class Effect:
    """How many units there are, how many rise and fall, the mean of the middles before and after (0 to 1), the cost of all
    gaps before and after (rupiah), and how many of the ten most ready stay among them."""

    units: int
    risen: int
    fallen: int
    before: float
    after: float
    cost_before: int
    cost_after: int
    kept: int


def drafted(now: Rules, parts: Mapping[Part, PartNumbers], terms: Terms) -> Rules:
    """The rules as they would be; what is None stays. Belongs to no version: its number is 0."""
    weighed = []
    for one in now.parts:
        new = parts[one.part]
        weighed.append(
            replace(
                one,
                weight=float(new.weight),
                gap_cost=float(new.gap_cost),
                full=one.full if new.full is None else float(new.full),
                reach=one.reach if new.reach is None else float(new.reach),
                levels=one.levels if new.levels is None else tuple(float(level) for level in new.levels),
            )
        )
    return replace(now, pk=0, number=0, days=terms.days, target_days=terms.target_days, parts=tuple(weighed))


def effect_of(now: Rules, draft: Rules, *, region_code: str, day: date) -> Effect:
    """Both computed over every unit of the region, in the present scope; nothing is kept of the draft."""
    old, new = readiness_kept(region_code, day, now), readiness(region_code, day, draft)
    before = {one.key: one.middle for one in old}
    moved = [one.middle - before.get(one.key, one.middle) for one in new]
    return Effect(
        units=len(new),
        risen=sum(change > SAME for change in moved),
        fallen=sum(change < -SAME for change in moved),
        before=sum(before.values()) / len(old) if old else 0.0,
        after=sum(one.middle for one in new) / len(new) if new else 0.0,
        cost_before=sum(one.cost for one in old),
        cost_after=sum(one.cost for one in new),
        kept=len(_first(old) & _first(new)),
    )


def _first(rows: list[Ready]) -> set[str]:
    return {one.key for one in sorted(rows, key=lambda one: (-one.middle, one.key))[:FIRST]}
