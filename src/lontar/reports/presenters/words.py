"""Names of breakdowns and their parts on screens and papers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.registry.states import ProductCategory


def category(code: str) -> str:
    """A product category in words."""
    return str(ProductCategory(code).label) if code in ProductCategory.values else code or _("Tidak disebut")


def breakdown(by: str) -> str:
    """What a breakdown is by."""
    return {
        "pillar": _("Pilar"),
        "category": _("Kelompok produk"),
        "sex": _("Pemilik"),
        "star": _("Bintang"),
    }.get(by, by)


def part_label(by: str, part: str) -> str:
    """A part of a breakdown in words; "" for the whole."""
    if by == "":
        return ""
    if by == "category":
        return category(part)
    known = {
        ("pillar", "village"): _("Desa"),
        ("pillar", "school"): _("Sekolah"),
        ("pillar", "community"): _("Komunitas"),
        ("sex", "F"): pgettext("jenis kelamin", "Perempuan"),
        ("sex", "M"): pgettext("jenis kelamin", "Laki-laki"),
        ("star", "0"): _("Tanpa bintang"),
    }
    if (by, part) in known:
        return known[by, part]
    if by == "star":
        return _("Bintang %(number)s") % {"number": part}
    return part or _("Tidak disebut")


def level_label(level: str) -> str:
    """A level of regions."""
    return {
        "province": _("Provinsi"),
        "regency": _("Kabupaten/kota"),
        "district": _("Kecamatan"),
        "village": _("Desa/kelurahan"),
    }.get(level, level)
