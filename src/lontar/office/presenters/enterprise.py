"""One enterprise as a person reads it: facts with their source, owner under masks, both size classes, products, licences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.audit.states import RevealKind
from lontar.office.presenters.enterprises import imk_short, status_badge, umkm_short
from lontar.office.presenters.goods import state_badge
from lontar.office.presenters.kbli import division_name
from lontar.office.queries.enterprises import Dossier, Owner, Source
from lontar.office.queries.goods import licence_state
from lontar.registry.models import Enterprise, Licence, Organization, Product
from lontar.registry.rules import Bands
from lontar.registry.states import EnterpriseStatus, LicenceKind, OrganizationKind, ProductCategory, Sex, Stage
from lontar.ui import formats
from lontar.ui.presenters import (
    Column,
    Confirm,
    EmptyState,
    KeyValue,
    Link,
    Masked,
    Pager,
    Row,
    Status,
    Table,
    Tone,
)


@dataclass(frozen=True, slots=True)
class SizeClass:
    """One of the two systems: its name, the class ("" unknown), what it was found from, and the rule in a sentence."""

    system: str
    name: str
    because: str
    rule: str


def source_words(source: Source) -> str:
    """`DPMD NTT, usaha.xlsx, baris 214`."""
    parts = [source.agency]
    if source.batch is not None:
        parts.append(source.file or _("kiriman %(number)s") % {"number": source.batch})
    if source.row is not None:
        parts.append(_("baris %(row)s") % {"row": formats.number(source.row)})
    return ", ".join(part for part in parts if part)


def batch_url(source: Source) -> str:
    """The page of the batch, where the reader may see it."""
    return reverse("intake:batch", args=[source.batch]) if source.batch is not None and source.file else ""


def facts(found: Dossier) -> list[KeyValue]:
    """What an enterprise is, the record's source beneath its first line."""
    one = found.enterprise
    verified: object = Status(_("Belum diverifikasi"), Tone.WARN)
    if one.verified_at:
        verified = Status(_("Terverifikasi %(day)s") % {"day": formats.long_date(one.verified_at)}, Tone.GOOD)
    lines = [
        KeyValue(_("Nama usaha"), one.name, source_words(found.source), batch_url(found.source)),
        KeyValue(_("Verifikasi"), verified),
        KeyValue(_("Status"), status_badge(one.status)),
        KeyValue(_("Produk utama"), one.main_product),
        KeyValue(_("Komoditas"), one.commodity.name if one.commodity else None),
        KeyValue(_("Desa/kelurahan"), Link(one.village.name, reverse("office:village", args=[one.village_id]))),
        KeyValue(_("Kecamatan, kabupaten/kota"), ", ".join(name for _code, name in reversed(found.path[:-1]))),
        KeyValue(_("NIB (Nomor Induk Berusaha)"), one.nib),
        KeyValue(_("KBLI (Klasifikasi Baku Lapangan Usaha Indonesia)"), _kbli(one)),
        KeyValue(_("Tahun mulai"), str(one.start_year or "")),
        KeyValue(_("Dicatat"), one.recorded_at),
    ]
    if one.lat is not None and one.lon is not None:
        point = f"{formats.number(one.lat, 5)}; {formats.number(one.lon, 5)}"
        lines.insert(-1, KeyValue(_("Titik (lintang; bujur)"), point))
    return lines


def _kbli(one: Enterprise) -> str:
    if not one.kbli:
        return ""
    version = f" (KBLI {one.kbli_version})" if one.kbli_version else ""
    return " · ".join(part for part in (f"{one.kbli}{version}", division_name(one.kbli)) if part)


def owner_facts(owner: Owner, pk: int, *, may_reveal: bool) -> list[KeyValue]:
    """Who owns the enterprise `pk`; personal values under their masks, each with its reveal where the reader may."""
    if owner.is_outside:
        away = Status(_("Tinggal di luar wilayah tugas Anda"), Tone.INFO)
        return [KeyValue(_("Nama pemilik"), owner.name), KeyValue(_("Data diri"), away)]
    lines = [
        KeyValue(_("Nama pemilik"), owner.name),
        KeyValue(_("Jenis kelamin"), str(Sex(owner.sex).label) if owner.sex else None),
        KeyValue(_("Tahun lahir"), str(owner.birth_year or "")),
    ]
    for kind, shown in (
        (RevealKind.NIK, owner.nik),
        (RevealKind.PHONE, owner.phone),
        (RevealKind.ADDRESS, owner.address),
    ):
        url = reverse("office:reveal", args=[pk, kind.value]) if may_reveal else ""
        lines.append(KeyValue(str(kind.label), Masked(str(kind.label), shown, url) if shown else None))
    return lines


