"""What a chunk does with the matching of its rows: follow sure links to where they stand now, ask a person about likely ones.

Both run inside the chunk's transaction, under the writer's lock, so that no merge and no other list comes between.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import polars as pl
from django.db import connection

from lontar.intake.models import Batch
from lontar.intake.states import Outcome, PairSource
from lontar.intake.steps.copying import copy_frame

_STANDING: Final = """
WITH RECURSIVE chain AS (
    SELECT absorbed_id AS asked, kept_id FROM registry_merge
    WHERE kind = 'enterprise' AND undone_at IS NULL AND absorbed_id = ANY(%(ids)s)
    UNION
    SELECT c.asked, m.kept_id FROM chain c
    JOIN registry_merge m ON m.kind = 'enterprise' AND m.undone_at IS NULL AND m.absorbed_id = c.kept_id)
SELECT asked, kept_id FROM chain c WHERE NOT EXISTS (
    SELECT FROM registry_merge m WHERE m.kind = 'enterprise' AND m.undone_at IS NULL AND m.absorbed_id = c.kept_id)
"""
_NUMBERS: Final = """
SELECT e.id, e.nib, (SELECT p.nik_index FROM registry_person p WHERE p.id = e.owner_id)
FROM registry_enterprise e WHERE e.id = ANY(%(ids)s)
"""
_FRESH: Final = (
    "CREATE TEMP TABLE asked (first_id bigint, second_id bigint, probability float8, reasons text) ON COMMIT DROP"
)
# Looked up one by one: the planner takes every table behind the wall for nearly empty and would pair them all with each other.
_ASK: Final = """
INSERT INTO intake_pair (first_id, second_id, village_low, village_high, probability, reasons, source, batch_id, state,
    created_at)
SELECT a.first_id, a.second_id, least(f.village_id, s.village_id), greatest(f.village_id, s.village_id), a.probability,
    a.reasons, %(source)s, %(batch)s, 'open', %(at)s
FROM asked a
CROSS JOIN LATERAL (SELECT village_id FROM registry_enterprise WHERE id = a.first_id OFFSET 0) f
CROSS JOIN LATERAL (SELECT village_id FROM registry_enterprise WHERE id = a.second_id OFFSET 0) s
WHERE a.first_id <> a.second_id
ORDER BY a.first_id, a.second_id
ON CONFLICT DO NOTHING
"""


def followed(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` of a chunk (sealed, with the columns of the matching) with `origin` where a sure link still holds.

    A link to a record that was merged leads to the record that it is part of now (`match` too). It holds no longer where the
    record has got another NIB or owner's NIK since: such a row goes in as new, and a person is asked.
    """
    ids = rows["match"].drop_nulls().unique().to_list() if "match" in rows.columns else []
    if not ids:
        return rows
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"ids": ids})
        moved = dict(cursor.fetchall())
        cursor.execute(_NUMBERS, {"ids": [moved.get(one, one) for one in ids]})
        found = [(number, nib, bytes(nik) if nik is not None else None) for number, nib, nik in cursor.fetchall()]
    now = pl.DataFrame(found, schema={"match": pl.Int64, "now_nib": pl.String, "now_nik": pl.Binary}, orient="row")
    rows = rows.with_columns(pl.col("match").replace(moved)) if moved else rows
    joined = rows.join(now, on="match", how="left", maintain_order="left")
    against = (pl.col("nib") != pl.col("now_nib")).fill_null(value=False) | (
        pl.col("nik_index") != pl.col("now_nik")
    ).fill_null(value=False)
    link = pl.when(pl.col("match_linked") & ~against).then("match")
    return joined.with_columns(origin=pl.coalesce("origin", link)).drop("now_nib", "now_nik")


def ask(batch: Batch, rows: pl.DataFrame, result: pl.DataFrame, *, at: datetime) -> int:
    """A pair for every row of the chunk that went in as new although it may be a known enterprise; how many.

    `result` is what became of the rows, by `ord`.
    """
    if "match" not in rows.columns:
        return 0
    new = result.filter(pl.col("outcome") == int(Outcome.NEW)).select(
        pl.col("ord").cast(pl.Int32), first_id="target_id"
    )
    likely = rows.filter(pl.col("match").is_not_null()).join(new, on="ord", how="inner")
    return put(
        likely.select("first_id", second_id="match", probability="match_probability", reasons="match_reasons"),
        batch=batch,
        source=PairSource.LIST,
        at=at,
    )


def put(pairs: pl.DataFrame, *, batch: Batch | None, source: PairSource, at: datetime) -> int:
    """Put `pairs` (first_id, second_id, probability, reasons) into the review queue; how many were not known before.

    Pairs on which somebody decided stay decided, and pairs of records beyond the scope are left out. Inside a transaction.
    """
    if not pairs.height:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.asked")
        cursor.execute(_FRESH)
        copy_frame("asked", pairs.select("first_id", "second_id", "probability", "reasons"))
        cursor.execute(_ASK, {"source": source.value, "batch": batch.pk if batch else None, "at": at})
        return int(cursor.rowcount)
