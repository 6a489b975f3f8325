"""Fields that can be returned, the columns behind them, and reasons of apps below for leaving a record out of a sign-off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.access.policies import Refused

REASON_SHORTEST = 10
REASON_LONGEST = 1000


class ReasonTooShort(Refused):
    """A return, and an answer that leaves the value as it is, need a reason that somebody else understands."""


class UnknownField(Refused):
    """No section in force holds this field."""


@dataclass(frozen=True, slots=True)
class Returnable:
    """A field that can be returned: its words, the columns that it stands for, and whether its value is personal."""

    key: str
    label: str | Promise
    columns: tuple[str, ...]


ENTERPRISE_FIELDS = {
    one.key: one
    for one in (
        Returnable("name", gettext_lazy("Nama usaha"), ("name",)),
        Returnable("nib", gettext_lazy("NIB"), ("nib",)),
        Returnable("kbli", gettext_lazy("KBLI"), ("kbli", "kbli_version")),
        Returnable("start_year", gettext_lazy("Tahun mulai"), ("start_year",)),
        Returnable("point", gettext_lazy("Titik lokasi"), ("lat", "lon")),
        Returnable("workers_paid", gettext_lazy("Tenaga kerja dibayar"), ("workers_paid",)),
        Returnable("workers_unpaid", gettext_lazy("Tenaga kerja tidak dibayar"), ("workers_unpaid",)),
        Returnable("annual_turnover", gettext_lazy("Omzet setahun"), ("annual_turnover",)),
        Returnable("capital", gettext_lazy("Modal usaha"), ("capital",)),
        Returnable("main_product", gettext_lazy("Produk utama"), ("main_product",)),
        Returnable("commodity", gettext_lazy("Komoditas"), ("commodity_id",)),
    )
}
POTENTIAL_FIELDS = {
    one.key: one
    for one in (
        Returnable("area_ha", gettext_lazy("Luas (ha)"), ("area_ha",)),
        Returnable("production", gettext_lazy("Produksi"), ("production",)),
        Returnable("unit", gettext_lazy("Satuan"), ("unit",)),
        Returnable("harvest_months", gettext_lazy("Bulan panen"), ("harvest_months",)),
        Returnable("sold_raw_share", gettext_lazy("Dijual mentah (%)"), ("sold_raw_share",)),
    )
}


def read_reason(words: str) -> str:
    """The reason in one line; raises `ReasonTooShort` below ten letters."""
    text = " ".join(words.split())[:REASON_LONGEST]
    if len(text) < REASON_SHORTEST:
        raise ReasonTooShort(
            _("Tuliskan alasan yang dapat dipahami orang lain, paling sedikit %(count)d huruf.")
            % {"count": REASON_SHORTEST}
        )
    return text


def section_of(field: str, sections: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The key of the section that holds an enterprise's field, among `(key, columns)`; raises `UnknownField`."""
    found = ENTERPRISE_FIELDS.get(field)
    for key, columns in sections:
        if found is not None and found.columns[0] in set(columns):
            return key
    raise UnknownField(_("Isian %s tidak termasuk bagian mana pun yang disahkan.") % field)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a section of an enterprise is left out of a sign-off in bulk.

    `sql` is a condition over `e` (the enterprise: `id`, `village_id`) and `d` (the section: `section_id`, `fields`).
    """

    key: str
    words: str | Promise
    sql: str


_left_out: dict[str, LeftOut] = {}


def register_left_out(reason: LeftOut) -> None:
    """Have sign-offs in bulk leave out what `reason.sql` finds, such as open conflicts between agencies."""
    _left_out[reason.key] = reason


def reasons_left_out() -> list[LeftOut]:
    """Every registered reason."""
    return list(_left_out.values())
