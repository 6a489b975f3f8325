"""Long lists as SQL: one declaration of columns gives the page, the exact count and the streamed CSV of the same rows.

Written by hand and not through the ORM, because these are the hot paths: a page is one short statement whose literals the
planner sees, and a CSV is what PostgreSQL itself writes (COPY), in constant memory. What may be seen is the wall's and the
caller's matter; which filters exist is said in the modules beside this one.
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import orjson
import psycopg
from django.db import DataError, connection

BLOCK = 65_536
_ESTIMATE_SECONDS = 60
_estimates: dict[tuple[str, str], tuple[float, float]] = {}
_LEADS = "'=', '+', '-', '@', chr(9), chr(13)"


@dataclass(frozen=True, slots=True)
class Field:
    """A column as sent: its name, its SQL over the row alias `r`, and whether people typed it (guarded in CSV)."""

    name: str
    sql: str
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A sort: one SQL expression that is never NULL, then the key; `key` is unique."""

    sql: str
    key: str = "r.id"


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of `table` with their columns and the sorts that an index serves."""

    table: str
    fields: tuple[Field, ...]
    orders: Mapping[str, Order]

    @property
    def names(self) -> list[str]:
        """The names of the columns, in their order."""
        return [column.name for column in self.fields]


@dataclass(slots=True)
class Where:
    """Conditions joined by AND, with their values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, sql: str, *values: object) -> None:
        """One more condition; `%s` stands for each value."""
        self.parts.append(sql)
        self.values.extend(values)

    def add_region(self, column: str, bounds: tuple[str, str]) -> None:
        """Only rows whose region code in `column` lies in the half-open range."""
        self.add(f"{column} >= %s AND {column} < %s", *bounds)

    @property
    def sql(self) -> str:
        """The clause, or nothing."""
        return f" WHERE {' AND '.join(self.parts)}" if self.parts else ""


class Plan(Enum):
    """How to reach the rows of a page: along the sort's index until it is full, or gathered first and sorted then."""

    WALK = "walk"
    GATHER = "gather"


class BadCursor(ValueError):
    """A place in a list that this list never gave out."""


def pack_cursor(value: object, key: object) -> str:
    """The place after a row, as a word for an address."""
    return base64.urlsafe_b64encode(orjson.dumps([str(value), key])).decode().rstrip("=")


def unpack_cursor(word: str) -> tuple[str, int | str]:
    """The value and key that `pack_cursor` put in; raises `BadCursor` for any other word."""
    try:
        value, key = orjson.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (ValueError, TypeError, binascii.Error) as problem:
        raise BadCursor(word) from problem
    if not isinstance(value, str) or not isinstance(key, int | str) or isinstance(key, bool):
        raise BadCursor(word)
    return value, key


def parse_sort(listing: Listing, sort: str) -> tuple[Order, bool]:
    """The order of `name` or `-name` and whether it falls; raises KeyError for a name the list does not sort by."""
    return listing.orders[sort.removeprefix("-")], sort.startswith("-")


def select_page(
    listing: Listing, where: Where, *, sort: str, limit: int, offset: int = 0, plan: Plan = Plan.WALK
) -> list[dict[str, Any]]:
    """Rows `offset` … `offset + limit` as dictionaries by column name."""
    order, falls = parse_sort(listing, sort)
    ordered = _ordered(order, falls=falls)
    sql = (
        f"SELECT {_columns(listing)} FROM (SELECT r.* FROM {_source(listing, where, plan)} ORDER BY {ordered}"  # noqa: S608 - declared columns, bound values
        f" LIMIT %s OFFSET %s) r ORDER BY {ordered}"
    )
    return _rows(listing, sql, values=[*where.values, limit, offset])


def select_after(
    listing: Listing,
    where: Where,
    *,
    sort: str,
    limit: int,
    cursor: str = "",
    backwards: str = "",
    plan: Plan = Plan.WALK,
) -> list[dict[str, Any]]:
    """The `limit` rows after `cursor`, or before `backwards`, in the order of `sort`, however deep in the list.

    Raises `BadCursor` for a word that no page of this sort gave.
    """
    order, falls = parse_sort(listing, sort)
    turned = bool(backwards)
    word = backwards or cursor
    after, place = "", []
    if word:
        sign = "<" if falls is not turned else ">"
        after, place = f" WHERE ({order.sql}, {order.key}) {sign} (%s, %s)", list(unpack_cursor(word))
    if after and plan is Plan.WALK and where.parts:
        after = after.replace(" WHERE ", " AND ", 1)
    sql = (
        f"SELECT {_columns(listing)} FROM (SELECT r.* FROM {_source(listing, where, plan)}{after}"  # noqa: S608 - as above
        f" ORDER BY {_ordered(order, falls=falls is not turned)} LIMIT %s) r ORDER BY {_ordered(order, falls=falls)}"
    )
    try:
        return _rows(listing, sql, values=[*where.values, *place, limit])
    except DataError as problem:  # a place of another sort: a name where a sum of money is compared
        raise BadCursor(word) from problem


