"""Names of the two-digit KBLI divisions that makers of the programme belong to. The codes themselves are the engines'.

KBLI 2020 and KBLI 2025 name these divisions alike. Divisions that are not named here are shown by their number.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

DIVISIONS: dict[str, str | Promise] = {
    "01": _("Pertanian, peternakan, dan perburuan"),
    "02": _("Kehutanan"),
    "03": _("Perikanan"),
    "08": _("Pertambangan dan penggalian lainnya"),
    "10": _("Industri makanan"),
    "11": _("Industri minuman"),
    "12": _("Industri pengolahan tembakau"),
    "13": _("Industri tekstil"),
    "14": _("Industri pakaian jadi"),
    "15": _("Industri kulit dan alas kaki"),
    "16": _("Industri kayu, bambu, rotan, dan anyaman"),
    "17": _("Industri kertas"),
    "18": _("Industri pencetakan"),
    "20": _("Industri bahan kimia"),
    "21": _("Industri farmasi dan obat tradisional"),
    "22": _("Industri karet dan plastik"),
    "23": _("Industri barang galian bukan logam"),
    "24": _("Industri logam dasar"),
    "25": _("Industri barang logam"),
    "28": _("Industri mesin"),
    "30": _("Industri alat angkutan"),
    "31": _("Industri furnitur"),
    "32": _("Industri pengolahan lainnya"),
    "33": _("Reparasi dan pemasangan mesin"),
    "46": _("Perdagangan besar"),
    "47": _("Perdagangan eceran"),
    "56": _("Penyediaan makanan dan minuman"),
}


def division_choices() -> list[tuple[str, str | Promise]]:
    """(code, `10 · Industri makanan`) of every named division, in the language of whoever reads it."""
    return [(code, format_lazy("{} · {}", code, name)) for code, name in DIVISIONS.items()]


def division_name(kbli: str) -> str:
    """The name of the division that a code of two to five digits belongs to; "" for none."""
    return str(DIVISIONS.get(kbli[:2], ""))
