"""The list of verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.engines.periods import parse_quarter
from lontar.ui import formats
from lontar.ui.presenters import Column, EmptyState, Pager, Query, Row, Table
from lontar.verdicts.models import Verdict


def verdicts_table(query: Query, verdicts: Sequence[Verdict]) -> Table:
    """Every verdict, newest first."""
    columns = (
        Column("triwulan", _("Triwulan")), Column("nomor", _("Nomor"), numeric=True), Column("dibuat", _("Dibuat")),
        Column("unit", _("Unit"), numeric=True), Column("produsen", _("Produsen"), numeric=True),
        Column("laporan", _("Laporan"), numeric=True), Column("sidik", _("Sidik hasil")),
    )  # fmt: skip
    rows = [
        Row([str(parse_quarter(one.quarter)), formats.number(one.number), formats.moment(one.made_at),
             formats.number(one.units), formats.number(one.producers), formats.number(one.returns),
             one.result_sha256[:12]], url=reverse("verdicts:verdict", args=[one.pk]))
        for one in verdicts
    ]  # fmt: skip
    empty = EmptyState(
        _("Belum ada putusan."), _("Buat putusan pertama sesudah sebuah triwulan berakhir dan laporannya diterima.")
    )
    pager = Pager(query, len(rows), 1, max(len(rows), 1))
    return Table(_("Putusan"), columns, rows, pager, pgettext("daftar", "putusan"), empty=empty)
