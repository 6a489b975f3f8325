"""What stands in the database about returns that arrive: producer, month, the return as it is, last month's and last year's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db import connection

from lontar.access.scope import bounds
from lontar.access.statements import kept_statements
from lontar.returns.queries.frames import MONEY, RETURN_COLUMNS
from lontar.returns.rules.schema import PRICES, VALUES

HELD = tuple(f"held_{name}" for name in VALUES)
_SCHEMA: dict[str, Any] = {
    "found_id": pl.Int64, "village_id": pl.String, "usual_unit": pl.String, "category": pl.String, "commodity": pl.String,
    "producer_name": pl.String, "is_asked": pl.Boolean, "period_state": pl.String, "days": pl.Int32,
    "return_id": pl.Int64, "state": pl.String, "version": pl.Int32, "held_key": pl.String, "held_words": pl.String,
    **{f"held_{name}": RETURN_COLUMNS[name] for name in VALUES},
    "last_turnover": pl.Float64, **{f"last_{name}": pl.Float64 for name in PRICES}, "year_turnover": pl.Float64,
}  # fmt: skip


def _held(name: str) -> str:
    if name in MONEY or name in {"turnover", "material_inside", "material_outside"}:
        return f"r.{name}::bigint"
    return f"r.{name}::float8" if name == "quantity" else f"r.{name}"


_SQL = f"""
SELECT p.id, p.village_id, p.unit, p.category, coalesce(c.code, ''), p.name,
       p.from_month <= x.month AND (p.until_month IS NULL OR p.until_month > x.month), t.state,
       (x.month + interval '1 month')::date - x.month, r.id, r.state, r.version, r.client_key::text,
       r.justifications::text, {", ".join(_held(name) for name in VALUES)}, l.turnover::float8,
       {", ".join(f"l.{name}::float8" for name in PRICES)}, y.turnover::float8
FROM unnest(%s::bigint[], %s::date[]) WITH ORDINALITY x (producer_id, month, i)
LEFT JOIN returns_producer p ON p.id = x.producer_id AND p.village_id >= %s AND p.village_id < %s
LEFT JOIN registry_commodity c ON c.id = p.commodity_id
LEFT JOIN returns_period t ON t.kind = 'month' AND t.start = x.month
LEFT JOIN returns_return r ON r.producer_id = p.id AND r.month = x.month
LEFT JOIN returns_return l ON l.producer_id = p.id AND l.month = (x.month - interval '1 month')::date AND l.state <> 'draft'
LEFT JOIN returns_return y ON y.producer_id = p.id AND y.month = (x.month - interval '1 year')::date AND y.state <> 'draft'
ORDER BY x.i
"""  # noqa: S608 - our own names

MANY = "unnest(%s::bigint[], %s::date[]) WITH ORDINALITY x (producer_id, month, i)"
ONE = "(SELECT %s::bigint, %s::date, 1) x (producer_id, month, i)"
"""The pairs asked for, as a source of rows; for one, a source that surely has one row, for a plan that fits every pair."""
_SQL_OF_ONE = _SQL.replace(MANY, ONE)


def known(producer_ids: Sequence[int], months: Sequence[date], *, within: str) -> pl.DataFrame:
    """A row per pair, in their order; null where the producer is not asked within the region or the return is not there."""
    low, high = bounds(within)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [list(producer_ids), list(months), low, high])
        return pl.DataFrame(cursor.fetchall(), schema=_SCHEMA, orient="row")


def known_of_one(producer_id: int, month: date, *, within: str) -> dict[str, Any]:
    """As `known`, of one pair, by name."""
    with kept_statements() as cursor:
        cursor.execute(_SQL_OF_ONE, [producer_id, month, *bounds(within)])
        (row,) = cursor.fetchall()
    return dict(zip(_SCHEMA, row, strict=True))
