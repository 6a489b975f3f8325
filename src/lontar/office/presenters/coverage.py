"""Registered and verified against the official totals: columns of the table, and the chart above it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.office.presenters.sheets import Col, Sheet
from lontar.office.states import ListKey
from lontar.registry.queries import RegionCoverage
from lontar.ui import formats
from lontar.ui.charts import Frame, StackedShare
from lontar.ui.presenters import Query, Tab


def _share(part: int, whole: int | None) -> Decimal | None:
    return round(Decimal(100 * part) / whole, 1) if whole else None


def _said(value: Decimal | None) -> str | None:
    return None if value is None else formats.percent(value / 100, 1)


ORDERS = {
    "code": lambda row: row.code,
    "name": lambda row: row.name,
    "villages": lambda row: row.villages,
    "official": lambda row: row.enterprises_official or -1,
    "registered": lambda row: row.enterprises_registered,
    "verified": lambda row: row.enterprises_verified,
    "of_official": lambda row: _share(row.enterprises_registered, row.enterprises_official) or Decimal(-1),
    "of_registered": lambda row: _share(row.enterprises_verified, row.enterprises_registered) or Decimal(-1),
}


def ordered(rows: Sequence[RegionCoverage], sort: str) -> list[RegionCoverage]:
    """The rows in the order of `sort`, `-` falling (KeyError for an order that the table does not know)."""
    return sorted(rows, key=ORDERS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def sheet(place: str) -> Sheet[RegionCoverage]:
    """The columns of the table; `place` heads the first one."""
    columns: list[Col[RegionCoverage]] = [
        Col("nama", place, lambda row: row.name, sort="name"),
        Col("kode", _("Kode"), lambda row: row.code, sort="code", start=False),
        Col("desa", _("Desa/kelurahan"), lambda row: row.villages, kind="integer", sort="villages"),
        Col(
            "resmi",
            _("Angka resmi"),
            lambda row: row.enterprises_official,
            kind="integer",
            sort="official",
            hint=_("Usaha industri mikro dan kecil menurut BPS; hanya ada untuk kabupaten/kota"),
        ),
        Col("terdaftar", _("Terdaftar"), lambda row: row.enterprises_registered, kind="integer", sort="registered"),
        Col(
            "dari-resmi",
            _("Terdaftar dari resmi (%)"),
            lambda row: _said(_share(row.enterprises_registered, row.enterprises_official)),
            kind="decimal",
            plain=lambda row: _share(row.enterprises_registered, row.enterprises_official),
            sort="of_official",
        ),
        Col("terverifikasi", _("Terverifikasi"), lambda row: row.enterprises_verified, kind="integer", sort="verified"),
        Col(
            "dari-terdaftar",
            _("Terverifikasi dari terdaftar (%)"),
            lambda row: _said(_share(row.enterprises_verified, row.enterprises_registered)),
            kind="decimal",
            plain=lambda row: _share(row.enterprises_verified, row.enterprises_registered),
            sort="of_registered",
        ),
    ]
    return Sheet(ListKey.COVERAGE, _("Cakupan"), _("wilayah"), columns, first_sort="kode")


def link_of(row: RegionCoverage) -> tuple[str, str]:
    """No side panel; a kabupaten leads to its kecamatan, a kecamatan to its villages."""
    if len(row.code) == 5:
        return "", f"{reverse('office:coverage')}?wilayah={row.code}"
    return "", f"{reverse('office:villages')}?wilayah={row.code}"


def shares(rows: Sequence[RegionCoverage], place: str) -> StackedShare | None:
    """Verified, only registered and (where a total is published) not yet registered; None where nothing is registered."""
    if not any(row.enterprises_registered for row in rows):
        return None
    has_official = any(row.enterprises_official for row in rows)
    parts = [_("terverifikasi"), _("terdaftar, belum diverifikasi")]
    lines = []
    for row in sorted(rows, key=lambda row: (-_verified(row), row.name)):
        counts = [row.enterprises_verified, row.enterprises_registered - row.enterprises_verified]
        if has_official:
            counts.append(max(0, (row.enterprises_official or 0) - row.enterprises_registered))
        lines.append((_short(row.name), counts))
    return StackedShare(
        frame=Frame(
            question=_("Seberapa jauh usaha terdaftar dan diverifikasi?"),
            source=_("Registri Lontar; angka resmi: BPS") if has_official else _("Registri Lontar"),
            n=sum(row.enterprises_registered for row in rows),
            noun=_("usaha terdaftar"),
            note=_("Seluruhnya adalah angka resmi, atau yang terdaftar bila lebih banyak.") if has_official else "",
            level=2,
        ),
        parts=[*parts, _("belum terdaftar")] if has_official else parts,
        rows=lines,
        head=place,
    )


def _verified(row: RegionCoverage) -> float:
    whole = max(row.enterprises_official or 0, row.enterprises_registered)
    return row.enterprises_verified / whole if whole else 0.0


def _short(name: str) -> str:
    return name.removeprefix("Kabupaten ")


def tabs(query: Query, *, by_district: bool) -> list[Tab]:
    """Per kabupaten/kota, or per kecamatan."""
    return [
        Tab(_("Per kabupaten/kota"), query.without("tingkat"), current=not by_district),
        Tab(_("Per kecamatan"), query.but({"tingkat": "kecamatan"}), current=by_district),
    ]
