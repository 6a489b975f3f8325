"""Words and small pieces that the screens of selection share."""

from __future__ import annotations

import math

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.selection.queries.listing import LIKELY, SURE
from lontar.selection.rules.measures import Measure
from lontar.selection.states import Passed, UnitKind
from lontar.selection.steps.ways import Way
from lontar.ui import formats
from lontar.ui.presenters import Crumb, Status, Tone


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    return [
        Crumb(_("Kantor"), "/kantor/"),
        Crumb(_("Calon unggulan"), reverse("selection:rankings") if steps else ""),
        *(Crumb(label, url) for label, url in steps),
    ]


def certainty(share: float | None) -> Status | None:
    """How surely the first stands first, in words with the figure."""
    if share is None:
        return None
    said = formats.percent(share, 0)
    if share >= SURE:
        return Status(_("Pasti, %(share)s") % {"share": said}, Tone.GOOD)
    if share >= LIKELY:
        return Status(_("Cukup pasti, %(share)s") % {"share": said}, Tone.INFO)
    return Status(_("Terbuka, %(share)s") % {"share": said}, Tone.WARN)


def gate_badge(passed: Passed) -> Status:
    """A gate's answer as a badge."""
    tone = {Passed.YES: Tone.GOOD, Passed.NO: Tone.BAD}.get(passed, Tone.WARN)
    return Status(str(passed.label), tone)


def points(value: float | None) -> float | None:
    """A score or worth of 0 to 1 as points of 100, one decimal."""
    return None if value is None or math.isnan(value) else round(100 * value, 1)


def amount(measure: Measure, low: float, high: float) -> str:
    """A value in the measure's unit; an interval where it is rough, words where nothing is known."""
    if math.isnan(low):
        return _("belum ada")
    one = formats.number(round(low, measure.decimals), measure.decimals)
    if high - low > 10 ** -(measure.decimals + 1):
        one = f"{one}–{formats.number(round(high, measure.decimals), measure.decimals)}"
    return f"{one} {measure.unit}".strip()


def way_name(way: str) -> str:
    """A method as people call it."""
    return {
        Way.SUM: _("Jumlah berbobot (SAW)"),
        Way.TOPSIS: "TOPSIS",
        Way.VIKOR: "VIKOR",
        Way.PROMETHEE: "PROMETHEE II",
        Way.BORDA: "Borda",
        Way.MPE: _("Perbandingan eksponensial (MPE)"),
    }[Way(way)]


def kind_name(kind: str) -> str:
    """Desa/kelurahan, sekolah or komunitas."""
    return str(UnitKind(kind).label)


def share_words(share: float | None) -> str:
    """How often, of a hundred."""
    if share is None:
        return formats.NONE
    return pgettext("dari seratus tarikan bobot", "%(n)s dari 100") % {"n": formats.number(round(100 * share))}
