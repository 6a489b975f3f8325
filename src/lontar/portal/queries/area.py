"""What a province, kabupaten/kota or kecamatan page shows beyond coverage: its villages and its leading commodities."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from lontar.access.scope import bounds


@dataclass(frozen=True, slots=True)
class Leading:
    """A commodity within a region in its newest year: villages that have it, and production in its usual unit.

    `production` sums only rows in `unit`; `other_units` counts the villages whose figure is in another unit.
    """

    code: str
    name: str
    name_en: str
    year: int
    villages: int
    unit: str
    production: Decimal | None
    other_units: int


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village in the list of its kecamatan or kabupaten."""

    code: str
    name: str
    kind: str
    district_code: str
    district: str
    registered: int
    verified: int
    commodities: int
    products: int


_LEADING = """
    WITH newest AS (
        SELECT max(year) AS year FROM registry_villagepotential WHERE village_id >= %(low)s AND village_id < %(high)s
    )
    SELECT c.code, c.name, c.name_en, p.year, count(DISTINCT p.village_id), c.unit,
           sum(p.production) FILTER (WHERE p.unit = c.unit),
           count(*) FILTER (WHERE p.unit <> c.unit AND p.production IS NOT NULL)
    FROM registry_villagepotential p JOIN registry_commodity c ON c.id = p.commodity_id JOIN newest n ON n.year = p.year
    WHERE p.village_id >= %(low)s AND p.village_id < %(high)s
    GROUP BY c.id, p.year
    ORDER BY 5 DESC, c.name
    LIMIT %(limit)s
"""
_VILLAGES = """
    SELECT v.code, v.name, v.kind, d.code, d.name, coalesce(t.registered, 0), coalesce(t.verified, 0),
           coalesce(p.number, 0), coalesce(g.number, 0)
    FROM registry_region v JOIN registry_region d ON d.code = v.parent_id
    LEFT JOIN registry_villagetally t ON t.village_id = v.code
    LEFT JOIN (
        SELECT village_id, count(DISTINCT commodity_id) AS number FROM registry_villagepotential
        WHERE village_id >= %(low)s AND village_id < %(high)s GROUP BY 1
    ) p ON p.village_id = v.code
    LEFT JOIN (
        SELECT village_id, count(*) AS number FROM registry_product
        WHERE village_id >= %(low)s AND village_id < %(high)s GROUP BY 1
    ) g ON g.village_id = v.code
    WHERE v.level = 'village' AND v.valid_until IS NULL AND v.code >= %(low)s AND v.code < %(high)s
    ORDER BY v.code
"""


def leading_commodities(code: str, *, limit: int) -> list[Leading]:
    """The commodities recorded in most villages at or beneath `code`, in the newest year on record there."""
    low, high = bounds(code)
    with connection.cursor() as cursor:
        cursor.execute(_LEADING, {"low": low, "high": high, "limit": limit})
        return [Leading(*row) for row in cursor.fetchall()]


def villages_of(code: str) -> list[VillageLine]:
    """The villages in force at or beneath `code`, by code; one query."""
    low, high = bounds(code)
    with connection.cursor() as cursor:
        cursor.execute(_VILLAGES, {"low": low, "high": high})
        return [VillageLine(*row) for row in cursor.fetchall()]
