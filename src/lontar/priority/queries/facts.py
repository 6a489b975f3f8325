"""Facts about every unit of a region, read for all at once: a dozen statements over whole sets, however many units there are.

What they mean for readiness is `rules.parts`; put together they are in `queries.readiness`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from lontar.access.models import Agency, Post
from lontar.access.scope import bounds
from lontar.access.states import AgencyKind, Role
from lontar.designation.queries.flagships import flagship_names
from lontar.priority.models import Island, Statement
from lontar.priority.rules.parts import Good, Site, Value
from lontar.priority.states import Part

Place = tuple[str, int | None]  # village, commodity
_KM = 111.32  # kilometres in a degree of latitude
_LEVELS = {2: 0, 5: 1, 8: 2, 13: 3}  # length of a region code → level of a mentor

_GOODS = """
WITH held AS (
    SELECT l.product_id, l.enterprise_id, l.kind FROM registry_licence l
    WHERE l.village_id >= %(low)s AND l.village_id < %(high)s AND l.is_format_ok
      AND (l.expires_date IS NULL OR l.expires_date >= %(day)s)
), of_product AS (SELECT product_id, array_agg(DISTINCT kind) AS kinds FROM held WHERE product_id IS NOT NULL GROUP BY 1),
of_firm AS (SELECT enterprise_id, array_agg(DISTINCT kind) AS kinds FROM held WHERE enterprise_id IS NOT NULL GROUP BY 1)
SELECT p.village_id, p.commodity_id, p.school_id, p.organization_id, p.name, p.category,
       (p.capacity_month * p.price)::float, coalesce(a.kinds, '{}'), coalesce(b.kinds, '{}'), e.nib IS NOT NULL
FROM registry_product p
LEFT JOIN of_product a ON a.product_id = p.id
LEFT JOIN of_firm b ON b.enterprise_id = p.enterprise_id
LEFT JOIN registry_enterprise e ON e.id = p.enterprise_id
WHERE p.village_id >= %(low)s AND p.village_id < %(high)s
ORDER BY p.id
"""
_MAKERS = """
SELECT village_id, commodity_id, count(*), count(nib) FROM registry_enterprise
WHERE village_id >= %(low)s AND village_id < %(high)s AND status <> 'closed' AND commodity_id IS NOT NULL GROUP BY 1, 2
"""
_GROWN = """
SELECT DISTINCT ON (village_id, commodity_id) village_id, commodity_id, harvest_months, production::float, year
FROM registry_villagepotential WHERE village_id >= %(low)s AND village_id < %(high)s AND year <= %(year)s
ORDER BY village_id, commodity_id, year DESC
"""
_FACILITIES = """
SELECT DISTINCT ON (village_id, kind) village_id, kind, number FROM registry_villagefacility
WHERE village_id >= %(low)s AND village_id < %(high)s AND year <= %(year)s ORDER BY village_id, kind, year DESC
"""
_LISTED = """
SELECT DISTINCT left(village_id, 5) FROM registry_licence WHERE village_id >= %(low)s AND village_id < %(high)s
"""
_VILLAGES = """
SELECT v.code, v.name, v.lat, v.lon, r.lat, r.lon FROM registry_region v LEFT JOIN registry_region r ON r.code = left(v.code, 5)
WHERE v.level = 'village' AND v.code >= %(low)s AND v.code < %(high)s
  AND (v.valid_until IS NULL OR v.valid_until > %(day)s) ORDER BY v.code
"""


@dataclass(frozen=True, slots=True)
class Crop:
    """A commodity in a village: harvest months and production of the newest year, or the catalogue's months."""

    months: frozenset[int]
    production: float | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """A village by name with what it offers."""

    name: str
    site: Site


@dataclass(slots=True)
class Facts:
    """Everything that the parts are computed from; keys are village and commodity, or a unit's key."""

    day: date
    villages: dict[str, VillageFacts] = field(default_factory=dict)
    goods: dict[Place, list[Good]] = field(default_factory=lambda: defaultdict(list))
    of_body: dict[str, list[tuple[int | None, Good]]] = field(default_factory=lambda: defaultdict(list))
    makers: dict[Place, tuple[int, int]] = field(default_factory=dict)
    grown: dict[Place, Crop] = field(default_factory=dict)
    catalogue: dict[int, tuple[str, str, frozenset[int]]] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    islands: dict[str, tuple[str, str]] = field(default_factory=dict)
    flagships: dict[str, str] = field(default_factory=dict)
    stated: dict[tuple[str, Part], Value] = field(default_factory=dict)


