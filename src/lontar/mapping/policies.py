"""Who may see, download and issue mapping documents."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import Refused, policy, require_post, require_region, require_role
from lontar.access.states import Role

READERS = (
    Role.PROVINCE_ADMIN,
    Role.PROVINCE_OFFICER,
    Role.AGENCY_OFFICER,
    Role.REGENCY_OFFICER,
    Role.VILLAGE_OFFICER,
    Role.VIEWER,
)
ISSUERS = (Role.PROVINCE_OFFICER, Role.REGENCY_OFFICER)


@policy
def check_see_documents(post: Post | None) -> None:
    """Read the list of documents of one's region and the regions above it."""
    require_role(post, *READERS, to=_("melihat dokumen pemetaan"))


@policy
def check_see_document(post: Post | None, region_code: str) -> None:
    """Read and download the documents of this region: one's own, one beneath, or the one that one's region lies in."""
    check_see_documents(post)
    held = require_post(post)
    if not held.region_code.startswith(region_code):
        require_region(held, region_code)


@policy
def check_issue_documents(post: Post | None) -> None:
    """Issue documents, somewhere."""
    require_role(post, *ISSUERS, to=_("menerbitkan dokumen pemetaan"))


@policy
def check_issue_document(post: Post | None, region_code: str) -> None:
    """Issue the document of this province or kabupaten/kota: the province for all, a regency for itself."""
    check_issue_documents(post)
    require_region(post, region_code)
    if len(region_code) not in (2, 5):
        raise Refused(_("Dokumen pemetaan diterbitkan untuk provinsi atau kabupaten/kota."))
