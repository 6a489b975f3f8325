"""Statements that the database plans once per connection, for paths where planning costs more than running.

A name of its own beside the module names of the house: the scope, the trail and the hot paths of the apps above use it.
Ordinary reads and writes stay with Django, whose cursors send each statement as text to be planned anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection


class Kept(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor whose statements are prepared at their first use: planned once, kept with the connection."""

    def execute(self, query: Any, params: Any = None, **over: Any) -> Kept:
        """As psycopg's own. Django switches preparing off for its connections, which would win over asking for it."""
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **over)
        finally:
            self.connection.prepare_threshold = None
            if connection.queries_logged:  # whoever counts queries counts these
                connection.queries_log.append({"sql": query, "time": "0"})


def kept_cursor() -> Kept:
    """Such a cursor on the present connection, which is there; errors are psycopg's."""
    return Kept(connection.connection)


@contextmanager
def kept_statements() -> Iterator[Kept]:
    """A cursor for statements that are the same every time but for their values; errors are Django's.

    The text must be constant: each text is kept for the life of the connection (at most a hundred of them).
    """
    connection.validate_no_broken_transaction()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors, kept_cursor() as cursor:
        yield cursor
