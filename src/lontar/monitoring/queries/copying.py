"""Rows of a statement as a frame, by COPY; an empty text is null."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import polars as pl
import psycopg
from django.db import connection


def copied(sql: str, values: Mapping[str, object], schema: Mapping[str, Any]) -> pl.DataFrame:
    """The rows of `sql` with `values` filled in; the columns are those of `schema`, in its order."""
    connection.ensure_connection()
    held = io.BytesIO()
    with psycopg.ClientCursor(connection.connection) as cursor:
        text = f"COPY ({cursor.mogrify(sql, values)}) TO STDOUT (FORMAT csv)"
        with cursor.copy(text) as copy:
            for block in copy:
                held.write(block)
    if not held.tell():
        return pl.DataFrame(schema=dict(schema))
    held.seek(0)
    return pl.read_csv(held, has_header=False, schema=dict(schema))
