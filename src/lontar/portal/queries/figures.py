"""The key figures of the province or of any region: villages, enterprises, products, licences, each with its date.

Every figure counts rows that anyone may read; enterprises come from the tallies that triggers keep. What is published by
others (Table 1) stands beside ours and is never mixed with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from lontar.access.scope import bounds
from lontar.registry.queries.coverage import OFFICIAL_ENTERPRISES


@dataclass(frozen=True, slots=True)
class Published:
    """A total that somebody else published for a region, from a day on."""

    number: int
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts at or beneath one region; `*_at` is the newest record counted, None where there is none.

    `licences` counts those in force on the day asked for, `expired` those that ended before it.
    """

    desa: int
    kelurahan: int
    districts: int
    regencies: int
    with_enterprises: int
    with_potential: int
    registered: int
    verified: int
    enterprises_at: datetime | None
    products: int
    products_at: datetime | None
    licences: int
    expired: int
    licences_at: datetime | None
    published: Published | None

    @property
    def villages(self) -> int:
        """Desa and kelurahan together."""
        return self.desa + self.kelurahan


_FIGURES = """
    SELECT v.desa, v.kelurahan, v.districts, v.regencies, t.some, p.villages, t.registered, t.verified, b.at,
           g.number, g.at, l.in_force, l.expired, l.at
    FROM (
        SELECT count(*) FILTER (WHERE level = 'village' AND kind <> 'kelurahan') AS desa,
               count(*) FILTER (WHERE kind = 'kelurahan') AS kelurahan,
               count(*) FILTER (WHERE level = 'district') AS districts,
               count(*) FILTER (WHERE level = 'regency') AS regencies
        FROM registry_region WHERE code >= %(low)s AND code < %(high)s AND valid_until IS NULL
    ) v, (
        SELECT count(*) FILTER (WHERE registered > 0) AS some, coalesce(sum(registered), 0) AS registered,
               coalesce(sum(verified), 0) AS verified
        FROM registry_villagetally WHERE village_id >= %(low)s AND village_id < %(high)s
    ) t, (
        SELECT count(DISTINCT village_id) AS villages
        FROM registry_villagepotential WHERE village_id >= %(low)s AND village_id < %(high)s
    ) p, (
        SELECT max(finished_at) AS at FROM portal_acceptedbatch WHERE dataset = 'enterprises'
    ) b, (
        SELECT count(*) AS number, max(recorded_at) AS at
        FROM registry_product WHERE village_id >= %(low)s AND village_id < %(high)s
    ) g, (
        SELECT count(*) FILTER (WHERE expires_date IS NULL OR expires_date >= %(day)s) AS in_force,
               count(*) FILTER (WHERE expires_date < %(day)s) AS expired, max(recorded_at) AS at
        FROM registry_licence WHERE village_id >= %(low)s AND village_id < %(high)s
    ) l
"""
_PUBLISHED = """
    SELECT sum(number)::bigint, max(valid_from), max(source) FROM (
        SELECT DISTINCT ON (region_id) number, valid_from, source FROM registry_officialtotal
        WHERE key = %(key)s AND region_id >= %(low)s AND region_id < %(high)s
        ORDER BY region_id, valid_from DESC
    ) newest
"""


def figures_within(code: str, *, day: date) -> Figures:
    """The key figures at or beneath region `code` on `day`; two queries. An unknown code gives zeros.

    Totals are published per kabupaten/kota, so a region beneath one has none.
    """
    low, high = bounds(code)
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"low": low, "high": high, "day": day})
        counted = cursor.fetchone()
        cursor.execute(_PUBLISHED, {"low": low, "high": high, "key": OFFICIAL_ENTERPRISES})
        number, since, source = cursor.fetchone()
    published = None if number is None else Published(number, since, source)
    return Figures(*[*counted, published])