def size_classes(one: Enterprise, bands: Bands) -> list[SizeClass]:
    """Both classes side by side, each with what it was found from and its rule; they answer different questions."""
    workers = None
    if one.workers_paid is not None or one.workers_unpaid is not None:
        workers = (one.workers_paid or 0) + (one.workers_unpaid or 0)
    return [
        SizeClass(
            _("Kelas IMK (industri mikro dan kecil), Badan Pusat Statistik"),
            imk_short(one.imk_class),
            _("%(all)s tenaga kerja: %(paid)s dibayar, %(unpaid)s tidak dibayar (termasuk pemilik)")
            % {
                "all": formats.number(workers),
                "paid": formats.number(one.workers_paid),
                "unpaid": formats.number(one.workers_unpaid),
            }
            if workers is not None
            else _("Jumlah tenaga kerja belum diketahui."),
            _("Menghitung orang: %(bounds)s.") % {"bounds": _worker_bounds(bands)},
        ),
        SizeClass(
            _("Kelas UMKM (usaha mikro, kecil, dan menengah), PP 7/2021"),
            umkm_short(one.umkm_class),
            _money_because(one),
            _("Menghitung rupiah: %(bounds)s.") % {"bounds": _money_bounds(bands)},
        ),
    ]


def _money_because(one: Enterprise) -> str:
    if one.annual_turnover is not None:
        return _("Penjualan setahun %(money)s") % {"money": formats.rupiah(one.annual_turnover)}
    if one.capital is not None:
        return _("Modal usaha %(money)s (penjualan belum diketahui)") % {"money": formats.rupiah(one.capital)}
    return _("Penjualan dan modal belum diketahui.")


def _worker_bounds(bands: Bands) -> str:
    return "; ".join(
        _("%(size)s sampai %(most)s") % {"size": _(band.size.value), "most": formats.number(band.upper)}
        if band.upper is not None
        else _("%(size)s di atasnya") % {"size": _(band.size.value)}
        for band in bands.workers.bands
    )


def _money_bounds(bands: Bands) -> str:
    return "; ".join(
        _("%(size)s sampai %(most)s") % {"size": _(band.size.value), "most": formats.rupiah_short(Decimal(band.upper))}
        if band.upper is not None
        else _("%(size)s di atasnya") % {"size": _(band.size.value)}
        for band in bands.sales.bands
    )


def small_table(key: str, caption: str, columns: Sequence[Column], rows: Sequence[Row], *, noun: str) -> Table:
    """A short list within a page: no pages, no tools."""
    pager = Pager.whole(len(rows))
    return Table(
        caption, columns, rows, pager, noun, key=key, sizes=(), empty=EmptyState(_("Belum ada yang tercatat."))
    )


def products_table(products: Sequence[Product]) -> Table:
    """What an enterprise makes."""
    columns = [
        Column("nama", pgettext("satu", "Produk")),
        Column("kelompok", _("Kelompok")),
        Column("tahap", _("Tahap")),
        Column("kapasitas", _("Kapasitas sebulan"), numeric=True),
        Column("harga", _("Harga"), numeric=True),
    ]
    rows = [
        Row(
            [
                one.name,
                str(ProductCategory(one.category).label),
                str(Stage(one.stage).label),
                amount(one.capacity_month, one.unit),
                formats.rupiah(one.price) if one.price is not None else None,
            ],
            url=reverse("office:product", args=[one.pk]),
        )
        for one in products
    ]
    return small_table("daftar-produk", _("Produk usaha ini"), columns, rows, noun=_("produk"))


def amount(value: Decimal | None, unit: str) -> str | None:
    """`1.250 kg`; None for an unknown amount."""
    return None if value is None else f"{formats.number(value)}{formats.NBSP}{unit}".strip()


def people(number: int) -> str:
    """`24 orang`."""
    return f"{formats.number(number)}{formats.NBSP}" + _("orang")


