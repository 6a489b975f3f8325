"""The quick search of the office: places, enterprises, products, licences and organisations of the reader's region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lontar.engines.places import search
from lontar.office.queries.goods import ask_bodies, ask_licences, ask_products
from lontar.registry.queries import EnterpriseFilter, gazetteer
from lontar.registry.queries.enterprises import OFFICE, office_where
from lontar.registry.queries.listing import select_page

_LIKELY = 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """A region that bears the words, or probably was meant."""

    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Found:
    """The first of each kind; `more` names the kinds of which there are more than these."""

    places: Sequence[Place]
    enterprises: Sequence[dict[str, Any]]
    products: Sequence[dict[str, Any]]
    licences: Sequence[dict[str, Any]]
    bodies: Sequence[dict[str, Any]]
    more: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.places or self.enterprises or self.products or self.licences or self.bodies)


def places_like(text: str, *, within: str, limit: int) -> list[Place]:
    """Regions within `within` for an unfinished name or code, best first."""
    found = search(gazetteer(), text, limit=limit, within=within)
    return [Place(one.code, one.name, one.path_text) for one in found if one.score >= _LIKELY]


def find(text: str, *, within: str, day: date, with_enterprises: bool, limit: int = 6) -> Found:
    """What bears the words within region `within`; enterprises and numbers of NIB only `with_enterprises`."""
    more, most = set(), limit + 1
    enterprises: list[dict[str, Any]] = []
    if with_enterprises:
        where = office_where(EnterpriseFilter(text=text), within=within)
        enterprises = select_page(OFFICE, where, sort="village", limit=most)
    groups = {
        "enterprises": enterprises,
        "products": ask_products(within, day=day, text=text).page(sort="name", limit=most),
        "licences": ask_licences(within, day=day, text=text, with_nib=with_enterprises, by_holder=False).page(
            sort="number", limit=most
        ),
        "bodies": ask_bodies(within, text=text).page(sort="name", limit=most),
    }
    for name, rows in groups.items():
        if len(rows) > limit:
            more.add(name)
            del rows[limit:]
    return Found(places=places_like(text, within=within, limit=limit), more=frozenset(more), **groups)
