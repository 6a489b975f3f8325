"""Who may read value kept and the trade balance in the office, count a quarter, and load figures of trade."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import policy, require_region, require_role
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
COUNTERS = (Role.PROVINCE_OFFICER,)
LOADERS = (Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER)


@policy
def check_see_value(post: Post | None) -> None:
    """Read prices, value kept and the trade balance; they hold no number of a single producer."""
    require_role(post, *READERS, to=_("melihat nilai tambah"))


@policy
def check_count(post: Post | None) -> None:
    """Count a quarter from the returns of the whole programme."""
    require_role(post, *COUNTERS, to=_("menghitung nilai tambah triwulan"))
    require_region(post, settings.PROGRAMME_ROOT)


@policy
def check_load(post: Post | None) -> None:
    """Load figures of trade, which speak of the whole province."""
    require_role(post, *LOADERS, to=_("memuat angka perdagangan"))
    require_region(post, settings.PROGRAMME_ROOT)
