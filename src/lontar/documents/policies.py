"""Who may see, download, issue and revoke papers, and set how they are numbered.

What may be decreed is asked by the app that has it issued; here is asked who may put the programme's name under a paper of a
region at all.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import policy, require_post, require_region, require_role
from lontar.access.states import Role

READERS = (
    Role.PROVINCE_ADMIN,
    Role.PROVINCE_OFFICER,
    Role.AGENCY_OFFICER,
    Role.REGENCY_OFFICER,
    Role.VILLAGE_OFFICER,
    Role.VIEWER,
)
ISSUERS = (Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER)
REVOKERS = (Role.PROVINCE_OFFICER,)


@policy
def check_see_papers(post: Post | None) -> None:
    """Read the list of papers of one's region and the regions above it."""
    require_role(post, *READERS, to=_("melihat surat yang diterbitkan"))


@policy
def check_see_paper(post: Post | None, region_code: str) -> None:
    """Read and download a paper of this region: one's own, one beneath, or one that one's region lies in."""
    check_see_papers(post)
    held = require_post(post)
    if not held.region_code.startswith(region_code):
        require_region(held, region_code)


@policy
def check_publish(post: Post | None, region_code: str) -> None:
    """Issue a paper of this region."""
    require_role(post, *ISSUERS, to=_("menerbitkan surat"))
    require_region(post, region_code)


@policy
def check_revoke_papers(post: Post | None) -> None:
    """Revoke papers, somewhere."""
    require_role(post, *REVOKERS, to=_("mencabut surat"))


@policy
def check_revoke(post: Post | None, region_code: str) -> None:
    """Revoke a paper of this region."""
    check_revoke_papers(post)
    require_region(post, region_code)


@policy
def check_manage_papers(post: Post | None) -> None:
    """Set number patterns and templates for the whole programme."""
    require_role(post, Role.PROVINCE_OFFICER, to=_("mengatur nomor dan templat surat"))
