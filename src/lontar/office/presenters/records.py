"""One product, licence, organisation or school as a fact sheet with its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.office.presenters.enterprise import amount, batch_url, licence_badge, people, small_table, source_words
from lontar.office.presenters.goods import body_kind
from lontar.office.queries.enterprises import source_of
from lontar.office.queries.records import Maker
from lontar.registry.models import Licence, Organization, Product, School
from lontar.registry.states import LicenceKind, ProductCategory, Stage
from lontar.ui import formats
from lontar.ui.presenters import Column, KeyValue, Link, Row, Status, Table, Tone


def _sourced(label: str, one: Product | Licence | Organization | School, value: object) -> KeyValue:
    """The first line of a sheet, with the source of the whole record beneath it."""
    agency = one.source_agency.name if one.source_agency else ""
    source = source_of(agency, one.source_batch, one.source_row)
    return KeyValue(label, value, source_words(source), batch_url(source))


def _places(one: Product | Licence | Organization | School) -> list[KeyValue]:
    village = one.village
    above = [region.name for region in (village.parent, village.parent and village.parent.parent) if region]
    return [
        KeyValue(_("Desa/kelurahan"), Link(village.name, reverse("office:village", args=[village.code]))),
        KeyValue(_("Kecamatan, kabupaten/kota"), ", ".join(above)),
    ]


def maker_value(maker: Maker | None, *, may_open: bool) -> object:
    """Who makes or holds something, as a link where the reader may open it."""
    if maker is None:
        return None
    if maker.kind == "usaha":
        return Link(maker.name, reverse("office:enterprise", args=[maker.pk])) if may_open else maker.name
    return Link(maker.name, reverse("office:body", args=[maker.kind, maker.pk]))


def product_facts(one: Product, maker: object) -> list[KeyValue]:
    """What a product is."""
    return [
        _sourced(pgettext("satu", "Produk"), one, one.name),
        KeyValue(_("Pembuat"), maker),
        KeyValue(_("Kelompok"), str(ProductCategory(one.category).label)),
        KeyValue(_("Tahap"), str(Stage(one.stage).label)),
        KeyValue(_("Komoditas"), one.commodity.name if one.commodity else None),
        KeyValue(_("Kapasitas sebulan"), amount(one.capacity_month, one.unit)),
        KeyValue(_("Harga"), formats.rupiah(one.price) if one.price is not None else None),
        KeyValue(_("GTIN (nomor barang pada kode batang)"), one.gtin),
        KeyValue(_("Keterangan"), one.description),
        *_places(one),
        KeyValue(_("Dicatat"), one.recorded_at),
    ]


def licence_facts(one: Licence, holder: object, *, day: date, with_nib: bool) -> list[KeyValue]:
    """What a licence is and how far it is in force on `day`; the number of a NIB only `with_nib`."""
    hidden = one.kind == LicenceKind.NIB and not with_nib
    shape = Status(_("Benar"), Tone.GOOD) if one.is_format_ok else Status(_("Perlu diperiksa"), Tone.WARN)
    checked = Status(_("Belum diperiksa"), Tone.WARN)
    if one.verified_at:
        checked = Status(_("Diperiksa %(day)s") % {"day": formats.long_date(one.verified_at)}, Tone.GOOD)
    lines = [
        _sourced(_("Jenis"), one, str(LicenceKind(one.kind).label)),
        KeyValue(_("Nomor"), None if hidden else one.number or one.number_raw),
        KeyValue(_("Masa berlaku"), licence_badge(one, day)),
        KeyValue(_("Terbit"), one.issued_date),
        KeyValue(_("Berlaku sampai"), one.expires_date),
        KeyValue(_("Pemegang"), holder),
        KeyValue(
            _("Untuk produk"),
            Link(one.product.name, reverse("office:product", args=[one.product.pk])) if one.product else None,
        ),
        KeyValue(_("Bentuk nomor"), shape),
        KeyValue(_("Keaslian, menurut penerbit"), checked),
        *_places(one),
        KeyValue(_("Dicatat"), one.recorded_at),
    ]
    if one.number_raw and one.number_raw != one.number and not hidden:
        lines.insert(2, KeyValue(_("Nomor sebagaimana ditulis"), one.number_raw))
    return lines


def organization_facts(one: Organization) -> list[KeyValue]:
    """What an organisation is."""
    return [
        _sourced(_("Nama"), one, one.name),
        KeyValue(_("Jenis"), body_kind(one.kind, one.community_kind)),
        KeyValue(_("Nomor badan hukum"), one.registration),
        KeyValue(_("Anggota"), amount(None, "") if one.members is None else people(one.members)),
        KeyValue(_("Tahun berdiri"), str(one.founded_year or "")),
        *_places(one),
        KeyValue(_("Dicatat"), one.recorded_at),
    ]


def school_facts(one: School) -> list[KeyValue]:
    """What a school is."""
    pupils = None if one.pupils is None else people(one.pupils)
    return [
        _sourced(_("Nama"), one, one.name),
        KeyValue(_("NPSN (Nomor Pokok Sekolah Nasional)"), one.npsn),
        KeyValue(_("Jenjang"), one.kind),
        KeyValue(_("Peserta didik"), pupils),
        *_places(one),
        KeyValue(_("Dicatat"), one.recorded_at),
    ]


def members_table(members: Sequence[tuple[int, str]]) -> Table:
    """Enterprises of the reader's region that belong to an organisation."""
    rows = [Row([name], url=reverse("office:enterprise", args=[pk])) for pk, name in members]
    return small_table(
        "daftar-anggota", _("Anggota"), [Column("nama", pgettext("satu", "Usaha"))], rows, noun=_("usaha")
    )
