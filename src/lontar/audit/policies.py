"""Who may read the reveal log, and who may set parameters. Who may reveal a value is decided by the app that holds it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import policy, require_post, require_role
from lontar.access.states import Role


@policy
def check_read_reveals(post: Post | None) -> None:
    """Read who revealed which personal value, when and why."""
    require_role(post, Role.PROVINCE_ADMIN, to=_("membaca catatan pembukaan data pribadi"))


@policy
def check_see_parameters(post: Post | None) -> None:
    """Read limits, rates and thresholds with their sources: everybody who works here."""
    require_post(post)


@policy
def check_set_parameters(post: Post | None) -> None:
    """Set a new value from a day on."""
    require_role(post, Role.PROVINCE_ADMIN, to=_("menetapkan parameter"))
