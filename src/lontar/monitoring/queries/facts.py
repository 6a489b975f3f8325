"""What the figures of a quarter are computed from: facts of the registry, consumer prices, definitions and numbers in force.

All of it as at the last day of the quarter, read within the scope that the caller entered. Returns and producers come
from the app beneath.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from lontar.audit.queries import NoParameter, parameter_as_at, parameter_history
from lontar.engines.indicators import SCHEMAS, Definition, Facts, Parameters
from lontar.engines.periods import Quarter
from lontar.monitoring.models import IndicatorDefinition, PriceIndex
from lontar.monitoring.queries.copying import copied
from lontar.priority.models import RuleSet

#: Keys of parameters in the order of `Parameters`' fields.
SALES = ("umkm.sales.micro", "umkm.sales.small", "umkm.sales.medium")
WORKERS = ("imk.workers.micro", "imk.workers.small", "imk.workers.medium")
RUNGS = ("micro.rung.seed", "micro.rung.growing")
_META = tuple(Definition.__slots__)

# The pillar of a product is that of its maker: a school's or a community's; all others belong to the village. Makers are
# looked up for each product (`OFFSET 0` keeps the planner from it): read whole, they are twenty times as many as products.
_PRODUCTS = """
SELECT p.id, coalesce('e' || p.enterprise_id, 'o' || p.organization_id, 's' || p.school_id, 'p' || p.id), p.village_id,
       CASE WHEN p.school_id IS NOT NULL THEN 'school' WHEN o.kind = 'community' THEN 'community' ELSE 'village' END,
       p.category, CASE e.sex WHEN 'P' THEN 'F' WHEN 'L' THEN 'M' ELSE '' END, coalesce(s.stars, 0)
FROM registry_product p
LEFT JOIN registry_organization o ON o.id = p.organization_id
LEFT JOIN LATERAL (
    SELECT m.id, m.status, (SELECT n.sex FROM registry_person n WHERE n.id = m.owner_id) AS sex
    FROM registry_enterprise m WHERE m.id = p.enterprise_id OFFSET 0) e ON true
LEFT JOIN (SELECT product_id, max(stars) AS stars FROM stars_star
           WHERE valid_from < %(until)s AND valid_until >= %(until)s AND (ended_date IS NULL OR ended_date >= %(until)s)
           GROUP BY product_id) s ON s.product_id = p.id
WHERE e.id IS NULL OR e.status = 'active'
ORDER BY p.id
"""
# A licence of an enterprise counts for each of its products. Days are counted from the decree of the unit's flagship.
_LICENCES = """
SELECT p.id, l.kind, f.started, l.issued_date, l.expires_date
FROM registry_licence l
JOIN registry_product p ON p.id = l.product_id OR (l.product_id IS NULL AND p.enterprise_id = l.enterprise_id)
LEFT JOIN registry_organization o ON o.id = p.organization_id
LEFT JOIN (SELECT unit_key, min(valid_from) AS started FROM designation_flagship GROUP BY unit_key) f
       ON f.unit_key = CASE WHEN p.school_id IS NOT NULL THEN 'school:' || p.school_id
                            WHEN o.kind = 'community' THEN 'community:' || p.organization_id
                            ELSE 'village:' || p.village_id END
ORDER BY p.id, l.kind, l.id
"""
_UNITS = """
SELECT u.village, u.pillar, count(*), count(f.unit_key) FROM (
    SELECT code AS village, 'village' AS pillar, 'village:' || code AS key FROM registry_region
    WHERE level = {village_level} AND valid_until IS NULL AND code LIKE %(root)s
    UNION ALL SELECT village_id, 'school', 'school:' || id FROM registry_school
    UNION ALL SELECT village_id, 'community', 'community:' || id FROM registry_organization WHERE kind = 'community') u
LEFT JOIN (SELECT DISTINCT unit_key FROM designation_flagship
           WHERE valid_from < %(until)s AND (valid_until IS NULL OR valid_until >= %(until)s)) f ON f.unit_key = u.key
GROUP BY u.village, u.pillar ORDER BY u.village, u.pillar
"""
_STARS = """
SELECT r.id, max(s.stars) FROM returns_producer r
JOIN registry_product p ON r.enterprise_id = p.enterprise_id OR r.organization_id = p.organization_id
     OR r.school_id = p.school_id
JOIN stars_star s ON s.product_id = p.id AND s.valid_from < %(until)s AND s.valid_until >= %(until)s
     AND (s.ended_date IS NULL OR s.ended_date >= %(until)s)
GROUP BY r.id ORDER BY r.id
"""


def facts_of(quarter: Quarter, *, root: str) -> Facts:
    """Products, licences, units and stars as they stand for a quarter.

    The registry keeps no past of them, except stars and decrees.
    """
    from lontar.registry.states import Level

    units = _UNITS.format(village_level=f"'{Level.VILLAGE.value}'")
    values = {"until": quarter.end, "root": f"{root}%"}
    statements = {"products": _PRODUCTS, "licences": _LICENCES, "units": units, "stars": _STARS}
    found = {name: copied(sql, values, SCHEMAS[name]) for name, sql in statements.items()}
    return Facts(**{name: frame.with_columns(pl.col(pl.String).fill_null("")) for name, frame in found.items()})


def parameters_of(quarter: Quarter) -> Parameters:
    """Numbers in force on the last day of a quarter, or the first ever.

    Raises `NoParameter` naming the first that is not there.
    """
    day = quarter.last_day

    def number(key: str) -> int:
        try:
            return int(parameter_as_at(key, day).number)
        except NoParameter:
            # A quarter before the first value ever: what came first is the best there is, and inputs.json says so.
            known = parameter_history(key)
            if not known:
                raise
            return int(known[-1].number)

    sales, workers, rungs = ([number(key) for key in keys] for keys in (SALES, WORKERS, RUNGS))
    return Parameters(
        least=number("monitoring.least_producers"),
        dominance=number("monitoring.dominance"),
        full_days=number("monitoring.full_days"),
        sales=(sales[0], sales[1], sales[2]),
        workers=(workers[0], workers[1], workers[2]),
        rungs=(rungs[0], rungs[1]),
        required=_required(day),
    )


def _required(day: date) -> dict[str, tuple[str, ...]]:
    rules = RuleSet.objects.as_at(day).order_by("-number").first()
    return {one.category: tuple(sorted(one.kinds)) for one in rules.needs.order_by("category")} if rules else {}


def definitions_of(quarter: Quarter) -> tuple[Definition, ...]:
    """Definitions in force on the last day of a quarter, or the first ones where the quarter is older than all of them."""
    rows = IndicatorDefinition.objects.of_day(quarter.last_day)
    return tuple(Definition(**{name: getattr(one, name) for name in _META}) for one in rows)


def prices_of(first: date, until: date) -> pl.DataFrame:
    """The index of each month of a half-open stretch, from the newest import that holds it: columns month and index."""
    rows = (
        PriceIndex.objects.filter(month__gte=first, month__lt=until).order_by("month", "-series_id").distinct("month")
    )
    found = [(month, float(index)) for month, index in rows.values_list("month", "index")]
    return pl.DataFrame(found, schema={"month": pl.Date, "index": pl.Float64}, orient="row")


__all__ = ["NoParameter", "definitions_of", "facts_of", "parameters_of", "prices_of"]
