"""Presenters of rubrics, assessments and stars; the entries of the office rail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.stars.policies import check_see_assessments
from lontar.ui.presenters import Crumb, NavItem


def navigation(post: Post) -> tuple[NavItem, ...]:
    """What the rail offers this post."""
    if not check_see_assessments.can(post):
        return ()
    return (NavItem(_("Bintang produk"), reverse("stars:assessments"), "check"),)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the work list."""
    return [
        Crumb(_("Daftar kerja"), "/kantor/"),
        Crumb(_("Bintang produk"), reverse("stars:assessments") if steps else ""),
        *(Crumb(label, url) for label, url in steps),
    ]
