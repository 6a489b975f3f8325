"""The villages of the map and what its layers show: one value per village, in the order of the villages.

Which layers there are, how they are named and classed is `lontar.portal.presenters.layers`. A value of None means that
nothing is recorded, which is not the same as nothing being there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from lontar.access.scope import bounds
from lontar.registry.models import Commodity
from lontar.registry.queries import coverage

Values = Mapping[str, float | str | None]


@dataclass(frozen=True, slots=True)
class Dot:
    """A village on the map; `quality` tells an exact point from the middle of the kecamatan; no point: lat, lon None."""

    code: str
    name: str
    kind: str
    district: str
    regency: str
    lat: float | None
    lon: float | None
    quality: str


@dataclass(frozen=True, slots=True)
class Layer:
    """Values by village code (missing: nothing recorded), their sources as published, and the date they stand for."""

    values: Values
    sources: tuple[str, ...]
    as_of: date | datetime | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AttributeKey:
    """An attribute recorded for villages: whether it holds words, how many villages have it, and its newest date."""

    key: str
    is_word: bool
    villages: int
    as_of: date


@dataclass(frozen=True, slots=True)
class CommodityKey:
    """A commodity recorded for villages."""

    code: str
    name: str
    name_en: str
    unit: str
    villages: int


_DOTS = """
    SELECT v.code, v.name, v.kind, d.name, r.name, v.lat, v.lon, v.point_quality
    FROM registry_region v JOIN registry_region d ON d.code = v.parent_id JOIN registry_region r ON r.code = d.parent_id
    WHERE v.level = 'village' AND v.valid_until IS NULL AND v.code >= %s AND v.code < %s ORDER BY v.code
"""


def dots(within: str) -> list[Dot]:
    """The villages in force at or beneath `within`, by code."""
    with connection.cursor() as cursor:
        cursor.execute(_DOTS, bounds(within))
        return [Dot(*row) for row in cursor.fetchall()]


def attribute_keys(within: str) -> list[AttributeKey]:
    """Attributes recorded for villages, by key."""
    return [AttributeKey(*row) for row in _rows(_ATTRIBUTES, within)]


def commodity_keys(within: str) -> list[CommodityKey]:
    """Commodities recorded for villages, most villages first."""
    return [CommodityKey(*row) for row in _rows(_COMMODITIES, within)]


def _rows(sql: str, within: str, *more: str | int | date) -> list[Any]:
    low, high = bounds(within)
    with connection.cursor() as cursor:
        cursor.execute(sql, [low, high, *more])
        return list(cursor.fetchall())


_ATTRIBUTES = """
    SELECT key, bool_and(number IS NULL), count(DISTINCT region_id), max(as_of) FROM registry_regionattribute
    WHERE region_id >= %s AND region_id < %s AND length(region_id) = 13 GROUP BY key ORDER BY key
"""
_COMMODITIES = """
    SELECT c.code, c.name, c.name_en, c.unit, count(DISTINCT p.village_id)
    FROM registry_villagepotential p JOIN registry_commodity c ON c.id = p.commodity_id
    WHERE p.village_id >= %s AND p.village_id < %s GROUP BY c.id ORDER BY 5 DESC, c.name
"""
_REGISTERED = """
    SELECT village_id, registered::float FROM registry_villagetally
    WHERE village_id >= %s AND village_id < %s AND registered > 0
"""
_VERIFIED = """
    SELECT village_id, round(100.0 * verified / registered, 1)::float FROM registry_villagetally
    WHERE village_id >= %s AND village_id < %s AND registered > 0
"""
_VARIETY = """
    SELECT village_id, count(DISTINCT commodity_id)::float FROM registry_villagepotential
    WHERE village_id >= %s AND village_id < %s GROUP BY 1
"""
_GOODS = """
    SELECT village_id, count(*)::float FROM registry_product WHERE village_id >= %s AND village_id < %s GROUP BY 1
"""
_PACKAGED = """
    SELECT village_id, count(*)::float FROM registry_product
    WHERE village_id >= %s AND village_id < %s AND stage = 'packaged' GROUP BY 1
"""
_LICENCES = """
    SELECT village_id, count(*)::float FROM registry_licence
    WHERE village_id >= %s AND village_id < %s AND (expires_date IS NULL OR expires_date >= %s) GROUP BY 1
