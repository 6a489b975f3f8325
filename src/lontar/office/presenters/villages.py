"""The list of villages, and one village as the office reads it: potential by year, resources, facilities, attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.access.models import Post
from lontar.access.policies import covers
from lontar.office.presenters.enterprise import amount, small_table
from lontar.office.presenters.goods import body_kind
from lontar.office.presenters.sheets import Col, Sheet
from lontar.office.presenters.words import sourced
from lontar.office.queries.villages import PotentialChange, Village, VillageCounts, VillageLine
from lontar.office.states import ListKey
from lontar.registry.models import Organization, RegionAttribute, School, VillageFacility, VillagePotential
from lontar.registry.queries import RegionCard
from lontar.registry.states import FacilityKind, PointQuality, RegionKind, ResourceKind
from lontar.ui import formats
from lontar.ui.presenters import Column, Figure, HistoryEntry, KeyValue, Link, Row, Status, Table, Tone

_LABELS = {
    "idm": gettext_lazy("Indeks Desa Membangun (IDM)"),
    "status": gettext_lazy("Status IDM"),
    "iks": gettext_lazy("Indeks ketahanan sosial"),
    "ike": gettext_lazy("Indeks ketahanan ekonomi"),
    "ikl": gettext_lazy("Indeks ketahanan lingkungan"),
}


def sheet() -> Sheet[VillageLine]:
    """The columns of the list of villages."""
    columns: list[Col[VillageLine]] = [
        Col("nama", _("Desa/kelurahan"), lambda row: row.name, sort="name"),
        Col("kode", _("Kode"), lambda row: row.code, sort="code"),
        Col("jenis", _("Jenis"), lambda row: str(RegionKind(row.kind).label), start=False),
        Col("kecamatan", _("Kecamatan"), lambda row: row.district),
        Col("kabupaten", _("Kabupaten/kota"), lambda row: row.regency),
        Col("indeks", _("Indeks desa"), _index, kind="decimal", plain=lambda row: row.index, sort="index"),
        Col("keadaan", _("Status indeks"), lambda row: row.status.capitalize(), start=False),
        Col("usaha", _("Usaha"), lambda row: row.registered, kind="integer", sort="registered"),
        Col("terverifikasi", _("Terverifikasi"), lambda row: row.verified, kind="integer", start=False),
        Col(
            "cakupan",
            _("Terverifikasi (%)"),
            _share,
            kind="decimal",
            plain=lambda row: round(Decimal(100 * row.verified) / row.registered, 1) if row.registered else None,
            sort="verified",
        ),
        Col("komoditas", _("Komoditas"), lambda row: row.commodities, kind="integer", sort="commodities", start=False),
        Col("potensi", _("Data potensi"), _potential),
        Col("produk", _("Produk"), lambda row: row.products, kind="integer", sort="products"),
    ]
    return Sheet(ListKey.VILLAGES, _("Desa dan kelurahan"), _("desa/kelurahan"), columns, first_sort="kode")


def _index(row: VillageLine) -> str | None:
    return None if row.index is None else formats.number(row.index, 4)


def _share(row: VillageLine) -> str | None:
    return formats.percent(Decimal(row.verified) / row.registered, 1) if row.registered else None


def _potential(row: VillageLine) -> Status:
    if row.year is None:
        return Status(_("Belum ada"), Tone.WARN)
    return Status(_("Tahun %(year)s") % {"year": row.year}, Tone.GOOD)


def link_of(row: VillageLine) -> tuple[str, str]:
    """Key and page of a village."""
    return row.code, reverse("office:village", args=[row.code])


# --- one village ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearOfPotential:
    """The potential of one year: its table, and where a commodity is added ("" where the reader may not)."""

    year: int
    table: Table
    add_url: str


def facts(card: RegionCard, attributes: Sequence[RegionAttribute]) -> list[KeyValue]:
    """Codes, kind, point and attributes, each with its source and date."""
    lines = [
        KeyValue(_("Kode Kemendagri"), card.code, card.source),
        KeyValue(_("Kode BPS (Badan Pusat Statistik)"), card.bps_code),
        KeyValue(_("Jenis"), str(RegionKind(card.kind).label)),
        KeyValue(_("Titik"), str(PointQuality(card.point_quality).label)),
    ]
    if card.valid_until:
        lines.append(KeyValue(_("Berlaku sampai"), card.valid_until))
    return [*lines, *(_attribute(one) for one in attributes)]


def _attribute(one: RegionAttribute) -> KeyValue:
    if one.number is None:
        value = one.word.capitalize() if one.word.isupper() else one.word
    else:
        small = abs(one.number) <= 1 and one.number != one.number.to_integral_value()
        value = f"{formats.number(one.number, 4 if small else None)} {one.unit}".strip()
    label = str(_LABELS.get(one.key, one.key.replace("_", " ")))
    return KeyValue(label, value, sourced(one.source, one.as_of))


def figures(card: RegionCard, counts: VillageCounts, *, may_read_enterprises: bool) -> list[Figure]:
    """The figures on top of the page; enterprises carry the accent and lead to their list where it is open."""
    within = f"?wilayah={card.code}"
    enterprises = reverse("office:enterprises") + within if may_read_enterprises else ""
    return [
        Figure(
            _("Usaha terdaftar"),
            formats.number(counts.registered),
            unit=_("usaha"),
            note=_("%(verified)s terverifikasi, %(nib)s memiliki NIB")
            % {"verified": formats.number(counts.verified), "nib": formats.number(counts.with_nib)},
            url=enterprises,
            key=True,
        ),
        Figure(
            _("Tenaga kerja"),
            formats.number(counts.workers),
            unit=_("orang"),
            note=_("%(women)s usaha milik perempuan") % {"women": formats.number(counts.women_owned)},
        ),
        Figure(_("Produk"), formats.number(counts.products), _("produk"), url=reverse("office:products") + within),
        Figure(
            _("Izin dan sertifikat"),
            formats.number(counts.licences),
            unit=_("izin"),
            note=_("%(ended)s lewat tanggal") % {"ended": formats.number(counts.licences_ended)},
            url=reverse("office:licences") + within,
        ),
    ]


def years(found: Village, code: str, *, may_change: bool) -> list[YearOfPotential]:
    """The potential by year, newest first; each row leads to its change where the reader may."""
    columns = [
        Column("komoditas", _("Komoditas")),
        Column("luas", _("Luas"), numeric=True),
        Column("produksi", _("Produksi"), numeric=True),
        Column("panen", _("Bulan panen")),
        Column("mentah", _("Dijual mentah"), numeric=True),
        Column("sumber", _("Sumber")),
        *([Column("ubah", _("Ubah"))] if may_change else []),
    ]
    rows: dict[int, list[Row]] = {}
    for one in found.potential:
        rows.setdefault(one.year, []).append(_potential_row(one, code, may_change=may_change))
    return [
        YearOfPotential(
            year,
            small_table(
                f"potensi-{year}", _("Potensi tahun %(year)s") % {"year": year}, columns, lines, noun=_("komoditas")
            ),
            f"{reverse('office:potential_new', args=[code])}?tahun={year}" if may_change else "",
        )
        for year, lines in rows.items()
    ]


def _potential_row(one: VillagePotential, code: str, *, may_change: bool) -> Row:
    raw = None if one.sold_raw_share is None else formats.percent(one.sold_raw_share / 100, 0)
    source = one.source_agency.short_name if one.source_agency else ""
    cells: list[object] = [
        one.commodity.name,
        amount(one.area_ha, "ha"),
        amount(one.production, one.unit),
        formats.months(one.harvest_months),
        raw,
        sourced(source, one.recorded_at),
    ]
    if may_change:
        cells.append(
            [
                Link(_("Ubah"), reverse("office:potential_change", args=[code, one.pk]), "edit"),
                Link(_("Hapus"), reverse("office:potential_remove", args=[code, one.pk]), "trash", dialog=True),
            ]
        )
    return Row(cells)


def resources(found: Village) -> list[KeyValue]:
    """Natural resources, newest year first."""
    return [
        KeyValue(
            f"{ResourceKind(one.kind).label} ({one.year})",
            one.name,
            sourced(one.source_agency.short_name if one.source_agency else "", one.recorded_at),
        )
        for one in found.resources
    ]


def facilities(found: Village) -> list[KeyValue]:
    """Facilities: of each kind the newest year."""
    newest: dict[str, VillageFacility] = {}
    for one in found.facilities:
        newest.setdefault(one.kind, one)
    return [
        KeyValue(
            f"{FacilityKind(one.kind).label} ({one.year})",
            one.number,
            sourced(one.source_agency.short_name if one.source_agency else "", one.recorded_at),
        )
        for one in newest.values()
    ]


def bodies_table(found: Village) -> Table:
    """Organisations and schools of the village."""
    columns = [Column("nama", _("Nama")), Column("jenis", _("Jenis")), Column("orang", _("Anggota"), numeric=True)]
    rows = [_body_row(one) for one in found.organizations] + [_school_row(one) for one in found.schools]
    return small_table("daftar-lembaga", _("Daftar organisasi dan sekolah"), columns, rows, noun=_("lembaga"))


def _body_row(one: Organization) -> Row:
    return Row(
        [one.name, body_kind(one.kind, one.community_kind), one.members],
        url=reverse("office:body", args=["organisasi", one.pk]),
    )


def _school_row(one: School) -> Row:
    return Row(
        [one.name, body_kind("school", one.kind), one.pupils], url=reverse("office:body", args=["sekolah", one.pk])
    )


def potential_history(changes: Sequence[PotentialChange], reader: Post) -> list[HistoryEntry]:
    """The changes of a village's potential, for the component of histories; people only as the reader may know them."""
    verbs = {
        "insert": _("menambahkan %(commodity)s tahun %(year)s"),
        "update": _("mengubah %(commodity)s tahun %(year)s"),
        "delete": _("menghapus %(commodity)s tahun %(year)s"),
    }
    entries = []
    for one in changes:
        known = one.post is not None and (
            one.post.agency_id == reader.agency_id or covers(reader, one.post.region_code)
        )
        inner = f" ({one.person}, {one.post.title})" if known and one.post and one.person else ""
        what = verbs[one.kind] % {"commodity": one.commodity, "year": one.year}
        if one.from_file:
            what = _("%(change)s dari berkas") % {"change": what}
        agency = one.agency or _("Sistem")
        entries.append(HistoryEntry(one.at, f"{agency}{inner}", what, one.fields))
    return entries
