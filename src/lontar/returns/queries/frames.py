"""Accepted returns and the producers that were asked, as frames read by COPY: for figures, snapshots and verdicts.

What a reader sees is what its scope lets through (`access.scope`): whoever counts the programme enters its root first.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import psycopg
from django.db import connection
from django.db.models import Sum

from lontar.access.scope import acting_in, region_seen
from lontar.engines.periods import Month
from lontar.returns.models import ReturnTally

AT_ONCE = 6  # months that one statement reads; more are read by two beside one another

MONEY = (
    "price_raw", "price_processed", "price_packed", "channel_mart", "channel_catalogue", "channel_marketplace",
    "channel_fair", "channel_direct", "channel_outside",
)  # fmt: skip
WORKERS = ("paid_women", "paid_men", "unpaid_women", "unpaid_men", "youth", "worker_days")

RETURN_COLUMNS: Mapping[str, pl.DataType] = {
    "producer_id": pl.Int64(), "month": pl.Date(), "turnover": pl.Int64(), "quantity": pl.Float64(),
    "unit": pl.String(), **dict.fromkeys(MONEY, pl.Int64()), **dict.fromkeys(WORKERS, pl.Int32()),
    "material_inside": pl.Int64(), "material_outside": pl.Int64(), "problems": pl.String(),
}  # fmt: skip
"""The columns of a return in database, frames, workbook and API; all but the first three may be null."""

PRODUCER_COLUMNS: Mapping[str, pl.DataType] = {
    "producer_id": pl.Int64(), "maker": pl.String(), "maker_id": pl.Int64(), "village": pl.String(),
    "unit_key": pl.String(), "pillar": pl.String(), "is_comparison": pl.Boolean(), "category": pl.String(),
    "commodity": pl.String(), "sex": pl.String(), "first_month": pl.Date(), "until_month": pl.Date(),
    "designated_from": pl.Date(),
}  # fmt: skip

_ATTRIBUTES = (
    "producer_id", "village", "unit_key", "pillar", "is_comparison", "category", "commodity", "maker", "maker_id", "sex",
)  # fmt: skip
_AT = pl.Datetime("us", "UTC")
_RETURNS = """
SELECT r.producer_id, r.month, r.turnover, r.quantity, nullif(r.unit, '') AS unit, {values},
       r.material_inside, r.material_outside, nullif(r.problems, '') AS problems, r.id AS return_id,
       r.submitted_at AT TIME ZONE 'UTC' AS submitted_at, r.accepted_at AT TIME ZONE 'UTC' AS accepted_at
FROM returns_return r
WHERE r.state = 'accepted' AND r.month >= %(first)s AND r.month <= %(last)s
"""
_RESTATED = " AND r.restated_at IS NOT NULL"
_PRODUCERS = """
SELECT p.id, p.maker, coalesce(p.enterprise_id, p.organization_id, p.school_id), p.village_id,
       p.unit_key, split_part(p.unit_key, ':', 1), p.unit_key = '', p.category, coalesce(c.code, ''),
       CASE n.sex WHEN 'P' THEN 'F' WHEN 'L' THEN 'M' ELSE '' END, p.from_month, p.until_month,
       coalesce(p.designated_from, f.designated_from)
FROM returns_producer p
LEFT JOIN registry_commodity c ON c.id = p.commodity_id
LEFT JOIN registry_enterprise e ON e.id = p.enterprise_id
LEFT JOIN registry_person n ON n.id = e.owner_id
LEFT JOIN (SELECT unit_key, min(valid_from) AS designated_from FROM designation_flagship GROUP BY unit_key) f
       ON f.unit_key = p.unit_key
