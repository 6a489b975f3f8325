"""Writing figures into the database by COPY: those of a closing, and what a restatement changes."""

from __future__ import annotations

import polars as pl
from django.db import connection

from lontar.intake.steps.copying import copy_frame
from lontar.monitoring.models import QuarterRun


def store(run: QuarterRun, figures: pl.DataFrame) -> int:
    """Replace the figures of a closing; how many. Called within the transaction that ends the run."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM monitoring_figure WHERE quarter = %s", [run.quarter])
    copy_frame("monitoring_figure", figures.with_columns(restated=pl.lit(0)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE monitoring_figure")
    return figures.height


def store_changes(run: QuarterRun, changed: pl.DataFrame) -> int:
    """Keep the old numbers of changed figures and put the new ones in force; how many.

    `changed` has the columns of a figure with the new numbers; cells that were not there before are added.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE changed (LIKE monitoring_figure) ON COMMIT DROP")
        cursor.execute("ALTER TABLE changed ALTER id DROP NOT NULL")
        copy_frame("changed", changed.with_columns(restated=pl.lit(run.number)))
        cursor.execute(
            """
            INSERT INTO monitoring_restatedfigure (
                run_id, quarter, indicator, level, region, by, part, value, low, high, numerator, denominator, n, missing,
                status, unit, new_value, new_n, new_status)
            SELECT %s, c.quarter, c.indicator, c.level, c.region, c.by, c.part, f.value, f.low, f.high, f.numerator,
                   f.denominator, f.n, f.missing, coalesce(f.status, 'M'), c.unit, c.value, c.n, c.status
            FROM changed c LEFT JOIN monitoring_figure f USING (quarter, indicator, level, region, by, part)
            """,
            [run.pk],
        )
        cursor.execute(
            "DELETE FROM monitoring_figure f USING changed c WHERE f.quarter = c.quarter AND f.indicator = c.indicator"
            " AND f.region = c.region AND f.by = c.by AND f.part = c.part"
        )
        names = ", ".join(name for name in changed.columns if name != "restated")
        cursor.execute(
            f"INSERT INTO monitoring_figure ({names}, restated) SELECT {names}, restated FROM changed"  # noqa: S608 - our names
        )
        cursor.execute("DROP TABLE changed")
    return changed.height
