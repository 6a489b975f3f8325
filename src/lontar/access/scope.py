"""The second wall: tells PostgreSQL which rows this connection may see, for row-level security.

A scope is a half-open range of region codes in byte order: `53.12` covers 53.12 itself and every code beneath it. With no
scope set, protected tables show no rows at all. `scope` is an addition to the module names of the house because the wall
is neither a policy (who may) nor a query.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from lontar.access.statements import kept_cursor, kept_statements

NOWHERE = ("", "")


def bounds(region_code: str) -> tuple[str, str]:
    """The half-open range of codes at or beneath `region_code`; an empty code covers nothing.

    `/` follows `.` in byte order, so `53.12` ≤ code < `53.12/` holds `53.12` and `53.12.*` and never `53.120`.
    """
    return (region_code, region_code + "/") if region_code else NOWHERE


def enter(region_code: str) -> None:
    """Let this connection see the rows of `region_code` and beneath, until changed; "" closes it.

    Costs nothing when the connection has this scope already, so that a public page for a visitor needs no database at all:
    a new connection is closed. Inside a transaction nothing is taken for granted, for a rollback takes a setting back.
    """
    if not connection.in_atomic_block and _known() == bounds(region_code)[0]:
        return
    if not _entered_by_check(region_code):
        with kept_statements() as cursor:
            cursor.execute(_ENTER, bounds(region_code))
    note_entered(region_code)


def note_entered(region_code: str) -> None:
    """Remember the scope that a statement has set by `ENTER_FOUND`."""
    setattr(connection.connection, _MARK, None if connection.in_atomic_block else bounds(region_code)[0])


_MARK = "lontar_scope"
_ENTER = "SELECT set_config('lontar.scope_low', %s, false), set_config('lontar.scope_high', %s, false)"
ENTER_FOUND = """set_config('lontar.scope_low', coalesce({code}, ''), false),
set_config('lontar.scope_high', coalesce({code} || '/', ''), false)"""
"""The same as part of a statement that finds the region `{code}`; null closes the scope. `note_entered` must follow."""


def _entered_by_check(region_code: str) -> bool:
    """Whether a kept connection that this request did not use yet lives and took the scope: one question for both."""
    is_asked = connection.health_check_done  # type: ignore[attr-defined]  # Django's own, missing in the stubs
    if connection.connection is None or connection.in_atomic_block or is_asked:
        return False
    try:
        with kept_cursor() as cursor:
            cursor.execute(_ENTER, bounds(region_code))
    except psycopg.Error:
        connection.close()
        return False
    connection.health_check_done = True  # type: ignore[attr-defined]  # as above
    return True


def _known() -> str | None:
    """The scope that the present connection surely has; None when that is unsure. No connection yet: closed."""
    present = connection.connection
    known: str | None = getattr(present, _MARK, "") if present is not None else ""
    return known


@contextmanager
def acting_in(region_code: str) -> Iterator[None]:
    """Within the block, see the rows of `region_code` and beneath; afterwards the scope of before."""
    before = region_seen()
    enter(region_code)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            enter(before)


def region_seen() -> str:
    """The region whose rows this connection sees, asked of the database; "" where it sees none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lontar.scope_low', true)")
        row = cursor.fetchone()
    return (row and row[0]) or ""


_LOW = "(SELECT current_setting('lontar.scope_low', true))"
_HIGH = "(SELECT current_setting('lontar.scope_high', true))"


def protect_sql(table: str, column: str, *, last: str = "") -> str:
    """SQL that puts `table` behind the wall: only rows whose region code in `column` lies within the scope.

    Where a row belongs to two regions, `column` holds the lesser code and `last` the greater: both lie within.

    The owner of the tables (migrations, foreign-key checks, public views) passes by a policy of its own, because forced
    row-level security binds owners too.
    """
    return f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY within_scope ON {table} USING ({column} >= {_LOW} AND {last or column} < {_HIGH});
        CREATE POLICY owner_passes ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
    """


def protect_writes_sql(table: str, column: str) -> str:
    """As `protect_sql`, for programme data that everyone may read: only writing is bound to the scope."""
    return f"{protect_sql(table, column)} CREATE POLICY open_to_read ON {table} FOR SELECT USING (true);"


def unprotect_sql(table: str) -> str:
    """Undoes `protect_sql` and `protect_writes_sql`."""
    return f"""
        DROP POLICY IF EXISTS open_to_read ON {table};
        DROP POLICY owner_passes ON {table};
        DROP POLICY within_scope ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
