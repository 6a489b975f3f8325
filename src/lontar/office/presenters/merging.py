"""A merge as a person reads it before it is done: both records field by field, what differs, what moves, what was merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lontar.audit.queries.values import Writer, is_secret, label_of
from lontar.registry.queries.merging import FieldPreview, MergeLine, MergePreview
from lontar.registry.rules.merging import ENTERPRISE, PERSON, SUBJECTS, Rule, Side, Subject
from lontar.ui import formats
from lontar.ui.presenters import Confirm

_HIDDEN = {"owner", "source", "source_key", "recorded_at"}
_GROUPS = {one.key: one for subject in (ENTERPRISE, PERSON) for one in subject.groups}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both records: `name` is the input that chooses where a person has to; `result` is what stays."""

    label: str
    keep: str
    absorb: str
    result: str
    name: str
    is_choice: bool
    takes_other: bool
    is_different: bool


@dataclass(frozen=True, slots=True)
class OwnerChoice:
    """One of the ways to deal with two owners."""

    value: str
    label: str
    is_chosen: bool


def lines(preview: MergePreview, *, prefix: str = "") -> list[Line]:
    """Every field that one of the records has; those that a person decides come first."""
    if not preview.fields:  # there are not two records to lay side by side
        return []
    subject = SUBJECTS[preview.kind]
    writer = _Words(subject, preview)
    made = [
        _line(writer, field, prefix)
        for field in preview.fields
        if field.key not in _HIDDEN and (any(map(_is_given, field.keep)) or any(map(_is_given, field.absorb)))
    ]
    return sorted(made, key=lambda line: not line.is_choice)


def _is_given(value: object) -> bool:
    return value is not None and value != ""


def _line(writer: _Words, field: FieldPreview, prefix: str) -> Line:
    keep, absorb = writer.said(field, field.keep), writer.said(field, field.absorb)
    return Line(
        label=writer.label(field),
        keep=keep,
        absorb=absorb,
        result=absorb if field.side is Side.ABSORB else keep,
        name=f"{prefix}{field.key}",
        is_choice=field.is_conflict,
        takes_other=field.side is Side.ABSORB,
        is_different=field.is_different and _GROUPS[field.key].rule is not Rule.KEPT,
    )


class _Words:
    """Labels and values of one kind of record in words; a sealed value is only said to be there."""

    def __init__(self, subject: Subject, preview: MergePreview) -> None:
        self._columns = {one.key: one.columns for one in subject.groups}
        self._fields: dict[str, models.Field[Any, Any]] = {
            one.attname: one for one in subject.model._meta.concrete_fields
        }
        rows = [
            SimpleNamespace(
                **{
                    column: value
                    for field in preview.fields
                    for column, value in zip(self._columns[field.key], getattr(field, side), strict=True)
                }
            )
            for side in ("keep", "absorb")
        ]
        used = [self._fields[column] for columns in self._columns.values() for column in columns]
        self._writer = Writer(used, rows)

    def label(self, field: FieldPreview) -> str:
        """What people call the field."""
        columns = self._columns[field.key]
        if columns[0] == "workers_paid":
            return _("Tenaga kerja")
        if columns[0] == "lat":
            return _("Titik (lintang; bujur)")
        return capfirst(label_of(self._fields[columns[0]]))

    def said(self, field: FieldPreview, values: Sequence[Any]) -> str:
        """The values in words; a dash for none."""
        columns = [self._fields[column] for column in self._columns[field.key]]
        if is_secret(columns[0]):
            return _("tercatat (tersembunyi)") if values[0] is not None else "–"
        if columns[0].name == "verified_at":
            return formats.long_date(values[0]) if values[0] else "–"
        words = [self._writer.words(one, value) or "–" for one, value in zip(columns, values, strict=True)]
        return "–" if set(words) == {"–"} else _together(columns[0].attname, words)


def _together(first: str, words: Sequence[str]) -> str:
    """Values that only make sense together, in one phrase."""
    if first == "workers_paid":
        return _("%(paid)s dibayar, %(unpaid)s tidak dibayar") % {"paid": words[0], "unpaid": words[1]}
    if first == "kbli":
        return _("%(code)s (KBLI %(year)s)") % {"code": words[0], "year": words[1]}
    return "; ".join(words)


