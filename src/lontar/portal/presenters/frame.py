"""What every public page shares: the navigation, the search box, its own address and the other language's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.ui.presenters import NavItem

ROBOTS_OFF = "noindex, follow"


def navigation() -> tuple[NavItem, ...]:
    """The entries of the public menu."""
    return (
        NavItem(_("Peta"), reverse("portal:map")),
        NavItem(pgettext("daftar", "Wilayah"), reverse("portal:places")),
        NavItem(_("Unggulan"), reverse("portal:flagships")),
        NavItem(pgettext("daftar", "Bintang"), reverse("portal:stars")),
        NavItem(_("Prioritas"), reverse("portal:priority")),
        NavItem(pgettext("daftar", "Laporan"), reverse("portal:reports")),
        NavItem(_("Data"), reverse("portal:data")),
        NavItem(_("Tentang"), reverse("portal:about")),
    )


def frame(request: HttpRequest, *, is_demo: bool) -> dict[str, Any]:
    """Context of the frame; `canonical` is the address without parameters, `is_demo` tells that data is invented."""
    return {
        "public_nav": navigation(),
        "search_url": reverse("portal:search"),
        "is_demo": is_demo,
        "canonical": request.build_absolute_uri(request.path),
    }
