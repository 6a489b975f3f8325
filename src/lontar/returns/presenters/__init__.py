"""What the screens of producers that report, periods and monthly returns give to templates."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.returns import policies
from lontar.ui.presenters import Crumb, NavItem


def navigation(post: Post) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    if not policies.check_see_returns.can(post):
        return ()
    return (NavItem(_("Laporan bulanan"), reverse("returns:returns"), "edit"),)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    return [
        Crumb(_("Kantor"), "/kantor/"),
        Crumb(_("Laporan bulanan"), reverse("returns:returns") if steps else ""),
        *(Crumb(label, url) for label, url in steps),
    ]
