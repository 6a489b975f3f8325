"""What the screens of the open quarterly report give to templates."""

from __future__ import annotations

from lontar.access.models import Post
from lontar.ui.presenters import NavItem


def navigation(_post: Post) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    return ()
