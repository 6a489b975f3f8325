"""Small wordings that several pages share: addresses, crumbs, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.engines.places import Resolution
from lontar.ui import formats
from lontar.ui.presenters import Crumb


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


def named(indonesian: str, english: str) -> str:
    """The name of a catalogue entry in the language of the page."""
    return english if english and formats.language() == "en" else indonesian


def sourced(names: Iterable[str], at: date | datetime | None) -> str:
    """`DPMD NTT, 30 Juni 2026`; agencies only where no date is known, a dash for nothing."""
    words = ", ".join(dict.fromkeys(name for name in names if name))
    day = formats.long_date(at) if at else ""
    return ", ".join(part for part in (words, day) if part) or formats.NONE
