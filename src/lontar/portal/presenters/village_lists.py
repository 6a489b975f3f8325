"""The lists of a village page as tables: potential by year and calendar, enterprises, products, licences, organisations."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.portal.presenters.harvest import HarvestCalendar, Season
from lontar.portal.presenters.words import named, sourced
from lontar.portal.queries.village import Good, Group, Grown, Permits, Trade
from lontar.registry.rules import public_text
from lontar.registry.states import CommunityKind, LicenceKind, OrganizationKind, Stage
from lontar.ui import formats
from lontar.ui.charts import Frame
from lontar.ui.presenters import Column, Pager, Query, Row, Status, Table, Tone


def listed(
    key: str, caption: str, *, columns: Sequence[Column], rows: Sequence[Row], noun: str, pager: Pager | None = None
) -> Table:
    """A short list of the page as a table; its own pager only where the list goes on."""
    return Table(
        caption=caption,
        columns=columns,
        rows=rows,
        pager=pager or Pager.whole(len(rows)),
        noun=noun,
        key=key,
        sizes=(),
    )


def years(grown: Sequence[Grown]) -> list[tuple[str, Table]]:
    """The potential by year, newest first: (year, table)."""
    columns = [
        Column("komoditas", _("Komoditas")),
        Column("luas", _("Luas"), numeric=True),
        Column("produksi", _("Produksi"), numeric=True),
        Column("panen", _("Bulan panen")),
        Column("mentah", _("Dijual mentah"), numeric=True),
        Column("sumber", _("Sumber")),
    ]
    rows: dict[int, list[Row]] = {}
    for one in grown:
        raw = None if one.raw_share is None else formats.percent(one.raw_share / 100, 0)
        rows.setdefault(one.year, []).append(
            Row(
                [
                    named(one.name, one.name_en),
                    _amount(one.area_ha, "ha"),
                    _amount(one.production, one.unit),
                    formats.months(one.months),
                    raw,
                    sourced([one.agency], one.at),
                ]
            )
        )
    return [
        (
            str(year),
            listed(f"potensi-{year}", _("Potensi tahun %s") % year, columns=columns, rows=lines, noun=_("komoditas")),
        )
        for year, lines in rows.items()
    ]


def _amount(value: Decimal | None, unit: str) -> str | None:
    return None if value is None else f"{formats.number(value)}{formats.NBSP}{unit}"


def calendar(grown: Sequence[Grown], *, level: int = 3) -> HarvestCalendar | None:
    """The harvest calendar of the newest year; None while no months are known."""
    newest = max((one.year for one in grown), default=0)
    seasons = [one for one in grown if one.year == newest and one.months]
    if not seasons:
        return None
    return HarvestCalendar(
        Frame(
            question=_("Kapan apa dipanen?"),
            source=sourced((one.agency for one in seasons), max(one.at for one in seasons)),
            note=_("Kalender panen tahun %s.") % newest,
            level=level,
        ),
        [Season(named(one.name, one.name_en), one.months) for one in seasons],
    )


def groups_table(found: Sequence[Group]) -> Table:
    """Organisations and schools."""
    columns = [Column("nama", _("Nama")), Column("jenis", _("Jenis")), Column("orang", _("Anggota"))]
    rows = [Row([public_text(one.name), _group_kind(one), _people(one)]) for one in found]
    return listed(
        "daftar-organisasi", _("Organisasi dan sekolah"), columns=columns, rows=rows, noun=_("organisasi dan sekolah")
    )


def _group_kind(one: Group) -> str:
    if one.kind == "school":
        return _("Sekolah (%s)") % one.detail if one.detail else _("Sekolah")
    kind = str(OrganizationKind(one.kind).label)
    return f"{kind}: {CommunityKind(one.detail).label}" if one.detail else kind


def _people(one: Group) -> str | None:
    if one.people is None:
        return None
    word = _("peserta didik") if one.kind == "school" else _("anggota")
    return f"{formats.number(one.people)} {word}"


def permits_table(found: Sequence[Permits]) -> Table:
    """Licences by kind: in force, ended, and with a number that was checked at its source."""
    columns = [
        Column("jenis", _("Jenis")),
        Column("berlaku", _("Berlaku")),
        Column("lewat", _("Lewat masa berlaku")),
        Column("diperiksa", _("Nomor sudah diperiksa"), numeric=True),
    ]
    rows = [
        Row(
            [
                str(LicenceKind(one.kind).label),
                Status(formats.number(one.in_force), Tone.GOOD) if one.in_force else None,
                Status(formats.number(one.expired), Tone.BAD) if one.expired else None,
                one.verified,
            ]
        )
        for one in found
    ]
    return listed(
        "daftar-izin", _("Izin dan sertifikat"), columns=columns, rows=rows, noun=_("jenis izin dan sertifikat")
    )


def trades_table(found: Sequence[Trade], pager: Pager) -> Table:
    """A page of the village's enterprises."""
    columns = [
        Column("nama", _("Nama usaha")),
        Column("produk", _("Produk utama")),
        Column("kelas", _("Kelas IMK")),
        Column("verifikasi", _("Verifikasi")),
    ]
    rows = [
        Row(
            [
                public_text(one.name),
                public_text(one.main_product),
                one.imk_class.capitalize(),
                Status(_("Terverifikasi"), Tone.GOOD) if one.is_verified else _("belum"),
            ],
            url=reverse("portal:enterprise", args=[one.pk]),
        )
        for one in found
    ]
    return listed("daftar-usaha", _("Daftar usaha"), columns=columns, rows=rows, noun=_("usaha"), pager=pager)


def goods_table(found: Sequence[Good], count: int) -> Table:
    """The first products of the village; the count is of all of them."""
    columns = [
        Column("produk", _("Produk")),
        Column("tahap", _("Tahap")),
        Column("pembuat", _("Pembuat")),
        Column("izin", _("Izin berlaku"), numeric=True),
    ]
    rows = [
        Row(
            [public_text(one.name), str(Stage(one.stage).label), public_text(one.maker), one.licences or None],
            url=reverse("portal:product", args=[one.pk]),
        )
        for one in found
    ]
    return listed(
        "daftar-produk",
        _("Daftar produk"),
        columns=columns,
        rows=rows,
        noun=_("produk"),
        pager=Pager(Query(""), count, 1, count),
    )
