"""Loading a whole frame of accepted returns by COPY: for the demo, for benches, and for what came from another system."""

from __future__ import annotations

from datetime import datetime

import polars as pl
from django.conf import settings
from django.db import connection

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.intake.steps.copying import copy_frame
from lontar.returns import policies
from lontar.returns.queries import frames
from lontar.returns.rules.schema import VERSION
from lontar.returns.states import Act, Channel, ReturnState

_CHUNK = 200_000


class UnknownProducers(ValueError):
    """A frame speaks of producers that nobody asked; the message names the first."""


def receive_frame(
    frame: pl.DataFrame,
    *,
    state: ReturnState = ReturnState.ACCEPTED,
    by: User | None,
    post: Post | None,
    at: datetime,
) -> int:
    """Write a frame with `frames.RETURN_COLUMNS` (those that are missing are unknown) as returns of one state; how many.

    The rows are taken as they are: only the database checks them. Their months must be open, and none of them may stand
    there yet. A return is taken to be submitted on the fifth of the month after it, or at `at` where that is earlier.
    `post` is None for jobs of the house. Raises `UnknownProducers`.
    """
    if post is not None:
        policies.check_accept_region(post, settings.PROGRAMME_ROOT)
    with recorded(Act.LOADED, by=by, at=at, post=post, number=frame.height):
        known = frames.every_producer().select("producer_id", "village", "unit")
        for start in range(0, frame.height, _CHUNK):
            _write(_rows(frame.slice(start, _CHUNK), known, state=state, at=at))
    return frame.height


def _write(rows: pl.DataFrame) -> None:
    """By way of a table of its own: COPY does not go through the wall."""
    names = ", ".join(rows.columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE returns_in ON COMMIT DROP AS SELECT {names} FROM returns_return WITH NO DATA"  # noqa: S608 - our names
        )
        copy_frame("returns_in", rows)
        cursor.execute(f"INSERT INTO returns_return ({names}) SELECT {names} FROM returns_in")  # noqa: S608 - our names
        cursor.execute("DROP TABLE returns_in")


def _rows(frame: pl.DataFrame, known: pl.DataFrame, *, state: ReturnState, at: datetime) -> pl.DataFrame:
    """The columns of the table."""
    absent = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in frames.RETURN_COLUMNS.items()
        if name not in frame.columns
    ]
    given = frame.with_columns(absent).select(
        pl.col(name).cast(kind, strict=True) for name, kind in frames.RETURN_COLUMNS.items()
    )
    joined = given.join(known.rename({"unit": "usual"}), on="producer_id", how="left", maintain_order="left")
    strange = joined.filter(pl.col("village").is_null())
    if strange.height:
        raise UnknownProducers(f"Produsen {strange['producer_id'][0]} tidak terdaftar; daftarkan dahulu.")
    sent = pl.min_horizontal(pl.col("month").dt.offset_by("1mo4d").cast(pl.Datetime("us", "UTC")), pl.lit(at))
    text = sent.dt.strftime("%Y-%m-%d %H:%M:%S%.6f+00")
    accepted = state == ReturnState.ACCEPTED
    nothing = pl.lit(None, dtype=pl.String)
    return joined.with_columns(
        unit=pl.coalesce("unit", pl.when(pl.col("quantity").is_not_null()).then("usual"), pl.lit("")),
        problems=pl.col("problems").fill_null(""),
    ).select(
        *frames.RETURN_COLUMNS, pl.col("village").alias("village_id"), pl.lit(state.value).alias("state"),
        pl.lit(VERSION).alias("schema_version"), pl.lit(Channel.BULK.value).alias("channel"),
        pl.lit(1).alias("version"), pl.lit("{}").alias("flags"), pl.lit("{}").alias("justifications"),
        pl.lit(at.isoformat()).alias("changed_at"), pl.lit("").alias("restated_words"),
        (nothing if state == ReturnState.DRAFT else text).alias("submitted_at"),
        (text if accepted or state == ReturnState.VERIFIED else nothing).alias("verified_at"),
        (text if accepted else nothing).alias("accepted_at"),
    )  # fmt: skip
