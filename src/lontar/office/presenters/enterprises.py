"""The list of enterprises: its columns, once for the screen and the exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.office.presenters.sheets import Col, Sheet
from lontar.office.queries.enterprises import label_sql, place_sql, quoted
from lontar.office.states import ListKey
from lontar.registry.queries.listing import Field
from lontar.registry.states import EnterpriseStatus, ImkClass, UmkmClass
from lontar.ui.presenters import Status, Tone

Line = Mapping[str, Any]
STATUS_TONES = {
    EnterpriseStatus.ACTIVE: Tone.GOOD,
    EnterpriseStatus.DORMANT: Tone.WARN,
    EnterpriseStatus.CLOSED: Tone.PLAIN,
}


def imk_short(value: str) -> str:
    """`Mikro`: the class by workers without its bounds."""
    return str(ImkClass(value).label).partition(" (")[0] if value else ""


def umkm_short(value: str) -> str:
    """`Usaha mikro`."""
    return str(UmkmClass(value).label) if value else ""


def status_badge(value: str) -> Status:
    """Whether an enterprise works."""
    status = EnterpriseStatus(value)
    return Status(str(status.label), STATUS_TONES[status])


def verified_badge(*, is_verified: bool) -> Status:
    """Whether an agency looked and agreed."""
    return Status(_("Terverifikasi"), Tone.GOOD) if is_verified else Status(_("Belum"), Tone.WARN)


def sheet() -> Sheet[Line]:
    """The columns of the list of enterprises."""
    imk, umkm = {one.value: imk_short(one.value) for one in ImkClass}, dict(UmkmClass.choices)
    statuses = {one.value: status_badge(one.value) for one in EnterpriseStatus}
    verified = {flag: verified_badge(is_verified=flag) for flag in (True, False)}
    columns: list[Col[Line]] = [
        Col("nama", _("Nama usaha"), lambda row: row["name"], sort="name"),
        Col("produk", _("Produk utama"), lambda row: row["main_product"]),
        Col("pemilik", _("Pemilik"), lambda row: row["owner_name"]),
        Col("desa", _("Desa/kelurahan"), lambda row: row["village_name"], sort="village"),
        Col("kecamatan", _("Kecamatan"), lambda row: row["district_name"]),
        Col("kabupaten", _("Kabupaten/kota"), lambda row: row["regency_name"], start=False),
        Col("kode", _("Kode desa"), lambda row: row["village_code"], start=False),
        Col(
            "imk",
            _("Kelas IMK"),
            lambda row: imk.get(row["imk_class"], ""),
            start=False,
            hint=_("Industri mikro dan kecil menurut jumlah tenaga kerja (BPS)"),
        ),
        Col("pekerja", _("Tenaga kerja"), lambda row: row["workers"], kind="integer", sort="workers", start=False),
        Col(
            "umkm",
            _("Kelas UMKM"),
            lambda row: str(umkm.get(row["umkm_class"], "")),
            start=False,
            hint=_("Usaha mikro, kecil, menengah menurut penjualan atau modal (PP 7/2021)"),
        ),
        Col("omzet", _("Omzet setahun (Rp)"), lambda row: row["annual_turnover"], kind="money", sort="turnover"),
        Col("kbli", _("KBLI"), lambda row: row["kbli"], start=False),
        Col("nib", _("NIB"), lambda row: row["nib"], start=False),
        Col("mulai", _("Tahun mulai"), lambda row: str(row["start_year"] or ""), start=False),
        Col("status", _("Status"), lambda row: statuses[row["status"]]),
        Col("verifikasi", _("Verifikasi"), lambda row: verified[row["is_verified"]]),
        Col("dicatat", _("Dicatat"), lambda row: row["recorded_at"], kind="datetime", sort="recorded", start=False),
    ]
    return Sheet(ListKey.ENTERPRISES, _("Usaha"), _("usaha"), columns, first_sort="desa")


def fields(keys: Sequence[str]) -> list[Field]:
    """The same columns as SQL, for a CSV that the database writes itself; a test holds both declarations together."""
    imk = {one.value: imk_short(one.value) for one in ImkClass}
    verified = {flag: verified_badge(is_verified=flag).label for flag in (True, False)}
    known = {
        "nama": Field("nama", "r.name", is_text=True),
        "produk": Field("produk", "r.main_product", is_text=True),
        "pemilik": Field("pemilik", "r.owner_name", is_text=True),
        "desa": Field("desa", place_sql("r.village_id")),
        "kecamatan": Field("kecamatan", place_sql("left(r.village_id, 8)")),
        "kabupaten": Field("kabupaten", place_sql("left(r.village_id, 5)")),
        "kode": Field("kode", "r.village_id"),
        "imk": Field("imk", label_sql("r.imk_class", imk)),
        "pekerja": Field("pekerja", "r.workers"),
        "umkm": Field("umkm", label_sql("r.umkm_class", dict(UmkmClass.choices))),
        "omzet": Field("omzet", "r.annual_turnover"),
        "kbli": Field("kbli", "r.kbli"),
        "nib": Field("nib", "r.nib"),
        "mulai": Field("mulai", "r.start_year"),
        "status": Field("status", label_sql("r.status", dict(EnterpriseStatus.choices))),
        "verifikasi": Field(
            "verifikasi",
            f"CASE WHEN r.verified_at IS NULL THEN {quoted(verified[False])} ELSE {quoted(verified[True])} END",
        ),
        "dicatat": Field(
            "dicatat",
            f"to_char(r.recorded_at AT TIME ZONE {quoted(settings.TIME_ZONE)}, 'YYYY-MM-DD HH24:MI:SS')",
        ),
    }
    return [known[key] for key in keys]


def link_of(row: Line) -> tuple[str, str]:
    """Key and page of an enterprise, written without asking the resolver for each of a hundred rows."""
    return str(row["id"]), f"{_base()}{row['id']}/"


@cache
def _base() -> str:
    return reverse("office:enterprises")
