"""Who may see returns, report for producers, verify, accept, enrol producers, and give personal links."""

from __future__ import annotations

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
REPORTERS = (
    Role.PROVINCE_OFFICER,
    Role.AGENCY_OFFICER,
    Role.REGENCY_OFFICER,
    Role.VILLAGE_OFFICER,
    Role.MENTOR,
)
VERIFIERS = (Role.REGENCY_OFFICER, Role.PROVINCE_OFFICER)
ACCEPTERS = (Role.PROVINCE_OFFICER,)
ENROLLERS = (Role.PROVINCE_OFFICER, Role.REGENCY_OFFICER)


@policy
def check_see_returns(post: Post | None) -> None:
    """Read producers and monthly returns of one's region."""
    require_role(post, *READERS, to=_("melihat laporan bulanan"))


@policy
def check_see_village(post: Post | None, village_code: str) -> None:
    """Read the returns of this village."""
    check_see_returns(post)
    require_region(post, village_code)


@policy
def check_report(post: Post | None) -> None:
    """Report for producers, somewhere; give them personal links."""
    require_role(post, *REPORTERS, to=_("mengisi laporan bulanan"))


@policy
def check_report_village(post: Post | None, village_code: str) -> None:
    """Report for producers of this village."""
    check_report(post)
    require_region(post, village_code)


@policy
def check_verify(post: Post | None) -> None:
    """Verify returns and send single values back, somewhere."""
    require_role(post, *VERIFIERS, to=_("memverifikasi laporan bulanan"))


@policy
def check_verify_region(post: Post | None, region_code: str) -> None:
    """Verify returns of this region and send single values back."""
    check_verify(post)
    require_region(post, region_code)


@policy
def check_accept(post: Post | None) -> None:
    """Accept verified returns, somewhere."""
    require_role(post, *ACCEPTERS, to=_("menerima laporan bulanan"))


@policy
def check_accept_region(post: Post | None, region_code: str) -> None:
    """Accept verified returns of this region."""
    check_accept(post)
    require_region(post, region_code)


@policy
def check_enrol(post: Post | None) -> None:
    """Ask producers to report, or no more, somewhere."""
    require_role(post, *ENROLLERS, to=_("mendaftarkan produsen"))


@policy
def check_enrol_region(post: Post | None, region_code: str) -> None:
    """Ask producers of this region to report, or no more."""
    check_enrol(post)
    require_region(post, region_code)


@policy
def check_arrange_comparison(post: Post | None) -> None:
    """Say who is in the comparison group, and who no more."""
    require_role(post, *ACCEPTERS, to=_("mengatur kelompok pembanding"))