def licence_badge(one: Licence, day: date) -> Status:
    """Where a licence stands on `day`, in words."""
    return state_badge(licence_state(one.kind, one.number, issued=one.issued_date, expires=one.expires_date, day=day))


def licences_table(licences: Sequence[Licence], day: date) -> Table:
    """What an enterprise holds, each with its state on `day`."""
    columns = [
        Column("jenis", _("Izin atau sertifikat")),
        Column("nomor", _("Nomor")),
        Column("untuk", _("Untuk produk")),
        Column("sampai", _("Berlaku sampai")),
        Column("keadaan", _("Keadaan")),
    ]
    rows = [
        Row(
            [
                str(LicenceKind(one.kind).label),
                one.number or one.number_raw,
                one.product.name if one.product else None,
                one.expires_date,
                licence_badge(one, day),
            ],
            url=reverse("office:licence", args=[one.pk]),
        )
        for one in licences
    ]
    return small_table("daftar-izin", _("Izin dan sertifikat usaha ini"), columns, rows, noun=_("izin"))


def membership_links(bodies: Sequence[Organization]) -> list[KeyValue]:
    """The organisations that an enterprise belongs to."""
    return [
        KeyValue(
            str(OrganizationKind(one.kind).label), Link(one.name, reverse("office:body", args=["organisasi", one.pk]))
        )
        for one in bodies
    ]


_STEP_ICONS = {"tutup": "stop", "istirahat": "clock", "buka": "return"}


def _steps(status: EnterpriseStatus) -> dict[str, str]:
    """Where an enterprise may go from here, in words."""
    if status == EnterpriseStatus.CLOSED:
        return {"buka": _("Buka kembali")}
    if status == EnterpriseStatus.DORMANT:
        return {"buka": _("Jalankan lagi"), "tutup": _("Tutup")}
    return {"istirahat": _("Tidak aktif sementara"), "tutup": _("Tutup")}


def buttons(one: Enterprise, *, may_edit: bool, may_verify: bool, may_merge: bool = False) -> list[Button]:
    """What the reader may do with an enterprise, the first of them standing out."""
    made = []
    if may_verify and one.status != EnterpriseStatus.CLOSED and one.verified_at is None:
        made.append(
            Button(_("Verifikasi"), reverse("office:verify_one", args=[one.pk, "verifikasi"]), "check", post=True)
        )
    if may_edit:
        made.append(Button(_("Ubah"), reverse("office:enterprise_change", args=[one.pk]), "edit"))
    if may_verify and one.verified_at is not None:
        url = reverse("office:verify_one", args=[one.pk, "batalkan"])
        made.append(Button(_("Batalkan verifikasi"), url, "undo", post=True))
    if may_edit:
        for step, label in _steps(EnterpriseStatus(one.status)).items():
            url = reverse("office:enterprise_status", args=[one.pk, step])
            made.append(Button(label, url, _STEP_ICONS[step], dialog=True))
    if may_merge:
        made.append(Button(_("Gabungkan dengan…"), reverse("office:merge_search", args=[one.pk]), "link"))
    return [replace(made[0], first=True), *made[1:]] if made else []


@dataclass(frozen=True, slots=True)
class Button:
    """A verb: a link, a link that opens over the page, or a small form that sends at once; `first` stands out."""

    label: str
    url: str
    icon: str
    dialog: bool = False
    post: bool = False
    first: bool = False


def status_confirm(one: Enterprise, step: str, *, action_url: str, cancel_url: str) -> Confirm:
    """What closing, resting or opening again means."""
    title, consequence, submit = {
        "tutup": (
            _("Tutup usaha “%(name)s”?"),
            _("Usaha tidak lagi dihitung dalam cakupan dan tidak tampil bagi umum. Data dan riwayatnya tetap ada."),
            _("Tutup usaha"),
        ),
        "istirahat": (
            _("Catat “%(name)s” tidak aktif sementara?"),
            _("Usaha tetap dihitung dalam cakupan."),
            _("Catat tidak aktif"),
        ),
        "buka": (
            _("Buka kembali usaha “%(name)s”?"),
            _("Usaha kembali dihitung dalam cakupan dan tampil bagi umum."),
            _("Buka kembali"),
        ),
    }[step]
    undo = _("Dapat dibuka kembali kapan saja.") if step == "tutup" else ""
    return Confirm(title % {"name": one.name}, consequence, action_url, submit, cancel_url, undo=undo)
