"""The columns of a file for people: how they are called in messages, and the page on which they are matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lontar.intake.datasets import DATASETS
from lontar.intake.forms import MappingForm
from lontar.intake.models import Batch
from lontar.ui import formats
from lontar.ui.fields import Dressed, dressed

_SURE, _LIKELY = 0.9, 0.8


class ColumnNames:
    """How a field of the dataset is called for the sender of this batch: `kolom H “NIK Pemilik”`."""

    def __init__(self, batch: Batch) -> None:
        self._dataset = DATASETS[batch.dataset]
        by_name = {str(column["name"]): column for column in batch.columns}
        self._columns = {key: by_name[name] for name, key in batch.mapping.items() if name in by_name}

    def label(self, field: str) -> str:
        """The dataset's own name of the field."""
        return _(self._dataset.column(field).label) if field in self._dataset.keys else field

    def letter(self, field: str) -> str:
        """The letter of the column in the file, or "" when the file has none for the field."""
        return str(self._columns[field]["letter"]) if field in self._columns else ""

    def place(self, field: str) -> str:
        """`kolom H “NIK Pemilik”`, or only the name where the file has no such column."""
        if field not in self._columns:
            return _("“%(label)s”") % {"label": self.label(field)}
        column = self._columns[field]
        header = str(column["header"])[:60] or self.label(field)
        return _("kolom %(letter)s “%(header)s”") % {"letter": column["letter"], "header": header}


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of the file: letter, header, how full, a few examples, the choice, and why it is suggested."""

    letter: str
    header: str
    filled: str
    examples: tuple[str, ...]
    choice: Dressed
    reason: str
    strength: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """A column of the dataset that every file needs, and by which column of this file it is given."""

    label: str
    given_by: str


@dataclass(frozen=True, slots=True)
class MappingPage:
    """The matching of columns: the file's columns, what is still lacking, what the dataset knows besides."""

    columns: tuple[FileColumn, ...]
    needed: tuple[TargetColumn, ...]
    lacking: int
    unused: tuple[str, ...]
    meanings: tuple[tuple[str, str], ...]


def mapping_page(batch: Batch, form: MappingForm) -> MappingPage:
    """The page for `form`, whose values are those sent, else those suggested."""
    dataset = DATASETS[batch.dataset]
    rows = batch.rows_total or 0
    values = [str(form[f"kolom-{index}"].value() or "") for index in range(len(form.columns))]
    letters = {key: str(column["letter"]) for key, column in zip(values, form.columns, strict=True) if key}
    needed = [
        TargetColumn(_(column.label), letters.get(column.key, "")) for column in dataset.columns if column.required
    ]
    for group in dataset.one_of:
        label = _(" atau ").join(_(dataset.column(key).label) for key in group)
        needed.append(TargetColumn(label, ", ".join(letters[key] for key in group if key in letters)))
    return MappingPage(
        columns=tuple(
            _column(column, rows=rows, choice=dressed(form[f"kolom-{index}"], optional_mark=False), value=values[index])
            for index, column in enumerate(form.columns)
        ),
        needed=tuple(needed),
        lacking=sum(1 for one in needed if not one.given_by),
        unused=tuple(_(column.label) for column in dataset.columns if column.key not in letters),
        meanings=tuple((_(column.label), _(column.explanation)) for column in dataset.columns),
    )


def _column(column: Mapping[str, Any], *, rows: int, choice: Dressed, value: str) -> FileColumn:
    suggested = value and value == column.get("suggested_target")
    score = float(column.get("suggested_score") or 0)
    return FileColumn(
        letter=str(column["letter"]),
        header=str(column["header"]) or _("(tanpa judul)"),
        filled=_("%(share)s terisi, %(distinct)s nilai berbeda")
        % {
            "share": formats.percent(column["filled"] / rows, 0) if rows else formats.number(column["filled"]),
            "distinct": formats.number(column["distinct"]),
        },
        examples=tuple(str(one) for one in column["examples"]),
        choice=choice,
        reason=_reason(str(column.get("suggested_reason") or "")) if suggested else "",
        strength=_strength(score) if suggested else "",
        is_open=not value,
    )


REASONS = (
    gettext_noop("nama kolom sama"),
    gettext_noop("kata yang sama"),
    gettext_noop("ejaan mirip"),
    gettext_noop("judul kembar, isinya berbeda"),
    gettext_noop("ditentukan saat pengiriman"),
)


def _reason(said: str) -> str:
    """Why a key is suggested, which was written when the file was read, in the language of the page."""
    return _(said) if said in REASONS else said


def _strength(score: float) -> str:
    words = _("pasti") if score >= _SURE else _("mungkin") if score >= _LIKELY else _("perlu diperiksa")
    return f"{words} ({formats.percent(score, 0)})"


def suggested(columns: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Initial values of the form: what the file's headers suggest."""
    return {f"kolom-{index}": str(column.get("suggested_target") or "") for index, column in enumerate(columns)}


def in_use(batch: Batch) -> dict[str, str]:
    """Initial values of the form: the mapping with which the batch was read, else the suggestions."""
    if not batch.mapping:
        return suggested(batch.columns)
    return {f"kolom-{index}": batch.mapping.get(str(column["name"]), "") for index, column in enumerate(batch.columns)}
