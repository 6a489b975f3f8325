"""Wordings that several lists share: the way to a place, sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.ui import formats
from lontar.ui.presenters import Crumb

HOME = "/kantor/"


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


def sourced(agency: str, at: date | datetime | None) -> str:
    """`DPMD NTT, 30 Juni 2026`; only what is known of it."""
    return ", ".join(part for part in (agency, formats.long_date(at) if at else "") if part)
