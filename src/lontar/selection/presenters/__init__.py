"""What the screens of candidates, criteria, weights and rankings give to templates."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.selection import policies
from lontar.ui.presenters import NavItem


def navigation(post: Post) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    if not policies.check_see_rankings.can(post):
        return ()
    return (NavItem(_("Calon unggulan"), reverse("selection:rankings"), "chart"),)