def facts_of(region_code: str, day: date) -> Facts:
    """Read everything about the region's villages as at `day`; bounded by the scope of the connection."""
    low, high = bounds(region_code)
    asked = {"low": low, "high": high, "day": day, "year": day.year}
    found = Facts(day)
    _read_goods(found, asked)
    found.makers = {(village, commodity): (n, nib) for village, commodity, n, nib in _rows(_MAKERS, asked)}
    found.grown = {
        (village, commodity): Crop(frozenset(months or ()), production, year)
        for village, commodity, months, production, year in _rows(_GROWN, asked)
    }
    found.catalogue = {
        pk: (code, name, frozenset(months or ()))
        for pk, code, name, months in _rows("SELECT id, code, name, harvest_months FROM registry_commodity", asked)
    }
    found.listed = {str(code) for (code,) in _rows(_LISTED, asked)}
    found.islands = {one.regency_code: (one.key, one.name) for one in Island.objects.as_at(day)}
    found.flagships = flagship_names(region_code, day)
    _read_villages(found, asked)
    _read_statements(found, region_code, day)
    return found


def _rows(sql: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())


def _read_goods(found: Facts, asked: dict[str, Any]) -> None:
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for village, commodity, school, body, name, category, worth, kinds, of_firm, has_nib in _rows(_GOODS, asked):
        held = frozenset(kinds) | frozenset(of_firm) | ({"nib"} if has_nib else set())
        one = Good(name, category, worth, held)
        found.goods[village, commodity].append(one)
        if school or body:
            found.of_body[f"school:{school}" if school else f"community:{body}"].append((commodity, one))
        if commodity is not None:
            counted[commodity][category] += 1
    found.categories = {key: max(sorted(seen), key=lambda name: seen[name]) for key, seen in counted.items()}


def _read_villages(found: Facts, asked: dict[str, Any]) -> None:
    facilities: dict[str, dict[str, int]] = defaultdict(dict)
    for village, kind, number in _rows(_FACILITIES, asked):
        facilities[village][kind] = number
    mentors, outlets = _mentors(asked["day"]), _outlets()
    for code, name, lat, lon, seat_lat, seat_lon in _rows(_VILLAGES, asked):
        km = None if None in (lat, lon, seat_lat, seat_lon) else _distance(lat, lon, seat_lat, seat_lon)
        near = max((_LEVELS[length] for length in _LEVELS if code[:length] in mentors), default=None)
        site = Site(km, facilities.get(code, {}), near, code[:5] in outlets)
        found.villages[code] = VillageFacts(name, site)


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Straight kilometres; on a province's scale the plane is good to a few per mille."""
    east = (lon - other_lon) * math.cos(math.radians((lat + other_lat) / 2))
    return _KM * math.hypot(lat - other_lat, east)


def _mentors(day: date) -> set[str]:
    """Region codes of mentors in office on the day. The province's own mentors count for every village."""
    rows = Post.objects.filter(role=Role.MENTOR, is_active=True, agency__is_active=True, holdings__valid_from__lte=day)
    held = rows.exclude(holdings__valid_until__lte=day)
    return set(held.values_list("region_code", flat=True))


def _outlets() -> set[str]:
    shops = Agency.objects.filter(kind=AgencyKind.SHOP, is_active=True)
    return {code[:5] for code in shops.values_list("region_code", flat=True)}


def _read_statements(found: Facts, region_code: str, day: date) -> None:
    low, high = bounds(region_code)
    rows = Statement.objects.holding(day).filter(village_id__gte=low, village_id__lt=high).order_by("stated_on", "pk")
    for one in rows:
        share = float(one.share)
        said = (one.words, one.source, one.stated_on)
        found.stated[str(one.unit_key), Part(one.part)] = Value(share, share, "stated", said)


def leading(goods: Iterable[Good]) -> Good | None:
    """The product that is worth most a month; those that do not state it come last."""
    return max(goods, key=lambda one: (one.worth is not None, one.worth or 0.0, one.name), default=None)
