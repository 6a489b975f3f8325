"""Units with their producers: the list, and the two tables of one unit, who is asked and who might be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.designation.models import Flagship
from lontar.engines.periods import Month
from lontar.returns.models import Producer
from lontar.returns.queries.enrolling import Candidate
from lontar.ui.presenters import Column, EmptyState, Pager, Row, Table


def units_table(*, rows: Sequence[Flagship], asked: Mapping[str, int], pager: Pager) -> Table:
    """Units with a flagship."""
    return Table(
        caption=_("Unit dengan produk unggulan"),
        columns=[
            Column("unggulan", _("Produk unggulan")), Column("desa", _("Desa/kelurahan")),
            Column("produsen", _("Produsen diminta"), numeric=True),
        ],
        rows=[
            Row(
                [one.name, one.village.name, asked.get(str(one.unit_key), 0)],
                url=reverse("returns:unit", args=[one.pk]), key=str(one.pk),
            )
            for one in rows
        ],
        pager=pager, noun=pgettext("hitungan", "unit"),
        empty=EmptyState(
            _("Belum ada unit dengan produk unggulan."), _("Produsen didaftarkan setelah produk unggulan ditetapkan.")
        ),
    )  # fmt: skip


def asked_lines(rows: Sequence[Producer]) -> list[tuple[str, str, str, str]]:
    """Key ("" where it has ended already), name, first month, and until when."""
    return [
        (
            "" if one.until_month else str(one.pk), one.name, str(Month.from_date(one.from_month)),
            _("sebelum %(month)s") % {"month": Month.from_date(one.until_month)} if one.until_month else _("masih diminta"),
        )
        for one in rows
    ]  # fmt: skip


def candidate_lines(rows: Sequence[Candidate]) -> list[tuple[str, str, str]]:
    """Key, name, and what it makes."""
    return [(f"{one.maker.value}:{one.maker_id}", one.name, one.product) for one in rows]
