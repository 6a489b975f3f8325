"""Which village each row means. Only what is beyond doubt passes; everything else waits, with the likeliest village named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from lontar.engines.places import PlaceQuery, resolve_frame
from lontar.engines.places import resolve as resolve_one
from lontar.engines.regions import scope_bounds
from lontar.intake.datasets import Dataset
from lontar.intake.rules.findings import Findings
from lontar.intake.states import Severity

if TYPE_CHECKING:
    from lontar.intake.rules.check import Context

PARTS = ("code", "village", "district", "regency", "text")
_SURE = ("exact", "unique")
WORDS = 300  # the length of `PlaceAlias.words`


def alias_words() -> pl.Expr:
    """The words by which an agency's spelling of a place is remembered: all parts, lower case, spaces squeezed, 300 letters."""
    joined = pl.concat_str([pl.col(name).fill_null("") for name in PARTS], separator=" | ")
    return joined.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars().str.head(WORDS)


def resolve(dataset: Dataset, frame: pl.DataFrame, context: Context, findings: Findings) -> dict[str, pl.Series]:
    """The column `village_id` (code or null); findings for rows whose place is unknown, in doubt or out of scope."""
    place = dataset.place
    if place is None:
        return {}
    # of a file without any place column too, there are as many rows as the file has
    renamed = frame.with_columns(
        (pl.col(key) if key in frame.columns else pl.lit(None, dtype=pl.String)).alias(name)
        for key, name in zip(place.keys, PARTS, strict=True)
    ).select(PARTS)
    decided = renamed.hstack(resolve_frame(context.gazetteer, renamed).rename({"code": "found"}))
    decided = decided.with_row_index("index").with_columns(words=alias_words())
    if context.aliases:
        known = pl.DataFrame({"words": list(context.aliases), "meant": list(context.aliases.values())})
        decided = decided.join(known, on="words", how="left", maintain_order="left")
        said = pl.col("meant").is_not_null() & ~pl.col("status").is_in(_SURE)
        decided = decided.with_columns(
            found=pl.when(said).then("meant").otherwise("found"),
            status=pl.when(said).then(pl.lit("unique")).otherwise("status"),
        )
    given = pl.any_horizontal(pl.col(name).fill_null("").str.strip_chars() != "" for name in PARTS)
    decided = decided.with_columns(given=given)
    _in_doubt(dataset, decided, context, findings)
    return {"village_id": _in_scope(dataset, decided, context, findings)}


def _in_doubt(dataset: Dataset, decided: pl.DataFrame, context: Context, findings: Findings) -> None:
    doubtful = decided.filter(pl.col("found").is_null() & pl.col("given"))
    if not doubtful.height:
        return
    distinct = doubtful.unique(subset=list(PARTS), maintain_order=True)
    messages = []
    for row in distinct.iter_rows(named=True):
        answer = resolve_one(context.gazetteer, PlaceQuery(**{name: row[name] for name in PARTS}))
        messages.append(answer.message)
    told = distinct.select(*PARTS).with_columns(message=pl.Series(messages, dtype=pl.String))
    frame = doubtful.join(told, on=list(PARTS), how="left", nulls_equal=True, maintain_order="left")
    column = dataset.column(dataset.place.village if dataset.place else "village")
    findings.add_frame(
        frame.select(
            "index",
            value=pl.concat_str([pl.col(name) for name in PARTS], separator=", ", ignore_nulls=True),
            severity=pl.lit(Severity.ERROR.value),
            rule=pl.lit("place.") + pl.col("message_rule"),
            message="message",
            suggestion="suggestion_code",
            words="words",
        ),
        column,
    )


def _in_scope(dataset: Dataset, decided: pl.DataFrame, context: Context, findings: Findings) -> pl.Series:
    low, high = scope_bounds(context.scope)
    outside = (pl.col("found") < low) | (pl.col("found") >= high)
    column = dataset.column(dataset.place.village if dataset.place else "village")
    name = context.region_names.get(context.scope, context.scope)
    stray = decided.filter(outside.fill_null(value=False))
    findings.add_frame(
        stray.select(
            "index",
            value=pl.col("found"),
            severity=pl.lit(Severity.ERROR.value),
            rule=pl.lit("place.out_of_scope"),
            message=pl.format(
                "Desa {} berada di luar wilayah Anda ({}). Kirim baris ini melalui instansi di wilayahnya.",
                pl.col("found"),
                pl.lit(name),
            ),
        ),
        column,
    )
    return decided.select(pl.when(~outside).then(pl.col("found"))).to_series().alias("village_id")
