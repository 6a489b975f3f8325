"""Wordings that several lists share: places with their path, sources, months, short names of classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from lontar.registry.states import Level, RegionKind
from lontar.ui import formats
from lontar.ui.presenters import Crumb

HOME = "/kantor/"
MONTHS = (
    gettext_noop("Januari"),
    gettext_noop("Februari"),
    gettext_noop("Maret"),
    gettext_noop("April"),
    gettext_noop("Mei"),
    gettext_noop("Juni"),
    gettext_noop("Juli"),
    gettext_noop("Agustus"),
    gettext_noop("September"),
    gettext_noop("Oktober"),
    gettext_noop("November"),
    gettext_noop("Desember"),
)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page; the last step, without address, is the current place."""
    return [Crumb(_("Kantor"), HOME), *(Crumb(label, url) for label, url in steps)]


def region_crumbs(path: Sequence[tuple[str, str]], *more: str) -> list[Crumb]:
    """The region path of a village as crumbs: wider regions lead to the list of their villages."""
    steps = [
        Crumb(name, reverse("office:village", args=[code]) if len(code) == 13 else _villages_of(code))
        for code, name in path
        if len(code) > 2
    ]
    return [
        Crumb(_("Kantor"), HOME),
        Crumb(pgettext("daftar", "Desa"), reverse("office:villages")),
        *steps,
        *map(Crumb, more),
    ]


def _villages_of(code: str) -> str:
    return f"{reverse('office:villages')}?wilayah={code}"


def titled(name: str, kind: str) -> str:
    """`Desa Bokonusan`, `Kecamatan Semau`; a kabupaten or kota carries its kind in its name already."""
    if kind in (RegionKind.KABUPATEN, RegionKind.KOTA, RegionKind.PROVINSI):
        word = str(RegionKind(kind).label)
        return name if name.lower().startswith(word.lower()) else f"{word} {name}"
    return f"{RegionKind(kind).label} {name}"


def level_word(level: Level) -> str:
    """What the regions of a level are called in a sentence."""
    return {
        Level.REGENCY: _("kabupaten/kota"),
        Level.DISTRICT: _("kecamatan"),
        Level.VILLAGE: _("desa/kelurahan"),
    }.get(level, _("wilayah"))


def months_said(months: Iterable[int]) -> str:
    """`Mei–September, Desember`; the whole year as `sepanjang tahun`; nothing for none."""
    known = sorted(set(months))
    if len(known) == 12:
        return _("sepanjang tahun")
    runs: list[list[int]] = []
    for month in known:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    if len(runs) > 1 and runs[0][0] == 1 and runs[-1][-1] == 12:
        runs = [*runs[1:-1], runs[-1] + runs[0]]
    return ", ".join(_run(run) for run in runs)


def _run(run: Sequence[int]) -> str:
    first, last = _(MONTHS[run[0] - 1]), _(MONTHS[run[-1] - 1])
    return first if len(run) == 1 else f"{first}–{last}"


def sourced(agency: str, at: date | datetime | None) -> str:
    """`DPMD NTT, 30 Juni 2026`; only what is known of it."""
    return ", ".join(part for part in (agency, formats.long_date(at) if at else "") if part)
