"""Who may see verdicts in the office, and who may have one made. What was found is public; making it is the province's."""

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
MAKERS = (Role.PROVINCE_OFFICER,)


@policy
def check_see_verdicts(post: Post | None) -> None:
    """Read verdicts with their evidence."""
    require_role(post, *READERS, to=_("melihat putusan"))


@policy
def check_make_verdict(post: Post | None) -> None:
    """Have a verdict computed from the accepted returns."""
    require_role(post, *MAKERS, to=_("membuat putusan"))
