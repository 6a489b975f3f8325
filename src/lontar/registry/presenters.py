"""How regions are called on pages and papers: with their kind, and by level."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.registry.states import Level, RegionKind

_KIND_IN_NAME = (RegionKind.KABUPATEN, RegionKind.KOTA, RegionKind.PROVINSI)


def titled(name: str, kind: str) -> str:
    """`Desa Bokonusan`, `Kecamatan Semau`; a kabupaten or kota carries its kind in its name already."""
    word = str(RegionKind(kind).label)
    if kind in _KIND_IN_NAME and name.lower().startswith(word.lower()):
        return name
    return f"{word} {name}"


def level_word(level: str) -> str:
    """What the regions of a level are called in a sentence."""
    return {
        Level.REGENCY: _("kabupaten/kota"),
        Level.DISTRICT: _("kecamatan"),
        Level.VILLAGE: _("desa/kelurahan"),
    }.get(Level(level), _("wilayah"))
