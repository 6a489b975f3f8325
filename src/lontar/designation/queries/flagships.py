"""Flagships and loci as everybody may read them, each with the decree that opened it; the active flagship of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from lontar.access.scope import bounds
from lontar.designation.models import Flagship


@dataclass(frozen=True, slots=True)
class ActiveFlagship:
    """The flagship of a unit: name, commodity, since when, and the number and check code of its decree."""

    id: int
    unit_key: str
    kind: str
    name: str
    commodity_id: int | None
    commodity_code: str
    product_id: int | None
    village_code: str
    valid_from: date
    decree_number: str
    decree_code: str


def active_flagship(unit_key: str, day: date) -> ActiveFlagship | None:
    """The flagship of a unit that is in force on `day`; None where there is none."""
    return active_flagships([unit_key], day).get(unit_key)


def active_flagships(unit_keys: list[str], day: date) -> dict[str, ActiveFlagship]:
    """The same for many units, by key; one query."""
    rows = (
        Flagship.objects.as_at(day)
        .filter(unit_key__in=unit_keys, lines__effect="opens")
        .values_list(
            "pk", "unit_key", "kind", "name", "commodity_id", "commodity__code", "product_id", "village_id",
            "valid_from", "lines__decree__paper__number", "lines__decree__paper__code",
        )
    )  # fmt: skip
    return {row[1]: ActiveFlagship(*row[:5], row[5] or "", *row[6:]) for row in rows}


def flagship_names(region_code: str, day: date) -> dict[str, str]:
    """Unit key → name of its flagship in force on `day`, for every unit of the region that has one; one query."""
    return dict(Flagship.objects.as_at(day).within(region_code).values_list("unit_key", "name"))


@dataclass(frozen=True, slots=True)
class PublicFlagship:
    """A flagship as anybody may read it, by the columns of its CSV."""

    id: int
    kind: str
    unit: str
    product: str
    commodity: str
    commodity_code: str
    cluster: str
    village_code: str
    village: str
    district: str
    regency: str
    valid_from: date
    valid_until: date | None
    decree: str
    check_code: str
    lat: float | None
    lon: float | None


COLUMNS = tuple(PublicFlagship.__dataclass_fields__)
_FROM = """
    FROM designation_flagship f
    JOIN registry_region v ON v.code = f.village_id
    JOIN designation_decreeline l ON l.flagship_id = f.id AND l.effect = 'opens'
    JOIN designation_decree d ON d.id = l.decree_id
    JOIN documents_paper p ON p.id = d.paper_id
    LEFT JOIN registry_commodity c ON c.id = f.commodity_id
    WHERE f.valid_from <= %(day)s AND (%(ended)s OR f.valid_until IS NULL OR f.valid_until > %(day)s)
      AND f.village_id >= %(low)s AND f.village_id < %(high)s
      AND (%(kind)s = '' OR f.kind = %(kind)s) AND (%(commodity)s = '' OR c.code = %(commodity)s)
"""
_SELECT = """
    SELECT f.id, f.kind,
           CASE f.kind WHEN 'school' THEN (SELECT s.name FROM registry_school s WHERE s.id = f.school_id)
                WHEN 'community' THEN (SELECT o.name FROM registry_organization o WHERE o.id = f.community_id)
                ELSE v.name END,
           f.name, coalesce(c.name, ''), coalesce(c.code, ''),
           coalesce((SELECT u.name FROM designation_clustermember m JOIN designation_cluster u ON u.id = m.cluster_id
                     WHERE m.unit_key = f.unit_key AND m.commodity_id = f.commodity_id), ''),
           f.village_id, v.name, (SELECT r.name FROM registry_region r WHERE r.code = left(f.village_id, 8)),
           (SELECT r.name FROM registry_region r WHERE r.code = left(f.village_id, 5)),
           f.valid_from, f.valid_until, p.number, p.code, v.lat, v.lon
"""


@dataclass(frozen=True, slots=True)
class FlagshipFilter:
    """Which flagships: in force on `day` (with `ended`, those before too), of a region, kind and commodity (by its code)."""

    day: date
    region: str = ""
    kind: str = ""
    commodity: str = ""
    village: str = ""
    ended: bool = False

    def _values(self) -> dict[str, Any]:
        low, high = bounds(self.village or self.region)
        return {
            "day": self.day, "low": low or "", "high": high or "~", "kind": self.kind, "commodity": self.commodity,
            "ended": self.ended,
        }  # fmt: skip

    def count(self) -> int:
        """How many there are."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {_FROM}", self._values())
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    def rows(self, *, limit: int = 1_000_000, offset: int = 0) -> list[PublicFlagship]:
        """Them, by village, kind and day."""
        sql = f"{_SELECT} {_FROM} ORDER BY f.village_id, f.kind, f.valid_from, f.id LIMIT %(limit)s OFFSET %(offset)s"
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self._values(), "limit": limit, "offset": offset})
            return [PublicFlagship(*row) for row in cursor.fetchall()]

    def commodities(self) -> list[tuple[str, str]]:
        """Codes and names of the commodities that the filter's region has, by name."""
        sql = f"SELECT DISTINCT c.code, c.name {_FROM} AND c.code IS NOT NULL ORDER BY c.name"
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self._values(), "commodity": ""})
            return [(row[0], row[1]) for row in cursor.fetchall()]


LOCUS_COLUMNS = (
    "village_code",
    "village",
    "district",
    "regency",
    "round",
    "rank",
    "valid_from",
    "valid_until",
    "decree",
    "check_code",
)
_LOCI = """
    SELECT o.village_id, v.name, (SELECT r.name FROM registry_region r WHERE r.code = left(o.village_id, 8)),
           (SELECT r.name FROM registry_region r WHERE r.code = left(o.village_id, 5)), n.name, e.position,
           o.valid_from, o.valid_until, p.number, p.code
    FROM designation_locus o
    JOIN registry_region v ON v.code = o.village_id
    JOIN designation_locusentry e ON e.id = o.entry_id
    JOIN designation_locusround n ON n.id = e.round_id
    JOIN designation_decreeline l ON l.locus_id = o.id AND l.effect = 'opens'
    JOIN designation_decree d ON d.id = l.decree_id
    JOIN documents_paper p ON p.id = d.paper_id
    WHERE o.valid_from <= %(day)s AND (%(ended)s OR o.valid_until IS NULL OR o.valid_until > %(day)s)
      AND o.village_id >= %(low)s AND o.village_id < %(high)s
    ORDER BY o.village_id, o.valid_from
"""


def public_loci(day: date, *, region: str = "", ended: bool = False) -> list[Mapping[str, Any]]:
    """Loci in force on `day`, with `ended` also those before, by village; a dictionary by `LOCUS_COLUMNS` each."""
    low, high = bounds(region)
    with connection.cursor() as cursor:
        cursor.execute(_LOCI, {"day": day, "low": low or "", "high": high or "~", "ended": ended})
        return [dict(zip(LOCUS_COLUMNS, row, strict=True)) for row in cursor.fetchall()]


def flagship_lines(found: FlagshipFilter) -> Iterator[dict[str, Any]]:
    """Rows as dictionaries by `COLUMNS`, for CSV and API."""
    for one in found.rows():
        yield {name: getattr(one, name) for name in COLUMNS}
