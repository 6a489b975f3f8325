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
from typing import Final

import polars as pl
from django.db import connection

from lontar.audit.queries.parameters import parameter_as_at, parameters_with_prefix
from lontar.selection.queries.steady import steady_sales

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
_NAMED = """
    SELECT lower(name), min(commodity_id) FROM registry_product
    WHERE commodity_id IS NOT NULL GROUP BY 1 HAVING count(DISTINCT commodity_id) = 1
"""
_CLASSED = "SELECT kbli, min(id) FROM registry_commodity WHERE kbli <> '' GROUP BY 1 HAVING count(*) = 1"
# Added up by name and KBLI first: to look the commodity of each of 168,002 rows up would take three seconds more.
_ENTERPRISES = """
    SELECT e.village_id, e.commodity_id, lower(e.main_product), e.kbli,
           count(*), sum(e.workers), count(e.workers), sum(e.annual_turnover)::float8, count(e.annual_turnover),
           count(e.nib), count(*) FILTER (WHERE p.sex = 'P'), count(*) FILTER (WHERE p.sex <> ''),
           count(*) FILTER (WHERE p.birth_year BETWEEN %(year)s - 30 AND %(year)s - 16), count(p.birth_year),
           count(e.start_year), count(*) FILTER (WHERE e.start_year <= %(base)s),
           sum(e.workers) FILTER (WHERE e.start_year IS NOT NULL), sum(e.workers) FILTER (WHERE e.start_year <= %(base)s),
           sum(e.capital)::float8, count(e.capital)
    FROM registry_enterprise e LEFT JOIN registry_person p ON p.id = e.owner_id
    WHERE e.status = 'active' GROUP BY 1, 2, 3, 4
"""
_SUMS: Final[dict[str, type[pl.DataType]]] = {
    "number": pl.Int64, "workers": pl.Int64, "workers_known": pl.Int64, "turnover": pl.Float64, "turnover_known": pl.Int64,
    "nib": pl.Int64, "women": pl.Int64, "sex_known": pl.Int64, "youth": pl.Int64, "age_known": pl.Int64,
    "year_known": pl.Int64, "old": pl.Int64, "workers_dated": pl.Int64, "workers_old": pl.Int64, "capital": pl.Float64,
    "capital_known": pl.Int64,
}  # fmt: skip
_PRODUCTS = """
    WITH held AS (
        SELECT product_id, bool_or(kind IN ('pirt', 'md', 'tr')) AS market, bool_or(kind = 'halal') AS halal,
               bool_or(kind = 'merek') AS mark, bool_or(kind = 'ig') AS ig,
               bool_or(kind IN ('md', 'tr', 'sni')) AS wide
        FROM registry_licence WHERE product_id IS NOT NULL AND (expires_date IS NULL OR expires_date >= %(day)s) GROUP BY 1
    )
    SELECT p.id, p.village_id, p.commodity_id, p.name, p.category, p.stage, p.price::float8, p.unit, p.school_id,
           CASE WHEN o.kind = 'community' THEN p.organization_id END, p.enterprise_id IS NOT NULL, e.nib IS NOT NULL,
           coalesce(h.market, false), coalesce(h.halal, false), coalesce(h.mark, false), coalesce(h.ig, false),
           coalesce(h.wide, false), p.gtin IS NOT NULL
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
_TRAITS = """
    SELECT kind, code, sector, region_code FROM selection_commoditytrait
    WHERE valid_from <= %(day)s AND (valid_until IS NULL OR valid_until > %(day)s)
"""
# A market counts by the newest year in which the village's facilities were recorded at all.
_POINTS = """
    SELECT code, lat, lon, point_quality <> 'exact' FROM registry_region
    WHERE level = 'village' AND valid_until IS NULL ORDER BY code
"""
_MARKETS = """
    SELECT left(r.code, 5), r.lat, r.lon, r.point_quality <> 'exact' FROM registry_villagefacility f
    JOIN registry_region r ON r.code = f.village_id
    WHERE f.kind = 'market' AND f.number > 0 AND f.year <= %(year)s AND r.lat IS NOT NULL
      AND f.year = (SELECT max(g.year) FROM registry_villagefacility g WHERE g.village_id = f.village_id AND g.year <= %(year)s)
    UNION ALL
    SELECT a.region_id, r.lat, r.lon, r.point_quality <> 'exact'
    FROM (SELECT DISTINCT ON (region_id) region_id, word FROM registry_regionattribute
          WHERE key = 'ibu_kota' AND as_of <= %(day)s ORDER BY region_id, as_of DESC) a
    JOIN registry_region r ON r.code = a.word AND r.lat IS NOT NULL AND left(r.code, 5) = a.region_id
"""
_STATE = """
    SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::text FROM pg_stat_user_tables WHERE relname LIKE 'registry_%%'
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """Frames of the registry on a day; see the statements for their columns. `terms` are the parameters beneath `selection`."""

    day: date
    commodities: pl.DataFrame
    villages: pl.DataFrame
    schools: pl.DataFrame
    communities: pl.DataFrame
    potential: pl.DataFrame
    enterprises: pl.DataFrame
    products: pl.DataFrame
    means: pl.DataFrame
    traits: pl.DataFrame
    points: pl.DataFrame
    markets: pl.DataFrame
    steady: pl.DataFrame
    least_producers: int
    terms: Mapping[str, float]
    state: str


def read_facts(day: date) -> Facts:
    """Everything that measures need, as the registry stands; a query for each frame."""
    terms = {key: float(one.number) for key, one in parameters_with_prefix("selection", day).items()}
    base = day.year - int(terms.get("selection.growth.years", 0))
    at: dict[str, date | int] = {"day": day, "year": day.year, "base": base}
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
        enterprises=_by_commodity(
            _frame(_ENTERPRISES, at, {"village": s, "commodity": i, "product": s, "kbli": s} | _SUMS),
            named=_frame(_NAMED, at, {"product": s, "named": i}),
            classed=_frame(_CLASSED, at, {"kbli": s, "classed": i}),
        ),
        products=_frame(
            _PRODUCTS, at,
            {
                "product": i, "village": s, "commodity": i, "label": s, "category": s, "stage": s, "price": f, "unit": s,
                "school": i, "community": i, "of_enterprise": b, "nib": b, "market": b, "halal": b, "mark": b, "ig": b,
                "wide": b, "gtin": b,
            },
        ),
        means=_frame(_MEANS, at, {"village": s, "means": i}),
        traits=_frame(_TRAITS, at, {"kind": s, "code": s, "sector": s, "region": s}),
        points=_frame(_POINTS, at, {"village": s, "lat": f, "lon": f, "rough": b}),
        markets=_frame(_MARKETS, at, {"regency": s, "lat": f, "lon": f, "rough": b}),
        steady=steady_sales(day),
        least_producers=int(parameter_as_at("disclosure.min_producers", day).number),
        terms=terms,
        state=str(_frame(_STATE, at, {"state": s})["state"][0]),
    )  # fmt: skip


def _by_commodity(found: pl.DataFrame, *, named: pl.DataFrame, classed: pl.DataFrame) -> pl.DataFrame:
    """Sums by village and commodity; `open_kbli` is the KBLI of those whose commodity stays open, else empty."""
    known = pl.coalesce("commodity", "named", "classed")
    return (
        found.join(named, on="product", how="left")
        .join(classed, on="kbli", how="left")
        .group_by("village", commodity=known, open_kbli=pl.when(known.is_null()).then("kbli").otherwise(pl.lit("")))
        .agg(pl.col(list(_SUMS)).sum())
    )


def _frame(sql: str, values: Mapping[str, date | int], schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")
