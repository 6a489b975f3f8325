"""Template context of the office: the rail that leads to every list, and to the screens of the apps beneath.

Leaves what is on the pages to the views, and who may enter to the policies.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access import presenters as access_presenters
from lontar.access.models import Post
from lontar.audit import presenters as audit_presenters
from lontar.designation import presenters as designation_presenters
from lontar.documents import presenters as documents_presenters
from lontar.intake.presenters import history as intake_presenters
from lontar.mapping import presenters as mapping_presenters
from lontar.monitoring import presenters as monitoring_presenters
from lontar.priority import presenters as priority_presenters
from lontar.registry.policies import check_read_enterprises
from lontar.reports import presenters as reports_presenters
from lontar.returns import presenters as returns_presenters
from lontar.selection import presenters as selection_presenters
from lontar.stars import presenters as stars_presenters
from lontar.ui.presenters import NavGroup, NavItem
from lontar.value import presenters as value_presenters
from lontar.verdicts import presenters as verdicts_presenters
from lontar.verification.policies import check_see_sections


def office(request: HttpRequest) -> dict[str, Any]:
    """`office_nav` for the rail, made only where a page shows it; nothing for visitors and people without a post."""
    post: Post | None = getattr(request, "post_held", None)
    if post is None:
        return {}
    return {"office_nav": SimpleLazyObject(lambda: navigation(post))}


def navigation(post: Post) -> list[NavGroup]:
    """The groups of the rail that are open to the post."""
    lists = [
        NavItem(_("Usaha"), reverse("office:enterprises"), "store") if check_read_enterprises.can(post) else None,
        NavItem(pgettext("daftar", "Desa"), reverse("office:villages"), "pin"),
        NavItem(_("Produk"), reverse("office:products"), "table"),
        NavItem(_("Izin"), reverse("office:licences"), "document"),
        NavItem(_("Lembaga"), reverse("office:bodies"), "users"),
        NavItem(_("Cakupan"), reverse("office:coverage"), "chart"),
        NavItem(_("Pengesahan"), reverse("office:sections"), "shield") if check_see_sections.can(post) else None,
        mapping_presenters.navigation(post),
        NavItem(_("Perbedaan"), reverse("office:disagreements"), "columns")
        if check_read_enterprises.can(post)
        else None,
        NavItem(_("Kewenangan"), reverse("office:authorities"), "shield"),
    ]
    choosing = (
        *selection_presenters.navigation(post),
        *designation_presenters.navigation(post),
        *stars_presenters.navigation(post),
        *priority_presenters.navigation(post),
        *documents_presenters.navigation(post),
    )
    measuring = (
        *returns_presenters.navigation(post),
        *monitoring_presenters.navigation(post),
        *verdicts_presenters.navigation(post),
        *value_presenters.navigation(post),
        *reports_presenters.navigation(post),
    )
    groups: list[NavGroup | None] = [
        NavGroup("", (NavItem(_("Daftar kerja"), reverse("office:home"), "home"),)),
        NavGroup(_("Registri"), tuple(item for item in lists if item)),
        NavGroup(_("Produk unggulan"), choosing) if choosing else None,
        NavGroup(_("Pemantauan"), measuring) if measuring else None,
        intake_presenters.navigation(post),
        access_presenters.navigation(post),
        audit_presenters.navigation(post),
    ]
    return [group for group in groups if group]
