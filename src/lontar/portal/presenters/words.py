"""Small wordings that several pages share: names of places with their kind, addresses, months, masked digits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lontar.engines.places import Resolution
from lontar.registry.states import Level, RegionKind
from lontar.ui import formats
from lontar.ui.presenters import Crumb

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


def titled(name: str, kind: str) -> str:
    """`Desa Bokonusan`, `Kecamatan Semau`; a kabupaten or kota carries its kind in its name already."""
    if kind in (RegionKind.KABUPATEN, RegionKind.KOTA, RegionKind.PROVINSI):
        word = str(RegionKind(kind).label)
        return name if name.lower().startswith(word.lower()) else f"{word} {name}"
    return f"{RegionKind(kind).label} {name}"


def short(name: str) -> str:
    """A kabupaten by its bare name for charts; a kota keeps the word, because a kabupaten may bear the same name."""
    return name.removeprefix("Kabupaten ")


def code_message(found: Resolution, asked: str) -> str:
    """What the resolver says about a written code; it speaks Indonesian, so other languages get a shorter sentence."""
    if found.rule == "code-unreadable":
        return _("“%s” bukan kode wilayah.") % asked
    if found.code and found.rule != "code-bps":
        return _("Kode %(given)s ditulis %(code)s.") % {"given": asked, "code": found.code}
    if formats.language() == "id":
        return found.message
    if found.code:
        return _("%(given)s adalah kode BPS; kode Kemendagri tempat ini %(code)s.") % {
            "given": asked,
            "code": found.code,
        }
    if found.status == "ambiguous":
        return _("Kode %s sah dalam dua sistem, Kemendagri dan BPS, untuk tempat yang berbeda.") % asked
    return _("Tidak ada wilayah berkode %s.") % asked


def place_url(code: str) -> str:
    """The page of a region by the length of its code."""
    if len(code) == 13:
        return reverse("portal:village", args=[code])
    return reverse("portal:places") if len(code) == 2 else reverse("portal:region", args=[code])


def crumbs(path: Sequence[tuple[str, str]], *more: str) -> list[Crumb]:
    """The region path as crumbs; `more` are steps beneath the last region, the last of all being the current place."""
    steps = [Crumb(_kindly(code, name), place_url(code)) for code, name in path]
    steps += [Crumb(label) for label in more]
    return [*steps[:-1], Crumb(steps[-1].label)]


def _kindly(code: str, name: str) -> str:
    return _("Kec. %s") % name if len(code) == 8 else name


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


def named(indonesian: str, english: str) -> str:
    """The name of a catalogue entry in the language of the page."""
    return english if english and formats.language() == "en" else indonesian


def sourced(names: Iterable[str], at: date | datetime | None) -> str:
    """`DPMD NTT, 30 Juni 2026`; agencies only where no date is known, a dash for nothing."""
    words = ", ".join(dict.fromkeys(name for name in names if name))
    day = formats.long_date(at) if at else ""
    return ", ".join(part for part in (words, day) if part) or formats.NONE


def level_word(level: str) -> str:
    """What the regions of a level are called in a sentence."""
    return {
        Level.REGENCY: _("kabupaten/kota"),
        Level.DISTRICT: _("kecamatan"),
        Level.VILLAGE: _("desa/kelurahan"),
    }.get(Level(level), "")
