"""One row per producer that was asked: what it answered this quarter, the same quarter last year, and in the years
that end with both.

All sums are whole rupiah, persons and days, so that neither the order of rows nor the number of threads matters.
Producers of the comparison group are not of the programme and are left out; so are returns of months for which nobody
asked.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from lontar.engines.indicators.given import Facts, IndicatorError, Parameters
from lontar.engines.periods import Month, Quarter

CHANNELS = ("mart", "catalogue", "marketplace", "fair", "direct", "outside")
OPTIONAL = (
    "quantity", "price_raw", "price_processed", "price_packed", *(f"channel_{one}" for one in CHANNELS),
    "paid_women", "paid_men", "unpaid_women", "unpaid_men", "youth", "worker_days", "material_inside", "material_outside",
)  # fmt: skip
RETURNS = ("producer_id", "month", "turnover", *OPTIONAL)
PRODUCERS = ("producer_id", "village", "pillar", "is_comparison", "category", "sex", "first_month", "until_month")
#: The CPI is kept to four decimals as an integer.
CPI_SCALE = 10_000
YEAR_MONTHS = 12
_WORKERS = "paid_women + paid_men + unpaid_women + unpaid_men"


def window(quarter: Quarter) -> tuple[Month, Month]:
    """The first and the last month whose returns a quarter needs: two years that end with it."""
    last = Month.from_date(quarter.last_day)
    return last.shift(1 - 2 * YEAR_MONTHS), last


def prepare(
    db: duckdb.DuckDBPyConnection,
    quarter: Quarter,
    *,
    returns: pl.DataFrame | Path,
    producers: pl.DataFrame,
    facts: Facts,
    cpi: pl.DataFrame,
    parameters: Parameters,
) -> pl.DataFrame:
    """The panel, sorted by village and producer.

    Raises `IndicatorError` for missing columns, or two returns of one producer and month.
    """
    _bring_in(db, returns=returns, producers=producers, facts=facts)
    _months(db, quarter, cpi)
    db.execute(_ASKED)
    db.execute(_answers("now", quarter))
    db.execute(_answers("before", quarter.same_last_year()))
    first, last = window(quarter)
    middle = first.shift(YEAR_MONTHS)
    db.execute(_YEARS, {"first": first.start, "middle": middle.start, "until": last.end})
    twice = db.execute("SELECT count(*) FROM now JOIN asked USING (producer_id) WHERE months > asked_now").fetchone()
    if twice and twice[0]:
        raise IndicatorError(
            f"Ada {twice[0]} produsen dengan lebih dari satu laporan untuk bulan yang sama di {quarter.label}. "
            "Sisakan satu laporan per produsen per bulan."
        )
    return db.execute(_panel(parameters)).pl()


def _bring_in(
    db: duckdb.DuckDBPyConnection, *, returns: pl.DataFrame | Path, producers: pl.DataFrame, facts: Facts
) -> None:
    if isinstance(returns, Path):
        db.read_parquet(str(returns)).create_view("given")
    else:
        db.register("given", returns)
    held = {row[0] for row in db.execute("DESCRIBE given").fetchall()}
    for name, missing in (
        ("returns", [one for one in RETURNS if one not in held]),
        ("producers", [one for one in PRODUCERS if one not in producers.columns]),
    ):
        if missing:
            raise IndicatorError(
                f"{name}: kolom {', '.join(missing)} tidak ada. Tambahkan kolomnya, isinya boleh kosong."
            )
    db.register("producer_given", producers.select(PRODUCERS))
    db.register("star_given", facts.frames()["stars"])


def _months(db: duckdb.DuckDBPyConnection, quarter: Quarter, cpi: pl.DataFrame) -> None:
    """The table `deflator`: months of both quarters with their index, and the sum of the indices of the base quarter."""
    base = quarter.same_last_year()
    known = dict(zip(cpi["month"].to_list(), cpi["index"].to_list(), strict=True))
    rows = [(month.start, known.get(month.start)) for part in (base, quarter) for month in part.months()]
    scaled = [(day, None if index is None else round(float(index) * CPI_SCALE)) for day, index in rows]
    reference = [index for _day, index in scaled[:3]]
    whole = all(index is not None for _day, index in scaled)
    db.execute("CREATE TABLE deflator (month DATE, index BIGINT, reference BIGINT)")
    total = sum(index or 0 for index in reference) if whole else None
    db.executemany("INSERT INTO deflator VALUES (?, ?, ?)", [(day, index, total) for day, index in scaled])
    db.execute("CREATE TABLE span AS SELECT month, row_number() OVER (ORDER BY month) <= 3 AS is_before FROM deflator")


_ASKED = """
CREATE TABLE asked AS
SELECT p.producer_id,
       p.village, left(p.village, 8) AS district, left(p.village, 5) AS regency, left(p.village, 2) AS province,
       coalesce(nullif(p.pillar, ''), 'unknown') AS pillar, coalesce(nullif(p.category, ''), 'unknown') AS category,
       coalesce(nullif(p.sex, ''), 'unknown') AS sex, coalesce(s.star, 0)::VARCHAR AS star,
       p.first_month, coalesce(p.until_month, DATE '9999-01-01') AS until_month,
       (SELECT count(*) FROM span m WHERE NOT m.is_before AND m.month >= p.first_month
           AND m.month < coalesce(p.until_month, DATE '9999-01-01'))::INTEGER AS asked_now,
       (SELECT count(*) FROM span m WHERE m.is_before AND m.month >= p.first_month
           AND m.month < coalesce(p.until_month, DATE '9999-01-01'))::INTEGER AS asked_before