"""
_HARVEST = """
    SELECT p.village_id, max(p.production)::float FROM registry_villagepotential p
    JOIN (SELECT village_id, max(year) AS year FROM registry_villagepotential WHERE commodity_id = %s GROUP BY 1) n
        ON n.village_id = p.village_id AND n.year = p.year
    WHERE p.commodity_id = %s AND p.unit = %s AND p.village_id >= %s AND p.village_id < %s GROUP BY 1
"""
_WORDS = """
    SELECT DISTINCT ON (region_id) region_id, word, number::float, source, as_of
    FROM registry_regionattribute
    WHERE region_id >= %s AND region_id < %s AND length(region_id) = 13 AND key = %s ORDER BY region_id, as_of DESC
"""
_BY_AGENCY = """
    SELECT coalesce(a.short_name, ''), max(recorded_at) FROM {table} t LEFT JOIN access_agency a ON a.id = t.source_agency_id
    WHERE t.village_id >= %s AND t.village_id < %s {more} GROUP BY 1 ORDER BY 1
"""
_RECORDS = {
    "potensi": (_VARIETY, "registry_villagepotential"),
    "produk": (_GOODS, "registry_product"),
    "kemasan": (_PACKAGED, "registry_product"),
    "izin": (_LICENCES, "registry_licence"),
}


def registered_layer(within: str) -> Layer:
    """Enterprises registered per village; a village without any has no value."""
    return Layer(dict(_rows(_REGISTERED, within)), *_enterprise_source())


def verified_layer(within: str) -> Layer:
    """Verified enterprises in per cent of those registered."""
    return Layer(dict(_rows(_VERIFIED, within)), *_enterprise_source())


def coverage_layer(within: str) -> Layer:
    """Registered enterprises of the kabupaten/kota in per cent of its published total, the same for all its villages."""
    shares = {
        row.code: round(100 * row.enterprises_registered / row.enterprises_official, 1)
        for row in coverage(within[:2])
        if row.enterprises_official
    }
    values = {dot.code: shares.get(dot.code[:5]) for dot in dots(within)}
    return Layer(values, *_enterprise_source())


def record_layer(key: str, within: str, *, day: date) -> Layer:
    """Counts of records per village: `potensi`, `produk`, `kemasan`, `izin` (in force on `day`). KeyError for others."""
    sql, table = _RECORDS[key]
    more = [day] if key == "izin" else []
    values = dict(_rows(sql, within, *more))
    sources = _rows(_BY_AGENCY.format(table=table, more=""), within)
    return Layer(values, *_named(sources))


def commodity_layer(code: str, within: str) -> Layer | None:
    """Production of one commodity in each village's newest year, in the commodity's unit; None for an unknown code."""
    commodity = Commodity.objects.filter(code=code).first()
    if commodity is None:
        return None
    low, high = bounds(within)
    with connection.cursor() as cursor:
        cursor.execute(_HARVEST, [commodity.pk, commodity.pk, commodity.unit, low, high])
        values = dict(cursor.fetchall())
    sql = _BY_AGENCY.format(table="registry_villagepotential", more="AND t.commodity_id = %s")
    return Layer(values, *_named(_rows(sql, within, commodity.pk)), unit=commodity.unit)


def attribute_layer(key: str, within: str) -> Layer | None:
    """The newest value of an attribute: its word where it has one, else its number; None when nobody recorded it."""
    rows = _rows(_WORDS, within, key)
    if not rows:
        return None
    values = {str(code): (str(word) if word else number) for code, word, number, _source, _at in rows}
    sources = tuple(sorted({str(row[3]) for row in rows}))
    return Layer(values, sources, max(row[4] for row in rows))


def _named(rows: list[Any]) -> tuple[tuple[str, ...], datetime | None]:
    named = tuple(str(row[0]) for row in rows if row[0])
    return named, max((row[1] for row in rows), default=None)


def _enterprise_source() -> tuple[tuple[str, ...], datetime | None]:
    """Agencies whose enterprise lists were taken, and when the newest was; the rows themselves stay behind the wall."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(DISTINCT agency_name ORDER BY agency_name), max(finished_at) FROM portal_acceptedbatch"
            " WHERE dataset = 'enterprises'"
        )
        names, at = cursor.fetchone()
    return tuple(names or ()), at