WHERE p.from_month <= %(last)s AND (p.until_month IS NULL OR p.until_month > %(first)s)
ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What `accepted` gave before, as a Parquet file; every month of it up to `through` is closed."""

    path: Path
    through: Month


def accepted(first: Month, last: Month, *, kept: Kept | None = None) -> pl.DataFrame:
    """Accepted returns of the months from `first` to `last`, both inside, whether closed or not; by month and producer.

    `RETURN_COLUMNS` (rupiah and persons as whole numbers, quantity in `unit`), then `return_id, village, unit_key, pillar,
    is_comparison, category, commodity, maker, maker_id, sex` of the producer and `submitted_at, accepted_at` (UTC).

    With `kept` its months are read from there and only what was ever restated in them from the database: nothing else that
    was accepted changes. Where a month does not hold as many returns as the database counts, all is read anew.
    """
    rows = _partly_kept(first, last, kept) if kept is not None else None
    if rows is None:
        rows = _stored(first, last)
    about = _producers(date.min, date.max).select(_ATTRIBUTES)
    joined = rows.join(about, on="producer_id", how="left", maintain_order="left")
    return joined.select(*RETURN_COLUMNS, "return_id", *_ATTRIBUTES[1:], "submitted_at", "accepted_at")


def _stored(first: Month, last: Month, *, restated: bool = False) -> pl.DataFrame:
    """Accepted returns as the database has them, or only those restated."""
    sql = _RETURNS.format(values=", ".join(f"r.{name}" for name in (*MONEY, *WORKERS))) + (
        _RESTATED if restated else ""
    )
    schema = {**RETURN_COLUMNS, "return_id": pl.Int64(), "submitted_at": pl.String(), "accepted_at": pl.String()}
    whole = {"first": first.start, "last": last.start}
    months = list(first.until(last.shift(1)))
    if len(months) <= AT_ONCE or restated or connection.in_atomic_block:
        rows = _copied(sql, whole, schema)
    else:  # half of the months over a connection of its own, because one process of the database writes as fast as one core
        middle = months[len(months) // 2]
        region = region_seen()
        with ThreadPoolExecutor(1) as beside:
            later = beside.submit(_copied_beside, region, sql, whole | {"first": middle.start}, schema)
            rows = pl.concat([_copied(sql, whole | {"last": middle.shift(-1).start}, schema), later.result()])
    at = [
        pl.col(name).str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", time_zone="UTC")
        for name in ("submitted_at", "accepted_at")
    ]
    # Sorted here: millions of wide rows would be sorted on the database's disk.
    return rows.with_columns(at).sort("month", "producer_id")


def _partly_kept(first: Month, last: Month, kept: Kept) -> pl.DataFrame | None:
    """The same with the closed months from the file; None where the file and the database do not count the same."""
    names = (*RETURN_COLUMNS, "return_id", "submitted_at", "accepted_at")
    until = min(kept.through, last)
    closed = (
        pl.scan_parquet(kept.path)
        .filter(pl.col("month").is_between(pl.lit(first.start), pl.lit(until.start)))
        .select(names)
        .collect()
    )
    anew = _stored(first, until, restated=True).select(names)
    if anew.height:
        others = closed.join(anew, on=("producer_id", "month"), how="anti", maintain_order="left")
        closed = pl.concat([others, anew]).sort("month", "producer_id")
    counted = ReturnTally.objects.filter(month__gte=first.start, month__lte=until.start).order_by()
    wanted = {
        month: number for month, number in counted.values_list("month").annotate(n=Sum("accepted")).values_list("month", "n")
        if number
    }  # fmt: skip
    if dict(closed.group_by("month").len().iter_rows()) != wanted:
        return None
    return closed if until == last else pl.concat([closed, _stored(until.shift(1), last).select(names)])


def producers(first: Month, last: Month) -> pl.DataFrame:
    """Who was asked in any month from `first` to `last`, both inside, by number: `PRODUCER_COLUMNS`.

    `first_month` and `until_month` (null: still asked) are half-open; `designated_from` is since when the unit has a
    flagship, null for the comparison group and for units without one.
    """
    return _producers(first.start, last.start)


def every_producer() -> pl.DataFrame:
    """`PRODUCER_COLUMNS` and `unit`, the usual unit of quantity, of everybody who was ever asked."""
    units = _copied("SELECT id, unit FROM returns_producer", {}, {"producer_id": pl.Int64(), "unit": pl.String()})
    return _producers(date.min, date.max).join(units, on="producer_id", how="left", maintain_order="left")


def _producers(first: date, last: date) -> pl.DataFrame:
    frame = _copied(_PRODUCERS, {"first": first, "last": last}, {**PRODUCER_COLUMNS, "is_comparison": pl.String()})
    words = ("unit_key", "pillar", "commodity", "sex")
    return frame.with_columns(pl.col("is_comparison") == "t", *(pl.col(name).fill_null("") for name in words))


def _copied_beside(
    region: str, sql: str, values: Mapping[str, object], schema: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    """The same over this thread's own connection, which sees the same rows and is closed again."""
    try:
        with acting_in(region):
            return _copied(sql, values, schema)
    finally:
        connection.close()


def _copied(sql: str, values: Mapping[str, object], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The rows of a statement, by COPY; an empty text is null."""
    connection.ensure_connection()
    held = io.BytesIO()
    with psycopg.ClientCursor(connection.connection) as cursor:
        text = f"COPY ({cursor.mogrify(sql, values)}) TO STDOUT (FORMAT csv)"
        with cursor.copy(text) as copy:
            for block in copy:
                held.write(block)
    if not held.tell():
        return pl.DataFrame(schema=schema)
    held.seek(0)
    return pl.read_csv(held, has_header=False, schema=schema)
