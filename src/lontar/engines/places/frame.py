"""Whole tables of written places: each distinct combination is decided once and joined back to its rows.

The decision is that of ``resolver``; here are only the columns, the distinct combinations and the memory of names
already looked up. Input and output are Polars frames.
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

from lontar.engines.places.code_reading import CodeSystem, detect_system
from lontar.engines.places.free_text import Written
from lontar.engines.places.gazetteer import Gazetteer
from lontar.engines.places.resolver import Memory, find
from lontar.engines.places.resolving import Finding

PLACE_COLUMNS: Final = ("code", "village", "district", "regency", "text")
RESULT_SCHEMA: Final = pl.Schema(
    {
        "status": pl.String(),
        "code": pl.String(),
        "message_rule": pl.String(),
        "suggestion_code": pl.String(),
        "suggestion_score": pl.Float64(),
    }
)


def resolve_frame(gazetteer: Gazetteer, frame: pl.DataFrame, *, system: CodeSystem | None = None) -> pl.DataFrame:
    """Decide every row: columns ``code village district regency text`` (String; any may be missing), same order out.

    Returns ``status, code, message_rule, suggestion_code, suggestion_score``: ``code`` filled for exact and unique
    only, the best candidate otherwise. A code valid in both systems is read in the system that the whole column uses
    when that is beyond doubt (``detect_system``), unless ``system`` says it. Null and blank are the same.
    """
    written = frame.select(_column(frame, name) for name in PLACE_COLUMNS)
    distinct = written.unique(maintain_order=True)
    if system is None:
        system = detect_system(gazetteer, distinct["code"].unique().to_list())
    decided = pl.DataFrame(_decided(gazetteer, distinct.iter_rows(), system=system), schema=RESULT_SCHEMA, orient="row")
    table = distinct.hstack(decided.rename({"code": "found_code"}))
    joined = written.join(table, on=PLACE_COLUMNS, how="left", maintain_order="left")
    return joined.select(pl.col("found_code" if name == "code" else name).alias(name) for name in RESULT_SCHEMA)


def _column(frame: pl.DataFrame, name: str) -> pl.Expr:
    if name not in frame.columns:
        return pl.lit("").alias(name)
    return pl.col(name).cast(pl.String).fill_null("").str.strip_chars()


def _decided(
    gazetteer: Gazetteer, rows: Iterable[tuple[str, ...]], *, system: CodeSystem | None
) -> list[tuple[str, str | None, str, str | None, float | None]]:
    memory: Memory = {}
    return [
        _result(gazetteer, find(gazetteer, Written(*names), text=text, system=system, limit=1, memory=memory))
        for *names, text in rows
    ]


def _result(gazetteer: Gazetteer, finding: Finding) -> tuple[str, str | None, str, str | None, float | None]:
    if finding.index is not None:
        return finding.status, gazetteer.places[finding.index].code, finding.rule, None, None
    if not finding.guesses:
        return finding.status, None, finding.rule, None, None
    best = finding.guesses[0]
    return finding.status, None, finding.rule, gazetteer.places[best.place].code, best.score
