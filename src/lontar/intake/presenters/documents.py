"""Datasets, batches and findings as JSON documents for programs. Keys are English and stable; texts are Indonesian."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lontar.intake.datasets import Column, Dataset, Kind
from lontar.intake.models import Batch
from lontar.intake.presenters.columns import ColumnNames
from lontar.intake.queries import Finding, IssueGroup, UnknownPlace

FINDING_HEADER = ("lembar", "baris", "kolom_berkas", "isian", "tertulis", "derajat", "aturan", "pesan", "usul")
_NUMBERS = frozenset({Kind.INTEGER, Kind.YEAR, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY, Kind.COORDINATE})
_WHOLE = frozenset({Kind.INTEGER, Kind.YEAR})
_PATTERNS = {
    Kind.NIK: r"^[0-9]{16}$",
    Kind.NIB: r"^[0-9]{13}$",
    Kind.NPWP: r"^[0-9]{15,16}$",
    Kind.KBLI: r"^[0-9]{5}$",
    Kind.NPSN: r"^[0-9A-Z]{8}$",
    Kind.GTIN: r"^([0-9]{8}|[0-9]{12,14})$",
    Kind.VILLAGE_CODE: r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$",
}


def dataset_summary(dataset: Dataset) -> dict[str, Any]:
    """A dataset in a list."""
    return {
        "key": dataset.key,
        "title": dataset.title,
        "description": dataset.description,
        "columns": list(dataset.keys),
        "required": [column.key for column in dataset.columns if column.required],
        "one_of": [list(group) for group in dataset.one_of],
        "url": f"/api/v1/datasets/{dataset.key}",
        "template": f"/api/v1/datasets/{dataset.key}/template.xlsx",
    }


def dataset_document(dataset: Dataset) -> dict[str, Any]:
    """A dataset with every column, and the JSON schema of a row as it should be written."""
    return dataset_summary(dataset) | {
        "columns": [_column(column) for column in dataset.columns],
        "schema": row_schema(dataset),
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "label": column.label,
        "kind": column.kind.value,
        "explanation": column.explanation,
        "synonyms": list(column.synonyms),
        "examples": list(column.examples),
        "required": column.required,
        "personal": column.is_personal,
        "choices": {value: list(words) for value, words in column.choices.items()},
        "minimum": column.minimum,
        "maximum": column.maximum,
        "max_length": column.length if column.kind in {Kind.TEXT, Kind.NAME} else None,
    }


def row_schema(dataset: Dataset) -> dict[str, Any]:
    """JSON Schema (2020-12) of one row under the dataset's keys, in the form that is accepted without a finding."""
    required = [column.key for column in dataset.columns if column.required]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": dataset.title,
        "description": dataset.description,
        "type": "object",
        "properties": {column.key: _property(column) for column in dataset.columns},
        "required": required,
        "allOf": [{"anyOf": [{"required": [key]} for key in group]} for group in dataset.one_of],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"title": column.label, "description": column.explanation}
    if column.choices:
        return told | {"type": "string", "enum": [words[0] for words in column.choices.values()]}
    if column.kind in _NUMBERS:
        told["type"] = "integer" if column.kind in _WHOLE else "number"
        told |= {name: bound for name, bound in _bounds(column) if bound is not None}
        return told
    told["type"] = "string"
    if column.kind is Kind.DATE:
        told["format"] = "date"
    elif column.kind in _PATTERNS:
        told["pattern"] = _PATTERNS[column.kind]
    elif column.kind in {Kind.TEXT, Kind.NAME}:
        told["maxLength"] = column.length
    return told


def _bounds(column: Column) -> tuple[tuple[str, float | None], ...]:
    return ("minimum", column.minimum), ("maximum", column.maximum)


def batch_document(batch: Batch, *, brief: bool = False) -> dict[str, Any]:
    """A batch: where it stands and what became of its rows; unless `brief`, its columns and mapping too."""
    told: dict[str, Any] = {
        "id": batch.pk,
        "dataset": batch.dataset,
        "agency": {"code": batch.agency.code, "name": batch.agency.name},
        "region_code": batch.region_code,
        "channel": batch.channel,
        "file_name": batch.file_name,
        "sha256": batch.sha256,
        "size": batch.size,
        "state": batch.state,
        "state_label": batch.get_state_display(),
        "stage": batch.stage,
        "problem": batch.problem,
        "corrects": batch.corrects_id,
        "rows": {
            "total": batch.rows_total,
            "done": batch.rows_done,
            "new": batch.rows_new,
            "updated": batch.rows_updated,
            "unchanged": batch.rows_unchanged,
            "already_accepted": batch.rows_already,
            "corrected_elsewhere": batch.rows_corrected,
            "waiting": batch.rows_waiting,
        },
        "created_at": batch.created_at,
        "started_at": batch.started_at,
        "finished_at": batch.finished_at,
        "url": f"/api/v1/batches/{batch.pk}",
    }
    if brief:
        return told
    return told | {
        "sheet": batch.sheet,
        "notes": list(batch.notes),
        "columns": list(batch.columns),
        "mapping": dict(batch.mapping),
        "links": {name: f"/api/v1/batches/{batch.pk}/{path}" for name, path in _LINKS.items()},
    }


_LINKS = {"issues": "issues", "marked": "marked.xlsx", "places": "places"}


def groups(found: Sequence[IssueGroup]) -> list[dict[str, Any]]:
    """Findings by rule and field."""
    return [
        {
            "field": one.field,
            "rule": one.rule,
            "severity": one.severity,
            "count": one.number,
            "example": one.example,
        }
        for one in found
    ]


def finding(names: ColumnNames, one: Finding) -> dict[str, Any]:
    """One finding."""
    return {
        "sheet_no": one.sheet_no,
        "row_no": one.row_no,
        "column": names.letter(one.field),
        "field": one.field,
        "rule": one.rule,
        "severity": one.severity,
        "value": one.value,
        "message": one.message,
        "suggestion": one.suggestion,
    }


def place(one: UnknownPlace) -> dict[str, Any]:
    """A spelling that means no village yet."""
    return {
        "words": one.words,
        "written": one.written,
        "rows": one.rows,
        "message": one.message,
        "suggestion": one.suggestion,
        "decided": one.decided,
    }
