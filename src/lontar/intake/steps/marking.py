"""Workbooks that go out: the template of a dataset, and a batch's own workbook with its findings marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl

from lontar.engines import tabular
from lontar.engines.tabular import Mark, TemplateColumn, TemplateSpec
from lontar.intake.datasets import DATASETS, Column, Dataset, Kind
from lontar.intake.models import Batch, BatchIssue
from lontar.intake.steps import reading, storage

_KINDS = {
    Kind.INTEGER: "integer",
    Kind.YEAR: "integer",
    Kind.DECIMAL: "decimal",
    Kind.COORDINATE: "decimal",
    Kind.PERCENT: "decimal",
    Kind.MONEY: "money",
    Kind.DATE: "date",
    Kind.CHOICE: "choice",
}
_INSTRUCTIONS = (
    "Isi lembar Data, satu baris untuk satu catatan. Jangan mengubah judul kolom; kolom yang tidak diperlukan boleh dihapus.",
    "Kolom nomor (NIK, NIB, kode desa, HP) sudah berformat Teks agar tidak ada angka yang hilang. Tempel sebagai Nilai saja.",
    "Desa dikenali dari kode, atau dari nama desa beserta kecamatan dan kabupatennya.",
    "Sel kosong tidak menghapus apa yang sudah tercatat.",
)


def template_spec(dataset: Dataset) -> TemplateSpec:
    """The template that follows from the declaration of a dataset."""
    return TemplateSpec(
        title=f"Lontar – {dataset.title}",
        columns=tuple(_column(column) for column in dataset.columns),
        instructions=(dataset.description, *_INSTRUCTIONS),
    )


def _column(column: Column) -> TemplateColumn:
    return TemplateColumn(
        label=column.label,
        kind=_KINDS.get(column.kind, "text"),  # type: ignore[arg-type]  # checked by the writer
        required=column.required,
        choices=tuple(words[0] for words in column.choices.values()),
        examples=column.examples,
        explanation=column.explanation,
    )


def write_template_workbook(dataset_key: str, path: Path) -> None:
    """Write the template of a dataset; KeyError when there is no such dataset."""
    tabular.write_template(path, template_spec(DATASETS[dataset_key]))


def write_marked_workbook(batch: Batch, path: Path, *, only_problem_rows: bool) -> None:
    """Write the batch's own rows with its findings marked, ready to be corrected and sent again."""
    dataset = DATASETS[batch.dataset]
    table = reading.read(dataset, sha256=batch.sha256, file_name=batch.file_name)
    sheets = list(dict.fromkeys(table.row_sheets.to_list()))
    numbers = table.row_sheets.replace_strict(
        {name: number for number, name in enumerate(sheets, 1)}, return_dtype=pl.Int64
    )
    keys = pl.DataFrame({"sheet": numbers, "row": table.row_numbers}).select(
        pl.format("{}-{}-{}", pl.lit(batch.pk), "sheet", "row")
    )
    tabular.write_marked(
        path,
        table,
        marks=_marks(batch, dataset, sheets),
        row_keys=keys.to_series(),
        only_problem_rows=only_problem_rows,
    )


def opened_marked_workbook(batch: Batch, *, only_problem_rows: bool) -> BinaryIO:
    """The same, as an open file that has no name any more: it is gone when it is closed or the process ends."""
    return _opened(lambda path: write_marked_workbook(batch, path, only_problem_rows=only_problem_rows))


def opened_template_workbook(dataset_key: str) -> BinaryIO:
    """The template of a dataset as an open file without a name."""
    return _opened(lambda path: write_template_workbook(dataset_key, path))


def _opened(write: Callable[[Path], None]) -> BinaryIO:
    with storage.draft(suffix=".xlsx") as path:
        write(path)
        return path.open("rb")


def _marks(batch: Batch, dataset: Dataset, sheets: list[str]) -> Iterator[Mark]:
    columns = {key: name for name, key in batch.mapping.items()}
    issues = BatchIssue.objects.filter(batch=batch).order_by("sheet_no", "row_no")
    for issue in issues.iterator(chunk_size=5000):
        yield Mark(
            sheet=sheets[issue.sheet_no - 1],
            row=issue.row_no,
            column=columns.get(issue.field) or _place_column(dataset, issue.field, columns),
            severity=issue.severity,  # type: ignore[arg-type]  # the database holds nothing else
            message=issue.message,
            rule=issue.rule,
        )


def _place_column(dataset: Dataset, field: str, columns: dict[str, str]) -> str | None:
    """A finding about the place falls on the first place column that the file has."""
    if dataset.place is None or field not in dataset.place.keys:
        return None
    return next((columns[key] for key in dataset.place.keys if key in columns), None)
