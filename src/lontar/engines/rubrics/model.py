"""A rubric as a tree: parts hold parts or criteria, a criterion holds options with points or a range; bands and gates.

Items stand in one flat tuple in reading order and name their parent by its code, as a workbook would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ItemKind(StrEnum):
    """What an item of the tree is."""

    PART = "part"
    CRITERION = "criterion"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a criterion and its points."""

    points: Decimal
    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A part or a criterion. `high` is the most points it gives; for a part what its children must sum to.

    A criterion without options takes any of `low`, `low + step`, … `high`. `is_known` False says that the source names the
    points but not what they are given for: such an item cannot be scored.
    """

    code: str
    kind: ItemKind
    name: str
    high: Decimal
    parent: str = ""
    low: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    name_en: str = ""
    hint: str = ""
    is_known: bool = True
    options: tuple[Option, ...] = ()

    def accepts(self, points: Decimal) -> bool:
        """Whether a score of this criterion may be `points`."""
        if self.kind is not ItemKind.CRITERION or not self.is_known:
            return False
        if self.options:
            return any(option.points == points for option in self.options)
        return self.low <= points <= self.high and (points - self.low) % self.step == 0


@dataclass(frozen=True, slots=True)
class Band:
    """`stars` for a mean of `low` or more, up to the next band's `low`: half-open."""

    stars: int
    low: Decimal
    label: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition by its key; when it holds, the product gets `cap` stars at most, for `reason`."""

    condition: str
    cap: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rubric:
    """One version of a rubric. `standing` says whether it is official, an example or a proposal; `note` what is unknown."""

    key: str
    version: int
    name: str
    standing: str
    maximum: Decimal
    source: str
    valid_from: date
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    gates: tuple[Gate, ...] = ()
    valid_until: date | None = None
    name_en: str = ""
    note: str = ""

    def children(self, code: str = "") -> tuple[Item, ...]:
        """The items right beneath `code`; "" gives the parts at the top."""
        return tuple(item for item in self.items if item.parent == code)

    def criteria(self, code: str = "") -> Iterator[Item]:
        """The criteria beneath `code`, in reading order."""
        for item in self.children(code):
            if item.kind is ItemKind.CRITERION:
                yield item
            else:
                yield from self.criteria(item.code)

    @property
    def is_scorable(self) -> bool:
        """Whether everything that must be scored is known."""
        return bool(self.items) and all(item.is_known for item in self.items)