def select_counted(
    listing: Listing, where: Where, *, sort: str, limit: int, offset: int = 0
) -> tuple[list[dict[str, Any]], int]:
    """The page and the count of all in one pass over what is found; for searches whose count nobody knows yet."""
    order, falls = parse_sort(listing, sort)
    way = " DESC" if falls else ""
    sql = (
        f"WITH hits AS MATERIALIZED (SELECT {order.sql} AS sorted, {order.key} AS key FROM {listing.table} r{where.sql}),"  # noqa: S608 - as above
        f" page AS (SELECT sorted, key FROM hits ORDER BY sorted{way}, key{way} LIMIT %s OFFSET %s)"
        f" SELECT {_columns(listing)}, (SELECT count(*) FROM hits) FROM page JOIN {listing.table} r ON {order.key} = page.key"
        f" ORDER BY page.sorted{way}, page.key{way}"
    )
    names = listing.names
    with connection.cursor() as cursor:
        cursor.execute(sql, [*where.values, limit, offset])
        found = cursor.fetchall()
    if not found:  # beyond the end, or nothing at all
        return [], count(listing, where) if offset else 0
    return [dict(zip(names, row[:-1], strict=True)) for row in found], int(found[0][-1])


def _source(listing: Listing, where: Where, plan: Plan) -> str:
    """The rows to page through. OFFSET 0 keeps the planner from mixing the search for rows with their order."""
    if plan is Plan.GATHER:
        return f"(SELECT r.* FROM {listing.table} r{where.sql} OFFSET 0) r"  # noqa: S608 - as above
    return f"{listing.table} r{where.sql}"


def count(listing: Listing, where: Where) -> int:
    """How many rows there are, counted."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {listing.table} r{where.sql}", where.values)  # noqa: S608 - as above
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def estimated_rows(table: str) -> float:
    """About how many rows a table has, as the last ANALYZE counted them, asked once a minute; −1 before the first."""
    key = (str(connection.settings_dict["NAME"]), table)
    asked_at, number = _estimates.get(key, (float("-inf"), -1.0))
    if time.monotonic() < asked_at + _ESTIMATE_SECONDS:
        return number
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        found = cursor.fetchone()
    number = float(found[0]) if found else -1.0
    _estimates[key] = (time.monotonic(), number)
    return number


def stream_csv(listing: Listing, where: Where, *, sort: str) -> Iterator[bytes]:
    """All rows as CSV (UTF-8, CRLF, header), in blocks; text that a spreadsheet would run as a formula gets an apostrophe.

    The connection is busy until the iterator ends or is closed; closing it early cancels the statement.
    """
    order, falls = parse_sort(listing, sort)
    columns = ", ".join(f"{_guarded(column)} AS {column.name}" for column in listing.fields)
    inner = f"SELECT {columns} FROM {listing.table} r{where.sql} ORDER BY {_ordered(order, falls=falls)}"  # noqa: S608 - as above
    connection.ensure_connection()
    raw = connection.connection
    with psycopg.ClientCursor(raw) as cursor:
        sql = f"COPY ({cursor.mogrify(inner, where.values)}) TO STDOUT (FORMAT csv)"
        yield _header(listing.names)
        with cursor.copy(sql) as copied:
            yield from _blocks(copied)


def _blocks(rows: Iterator[bytes] | Any) -> Iterator[bytes]:
    held = bytearray()
    for row in rows:
        held += bytes(row)[:-1] + b"\r\n"
        if len(held) >= BLOCK:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _header(names: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(names)
    return text.getvalue().encode()


def _guarded(column: Field) -> str:
    if not column.is_text:
        return column.sql
    return f"CASE WHEN left({column.sql}, 1) IN ({_LEADS}) THEN '''' || {column.sql} ELSE {column.sql} END"


def _columns(listing: Listing) -> str:
    return ", ".join(f"{column.sql} AS {column.name}" for column in listing.fields)


def _ordered(order: Order, *, falls: bool) -> str:
    way = " DESC" if falls else ""
    return f"{order.key}{way}" if order.sql == order.key else f"{order.sql}{way}, {order.key}{way}"


def _rows(listing: Listing, sql: str, *, values: Sequence[Any]) -> list[dict[str, Any]]:
    names = listing.names
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
