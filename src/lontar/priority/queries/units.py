"""Which product stands for which unit: the first candidate of the ranking in force, else the largest product on record.

A ranking advises; a plan of ninety days may be made before anything is decreed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from lontar.priority.queries.facts import Facts, leading
from lontar.selection.queries.standing import best
from lontar.selection.states import UnitKind

EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with the product that it would be picked for."""

    key: str
    kind: str
    village: str
    name: str
    label: str
    commodity_id: int | None
    school_id: int | None = None
    community_id: int | None = None


def standing_units(region_code: str, facts: Facts) -> list[Standing]:
    """Every unit of the region that has a candidate, by key; schools and communities only where a ranking stands."""
    return sorted(_ranked(region_code, facts) or _recorded(facts), key=lambda one: one.key)


def _ranked(region_code: str, facts: Facts) -> list[Standing]:
    return [
        Standing(
            one.unit.key, one.unit.kind.value, one.unit.village_code, one.unit.name, one.label, one.commodity_id,
            one.unit.school_id, one.unit.community_id,
        )
        for kind in UnitKind
        for one in best(region_code, limit=EVERY, kind=kind)
        if one.unit.village_code in facts.villages
    ]  # fmt: skip


def _recorded(facts: Facts) -> list[Standing]:
    """Villages by the commodity whose products are worth most a month, else by the one with most makers."""
    worth: dict[str, dict[int, tuple[float, int]]] = defaultdict(dict)
    for (village, commodity), goods in facts.goods.items():
        if commodity is not None:
            worth[village][commodity] = (sum(one.worth or 0.0 for one in goods), len(goods))
    for (village, commodity), (number, _nib) in facts.makers.items():
        if commodity is not None and commodity not in worth[village]:
            worth[village][commodity] = (-1.0, number)
    found = []
    for village, seen in worth.items():
        if village not in facts.villages:
            continue
        commodity = max(seen, key=lambda key: (*seen[key], -key))
        best = leading(facts.goods.get((village, commodity), []))
        label = best.name if best else facts.catalogue[commodity][1]
        name = facts.villages[village].name
        found.append(Standing(f"village:{village}", "village", village, name, label, commodity))
    return found
