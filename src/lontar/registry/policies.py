"""Who may read, change, verify and close enterprises, change a village's potential, and see a masked value.

Reading the office's fields needs a duty that needs them: a cashier and a lender see what anyone sees. Changing is for those
who keep the records of their region; verifying is for Dinas Koperasi and UKM, and for the province's administrator.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import Refused, policy, require_region, require_role
from lontar.access.states import AgencyKind, Role

READERS = (
    Role.PROVINCE_ADMIN,
    Role.PROVINCE_OFFICER,
    Role.AGENCY_OFFICER,
    Role.REGENCY_OFFICER,
    Role.VILLAGE_OFFICER,
    Role.MENTOR,
    Role.VIEWER,
)
EDITORS = (Role.PROVINCE_ADMIN, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER, Role.VILLAGE_OFFICER)
VERIFIERS = (Role.PROVINCE_ADMIN, Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER)
# Two records of one business mostly come from the lists of two agencies: merging them is for whoever answers for all lists of
# a region, not for an agency or a village that answers for one of them.
MERGERS = (Role.PROVINCE_ADMIN, Role.PROVINCE_OFFICER, Role.REGENCY_OFFICER)
REVEALERS = (Role.PROVINCE_ADMIN, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER, Role.VILLAGE_OFFICER)
VERIFYING_AGENCIES = (AgencyKind.COOPERATIVES,)


@policy
def check_read_enterprises(post: Post | None) -> None:
    """Read the office's fields of enterprises, within the post's region."""
    require_role(post, *READERS, to=_("membaca data usaha"))


@policy
def check_edit_enterprises(post: Post | None) -> None:
    """Change enterprises somewhere."""
    require_role(post, *EDITORS, to=_("mengubah data usaha"))


@policy
def check_edit_enterprise(post: Post | None, village_code: str) -> None:
    """Change an enterprise of this village, close it, open it again."""
    check_edit_enterprises(post)
    require_region(post, village_code)


@policy
def check_verify_enterprises(post: Post | None) -> None:
    """Verify enterprises somewhere (whether the agency may is asked with the region)."""
    require_role(post, *VERIFIERS, to=_("memverifikasi usaha"))


@policy
def check_verify_within(post: Post | None, region_code: str) -> None:
    """Verify enterprises of this region, or take a verification back: Dinas Koperasi, or the province's administrator."""
    check_verify_enterprises(post)
    held = require_region(post, region_code)
    if held.role != Role.PROVINCE_ADMIN and held.agency.kind not in VERIFYING_AGENCIES:
        raise Refused(
            _("Verifikasi usaha adalah tugas %(duty)s; %(agency)s dapat mengusulkan perubahan.")
            % {"duty": AgencyKind.COOPERATIVES.label, "agency": held.agency.short_name}
        )


@policy
def check_reveal_values(post: Post | None) -> None:
    """See masked values somewhere, each with a reason."""
    require_role(post, *REVEALERS, to=_("membuka data pribadi"))


@policy
def check_reveal_value(post: Post | None, village_code: str) -> None:
    """See a masked value of a person of this village."""
    check_reveal_values(post)
    require_region(post, village_code)


@policy
def check_edit_potentials(post: Post | None) -> None:
    """Change the potential of villages somewhere."""
    require_role(post, *EDITORS, to=_("mengubah potensi desa"))


@policy
def check_edit_potential(post: Post | None, village_code: str) -> None:
    """Add, change and remove what this village is recorded to have."""
    check_edit_potentials(post)
    require_region(post, village_code)


@policy
def check_merge_enterprises(post: Post | None) -> None:
    """Merge enterprises that are one, somewhere, and undo it."""
    require_role(post, *MERGERS, to=_("menggabungkan catatan usaha"))


@policy
def check_merge_within(post: Post | None, village_codes: Iterable[str]) -> None:
    """Merge records of all these villages, or undo such a merge."""
    check_merge_enterprises(post)
    for code in village_codes:
        require_region(post, code)


@policy
def check_accept_claims(post: Post | None) -> None:
    """Accept a claim against the authority's, somewhere, and take that back: for whoever answers for all lists of a region."""
    require_role(post, *MERGERS, to=_("memutuskan perbedaan antarinstansi"))


@policy
def check_accept_within(post: Post | None, village_code: str) -> None:
    """Accept a claim about a record of this village, or take that back."""
    check_accept_claims(post)
    require_region(post, village_code)


@policy
def check_set_authorities(post: Post | None) -> None:
    """Set which agencies are heard first for a field."""
    require_role(post, Role.PROVINCE_ADMIN, to=_("menetapkan kewenangan isian"))
