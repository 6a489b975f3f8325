"""What the screens of verdicts per designated unit and rises of class give to templates."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.ui.presenters import Crumb, NavItem
from lontar.verdicts import policies


def navigation(post: Post) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    if not policies.check_see_verdicts.can(post):
        return ()
    return (NavItem(_("Putusan"), reverse("verdicts:verdicts"), "chart"),)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    return [
        Crumb(_("Kantor"), "/kantor/"),
        Crumb(_("Putusan"), reverse("verdicts:verdicts") if steps else ""),
        *(Crumb(label, url) for label, url in steps),
    ]
