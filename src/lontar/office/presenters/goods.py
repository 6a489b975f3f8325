"""The lists of products, licences, and organisations with schools: columns, once for the screen and the exports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.office.presenters.sheets import Col, Sheet
from lontar.office.queries.goods import ENDING_DAYS
from lontar.office.states import LicenceState, ListKey
from lontar.registry.rules import Expiry
from lontar.registry.states import CommunityKind, LicenceKind, OrganizationKind, ProductCategory, Stage
from lontar.ui.presenters import Status, Tone

Line = Mapping[str, Any]
LICENCE_TONES = {
    LicenceState.VALID: Tone.GOOD,
    LicenceState.ENDLESS: Tone.GOOD,
    LicenceState.ENDING: Tone.WARN,
    LicenceState.EXPIRED: Tone.BAD,
    LicenceState.UNKNOWN: Tone.PLAIN,
}
_STATES = {
    Expiry.IN_FORCE: LicenceState.VALID,
    Expiry.EXPIRED: LicenceState.EXPIRED,
    Expiry.ENDLESS: LicenceState.ENDLESS,
    Expiry.UNKNOWN: LicenceState.UNKNOWN,
}


def state_badge(state: LicenceState) -> Status:
    """Where a licence stands, in words."""
    return Status(str(state.label), LICENCE_TONES[state])


def _places() -> list[Col[Line]]:
    return [
        Col("desa", _("Desa/kelurahan"), lambda row: row["village_name"], sort="village"),
        Col("kecamatan", _("Kecamatan"), lambda row: row["district_name"], start=False),
        Col("kabupaten", _("Kabupaten/kota"), lambda row: row["regency_name"]),
        Col("kode", _("Kode desa"), lambda row: row["village_code"], start=False),
    ]


def products_sheet() -> Sheet[Line]:
    """The columns of the list of products."""
    kinds, stages = dict(ProductCategory.choices), dict(Stage.choices)
    columns: list[Col[Line]] = [
        Col("nama", pgettext("satu", "Produk"), lambda row: row["name"], sort="name"),
        Col("kelompok", _("Kelompok"), lambda row: str(kinds.get(row["category"], ""))),
        Col("tahap", _("Tahap"), lambda row: str(stages.get(row["stage"], ""))),
        Col("komoditas", _("Komoditas"), lambda row: row["commodity"], start=False),
        Col("pembuat", _("Pembuat"), lambda row: row["maker"]),
        *_places(),
        Col(
            "kapasitas",
            _("Kapasitas sebulan"),
            lambda row: row["capacity_month"],
            kind="decimal",
            sort="capacity",
            start=False,
        ),
        Col("satuan", _("Satuan"), lambda row: row["unit"], start=False),
        Col("harga", _("Harga (Rp)"), lambda row: row["price"], kind="money", sort="price"),
        Col("izin", _("Izin berlaku"), lambda row: row["licences"], kind="integer"),
    ]
    return Sheet(ListKey.PRODUCTS, _("Produk"), _("produk"), columns, first_sort="nama")


def product_link(row: Line) -> tuple[str, str]:
    """Key and page of a product."""
    return str(row["id"]), reverse("office:product", args=[row["id"]])


def licences_sheet(day: date) -> Sheet[Line]:
    """The columns of the list of licences, their states as at `day`."""
    kinds = dict(LicenceKind.choices)

    def state(row: Line) -> Status:
        found = _STATES[Expiry(row["expiry"])]
        end = row["expires_date"]
        near = found is LicenceState.VALID and end is not None and (end - day).days <= ENDING_DAYS
        return state_badge(LicenceState.ENDING if near else found)

    columns: list[Col[Line]] = [
        Col("nomor", _("Nomor"), lambda row: row["number"], sort="number"),
        Col("jenis", _("Jenis"), lambda row: str(kinds.get(row["kind"], row["kind"])), sort="kind"),
        Col("pemegang", _("Pemegang"), lambda row: row["holder"]),
        Col("produk", _("Untuk produk"), lambda row: row["product"]),
        *_places(),
        Col("terbit", _("Terbit"), lambda row: row["issued_date"], kind="date", start=False),
        Col("sampai", _("Berlaku sampai"), lambda row: row["expires_date"], kind="date", sort="expires"),
        Col("keadaan", _("Masa berlaku"), state),
        Col("bentuk", _("Bentuk nomor"), _shape),
    ]
    return Sheet(ListKey.LICENCES, _("Izin dan sertifikat"), _("izin"), columns, first_sort="sampai")


def _shape(row: Line) -> Status:
    return Status(_("Benar"), Tone.GOOD) if row["is_format_ok"] else Status(_("Perlu diperiksa"), Tone.WARN)


def licence_link(row: Line) -> tuple[str, str]:
    """Key and page of a licence."""
    return str(row["id"]), reverse("office:licence", args=[row["id"]])


def bodies_sheet() -> Sheet[Line]:
    """The columns of the list of organisations and schools."""
    columns: list[Col[Line]] = [
        Col("nama", _("Nama"), lambda row: row["name"], sort="name"),
        Col("jenis", _("Jenis"), lambda row: body_kind(row["kind"], row["detail"]), sort="kind"),
        *_places(),
        Col("orang", _("Anggota atau peserta didik"), lambda row: row["people"], kind="integer", sort="people"),
        Col("nomor", _("Badan hukum atau NPSN"), lambda row: row["registration"]),
        Col("berdiri", _("Tahun berdiri"), lambda row: str(row["founded_year"] or ""), start=False),
    ]
    return Sheet(ListKey.BODIES, _("Lembaga"), _("lembaga"), columns, first_sort="nama")


def body_kind(kind: str, detail: str) -> str:
    """`Koperasi`, `Komunitas: Nelayan`, `Sekolah (SMK)`."""
    if kind == "school":
        return _("Sekolah (%s)") % detail if detail else _("Sekolah")
    label = str(OrganizationKind(kind).label)
    return f"{label}: {CommunityKind(detail).label}" if detail else label


def body_link(row: Line) -> tuple[str, str]:
    """Key and page of an organisation or school."""
    sort, _dash, pk = row["key"].partition("-")
    return row["key"], reverse("office:body", args=[sort, pk])
