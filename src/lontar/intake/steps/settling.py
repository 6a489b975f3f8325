"""Which rows of a list need no linkage, because numbers say what they are, and which enterprises those rows take.

The chunk (`enterprises`) settles such rows itself, under its lock; here they are only left out, with what they will take, so
that linkage compares as little as possible and gives no enterprise away twice. Where the two disagree, the chunk is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl
from django.db import connection

from lontar.intake.models import Batch
from lontar.intake.rules.rows import bare
from lontar.intake.states import Outcome

_NO_NIB_AGAINST: Final = pl.col("nib").is_null() | pl.col("nib_right").is_null()
_NO_NIK_AGAINST: Final = pl.col("nik").is_null() | pl.col("nik_right").is_null()
_SENT: Final = """
SELECT r.row_hash, r.target_id FROM intake_batchrow r
JOIN intake_batch b ON b.id = r.batch_id AND b.agency_id = %s AND b.dataset = %s AND b.id <> %s
WHERE r.target_id IS NOT NULL AND r.outcome = ANY(%s) ORDER BY r.id
"""
_ACCEPTED: Final = [int(one) for one in (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED)]
_PAIR: Final = pl.Schema({"index": pl.UInt32(), "id": pl.Int64()})


@dataclass(frozen=True, slots=True)
class Settled:
    """`rows`: the indexes of rows that need no linkage; `taken`: enterprises that such rows take; `again`: rows that were
    sent before exactly so (`index`, `id` of what they went to)."""

    rows: pl.Series
    taken: pl.Series
    again: pl.DataFrame


def settled(batch: Batch, rows: pl.DataFrame, known: pl.DataFrame) -> Settled:
    """What numbers say about `rows` (checked, of enterprises, with `index` and `row_hash`) beside the `known` enterprises."""
    mine = rows.select(
        "index", "row_hash", "nib", "nik", "village_id", "source_key", bare=bare(pl.col("name"))
    ).with_columns(agency=pl.lit(batch.agency_id, dtype=pl.Int64))
    theirs = known.select(
        "id", "nib", "nik", "agency", "source_key", "village_code", bare=bare(pl.col("business_name"))
    )
    found = [
        _joined(mine, theirs, on=["nib"]),
        _joined(mine, theirs, on=["nik", "bare"], where=_NO_NIB_AGAINST),
        _joined(
            mine,
            theirs,
            on=["agency", "source_key"],
            where=_NO_NIB_AGAINST
            & _NO_NIK_AGAINST
            & ((pl.col("village_id") == pl.col("village_code")) | (pl.col("bare") == pl.col("bare_right"))),
        ),
    ]
    numbered = pl.concat(found)
    again = _sent_before(batch, mine, known, numbered)
    every = pl.concat([numbered, again])
    return Settled(every["index"].unique(), every["id"].unique(), again)


def _joined(mine: pl.DataFrame, theirs: pl.DataFrame, *, on: list[str], where: pl.Expr | None = None) -> pl.DataFrame:
    """Pairs of row and enterprise that agree in `on`, none of it blank, unless `where` speaks against them."""
    joined = mine.drop_nulls(on).join(theirs.drop_nulls(on), on=on, how="inner", suffix="_right")
    return (joined.filter(where) if where is not None else joined).select("index", "id").cast(_PAIR)


def _sent_before(batch: Batch, mine: pl.DataFrame, known: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """Rows that the agency sent before exactly so, with what they went to then; each row and each enterprise once."""
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [batch.agency_id, batch.dataset, batch.pk, _ACCEPTED])
        sent = [(bytes(mark), target) for mark, target in cursor.fetchall()]
    earlier = pl.DataFrame(sent, schema={"row_hash": pl.Binary(), "id": pl.Int64()}, orient="row")
    earlier = earlier.join(known.select("id"), on="id", how="semi")
    open_rows = mine.join(numbered, on="index", how="anti").join(
        earlier.unique("row_hash", keep="last"), on="row_hash", how="inner"
    )
    once = open_rows.join(numbered, on="id", how="anti").sort("index").unique("id", keep="first", maintain_order=True)
    return once.select("index", "id").cast(_PAIR)
