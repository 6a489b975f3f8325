"""Who may read figures that are not yet published, import prices, define indicators, close and restate a quarter."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import policy, require_role
from lontar.access.states import Role

READERS = (
    Role.PROVINCE_ADMIN,
    Role.PROVINCE_OFFICER,
    Role.AGENCY_OFFICER,
    Role.REGENCY_OFFICER,
    Role.VILLAGE_OFFICER,
    Role.MENTOR,
    Role.VIEWER,
)
CLOSERS = (Role.PROVINCE_OFFICER,)


@policy
def check_see_quarters(post: Post | None) -> None:
    """Read quarters, check-lists, figures and definitions, published or not."""
    require_role(post, *READERS, to=_("melihat pemantauan"))


@policy
def check_close(post: Post | None) -> None:
    """Close a quarter, restate it, import consumer prices, and change definitions."""
    require_role(post, *CLOSERS, to=_("menutup triwulan"))
