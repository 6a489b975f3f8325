"""The comparison group: how it answers, its villages, its members with the reasons, and villages that would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.engines.periods import Month
from lontar.registry.states import RegionKind
from lontar.returns.models import Producer
from lontar.returns.queries.comparing import Cover, Elsewhere, Kept, Village
from lontar.ui import formats
from lontar.ui.charts import Frame, Line, Lines
from lontar.ui.presenters import Column, EmptyState, Figure, Pager, Query, Row, Table


@dataclass(frozen=True, slots=True)
class Page:
    """The head of the screen: figures, the curve of coverage, and the table by kabupaten/kota."""

    month: str
    figures: tuple[Figure, ...]
    curve: SafeString
    regencies: Table


@dataclass(frozen=True, slots=True)
class Member:
    """Who is or was in the group; `key` is "" where it has ended."""

    key: str
    name: str
    since: str
    told: str
    reason: str


def _share(value: float | None) -> str:
    return formats.NONE if value is None else formats.percent(value, 1)


def page_of(
    month: Month,
    *,
    cover: Mapping[Month, Cover],
    regencies: Mapping[str, Cover],
    kept: tuple[Kept, Kept],
    villages: Sequence[Village],
    names: Mapping[str, str],
) -> Page:
    """Everything above the list of villages."""
    newest = cover[month]
    beside = _("program: %(share)s")
    figures = (
        Figure(_("Produsen pembanding"), formats.number(newest.asked), pgettext("hitungan", "produsen"), key=True,
               note=_("di %(number)s desa/kelurahan") % {"number": formats.number(sum(one.asked > 0 for one in villages))}),
        Figure(_("Sudah melapor"), _share(newest.share), note=beside % {"share": _share(newest.programme_share)}),
        Figure(_("Hilang dalam setahun"), _share(kept[0].lost), note=beside % {"share": _share(kept[1].lost)}),
        Figure(_("Pernah ikut"), formats.number(sum(one.ended for one in villages)), pgettext("hitungan", "produsen")),
    )  # fmt: skip
    return Page(str(month), figures, _curve(cover), _regencies(regencies, villages, names=names))


def _curve(cover: Mapping[Month, Cover]) -> SafeString:
    if not any(one.asked for one in cover.values()):
        return SafeString("")

    def line(label: str, values: list[float | None], *, key: bool) -> Line:
        return Line(label, [None if one is None else round(one * 100, 1) for one in values], key=key)

    frame = Frame(
        _("Berapa bagian yang melapor, di dalam dan di luar program?"), _("Laporan bulanan yang dikirim"),
        note=_("Bila pembanding jauh lebih jarang melapor, selisihnya dengan program tidak lagi dapat dipercaya."),
    )  # fmt: skip
    shares = list(cover.values())
    lines = [
        line(_("pembanding"), [one.share for one in shares], key=True),
        line(_("program"), [one.programme_share for one in shares], key=False),
    ]
    return Lines(frame, [str(one) for one in cover], lines, _("Bulan"), "%", decimals=1).render()


def _whole(rows: Sequence[Row]) -> Pager:
    return Pager(Query(""), len(rows), 1, max(len(rows), 1))


def _regencies(found: Mapping[str, Cover], villages: Sequence[Village], *, names: Mapping[str, str]) -> Table:
    rows = [
        Row([names.get(code, code), sum(one.asked > 0 for one in villages if one.code.startswith(code)),
             formats.number(cover.asked), _share(cover.share), formats.number(cover.programme_asked),
             _share(cover.programme_share)], key=code)
        for code, cover in found.items()
    ]  # fmt: skip
    columns = [
        Column("kabupaten", _("Kabupaten/kota")), Column("desa", _("Desa pembanding"), numeric=True),
        Column("pembanding", _("Produsen pembanding"), numeric=True), Column("melapor", _("Melapor"), numeric=True),
        Column("program", _("Produsen program"), numeric=True), Column("melapor2", _("Melapor (program)"), numeric=True),
    ]  # fmt: skip
    return Table(
        _("Menurut kabupaten/kota"), columns, rows, _whole(rows), pgettext("hitungan", "wilayah"), "wilayah", sizes=()
    )


def villages_table(rows: Sequence[Village], pager: Pager) -> Table:
    """Villages of the group."""
    columns = [
        Column("desa", _("Desa/kelurahan")), Column("kabupaten", _("Kabupaten/kota")), Column("produk", _("Komoditas")),
        Column("sejak", _("Sejak")), Column("produsen", _("Produsen"), numeric=True),
        Column("melapor", _("Melapor"), numeric=True), Column("alasan", _("Mengapa dipilih")),
    ]  # fmt: skip
    lines = [
        Row([one.name, one.regency, one.products or formats.NONE, str(Month.from_date(one.since)),
             formats.number(one.asked), formats.number(one.answered), one.reason or _("tidak dicatat")],
            url=reverse("returns:comparison_village", args=[one.code]), key=one.code)
        for one in rows
    ]  # fmt: skip
    return Table(
        _("Desa pembanding"), columns, lines, pager, pgettext("hitungan", "desa"),
        empty=EmptyState(_("Belum ada desa pembanding."), _("Tanpa pembanding tidak ada putusan, hanya perubahan.")),
    )  # fmt: skip


def elsewhere_table(rows: Sequence[Elsewhere], *, product: str) -> Table:
    """Villages that might be compared."""
    columns = [
        Column("desa", _("Desa/kelurahan")), Column("jenis", _("Jenis")), Column("status", _("Status indeks desa")),
        Column("pembuat", _("Pembuat produk ini"), numeric=True), Column("diminta", _("Sudah diminta"), numeric=True),
    ]  # fmt: skip
    lines = [
        Row([one.name, str(RegionKind(one.kind).label), one.status.lower() or formats.NONE, formats.number(one.makers),
             formats.number(one.asked)],
            url=f"{reverse('returns:comparison_village', args=[one.code])}?komoditas={product}", key=one.code)
        for one in rows
    ]  # fmt: skip
    return Table(
        _("Desa tanpa produk unggulan yang membuat produk ini"), columns, lines, _whole(lines), pgettext("hitungan", "desa"),
        empty=EmptyState(_("Tidak ada desa seperti itu di sini."), _("Cari di kabupaten lain.")), sizes=(),
    )  # fmt: skip


def members(rows: Sequence[Producer], answered: Set[int]) -> list[Member]:
    """Those asked now first."""
    found = []
    for one in rows:
        since = _("sejak %(month)s") % {"month": Month.from_date(one.from_month)}
        if one.until_month:
            since += ", " + _("sebelum %(month)s") % {"month": Month.from_date(one.until_month)}
        told = _("sudah melapor") if one.pk in answered else _("belum melapor")
        reasons = [one.reason or _("Alasan tidak dicatat.")]
        if one.end_reason:
            reasons.append(_("Berhenti: %(reason)s") % {"reason": one.end_reason})
        found.append(Member("" if one.until_month else str(one.pk), one.name, since, told, " ".join(reasons)))
    return found
