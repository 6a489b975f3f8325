"""What became of the rows of a chunk and what was found in them, written beside the rows' own change in one transaction.

A first run appends; looking again at waiting rows replaces what stood there; a correction sent in another batch settles
the row that it corrects.
"""

from __future__ import annotations

import polars as pl
from django.db import connection
from django.db.models import F

from lontar.intake import queries
from lontar.intake.datasets import DATASETS, Dataset
from lontar.intake.models import Batch
from lontar.intake.states import Outcome
from lontar.intake.steps import apply, reading
from lontar.intake.steps.copying import copy_frame

_ROW = ("sheet_no", "row_no", "outcome", "target_id", "row_hash")
_AGAIN = """
UPDATE intake_batchrow r SET outcome = a.outcome, target_id = a.target_id, row_hash = a.row_hash
FROM again a WHERE r.batch_id = %(batch)s AND r.sheet_no = a.sheet_no AND r.row_no = a.row_no
"""
_FORGET = """
DELETE FROM intake_batchissue i USING again a
WHERE i.batch_id = %(batch)s AND i.sheet_no = a.sheet_no AND i.row_no = a.row_no
"""
# A key is what stands in a workbook that somebody sent: it counts only for the sender's own batches of the same dataset.
_SETTLE = """
UPDATE intake_batchrow r SET outcome = %(corrected)s, target_id = c.target_id
FROM corrected c JOIN intake_batch b ON b.id = c.batch_id AND b.agency_id = %(agency)s AND b.dataset = %(dataset)s
WHERE r.batch_id = b.id AND r.sheet_no = c.sheet_no AND r.row_no = c.row_no AND r.outcome = %(waiting)s
RETURNING r.batch_id, r.sheet_no, r.row_no, c.target_id
"""
_SETTLED_ISSUES = """
DELETE FROM intake_batchissue i USING unnest(%(batches)s::bigint[], %(sheets)s::int[], %(rows)s::int[]) s (b, sh, r)
WHERE i.batch_id = s.b AND i.sheet_no = s.sh AND i.row_no = s.r
"""
_SETTLED = {"b": pl.Int64, "s": pl.Int32, "r": pl.Int32, "t": pl.Int64}
_TAKEN = (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.ALREADY)


def record(batch: Batch, dataset: Dataset, outcomes: pl.DataFrame, findings: pl.DataFrame) -> None:
    """Write outcomes and findings of a chunk; `findings` are of the whole file, by the `index` of its rows."""
    if batch.is_retry:
        _replace(batch, outcomes)
    else:
        copy_frame("intake_batchrow", outcomes.select(pl.lit(batch.pk).alias("batch_id"), *_ROW))
    mine = findings.join(outcomes.select("index", "sheet_no", "row_no"), on="index", how="inner", maintain_order="left")
    refused = apply.refusal_findings(dataset, outcomes.filter(pl.col("refusal").is_not_null()))
    both = pl.concat([mine.drop("index"), refused], how="diagonal_relaxed")
    copy_frame(
        "intake_batchissue",
        both.select(
            pl.lit(batch.pk).alias("batch_id"),
            "sheet_no",
            "row_no",
            "field",
            "rule",
            "severity",
            pl.col("value").fill_null(""),
            "message",
            pl.col("suggestion").fill_null(""),
            pl.col("words").fill_null(""),
        ),
    )


def _replace(batch: Batch, outcomes: pl.DataFrame) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.again")
        cursor.execute(
            "CREATE TEMP TABLE again (sheet_no smallint, row_no integer, outcome smallint, target_id bigint, row_hash bytea)"
            " ON COMMIT DROP"
        )
        copy_frame("again", outcomes.select(_ROW))
        cursor.execute(_AGAIN, {"batch": batch.pk})
        cursor.execute(_FORGET, {"batch": batch.pk})


def settle_corrected(batch: Batch, outcomes: pl.DataFrame) -> int:
    """Close the rows of earlier batches that accepted rows of this one correct; returns how many.

    Such a row waits no longer: looking again at the earlier batch must not bring in what it said before. Where a correction was
    corrected once more, the row of the first batch is closed too.
    """
    keyed = outcomes.filter(pl.col("outcome").is_in([int(one) for one in _TAKEN]) & pl.col("key_batch").is_not_null())
    return _settle(batch, keyed.filter(pl.col("key_batch") != batch.pk).select("target_id", *queries.KEY_COLUMNS))


def _settle(batch: Batch, keyed: pl.DataFrame) -> int:
    """Close the waiting rows that `keyed` names (target_id and key), then those which these themselves corrected."""
    if not keyed.height:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.corrected")
        cursor.execute(
            "CREATE TEMP TABLE corrected (batch_id bigint, sheet_no smallint, row_no integer, target_id bigint) ON COMMIT DROP"
        )
        copy_frame(
            "corrected",
            keyed.select("target_id", batch_id="key_batch", sheet_no="key_sheet", row_no="key_row"),
        )
        cursor.execute(
            _SETTLE,
            {
                "agency": batch.agency_id,
                "dataset": batch.dataset,
                "corrected": int(Outcome.CORRECTED),
                "waiting": int(Outcome.WAITING),
            },
        )
        settled = pl.DataFrame(cursor.fetchall(), schema=_SETTLED, orient="row")
        if settled.height:
            places = {
                "batches": settled["b"].to_list(),
                "sheets": settled["s"].to_list(),
                "rows": settled["r"].to_list(),
            }
            cursor.execute(_SETTLED_ISSUES, places)
    for earlier, count in settled.group_by("b").len().iter_rows():
        Batch.objects.filter(pk=earlier).update(
            rows_waiting=F("rows_waiting") - count, rows_corrected=F("rows_corrected") + count
        )
    between = Batch.objects.filter(pk__in=settled["b"].unique().to_list(), corrects__isnull=False)
    return settled.height + sum(_settle(batch, _corrected_by(one, settled.filter(b=one.pk))) for one in between)


def _corrected_by(batch: Batch, rows: pl.DataFrame) -> pl.DataFrame:
    """Which rows of earlier batches the `rows` (s, r, t) of a correcting batch stood for, read from the keys in its file."""
    dataset = DATASETS[batch.dataset]
    table = reading.read(dataset, sha256=batch.sha256, file_name=batch.file_name)
    place = reading.mapped(dataset, table, batch.mapping).frame.select("sheet_no", "row_no", "row_hash", "row_key")
    found = place.hstack(queries.earlier_rows(batch, place).frame).filter(pl.col("key_batch").is_not_null())
    found = found.with_columns(pl.col("sheet_no", "row_no").cast(pl.Int32))
    joined = found.join(rows, left_on=["sheet_no", "row_no"], right_on=["s", "r"])
    return joined.select("key_batch", "key_sheet", "key_row", target_id="t")
