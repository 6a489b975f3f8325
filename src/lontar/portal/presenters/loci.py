"""The villages of the strict selection (loci) for the public: their list by kabupaten/kota, rank, round and decree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.designation.queries.flagships import LOCUS_COLUMNS
from lontar.ui.charts import Sheet
from lontar.ui.presenters import Column, EmptyState, Export, Link, Pager, Query, Row, Table

Locus = Mapping[str, Any]
SIZE = 100


def table(rows: Sequence[Locus], *, query: Query, page: int) -> Table:
    """One page of the list; a village's name opens its page, the decree's number the page where it is checked."""
    shown = rows[(page - 1) * SIZE : page * SIZE]
    return Table(
        caption=_("Desa lokus yang ditetapkan"),
        columns=[
            Column("desa", _("Desa/kelurahan")),
            Column("kecamatan", _("Kecamatan")),
            Column("kabupaten", _("Kabupaten/kota")),
            Column("peringkat", _("Peringkat di kabupaten/kota"), numeric=True),
            Column("putaran", _("Putaran")),
            Column("mulai", _("Berlaku mulai")),
            Column("keputusan", _("Keputusan")),
        ],
        rows=[Row(_cells(one), url=reverse("portal:village", args=[one["village_code"]])) for one in shown],
        pager=Pager(query, len(rows), page, SIZE),
        noun=pgettext("hitungan", "lokus"),
        exports=[Export("CSV", reverse("portal:loci_csv"))],
        empty=EmptyState(
            _("Belum ada desa lokus yang ditetapkan."), _("Desa lokus muncul di sini setelah keputusannya terbit.")
        ),
        sizes=(SIZE,),
    )


def _cells(one: Locus) -> list[object]:
    decree = Link(one["decree"], reverse("portal:check", args=[one["check_code"]]), "shield")
    return [
        one["village"], one["district"], one["regency"], one["rank"], one["round"], one["valid_from"], decree,
    ]  # fmt: skip


def sheet(rows: Sequence[Locus]) -> Sheet:
    """Every locus by the columns of the open data."""
    return Sheet(list(LOCUS_COLUMNS), [[_plain(one[name]) for name in LOCUS_COLUMNS] for one in rows])


def _plain(value: object) -> str | int | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int) else None
