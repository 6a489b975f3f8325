"""Coverage: how many enterprises the registry holds beside the published total, per kabupaten/kota, kecamatan or village.

Counts come from `VillageTally`, which database triggers keep true, and are open to everyone; closed enterprises are not
counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from lontar.access.scope import bounds
from lontar.registry.states import Level

OFFICIAL_ENTERPRISES = "imk_enterprises"
OFFICIAL_VILLAGES = "villages"
_CODE_LENGTH = {Level.PROVINCE: 2, Level.REGENCY: 5, Level.DISTRICT: 8, Level.VILLAGE: 13}


@dataclass(frozen=True, slots=True)
class RegionCoverage:
    """One region: desa/kelurahan in it, enterprises published, registered and verified; None where nothing is published."""

    code: str
    name: str
    villages: int
    enterprises_official: int | None
    enterprises_registered: int
    enterprises_verified: int


@dataclass(frozen=True, slots=True)
class RegionCounts:
    """What stands in the registry for one region: enterprises not closed, and of them verified, by women, with a NIB."""

    registered: int
    verified: int
    women_owned: int
    with_nib: int
    workers: int


_COVERAGE = """
    WITH counted AS (
        SELECT left(v.code, %(length)s) AS code, count(*) FILTER (WHERE v.valid_until IS NULL) AS villages,
               coalesce(sum(t.registered), 0) AS registered, coalesce(sum(t.verified), 0) AS verified
        FROM registry_region v LEFT JOIN registry_villagetally t ON t.village_id = v.code
        WHERE v.level = 'village' AND v.code >= %(low)s AND v.code < %(high)s
        GROUP BY 1
    ), published AS (
        SELECT DISTINCT ON (region_id) region_id AS code, number FROM registry_officialtotal
        WHERE key = %(key)s AND region_id >= %(low)s AND region_id < %(high)s
        ORDER BY region_id, valid_from DESC
    )
    SELECT r.code, r.name, coalesce(c.villages, 0), p.number, coalesce(c.registered, 0), coalesce(c.verified, 0)
    FROM registry_region r LEFT JOIN counted c USING (code) LEFT JOIN published p USING (code)
    WHERE r.level = %(level)s AND r.code >= %(low)s AND r.code < %(high)s
      AND (r.valid_until IS NULL OR c.registered > 0)
    ORDER BY r.code
"""


def coverage(within: str, level: Level = Level.REGENCY) -> list[RegionCoverage]:
    """Coverage of every region of `level` at or beneath region `within`, by code; an unknown code gives an empty list."""
    low, high = bounds(within)
    with connection.cursor() as cursor:
        cursor.execute(
            _COVERAGE,
            {
                "low": low,
                "high": high,
                "level": level.value,
                "length": _CODE_LENGTH[level],
                "key": OFFICIAL_ENTERPRISES,
            },
        )
        return [RegionCoverage(*row) for row in cursor.fetchall()]


def counts_within(code: str) -> RegionCounts:
    """The enterprises counted at or beneath region `code`; zeros where there are none."""
    low, high = bounds(code)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(registered), 0), coalesce(sum(verified), 0), coalesce(sum(women_owned), 0),"
            " coalesce(sum(with_nib), 0), coalesce(sum(workers), 0)"
            " FROM registry_villagetally WHERE village_id >= %s AND village_id < %s",
            [low, high],
        )
        row = cursor.fetchone()
    return RegionCounts(*(row or (0, 0, 0, 0, 0)))
