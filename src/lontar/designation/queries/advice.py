"""What the ranking in force says of a unit, in the shape in which a proposal freezes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lontar.selection.queries import standing


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One candidate, best first: score with its interval and how often it was first, each between 0 and 1 or unknown."""

    name: str
    commodity_id: int | None
    product_id: int | None
    score: float | None
    low: float | None
    high: float | None
    first_share: float | None
    is_open: bool = True
    closed_because: str = ""

    def is_it(self, commodity_id: int | None, product_id: int | None, name: str) -> bool:
        """Whether the choice is this candidate: the same product, else the same commodity, else the same name."""
        if product_id is not None and self.product_id is not None:
            return product_id == self.product_id
        if commodity_id is not None and self.commodity_id is not None:
            return commodity_id == self.commodity_id
        return name.casefold() == self.name.casefold()


@dataclass(frozen=True, slots=True)
class Advice:
    """Candidates of a unit by one criteria set; ranked ones first. `day` is the state of the data."""

    set_key: str
    set_name: str
    day: date
    lines: tuple[AdviceLine, ...]
    missing: tuple[str, ...] = ()

    @property
    def first(self) -> AdviceLine | None:
        """The candidate that stands first; None where none is ranked."""
        return next((line for line in self.lines if line.score is not None and line.is_open), None)

    def differs(self, commodity_id: int | None, product_id: int | None, name: str) -> bool:
        """Whether the choice is another than the first; never where none is ranked."""
        return self.first is not None and not self.first.is_it(commodity_id, product_id, name)


def advice_for(unit_key: str) -> Advice | None:
    """What the ranking in force says; None where the unit is not ranked."""
    found = standing(unit_key)
    if found is None:
        return None
    lines = tuple(
        AdviceLine(
            name=one.label,
            commodity_id=one.commodity_id,
            product_id=one.product_id,
            score=one.score if one.rank is not None else None,
            low=one.score_low,
            high=one.score_high,
            first_share=one.first_share if one.rank is not None else None,
            is_open=one.is_open,
            closed_because="; ".join(gate.reason for gate in one.gates if gate.passed == "no"),
        )
        for one in found.candidates
    )
    return Advice(found.set_key, f"{found.set_name} v{found.set_version}", found.day, lines, found.missing)