def owner_choices(preview: MergePreview) -> list[OwnerChoice]:
    """How two owners can be dealt with; nothing where there are not two."""
    if preview.owner is None:
        return []
    names = next((one for one in preview.owner.fields if one.key == "name"), None)
    keep, absorb = (str(names.keep[0]), str(names.absorb[0])) if names else ("–", "–")
    said = {
        "same": _("%(one)s dan %(other)s satu orang: gabungkan juga pemiliknya"),
        "keep": _("Dua orang; pemiliknya %(one)s"),
        "absorb": _("Dua orang; pemiliknya %(other)s"),
    }
    possible = [value for value in said if value != "same" or preview.owner.is_possible]
    return [
        OwnerChoice(value, said[value] % {"one": keep, "other": absorb}, preview.owner_choice == value)
        for value in possible
    ]


def moving(preview: MergePreview) -> list[str]:
    """What follows to the kept record, in sentences."""
    said = []
    for one in preview.relations:
        number = one.moving
        if number:
            said.append(_relation(one.name, number) % {"number": formats.number(number)})
        if one.set_aside:
            said.append(
                ngettext(
                    "%(number)s catatan yang sama persis tidak digandakan.",
                    "%(number)s catatan yang sama persis tidak digandakan.",
                    one.set_aside,
                )
                % {"number": formats.number(one.set_aside)}
            )
    return said


def _relation(name: str, number: int) -> str:
    model = name.split(".")[1]
    if model == "Product":
        return ngettext("%(number)s produk ikut pindah.", "%(number)s produk ikut pindah.", number)
    if model == "Licence":
        return ngettext("%(number)s izin ikut pindah.", "%(number)s izin ikut pindah.", number)
    if model == "Membership":
        return ngettext("%(number)s keanggotaan ikut pindah.", "%(number)s keanggotaan ikut pindah.", number)
    if model in ("EnterpriseClaim", "PersonClaim"):
        return ngettext("%(number)s klaim instansi ikut pindah.", "%(number)s klaim instansi ikut pindah.", number)
    if model == "Acceptance":
        return ngettext("%(number)s penerimaan klaim ikut pindah.", "%(number)s penerimaan klaim ikut pindah.", number)
    return ngettext("%(number)s baris kiriman ikut pindah.", "%(number)s baris kiriman ikut pindah.", number)


@dataclass(frozen=True, slots=True)
class Absorbed:
    """A record that an enterprise has absorbed, and the way to undo it ("" where the reader may not)."""

    name: str
    about: str
    undo_url: str


def absorbed(found: Sequence[MergeLine], *, may_undo: bool) -> list[Absorbed]:
    """What was merged into an enterprise, one line each."""
    return [
        Absorbed(
            one.absorbed_name,
            _("Nomor %(number)s, digabungkan %(day)s oleh %(person)s (%(post)s)")
            % {
                "number": one.absorbed_id,
                "day": formats.long_date(one.merged_at),
                "person": one.merged_by,
                "post": one.post,
            },
            reverse("office:merge_undo", args=[one.pk]) if may_undo else "",
        )
        for one in found
    ]


def undo_confirm(name: str, kept: str, *, action_url: str, cancel_url: str) -> Confirm:
    """What undoing a merge means."""
    return Confirm(
        _("Batalkan penggabungan “%(name)s”?") % {"name": name},
        _(
            "“%(name)s” kembali menjadi catatan sendiri dengan produk, izin, dan keanggotaannya, dan “%(kept)s” kembali"
            " seperti sebelumnya. Yang diubah orang lain sesudahnya tetap."
        )
        % {"name": name, "kept": kept},
        action_url,
        _("Batalkan penggabungan"),
        cancel_url,
        undo="",
    )


def stayed_words(keys: Sequence[str]) -> str:
    """The names of fields that an undo left alone."""
    said = []
    for key in keys:
        subject = PERSON if key.startswith("owner.") else ENTERPRISE
        group = _GROUPS[key.removeprefix("owner.")]
        fields = {one.attname: one for one in subject.model._meta.concrete_fields}
        said.append(label_of(fields[group.columns[0]]))
    return ", ".join(said)
