"""Reads of intake across models: what a run needs to know, and what the screens and commands show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.conf import settings
from django.db import connection
from django.db.models import Count

from lontar.access import scope
from lontar.engines import tabular
from lontar.engines.places import Gazetteer
from lontar.intake.models import Batch, BatchIssue, BatchRow, PlaceAlias
from lontar.intake.rules import Context
from lontar.intake.rules.kinds import Settings
from lontar.intake.states import Outcome
from lontar.registry.models import Commodity, Region
from lontar.registry.queries import places

_ROW_KEY = re.compile(r"(\d+)-(\d+)-(\d+)")
_ACCEPTED = (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.ALREADY)


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """Findings of one rule in one field: how many, and one of them to show."""

    field: str
    rule: str
    severity: str
    number: int
    example: str


def region_of(batch_id: int) -> str:
    """The region in whose scope a batch runs; raises Batch.DoesNotExist. Reads across the whole programme."""
    with scope.acting_in(settings.PROGRAMME_ROOT):
        return Batch.objects.values_list("region_code", flat=True).get(pk=batch_id)


def is_cancel_requested(batch_id: int) -> bool:
    """Whether a person asked the batch to stop."""
    return Batch.objects.filter(pk=batch_id, cancel_requested=True).exists()


def check_context(batch: Batch, *, today: date) -> Context:
    """What the checks need: places, the agency's own spellings, commodities, the scope of the sender."""
    aliases = dict(PlaceAlias.objects.filter(agency=batch.agency).values_list("words", "village_id"))
    names = dict(Region.objects.exclude(level="village").values_list("code", "name"))
    return Context(
        settings=Settings(today=today),
        gazetteer=gazetteer(),
        aliases=aliases,
        scope=batch.region_code,
        region_names=names,
        commodities=dict(Commodity.objects.values_list("name", "id")),
    )


def gazetteer() -> Gazetteer:
    """All regions in force, ready for resolving."""
    return places.gazetteer()


def already_accepted(batch: Batch, place: pl.DataFrame) -> pl.Series:
    """For rows of a marked workbook that came back unchanged and were accepted before: the id they went to; else null.

    `place` has row_key (`batch-sheet-row`, null where the row is new) and row_hash.
    """
    nothing = pl.Series("already", [None], dtype=pl.Int64).new_from_index(0, place.height)
    keys = place["row_key"]
    if keys.null_count() == place.height:
        return nothing
    parsed = place.select(
        pl.col("row_key").str.extract_groups(r"^(?<b>\d+)-(?<s>\d+)-(?<r>\d+)$").struct.unnest(), "row_hash"
    ).with_columns(pl.col("b", "s", "r").cast(pl.Int64))
    sources = parsed["b"].drop_nulls().unique().to_list()
    rows = BatchRow.objects.filter(
        batch_id__in=sources, batch__agency=batch.agency, batch__dataset=batch.dataset, outcome__in=_ACCEPTED
    )
    known = pl.DataFrame(
        [
            (b, s, r, bytes(h), t)
            for b, s, r, h, t in rows.values_list("batch_id", "sheet_no", "row_no", "row_hash", "target_id")
        ],
        schema={"b": pl.Int64, "s": pl.Int64, "r": pl.Int64, "row_hash": pl.Binary, "already": pl.Int64},
        orient="row",
    )
    return parsed.join(known, on=["b", "s", "r", "row_hash"], how="left", maintain_order="left")["already"]


def column_profiles(table: tabular.Table, suggestions: Mapping[str, Mapping[str, object]]) -> list[dict[str, object]]:
    """For the mapping screen: each column with its letter, header, fill, masked examples and the suggestion."""
    profiles = tabular.profile_columns(table)
    return [
        {
            "name": column.name,
            "header": column.header,
            "letter": column.letter,
            "filled": profile.filled,
            "distinct": profile.distinct,
            "examples": list(profile.examples),
            **{f"suggested_{key}": value for key, value in suggestions.get(column.name, {}).items()},
        }
        for column, profile in zip(table.columns, profiles, strict=True)
    ]


def issue_groups(batch: Batch) -> list[IssueGroup]:
    """Findings by field and rule, errors first, most frequent first."""
    groups = (
        BatchIssue.objects.filter(batch=batch)
        .values("field", "rule", "severity")
        .annotate(number=Count("id"))
        .order_by()
    )
    shown = []
    for group in groups:
        first = (
            BatchIssue.objects.filter(batch=batch, field=group["field"], rule=group["rule"]).order_by("row_no").first()
        )
        shown.append(IssueGroup(**group, example=first.message if first else ""))
    return sorted(shown, key=lambda group: (group.severity != "error", -group.number))


def is_worker_alive(*, within_seconds: int = 30) -> bool:
    """Whether a job worker has given a sign of life lately."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [within_seconds],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