FROM producer_given p LEFT JOIN star_given s USING (producer_id)
WHERE NOT p.is_comparison
"""


def _answers(name: str, quarter: Quarter) -> str:
    """Sums of a quarter per producer; a block of questions counts in a month only when all of the block is answered."""
    channels = " AND ".join(f"channel_{one} IS NOT NULL" for one in CHANNELS)
    sums = ",\n".join(f"sum(channel_{one}::BIGINT) FILTER ({channels})::BIGINT AS channel_{one}" for one in CHANNELS)
    gaps = " + ".join(f"({one} IS NULL)::INTEGER" for one in OPTIONAL)
    prices = "quantity IS NOT NULL AND price_raw > 0 AND price_processed IS NOT NULL"
    material = "material_inside IS NOT NULL AND material_outside IS NOT NULL"
    start, end = quarter.start, quarter.end
    return f"""
    CREATE TABLE {name} AS
    SELECT r.producer_id, count(*)::INTEGER AS months, sum(turnover::BIGINT)::BIGINT AS turnover,
           sum((turnover::HUGEINT * reference + 3 * index // 2) // (3 * index))::BIGINT AS real_turnover,
           arg_max({_WORKERS}, month)::BIGINT AS persons,
           arg_max(paid_women + paid_men, month) FILTER ({_WORKERS} IS NOT NULL)::BIGINT AS paid,
           arg_max(paid_women + unpaid_women, month) FILTER ({_WORKERS} IS NOT NULL)::BIGINT AS women,
           arg_max(youth, month)::BIGINT AS youth, sum(worker_days)::BIGINT AS days,
           sum(turnover::BIGINT) FILTER ({channels})::BIGINT AS sold, {sums},
           sum(round(quantity * price_processed)::BIGINT) FILTER ({prices})::BIGINT AS at_processed,
           sum(round(quantity * price_raw)::BIGINT) FILTER ({prices})::BIGINT AS at_raw,
           sum(turnover::BIGINT) FILTER ({material})::BIGINT AS output,
           sum(turnover::BIGINT - material_inside::BIGINT - material_outside::BIGINT) FILTER ({material})::BIGINT AS added,
           count(*) * {len(OPTIONAL)} AS questions, sum({gaps})::BIGINT AS gaps
    FROM given r JOIN asked a USING (producer_id) JOIN deflator d USING (month)
    WHERE month >= DATE '{start}' AND month < DATE '{end}' AND month >= first_month AND month < until_month
          AND turnover IS NOT NULL
    GROUP BY r.producer_id
    """  # noqa: S608 - names and days of our own


_YEARS = """
CREATE TABLE years AS
SELECT r.producer_id,
       sum(turnover::BIGINT) FILTER (month >= $middle)::BIGINT AS year_now, count(*) FILTER (month >= $middle) AS months_now,
       sum(turnover::BIGINT) FILTER (month < $middle)::BIGINT AS year_before, count(*) FILTER (month < $middle) AS months_before
FROM given r JOIN asked a USING (producer_id)
WHERE month >= $first AND month < $until AND month >= first_month AND month < until_month AND turnover IS NOT NULL
GROUP BY r.producer_id
"""


def _rank(column: str, bounds: tuple[int, ...]) -> str:
    """The place of a class by inclusive upper bounds, 0 the smallest."""
    cases = " ".join(f"WHEN {column} <= {bound} THEN {place}" for place, bound in enumerate(bounds))
    return f"CASE {cases} ELSE {len(bounds)} END"


def _panel(parameters: Parameters) -> str:
    """The joined table: pairs (y, x) for every figure, null where the producer does not count for it."""
    ladders = {
        "pp": ("year_now", "year_before", parameters.sales),
        "rung": ("year_now", "year_before", (*parameters.rungs, parameters.sales[0])),
        "bps": ("n.persons", "b.persons", parameters.workers),
    }
    twice = {
        "pp": f"months_now = {YEAR_MONTHS} AND months_before = {YEAR_MONTHS}",
        "rung": f"months_now = {YEAR_MONTHS} AND months_before = {YEAR_MONTHS} "
        f"AND least(year_now, year_before) <= {parameters.sales[0]}",
        "bps": "n.persons > 0 AND b.persons > 0",
    }
    steps = ",\n".join(
        f"CASE WHEN {twice[name]} THEN sign({_rank(now, bounds)} - {_rank(before, bounds)})::BIGINT END AS step_{name}, "
        f"CASE WHEN step_{name} IS NOT NULL THEN greatest(step_{name}, 0) END AS up_{name}, "
        f"CASE WHEN step_{name} IS NOT NULL THEN greatest(-step_{name}, 0) END AS down_{name}"
        for name, (now, before, bounds) in ladders.items()
    )
    matched = "n.months = 3 AND b.months = 3"
    return f"""
    SELECT a.*, true AS is_asked, asked_now AS months_asked, coalesce(n.months, 0) AS months_answered,
           n.* EXCLUDE (producer_id, persons, real_turnover),
           n.persons, n.persons - n.paid AS unpaid, n.persons - n.women AS men,
           asked_now = 3 AND asked_before = 3 AS asked_both,
           CASE WHEN {matched} THEN n.turnover END AS panel_now, CASE WHEN {matched} THEN b.turnover END AS panel_before,
           CASE WHEN {matched} THEN n.real_turnover END AS real_now,
           CASE WHEN {matched} THEN b.real_turnover END AS real_before,
           CASE WHEN n.persons IS NOT NULL AND b.persons IS NOT NULL THEN n.persons END AS work_now,
           CASE WHEN n.persons IS NOT NULL AND b.persons IS NOT NULL THEN b.persons END AS work_before,
           1::BIGINT AS one, {steps}
    FROM asked a LEFT JOIN now n USING (producer_id) LEFT JOIN before b USING (producer_id)
    LEFT JOIN years y USING (producer_id)
    WHERE a.asked_now > 0 ORDER BY a.village, a.producer_id
    """  # noqa: S608 - names and bounds of our own
