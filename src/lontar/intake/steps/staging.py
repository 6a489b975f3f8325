"""A chunk as a temporary table: made from the frame, matched and merged by SQL, read back as outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
from django.db import connection

from lontar.intake.steps.copying import copy_frame

RESULT_SCHEMA = pl.Schema(
    {"ord": pl.Int64(), "outcome": pl.Int16(), "target_id": pl.Int64(), "refusal": pl.String(), "detail": pl.String()}
)
_MARKS = "target_id bigint, is_new boolean DEFAULT false, is_changed boolean DEFAULT false, refusal text, detail text"
_RESULT = """
SELECT ord, CASE WHEN refusal IS NOT NULL THEN 4 WHEN is_new THEN 1 WHEN is_changed THEN 2 ELSE 3 END,
       CASE WHEN refusal IS NULL THEN target_id END, refusal, detail
FROM stage ORDER BY ord
"""


def next_id(table: str) -> str:
    """SQL for the next number of `table`; its sequence is looked up once for a statement, not for each row."""
    return f"nextval((SELECT pg_get_serial_sequence('{table}', 'id')::regclass))"


def run_stage(
    rows: pl.DataFrame,
    *,
    columns: Mapping[str, str],
    steps: Sequence[str],
    given: Mapping[str, int | str | date | None],
    extra: str = "",
    analyze: Sequence[str] = (),
) -> pl.DataFrame:
    """Make the table `stage` with `columns` (name → SQL type), fill it from `rows`, run `steps`, return the outcomes.

    Every stage has ord, sheet_no, row_no, row_hash and the marks target_id, is_new, is_changed, refusal, detail that the
    steps set. A column `origin` in `rows` is the id that a row went to when it was sent before: its target from the start.
    `analyze` are the columns by which the steps compare, all when not given. Runs inside the caller's transaction; the table
    goes with it.
    """
    declared = {
        "ord": "integer PRIMARY KEY",
        "sheet_no": "smallint",
        "row_no": "integer",
        "row_hash": "bytea",
        **columns,
    }
    body = ", ".join(f"{name} {kind}" for name, kind in declared.items())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.stage, pg_temp.owned")  # of a chunk before in the same transaction
        cursor.execute(f"CREATE TEMP TABLE stage ({body}, {_MARKS}{extra and ', ' + extra}) ON COMMIT DROP")
        known = [pl.col("origin").alias("target_id")] if "origin" in rows.columns else []
        copy_frame("stage", rows.select(*declared, *known))
        cursor.execute(f"ANALYZE stage ({', '.join(analyze or declared)})")
        for step in steps:
            cursor.execute(step, given)
        cursor.execute(_RESULT)
        result = cursor.fetchall()
    return pl.DataFrame(result, schema=RESULT_SCHEMA, orient="row")


def _same(name: str) -> str:
    """Equality that an index or a hash can serve; the holders of goods, which may be absent, are compared as 0."""
    if name in {"enterprise_id", "product_id"}:
        return f"coalesce(t.{name}, 0) = coalesce(s.{name}, 0)"
    return f"t.{name} = s.{name}"


def merge_sql(
    table: str, *, key: Sequence[str], fields: Sequence[str], required: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Steps that match `stage` to `table` by `key`, insert what is new and update what differs.

    `fields` are taken when given; a blank leaves what is known. `required` gives an SQL expression for columns that must
    not be null on insert. Rows that already have a target_id are matched already.
    """
    fallback = dict(required or {})
    every = [*key, *(name for name in fields if name not in key)]
    condition = " AND ".join(_same(name) for name in key)
    values = ", ".join(f"coalesce(s.{name}, {fallback[name]})" if name in fallback else f"s.{name}" for name in every)
    sets = ", ".join(f"{name} = coalesce(s.{name}, t.{name})" for name in fields)
    differs = " OR ".join(f"(s.{name} IS NOT NULL AND s.{name} IS DISTINCT FROM t.{name})" for name in fields)
    first = ", ".join(f"s.{name}" for name in key)
    return (
        f"UPDATE stage s SET target_id = t.id FROM {table} t "
        f"WHERE s.target_id IS NULL AND s.refusal IS NULL AND {condition}",
        # the first row of each key is new; later rows of the same chunk join it and change what they say otherwise
        f"WITH fresh AS (SELECT DISTINCT ON ({first}) s.ord FROM stage s "
        f"WHERE s.target_id IS NULL AND s.refusal IS NULL ORDER BY {first}, s.ord) "
        f"UPDATE stage s SET is_new = true, target_id = {next_id(table)} "
        "FROM fresh f WHERE f.ord = s.ord",
        f"INSERT INTO {table} (id, {', '.join(every)}, source_agency_id, source_batch, source_row, recorded_at) "
        f"SELECT s.target_id, {values}, %(agency)s, %(batch)s, s.row_no, %(at)s FROM stage s WHERE s.is_new ORDER BY s.ord",
        f"UPDATE stage s SET target_id = t.id FROM {table} t "
        f"WHERE s.target_id IS NULL AND s.refusal IS NULL AND {condition}",
        f"WITH last AS (SELECT DISTINCT ON (s.target_id) s.* FROM stage s "
        "WHERE NOT s.is_new AND s.refusal IS NULL AND s.target_id IS NOT NULL ORDER BY s.target_id, s.ord DESC), "
        f"changed AS (UPDATE {table} t SET {sets}, source_agency_id = %(agency)s, source_batch = %(batch)s, "
        f"source_row = s.row_no, recorded_at = %(at)s FROM last s WHERE t.id = s.target_id AND ({differs}) RETURNING t.id) "
        "UPDATE stage s SET is_changed = true FROM changed c WHERE c.id = s.target_id AND NOT s.is_new",
    )
