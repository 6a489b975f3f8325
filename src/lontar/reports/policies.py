"""Who may see drafts, build and publish reports. Published ones are for everybody."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import policy, require_region, require_role
from lontar.access.states import Role

READERS = (Role.PROVINCE_ADMIN, Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER, Role.VIEWER)
PUBLISHERS = (Role.PROVINCE_OFFICER,)


@policy
def check_see_drafts(post: Post | None) -> None:
    """See reports before they are published."""
    require_role(post, *READERS, to=_("melihat rancangan laporan"))
    require_region(post, settings.PROGRAMME_ROOT)


@policy
def check_build_report(post: Post | None) -> None:
    """Build the report of a closed quarter."""
    require_role(post, *PUBLISHERS, to=_("membuat rancangan laporan"))
    require_region(post, settings.PROGRAMME_ROOT)


@policy
def check_publish_report(post: Post | None) -> None:
    """Publish a report by decree, for good."""
    require_role(post, *PUBLISHERS, to=_("menerbitkan laporan"))
    require_region(post, settings.PROGRAMME_ROOT)
