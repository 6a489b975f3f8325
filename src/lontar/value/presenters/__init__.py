"""What the screens of prices, value kept and the trade balance give to templates."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.engines.economy import Part, Place
from lontar.ui.presenters import Crumb, NavItem
from lontar.value import policies


def navigation(post: Post) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    if not policies.check_see_value.can(post):
        return ()
    return (
        NavItem(_("Nilai tambah"), reverse("value:kept"), "chart"),
        NavItem(_("Neraca perdagangan"), reverse("value:trade"), "list"),
    )


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    return [Crumb(_("Kantor"), "/kantor/"), *(Crumb(label, url) for label, url in steps)]


def quarter_words(quarter: str, *, is_provisional: bool) -> str:
    """The label of a quarter; one whose figures are not published is called provisional."""
    return _("%(quarter)s (sementara)") % {"quarter": quarter} if is_provisional else quarter


def place_words() -> dict[Place, str]:
    """Where money stays, in words."""
    return {
        Place.VILLAGE: _("Di desa"),
        Place.REGENCY: _("Di kabupaten, luar desa"),
        Place.NTT: _("Di NTT, luar kabupaten"),
        Place.OUTSIDE: _("Keluar NTT"),
    }


def short_words() -> dict[Place, str]:
    """The same where there is little room; each place without the one before."""
    return {
        Place.VILLAGE: _("Desa"),
        Place.REGENCY: _("Kabupaten"),
        Place.NTT: _("NTT lainnya"),
        Place.OUTSIDE: _("Luar NTT"),
    }


def part_words() -> dict[Part, str]:
    """What the price pays, in words."""
    return {
        Part.MATERIAL: _("Bahan mentah"),
        Part.OTHERS: _("Masukan lain"),
        Part.LABOUR: _("Tenaga kerja"),
        Part.MARGIN: _("Sisa bagi pemilik"),
    }
