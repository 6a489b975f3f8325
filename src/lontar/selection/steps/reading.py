"""Facts of all units at once, one pass over each table: what a village grows, makes, sells and holds, by commodity.

Runs in the scope of the whole programme. Enterprises mostly come without a commodity: it follows from their main product
where the registry's products of that name are all of one commodity, else from their KBLI where one commodity alone has it;
what stays open could be any commodity of that KBLI and widens the interval of the count. No personal value is read: owners
enter as counts of women and of those aged 16 to 30.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import connection

_COMMODITIES = "SELECT id, code, name, sector, kbli, cardinality(harvest_months) FROM registry_commodity ORDER BY id"
_VILLAGES = """
    SELECT code, name FROM registry_region WHERE level = 'village' AND valid_until IS NULL ORDER BY code
"""
_SCHOOLS = "SELECT id, name, village_id FROM registry_school ORDER BY id"
_COMMUNITIES = "SELECT id, name, village_id FROM registry_organization WHERE kind = 'community' ORDER BY id"
_POTENTIAL = """
    SELECT village_id, commodity_id, year, production::float8, area_ha::float8, cardinality(harvest_months)
    FROM registry_villagepotential WHERE year <= %(year)s
"""
_ENTERPRISES = """
    WITH named AS (
        SELECT lower(name) AS name, min(commodity_id) AS commodity FROM registry_product
        WHERE commodity_id IS NOT NULL GROUP BY 1 HAVING count(DISTINCT commodity_id) = 1
    ), classed AS (
        SELECT kbli, min(id) AS commodity FROM registry_commodity WHERE kbli <> '' GROUP BY 1 HAVING count(*) = 1
    )
    SELECT e.village_id, coalesce(e.commodity_id, n.commodity, c.commodity) AS commodity,
           CASE WHEN coalesce(e.commodity_id, n.commodity, c.commodity) IS NULL THEN e.kbli ELSE '' END AS open_kbli,
           count(*), sum(e.workers), count(e.workers), sum(e.annual_turnover)::float8, count(e.annual_turnover),
           count(e.nib), count(*) FILTER (WHERE p.sex = 'P'), count(*) FILTER (WHERE p.sex <> ''),
           count(*) FILTER (WHERE p.birth_year BETWEEN %(year)s - 30 AND %(year)s - 16), count(p.birth_year)
    FROM registry_enterprise e
    LEFT JOIN registry_person p ON p.id = e.owner_id
    LEFT JOIN named n ON n.name = lower(e.main_product)
    LEFT JOIN classed c ON c.kbli = e.kbli
    WHERE e.status = 'active' GROUP BY 1, 2, 3
"""
_PRODUCTS = """
    WITH held AS (
        SELECT product_id, bool_or(kind IN ('pirt', 'md', 'tr')) AS market, bool_or(kind = 'halal') AS halal,
               bool_or(kind = 'merek') AS mark, bool_or(kind = 'ig') AS ig
        FROM registry_licence WHERE product_id IS NOT NULL AND (expires_date IS NULL OR expires_date >= %(day)s) GROUP BY 1
    )
    SELECT p.id, p.village_id, p.commodity_id, p.name, p.category, p.stage, p.price::float8, p.unit, p.school_id,
           CASE WHEN o.kind = 'community' THEN p.organization_id END, p.enterprise_id IS NOT NULL, e.nib IS NOT NULL,
           coalesce(h.market, false), coalesce(h.halal, false), coalesce(h.mark, false), coalesce(h.ig, false)
    FROM registry_product p
    LEFT JOIN registry_enterprise e ON e.id = p.enterprise_id
    LEFT JOIN registry_organization o ON o.id = p.organization_id
    LEFT JOIN held h ON h.product_id = p.id
"""
_MEANS = """
    SELECT village_id,
           count(DISTINCT kind) FILTER (WHERE number > 0 AND kind IN ('electricity', 'road', 'processing', 'warehouse'))
    FROM registry_villagefacility f
    WHERE year = (SELECT max(year) FROM registry_villagefacility g WHERE g.village_id = f.village_id) GROUP BY 1
"""
_STATE = """
    SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::text FROM pg_stat_user_tables WHERE relname LIKE 'registry_%%'
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """Frames of the registry on a day; see the statements for their columns."""

    day: date
    commodities: pl.DataFrame
    villages: pl.DataFrame
    schools: pl.DataFrame
    communities: pl.DataFrame
    potential: pl.DataFrame
    enterprises: pl.DataFrame
    products: pl.DataFrame
    means: pl.DataFrame
    state: str


def read_facts(day: date) -> Facts:
    """Everything that measures need, as the registry stands; seven queries."""
    at: dict[str, date | int] = {"day": day, "year": day.year}
    i, f, s, b = pl.Int64, pl.Float64, pl.String, pl.Boolean
    return Facts(
        day=day,
        commodities=_frame(
            _COMMODITIES, at, {"commodity": i, "code": s, "commodity_name": s, "sector": s, "kbli": s, "usual": i}
        ),
        villages=_frame(_VILLAGES, at, {"village": s, "name": s}),
        schools=_frame(_SCHOOLS, at, {"school": i, "name": s, "village": s}),
        communities=_frame(_COMMUNITIES, at, {"community": i, "name": s, "village": s}),
        potential=_frame(
            _POTENTIAL, at, {"village": s, "commodity": i, "year": i, "production": f, "area": f, "months": i}
        ),
        enterprises=_frame(
            _ENTERPRISES, at,
            {
                "village": s, "commodity": i, "open_kbli": s, "number": i, "workers": i, "workers_known": i, "turnover": f,
                "turnover_known": i, "nib": i, "women": i, "sex_known": i, "youth": i, "age_known": i,
            },
        ),
        products=_frame(
            _PRODUCTS, at,
            {
                "product": i, "village": s, "commodity": i, "label": s, "category": s, "stage": s, "price": f, "unit": s,
                "school": i, "community": i, "of_enterprise": b, "nib": b, "market": b, "halal": b, "mark": b, "ig": b,
            },
        ),
        means=_frame(_MEANS, at, {"village": s, "means": i}),
        state=str(_frame(_STATE, at, {"state": s})["state"][0]),
    )  # fmt: skip


def _frame(sql: str, values: Mapping[str, date | int], schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")
