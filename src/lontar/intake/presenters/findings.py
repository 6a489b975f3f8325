"""Findings for people: grouped by rule with their first examples, one by one as a list, and unknown places to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.intake.forms import PlacesForm
from lontar.intake.forms.matching import OTHER
from lontar.intake.models import Batch
from lontar.intake.presenters.columns import ColumnNames
from lontar.intake.queries import Finding, IssueGroup
from lontar.intake.states import Severity
from lontar.ui import formats
from lontar.ui.fields import Dressed, dressed
from lontar.ui.presenters import Chip, Column, EmptyState, Export, Pager, Query, Row, Status, Table, Tone


@dataclass(frozen=True, slots=True)
class Example:
    """One finding of a group: where it is, what stands there, and what to do."""

    where: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one rule in one column."""

    title: str
    rule: str
    status: Status
    number: int
    examples: tuple[Example, ...]
    more: int
    url: str


def groups_of(batch: Batch, groups: Sequence[IssueGroup]) -> list[FindingGroup]:
    """The groups in their order, each with its first examples and the way to all of it."""
    names, address = ColumnNames(batch), reverse("intake:findings", args=[batch.pk])
    return [
        FindingGroup(
            title=names.place(group.field)[:1].upper() + names.place(group.field)[1:],
            rule=group.rule,
            status=severity_status(group.severity),
            number=group.number,
            examples=tuple(Example(row_words(one), one.value, one.message) for one in group.examples),
            more=group.number - len(group.examples),
            url=f"{address}?aturan={group.rule}&isian={group.field}&derajat={group.severity}",
        )
        for group in groups
    ]


def severity_status(severity: str) -> Status:
    """An error makes its row wait; a warning lets it pass."""
    if severity == Severity.ERROR:
        return Status(_("Harus diperbaiki"), Tone.BAD)
    return Status(_("Perlu diperiksa"), Tone.WARN)


def row_words(one: Finding) -> str:
    """`Baris 1.204`; rows of a further sheet name it."""
    words = {"sheet": one.sheet_no, "row": formats.number(one.row_no)}
    return (_("Lembar %(sheet)s baris %(row)s") if one.sheet_no > 1 else _("Baris %(row)s")) % words


def findings_table(
    batch: Batch, shown: Sequence[Finding], *, query: Query, pager: Pager, words: dict[str, str]
) -> Table:
    """One page of findings: row, column, value, what to do."""
    names = ColumnNames(batch)
    return Table(
        caption=_("Temuan kiriman #%(number)s") % {"number": batch.pk},
        columns=[
            Column("baris", _("Baris")),
            Column("kolom", _("Kolom")),
            Column("nilai", _("Tertulis")),
            Column("pesan", _("Yang perlu dilakukan")),
            Column("derajat", _("Derajat")),
            Column("aturan", _("Aturan"), optional=True),
        ],
        rows=[
            Row(
                [
                    row_words(one),
                    names.place(one.field),
                    one.value,
                    one.message,
                    severity_status(one.severity),
                    one.rule,
                ]
            )
            for one in shown
        ],
        pager=pager,
        noun=_("temuan"),
        chips=[Chip(text, query.without(key)) for key, text in words.items()],
        exports=[Export("CSV", query.but({"format": "csv"}))],
        shown=query.all("kolom") or ("baris",),
        empty=EmptyState(_("Tidak ada temuan."), _("Semua baris yang terbaca diterima.") if not words else ""),
    )


def export_line(names: ColumnNames, one: Finding) -> list[object]:
    """A finding as a line of an exported list."""
    place = [one.sheet_no, one.row_no, names.letter(one.field), one.field]
    return [*place, one.value, one.severity, one.rule, one.message, one.suggestion]


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """One unknown spelling with its candidates: the fields of the form, how many rows wait for it, what is decided."""

    written: str
    rows: int
    message: str
    choice: BoundField
    other: Dressed
    words: BoundField
    decided: str
    errors: tuple[str, ...]


def place_choices(form: PlacesForm, names: dict[str, str]) -> list[PlaceChoice]:
    """The spellings of the form in order; `names` gives the names of villages decided before, by code."""
    return [
        PlaceChoice(
            written=place.written or place.words,
            rows=place.rows,
            message=place.message,
            choice=form[f"desa-{index}"],
            other=dressed(form[f"lain-{index}"], optional_mark=False),
            words=form[f"kata-{index}"],
            decided=f"{names.get(place.decided, '')} {place.decided}".strip() if place.decided else "",
            errors=tuple(str(error) for error in form[f"desa-{index}"].errors),
        )
        for index, (place, _candidates) in enumerate(form.places)
    ]


__all__ = ["OTHER", "FindingGroup", "PlaceChoice", "findings_table", "groups_of", "place_choices", "severity_status"]
