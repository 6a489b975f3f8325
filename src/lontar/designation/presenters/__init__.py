"""What the screens of deliberations, checks, decrees, flagships and locus rounds give to templates."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access.models import Post
from lontar.designation import policies
from lontar.ui.presenters import Crumb, NavItem


def navigation(post: Post) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    found = []
    if policies.check_see_proposals.can(post):
        found.append(NavItem(pgettext("daftar", "Usulan"), reverse("designation:proposals"), "list"))
    found.append(NavItem(pgettext("daftar", "Penetapan"), reverse("designation:decrees"), "document"))
    if policies.check_see_rounds.can(post):
        found.append(NavItem(_("Lokus"), reverse("designation:rounds"), "pin"))
    return tuple(found)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way to a page of this app."""
    return [Crumb(_("Daftar kerja"), reverse("office:home")), *(Crumb(label, url) for label, url in steps)]


def proposal_crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way to a page of proposals."""
    return crumbs((pgettext("daftar", "Usulan"), reverse("designation:proposals")), *steps)


def decree_crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way to a page of decrees."""
    return crumbs((pgettext("daftar", "Penetapan"), reverse("designation:decrees")), *steps)


def round_crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way to a page of the locus selection."""
    return crumbs((_("Lokus"), reverse("designation:rounds")), *steps)
