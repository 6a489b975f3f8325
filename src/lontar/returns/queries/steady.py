"""In how many months producers sold through steady channels: NTT Mart, e-catalogue, marketplace. Counted for rankings.

Enterprises only: a school or community is one producer, and what one producer told is nobody else's to read.
"""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db import connection

from lontar.selection.queries.steady import COLUMNS

_STEADY = """
SELECT p.village_id, c.code, count(DISTINCT r.producer_id), count(*),
       count(*) FILTER (WHERE s.some > 0), count(*) FILTER (WHERE s.some = 0 AND s.told < 3)
FROM returns_return r
JOIN returns_producer p ON p.id = r.producer_id
JOIN registry_commodity c ON c.id = p.commodity_id
CROSS JOIN LATERAL (
    SELECT coalesce(r.channel_mart, 0) + coalesce(r.channel_catalogue, 0) + coalesce(r.channel_marketplace, 0) AS some,
           num_nonnulls(r.channel_mart, r.channel_catalogue, r.channel_marketplace) AS told
) s
WHERE r.state = 'accepted' AND r.turnover > 0 AND p.enterprise_id IS NOT NULL
  AND r.month >= %(first)s AND r.month < %(until)s
GROUP BY 1, 2
"""


def steady_by_candidate(day: date) -> pl.DataFrame:
    """The columns of `selection.queries.steady` over the twelve full months before the month of `day`.

    A month without a positive amount in a steady channel is untold while one of the three was left open.
    """
    until = day.replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(_STEADY, {"first": until.replace(year=until.year - 1), "until": until})
        return pl.DataFrame(cursor.fetchall(), schema=COLUMNS, orient="row")
