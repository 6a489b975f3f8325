"""What the screens of readiness, plans of 90 days and their verdicts give to templates."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.priority import policies
from lontar.ui.presenters import Crumb, NavItem


def navigation(post: Post) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    if not policies.check_see_plans.can(post):
        return ()
    return (NavItem(_("Peta prioritas"), reverse("priority:plans"), "calendar"),)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    home = Crumb(_("Kantor"), "/kantor/")
    return [
        home,
        Crumb(_("Peta prioritas"), reverse("priority:plans") if steps else ""),
        *(Crumb(label, url) for label, url in steps),
    ]
