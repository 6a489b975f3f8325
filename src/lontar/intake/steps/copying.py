"""Frames into tables by COPY: one stream of CSV, no row passes through Python."""

from __future__ import annotations

import polars as pl
from django.db import connection
from psycopg import sql


def hexed(series: pl.Series) -> pl.Series:
    """Bytes as PostgreSQL reads them from text: `\\x…`; null stays null."""
    return pl.DataFrame({"b": series}).select(("\\x" + pl.col("b").bin.encode("hex")).alias(series.name)).to_series()


def copy_frame(table: str, frame: pl.DataFrame) -> None:
    """Append `frame` to `table`; the columns are those of the frame. Null is NULL, an empty text stays an empty text."""
    if not frame.height:
        return
    binary = [name for name, kind in frame.schema.items() if kind == pl.Binary]
    frame = frame.with_columns(hexed(frame[name]).alias(name) for name in binary)
    statement = sql.SQL("COPY {} ({}) FROM STDIN WITH (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, frame.columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(frame.write_csv(include_header=False).encode())
