"""The check-list by place: from kabupaten/kota down to the producers of a village whose months are still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access.models import Post
from lontar.engines.periods import Quarter
from lontar.monitoring.queries.checks import OpenMonth, Place
from lontar.registry.models import Region
from lontar.registry.presenters import titled
from lontar.returns.policies import check_report
from lontar.ui import formats
from lontar.ui.presenters import Column, EmptyState, Link, Pager, Query, Row, Status, Table, Tone

_VILLAGE = 13


@dataclass(frozen=True, slots=True)
class PlacePart:
    """What lies beneath a region, or the open months of a village; the way up, and the lists of its returns."""

    title: str
    up: Sequence[Link]
    table: Table
    lists: Sequence[Link]


def place_part(
    quarter: Quarter, region: str, *, places: Sequence[Place], months: Sequence[OpenMonth], post: Post
) -> PlacePart:
    """The part of a quarter's page that goes down; `region` "" is the whole that the post sees."""
    codes = [region[:letters] for letters in (5, 8, _VILLAGE) if letters <= len(region)]
    rows = Region.objects.filter(code__in=[*codes, *(one.region for one in places)])
    names = {one.code: titled(one.name, one.kind) for one in rows}
    home = reverse("monitoring:quarter", args=[quarter.label])
    up = [Link(names.get(code, code), f"{home}?wilayah={code}#tempat") for code in codes[:-1]]
    return PlacePart(
        names.get(region, region),
        [Link(_("Semua kabupaten/kota"), f"{home}#tempat"), *up] if region else [],
        _producers(quarter, months, may_answer=check_report.can(post))
        if len(region) == _VILLAGE
        else _places(home, places, names),
        _lists(quarter, region) if region else [],
    )


def _lists(quarter: Quarter, region: str) -> list[Link]:
    made = []
    for month in quarter.months():
        query = f"?bulan={month.label}&wilayah={region}"
        made.append(Link(_("Belum melapor, %(month)s") % {"month": month}, reverse("returns:missing") + query))
        made.append(
            Link(_("Ditandai, belum dijelaskan, %(month)s") % {"month": month},
                 f"{reverse('returns:returns')}{query}&tanda=unexplained")
        )  # fmt: skip
    return made


def _places(home: str, places: Sequence[Place], names: dict[str, str]) -> Table:
    ordered = sorted(places, key=lambda one: (one.accepted / one.asked, one.region))
    letters = len(places[0].region) if places else 0
    noun = {5: _("kabupaten/kota"), 8: _("kecamatan"), _VILLAGE: _("desa/kelurahan")}.get(letters, _("wilayah"))
    return Table(
        caption=_("Laporan menurut %(places)s, cakupan terendah lebih dahulu") % {"places": noun},
        columns=[
            Column("nama", pgettext("tempat", "Wilayah")),
            Column("cakupan", _("Cakupan"), numeric=True),
            Column("diminta", _("Diminta"), numeric=True),
            Column("diterima", pgettext("laporan bulanan", "Diterima"), numeric=True),
            Column("menunggu", _("Menunggu"), numeric=True),
            Column("kosong", _("Belum melapor"), numeric=True),
            Column("mencolok", _("Mencolok"), numeric=True),
        ],
        rows=[
            Row(
                [
                    Link(names.get(one.region, one.region), f"{home}?wilayah={one.region}#tempat"),
                    formats.percent(Decimal(one.accepted) / one.asked), one.asked, one.accepted, one.waiting,
                    one.unanswered, one.outliers,
                ]
            )
            for one in ordered
        ],
        pager=Pager(Query("", ()), len(ordered), 1, max(25, len(ordered))),
        noun=noun,
        key="menurut-tempat",
        empty=EmptyState(_("Tidak ada produsen yang diminta melapor di sini.")),
        sizes=(),
    )  # fmt: skip


def _producers(quarter: Quarter, found: Sequence[OpenMonth], *, may_answer: bool) -> Table:
    """A row per producer with an open month, a cell per month; each leads to where it is answered or looked at."""
    months = [one.start for one in quarter.months()]
    rows = []
    for _key, group in groupby(found, key=lambda one: one.producer_id):
        held = {one.month: one for one in group}
        first = next(iter(held.values()))
        rows.append(
            Row(
                [first.name, *(_cell(held.get(month), may_answer=may_answer) for month in months)],
                key=str(first.producer_id),
            )
        )
    return Table(
        caption=_("Produsen dengan bulan yang belum selesai"),
        columns=[
            Column("produsen", _("Produsen")),
            *(Column(f"{month:%Y-%m}", _month(month)) for month in months),
        ],
        rows=rows,
        pager=Pager(Query("", ()), len(rows), 1, max(25, len(rows))),
        noun=pgettext("hitungan", "produsen"),
        key="bulan-terbuka",
        empty=EmptyState(_("Semua laporan desa ini sudah diterima dan tidak ada yang mencolok.")),
        sizes=(),
    )


def _month(month: date) -> str:
    return date_format(month, "F Y")


def _cell(one: OpenMonth | None, *, may_answer: bool) -> object:
    if one is None:
        return Status(pgettext("laporan bulanan", "Beres"), Tone.GOOD)
    label = _("Belum melapor") if one.is_unanswered else _("Menunggu") if one.is_waiting else _("Mencolok")
    if one.return_id is not None and not one.is_unanswered:
        return Link(label, reverse("returns:detail", args=[one.return_id]))
    if not may_answer:
        return Status(label, Tone.WARN)
    return Link(label, reverse("returns:answer", args=[one.producer_id, f"{one.month:%Y-%m}"]))
