"""What a run needs to know: where it may see, what the checks compare with, which rows came before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.conf import settings
from django.db import connection

from lontar.access import scope
from lontar.engines import tabular
from lontar.engines.measures import HeaderMeasure, header_measure
from lontar.engines.places import Gazetteer
from lontar.intake.datasets import Dataset
from lontar.intake.models import Batch, BatchRow, PlaceAlias
from lontar.intake.rules import Context
from lontar.intake.rules.kinds import Settings
from lontar.intake.states import Outcome
from lontar.registry.models import Commodity, Region
from lontar.registry.queries import places

_ROW_KEY = r"^(?<key_batch>\d{1,18})-(?<key_sheet>\d{1,4})-(?<key_row>\d{1,9})$"
_ACCEPTED = (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.ALREADY)


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
        headers=header_measures(batch),
    )


def header_measures(batch: Batch) -> dict[str, HeaderMeasure]:
    """By key, what the header of the column that holds it says of its figures; silent headers are left out."""
    told = {
        batch.mapping[str(column["name"])]: header_measure(str(column["header"]))
        for column in batch.columns
        if str(column["name"]) in batch.mapping
    }
    return {key: measure for key, measure in told.items() if measure != HeaderMeasure()}


def gazetteer() -> Gazetteer:
    """All regions in force, ready for resolving."""
    return places.gazetteer()


@dataclass(frozen=True)
class Earlier:
    """What is known of rows that came back in a marked workbook.

    `frame` has a row for each row of the file: `already`, the id that the same values went to before; `origin`, the id that
    this row went to whatever it says now; and the place that its key names, `key_batch`, `key_sheet`, `key_row`. All null for
    a row without a key. `sources` are the agency's batches that the keys name, the most frequent first.
    """

    frame: pl.DataFrame
    sources: tuple[int, ...]


KEY_COLUMNS = ("key_batch", "key_sheet", "key_row")
_KEY_TYPES = {"key_batch": pl.Int64, "key_sheet": pl.Int16, "key_row": pl.Int32}


def earlier_rows(batch: Batch, place: pl.DataFrame) -> Earlier:
    """Look up the rows of `place` (row_key `batch-sheet-row` or null, and row_hash) among the agency's earlier ones.

    A key that stands in several rows, as after copying a line, counts for the first of them only.
    """
    keyed = place.select(
        "row_hash",
        pl.when(pl.col("row_key").is_first_distinct())
        .then(pl.col("row_key"))
        .str.extract_groups(_ROW_KEY)
        .struct.unnest(),
    ).with_columns(pl.col(name).cast(kind) for name, kind in _KEY_TYPES.items())
    named = keyed["key_batch"].drop_nulls()
    own = Batch.objects.filter(pk__in=named.unique().to_list(), agency=batch.agency_id, dataset=batch.dataset)
    numbers = set(own.exclude(pk=batch.pk).values_list("pk", flat=True)) if named.len() else set()
    rows = BatchRow.objects.filter(batch_id__in=numbers, target_id__isnull=False)
    places = rows.values_list("batch_id", "sheet_no", "row_no", "row_hash", "target_id", "outcome")
    known = pl.DataFrame(
        [(b, s, r, bytes(h), t, o in _ACCEPTED) for b, s, r, h, t, o in places] if numbers else [],
        schema={**_KEY_TYPES, "known_hash": pl.Binary, "origin": pl.Int64, "accepted": pl.Boolean},
        orient="row",
    )
    joined = keyed.join(known, on=KEY_COLUMNS, how="left", maintain_order="left")
    same = pl.col("accepted") & (pl.col("known_hash") == pl.col("row_hash"))
    frame = joined.select(pl.when(same).then("origin").alias("already"), "origin", *KEY_COLUMNS)
    counted = named.value_counts(sort=True)["key_batch"].to_list() if named.len() else []
    return Earlier(frame, tuple(number for number in counted if number in numbers))


def waiting_rows(batch: Batch) -> pl.DataFrame:
    """The places (sheet_no, row_no) of the rows that wait now."""
    rows = BatchRow.objects.filter(batch=batch, outcome=Outcome.WAITING).values_list("sheet_no", "row_no")
    return pl.DataFrame(list(rows), schema={"sheet_no": pl.Int16, "row_no": pl.Int32}, orient="row")


def column_profiles(
    dataset: Dataset, table: tabular.Table, suggestions: Mapping[str, Mapping[str, object]]
) -> list[dict[str, object]]:
    """For the mapping screen: each column with its letter, header, fill, masked examples and the suggestion.

    Kept with the batch, so examples of a column that seems to hold personal values keep their first letters only.
    """
    profiles = tabular.profile_columns(table)
    personal = {column.key for column in dataset.columns if column.is_personal}
    return [
        {
            "name": column.name,
            "header": column.header,
            "letter": column.letter,
            "filled": profile.filled,
            "distinct": profile.distinct,
            "examples": [
                hidden(text) if suggestions.get(column.name, {}).get("target") in personal else text
                for text in profile.examples
            ],
            **{f"suggested_{key}": value for key, value in suggestions.get(column.name, {}).items()},
        }
        for column, profile in zip(table.columns, profiles, strict=True)
    ]


def hidden(text: str) -> str:
    """A personal value of which only the first two characters stay."""
    return text[:2] + "*" * max(2, len(text) - 2)


def is_worker_alive(*, within_seconds: int = 30) -> bool:
    """Whether a job worker has given a sign of life lately."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [within_seconds],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
