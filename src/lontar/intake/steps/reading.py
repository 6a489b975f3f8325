"""From the kept file to a frame whose columns are the dataset's keys: reading, mapping, row hashes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl
from django.conf import settings

from lontar.engines import tabular
from lontar.intake.datasets import Dataset
from lontar.intake.rules import SHIFTED
from lontar.intake.steps import storage

LIKELY = 0.8  # for senders who cannot be asked: taken, and shown in the batch
DOUBTFUL = 0.75  # what two columns of one header are worth: shown as a proposal, never taken by itself
_COUNTING = frozenset({"nomor", "nomor urut", "urut", "urutan"})
_NUMBERED = re.compile(r"(.*) \(([0-9]{1,3})\)")
SURE = 0.9  # a suggestion at or above this needs no person, unless another target is as likely


@dataclass(frozen=True)
class Mapped:
    """The rows under the dataset's keys, with `sheet_no`, `row_no`, `row_hash`, `row_key` beside them.

    Where rows have more cells than the header, `rules.SHIFTED` tells which.
    """

    frame: pl.DataFrame
    numeric: pl.DataFrame
    sheets: tuple[str, ...]


def read(dataset: Dataset, *, sha256: str, file_name: str) -> tabular.Table:
    """The table of a kept file; raises `tabular.UnreadableFile` with the message for the person."""
    suffix = PurePath(file_name).suffix.lower()[:8]
    headers: dict[str, str] = {}
    for key, words in dataset.synonyms.items():
        for word in words:
            headers.setdefault(word, key)
    limits = tabular.Limits(file_bytes=settings.UPLOAD_LIMIT)
    with storage.opened(sha256, suffix=suffix) as path:
        return tabular.read_table(path, filename=file_name, limits=limits, known_headers=headers)


def signature(table: tabular.Table) -> str:
    """SHA-256 over the headers, by which an agency's earlier mapping is found again."""
    return header_signature([column.header for column in table.columns])


def header_signature(headers: Sequence[str]) -> str:
    """`signature` of the headers themselves."""
    headers = [tabular.normalise_header(header) for header in headers]
    return hashlib.sha256(json.dumps(headers).encode()).hexdigest()


def remembered(mapping: Mapping[str, str], table: tabular.Table) -> dict[str, str]:
    """An earlier mapping for a file whose headers have the same normal form but perhaps another spelling.

    Empty when a column of it cannot be told in this file: then nothing is taken over.
    """
    by_form: dict[str, list[str]] = {}
    for column in table.columns:
        by_form.setdefault(tabular.normalise_header(column.header), []).append(column.name)
    here: dict[str, str] = {}
    for name, key in mapping.items():
        found = name if name in table.frame.columns else _same_header(name, by_form)
        if found is None or found in here:
            return {}
        here[found] = key
    return here


def _same_header(name: str, by_form: Mapping[str, list[str]]) -> str | None:
    """The column whose header has the normal form of `name`; of equal headers ("Nama (2)") the one of that number."""
    numbered = _NUMBERED.fullmatch(name)
    for text, place in ((name, 0), (numbered[1], int(numbered[2]) - 1) if numbered else (name, 0)):
        names = by_form.get(tabular.normalise_header(text), [])
        if 0 <= place < len(names):
            return names[place]
    return None


def suggest(dataset: Dataset, table: tabular.Table) -> dict[str, dict[str, object]]:
    """For each column of the file (by its name) the likely key: `target`, `score` 0–1, `reason`.

    A column that only numbers the rows is nothing's, whatever its header ("No" could be the number of a licence).
    """
    headers = ["" if _only_counts(table, column) else column.header for column in table.columns]
    found = tabular.suggest_mapping(headers, dataset.synonyms)
    twins = _twins(table)
    return {
        table.columns[index].name: {"target": hit.target, "score": round(hit.score, 3), "reason": hit.reason}
        if table.columns[index].name not in twins
        else {
            "target": hit.target,
            "score": round(min(hit.score, DOUBTFUL), 3),
            "reason": "judul kembar, isinya berbeda",
        }
        for index, hit in found.items()
    }


