"""What the screens of closing of quarters, indicators, figures and restatements give to templates."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.monitoring import policies
from lontar.ui.presenters import Crumb, NavItem


def navigation(post: Post) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    if not policies.check_see_quarters.can(post):
        return ()
    return (NavItem(_("Pemantauan"), reverse("monitoring:quarters"), "chart"),)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    return [
        Crumb(_("Kantor"), "/kantor/"),
        Crumb(_("Pemantauan"), reverse("monitoring:quarters") if steps else ""),
        *(Crumb(label, url) for label, url in steps),
    ]
