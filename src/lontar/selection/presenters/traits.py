"""The table of what is laid down about commodities."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.selection.queries.traits import TraitStands
from lontar.ui import formats
from lontar.ui.presenters import Column, EmptyState, Export, Link, Pager, Query, Row, Table

HEADS = ["sifat", "komoditas", "sektor", "wilayah", "keterangan", "sumber", "berlaku_mulai", "berlaku_sampai"]


def traits_table(query: Query, rows: Sequence[TraitStands], *, may: bool) -> Table:
    """Every trait in force on the day; whoever may set them finds the way to end one."""
    columns = [
        Column("sifat", _("Sifat")), Column("komoditas", _("Komoditas atau sektor")), Column("wilayah", _("Wilayah")),
        Column("keterangan", _("Keterangan")), Column("sumber", _("Sumber")), Column("mulai", _("Berlaku")),
        *([Column("akhiri", _("Akhiri"))] if may else []),
    ]  # fmt: skip
    return Table(
        caption=_("Sifat komoditas yang berlaku"),
        columns=columns,
        rows=[Row(_cells(one, may=may)) for one in rows],
        pager=Pager(query, len(rows), 1, max(len(rows), 1)),
        noun=_("sifat"),
        exports=[Export(_("CSV"), query.but({"format": "csv"}))],
        empty=EmptyState(_("Belum ada sifat yang berlaku pada hari itu."), _("Catat yang pertama di bawah.")),
    )


def _cells(one: TraitStands, *, may: bool) -> list[object]:
    until = "" if one.valid_until is None else f"–{formats.long_date(one.valid_until)}"
    cells: list[object] = [
        str(one.kind.label), one.subject, one.region or _("Seluruh provinsi"), one.reason, one.source,
        formats.long_date(one.valid_from) + until,
    ]  # fmt: skip
    if may:
        cells.append(
            Link(_("Akhiri…"), reverse("selection:end_trait", args=[one.pk])) if one.valid_until is None else None
        )
    return cells


def lines(rows: Sequence[TraitStands]) -> list[list[object]]:
    """Plain rows for a file."""
    return [
        [one.kind.value, one.code, one.sector, one.region_code, one.reason, one.source, one.valid_from, one.valid_until]
        for one in rows
    ]