def _twins(table: tabular.Table) -> set[str]:
    """The names of columns whose header stands on another filled column too, with other contents: which one is meant?"""
    by_form: dict[str, list[str]] = {}
    for column in table.columns:
        if column.header and table.frame[column.name].null_count() < table.frame.height:
            by_form.setdefault(column.header.casefold(), []).append(column.name)
    return {
        name
        for names in by_form.values()
        for name in names
        if any(not table.frame[name].equals(table.frame[other], check_names=False) for other in names)
    }


def unused(table: tabular.Table, mapping: Mapping[str, str]) -> list[str]:
    """The headers of filled columns that a mapping leaves out, those that only number the rows excepted."""
    return [
        column.header
        for column in table.columns
        if column.header
        and column.name not in mapping
        and table.frame[column.name].null_count() < table.frame.height
        and not _only_counts(table, column)
    ]


def _only_counts(table: tabular.Table, column: tabular.Column) -> bool:
    if tabular.normalise_header(column.header) not in _COUNTING:
        return False
    filled = table.frame[column.name].drop_nulls()
    numbers = filled.str.strip_chars(" .)").str.to_integer(strict=False).drop_nulls()
    greatest = numbers.max()
    many = numbers.len() >= filled.len() * 0.9 and numbers.n_unique() >= numbers.len() * 0.5
    return filled.len() == 0 or (many and isinstance(greatest, int) and greatest <= max(1_000, 10 * table.frame.height))


def is_sure(dataset: Dataset, suggestions: Mapping[str, Mapping[str, object]]) -> bool:
    """Whether a mapping may be used without asking: every suggestion is sure and no needed column is missing."""
    if any(float(str(hit["score"])) < SURE for hit in suggestions.values()):
        return False
    return not missing(dataset, {name: str(hit["target"]) for name, hit in suggestions.items()})


def sure_part(dataset: Dataset, suggestions: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """The likely suggestions, when they suffice; else nothing. For senders who cannot be asked."""
    sure = {name: str(hit["target"]) for name, hit in suggestions.items() if float(str(hit["score"])) >= LIKELY}
    return {} if missing(dataset, sure) else sure


def missing(dataset: Dataset, mapping: Mapping[str, str]) -> list[str]:
    """What a mapping lacks, as labels for the person; empty when it can be used."""
    given = set(mapping.values())
    lacking = [column.label for column in dataset.columns if column.required and column.key not in given]
    for group in dataset.one_of:
        if not given & set(group):
            lacking.append(" atau ".join(dataset.column(key).label for key in group))
    return lacking


def mapped(dataset: Dataset, table: tabular.Table, mapping: Mapping[str, str]) -> Mapped:
    """The rows of `table` under the keys of `dataset`; columns that are not mapped are left out."""
    chosen = {key: name for name, key in mapping.items() if key in dataset.keys and name in table.frame.columns}
    frame = table.frame.select(pl.col(name).alias(key) for key, name in chosen.items())
    sheets = tuple(dict.fromkeys(table.row_sheets.to_list())) if table.frame.height else ()
    numbers = {name: number for number, name in enumerate(sheets, start=1)}
    frame = frame.with_columns(
        sheet_no=table.row_sheets.replace_strict(numbers, default=1, return_dtype=pl.Int16),
        row_no=table.row_numbers.cast(pl.Int32),
        row_key=table.row_keys if table.row_keys is not None else pl.lit(None, dtype=pl.String),
    )
    frame = frame.with_columns(row_hash=row_hashes(frame.select(sorted(chosen))))
    if table.shifted:
        marks = pl.Series(SHIFTED, [False]).new_from_index(0, frame.height)
        frame = frame.with_columns(marks.scatter(list(table.shifted), values=True).alias(SHIFTED))
    return Mapped(
        frame=frame,
        numeric=table.numeric.select(pl.col(name).alias(key) for key, name in chosen.items()),
        sheets=sheets,
    )


def row_hashes(frame: pl.DataFrame) -> pl.Series:
    """16 bytes per row over keys and values, keyed so that nobody can try out personal values against it."""
    joined = frame.select(
        pl.concat_str(
            [pl.lit(name + "\x1f") + pl.col(name).fill_null("\x00") for name in frame.columns], separator="\x1e"
        )
    ).to_series()
    key = settings.INDEX_KEY.encode()[:64]
    return pl.Series(
        "row_hash",
        [hashlib.blake2b(text.encode(), digest_size=16, key=key).digest() for text in joined.to_list()],
        dtype=pl.Binary,
    )
