"""Readiness of every unit of a region at the start of a plan: each part as an interval, the whole, and the cost of the gap.

All units at once: 3,442 villages with their products take seconds at most. Nothing is stored; what a plan picked keeps its
own copy.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lontar.priority.models import RuleSet
from lontar.priority.queries.facts import Crop, Facts, facts_of, leading
from lontar.priority.queries.units import Standing, standing_units
from lontar.priority.rules import parts
from lontar.priority.rules.days import Span, share_in_months
from lontar.priority.rules.parts import Good, Value, Weighing
from lontar.priority.states import PILLARS, Part, Pillar

KEEP_SECONDS, KEEP_MOST = 60.0, 6


class NoRules(LookupError):
    """No rule set is in force on a day."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule set as it is used: how long a plan takes, parts with weights, licences needed by category."""

    pk: int
    number: int
    days: int
    target_days: int
    source: str
    is_proposal: bool
    parts: tuple[Weighing, ...]
    needs: Mapping[str, tuple[frozenset[str], frozenset[str]]]  # category → kinds, commodities exempt from halal


@dataclass(frozen=True, slots=True)
class Ready:
    """A unit with its product: every part, the whole from `low` to `high` (0 to 1), and the cost of closing what is lacking.

    `flagship` is what a decree holds for the unit on the first day; "" where none does.
    """

    unit: Standing
    product: str
    category: str
    regency: str
    island: str
    island_name: str
    values: Mapping[Part, Value]
    low: float
    high: float
    cost: int
    flagship: str = ""

    @property
    def key(self) -> str:
        """The unit's key."""
        return self.unit.key

    @property
    def pillar(self) -> Pillar:
        """OVOP, OSOP or OCOP."""
        return PILLARS[self.unit.kind]

    @property
    def middle(self) -> float:
        """The middle of the interval."""
        return (self.low + self.high) / 2


def rules_on(day: date) -> Rules:
    """The rule set in force on the day. Raises `NoRules`."""
    found = RuleSet.objects.as_at(day).order_by("-number").first()
    if found is None:
        raise NoRules(f"Tidak ada aturan prioritas yang berlaku pada {day:%d-%m-%Y}.")
    return rules_of(found)


def rules_of(found: RuleSet) -> Rules:
    """A rule set with its parts and needs; the order of the parts is that of `Part`."""
    order = list(Part)
    weighed = [
        Weighing(
            Part(one.part), float(one.weight), float(one.full or 0), float(one.reach or 0),
            tuple(float(level) for level in one.levels), float(one.gap_cost),
        )
        for one in found.parts.all()
    ]  # fmt: skip
    return Rules(
        pk=found.pk,
        number=found.number,
        days=found.days,
        target_days=found.target_days,
        source=found.source,
        is_proposal=found.is_proposal,
        parts=tuple(sorted(weighed, key=lambda one: order.index(one.part))),
        needs={one.category: (frozenset(one.kinds), frozenset(one.without_halal)) for one in found.needs.all()},
    )


def readiness(region_code: str, start: date, rules: Rules) -> list[Ready]:
    """Every unit of the region that has a candidate, by key, as ready as it is on `start` for `rules.days` days.

    Bounded by the scope of the connection; about a dozen queries however many units there are.
    """
    facts = facts_of(region_code, start)
    span = Span(start, start + timedelta(days=rules.days))
    return [_ready(unit, facts, span=span, rules=rules) for unit in standing_units(region_code, facts)]


_kept: OrderedDict[tuple[str, date, int], tuple[float, list[Ready]]] = OrderedDict()
_lock = threading.Lock()


def readiness_kept(region_code: str, start: date, rules: Rules) -> list[Ready]:
    """As `readiness`, at most a minute old: for a screen that solves again at every change of a field."""
    key, now = (region_code, start, rules.pk), time.monotonic()
    with _lock:
        kept = _kept.get(key)
        if kept is not None and now - kept[0] < KEEP_SECONDS:
            return kept[1]
    found = readiness(region_code, start, rules)
    with _lock:
        _kept[key] = (now, found)
        while len(_kept) > KEEP_MOST:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """Forget what was kept: somebody stated something."""
    with _lock:
        _kept.clear()


def _ready(unit: Standing, facts: Facts, *, span: Span, rules: Rules) -> Ready:
    goods = _goods(unit, facts)
    best = leading(goods)
    category = best.category if best else facts.categories.get(unit.commodity_id or 0, "other")
    values = _values(unit, facts, goods=goods, category=category, span=span, rules=rules)
    low, high, cost = parts.index(values, rules.parts)
    regency = unit.village[:5]
    island, island_name = facts.islands.get(regency, ("", ""))
    return Ready(
        unit,
        best.name if best else unit.label,
        category,
        regency,
        island,
        island_name,
        values,
        low,
        high,
        round(cost),
        facts.flagships.get(unit.key, ""),
    )


def _goods(unit: Standing, facts: Facts) -> list[Good]:
    """The products that count for the unit: of the village by commodity, of a school or community its own."""
    if unit.kind == "village":
        return facts.goods.get((unit.village, unit.commodity_id), [])
    own = facts.of_body.get(unit.key, [])
    return [good for commodity, good in own if commodity == unit.commodity_id] or [good for _commodity, good in own]


def _values(
    unit: Standing, facts: Facts, *, goods: list[Good], category: str, span: Span, rules: Rules
) -> dict[Part, Value]:
    site = facts.villages[unit.village].site
    place = (unit.village, unit.commodity_id)
    how = {one.part: one for one in rules.parts}
    needs, without_halal = rules.needs.get(category, (frozenset(), frozenset()))
    code = facts.catalogue[unit.commodity_id][0] if unit.commodity_id else ""
    makers, with_nib = facts.makers.get(place, (0, 0)) if unit.kind == "village" else (0, 0)
    found = {
        Part.LEGALITY: parts.legality(
            goods, needs - {"halal"} if code in without_halal else needs,
            makers=makers, with_nib=with_nib, is_listed=unit.village[:5] in facts.listed,
        ),
        Part.CAPACITY: parts.capacity(goods, how[Part.CAPACITY].full),
        Part.MATERIAL: _material(facts, place, span),
        Part.MENTOR: parts.mentor(site, how[Part.MENTOR].levels),
        Part.BUYER: parts.buyer(site, how[Part.BUYER].levels),
        Part.FINANCE: parts.finance(site),
        Part.ACCESS: parts.access(site, full=how[Part.ACCESS].full, reach=how[Part.ACCESS].reach),
    }  # fmt: skip
    return {part: facts.stated.get((unit.key, part), value) for part, value in found.items()}


def _material(facts: Facts, place: tuple[str, int | None], span: Span) -> Value:
    crop = facts.grown.get(place)
    if crop is not None and crop.months:
        share = share_in_months(span, crop.months)
        return parts.material(share, crop.months, is_recorded=True, production=crop.production)
    months = facts.catalogue[place[1]][2] if place[1] else Crop(frozenset()).months
    return parts.material(share_in_months(span, months), months, is_recorded=False, production=None)
