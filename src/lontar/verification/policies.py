"""Who may see how sections stand, sign them, return a field, answer a return and review the answer.

Which kind of agency signs which section is data (`queries.sections`); here it is asked of the duties that were read.
"""

from __future__ import annotations

from collections.abc import Sized

from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import Refused, policy, require_region, require_role
from lontar.access.states import AgencyKind, Role
from lontar.registry.policies import EDITORS, READERS, VERIFIERS
from lontar.verification.models import FieldReturn

RETURNERS = (Role.PROVINCE_ADMIN, Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER)


@policy
def check_see_sections(post: Post | None) -> None:
    """Read how the sections of one's region stand."""
    require_role(post, *READERS, to=_("melihat pengesahan data"))


@policy
def check_sign(post: Post | None) -> None:
    """Sign sections somewhere (whether the agency may is asked with the section)."""
    require_role(post, *VERIFIERS, to=_("mengesahkan data"))


@policy
def check_sign_within(post: Post | None, region_code: str, duties: Sized) -> None:
    """Sign sections of this region, or withdraw sign-offs: with at least one of `duties`, which the post's agency has."""
    check_sign(post)
    held = require_region(post, region_code)
    if not duties:
        raise Refused(
            _("%(agency)s tidak bertugas mengesahkan bagian data ini. Lihat pembagian tugas di halaman Pengesahan.")
            % {"agency": held.agency.short_name}
        )


@policy
def check_return(post: Post | None) -> None:
    """Return a field somewhere."""
    require_role(post, *RETURNERS, to=_("mengembalikan isian"))


@policy
def check_return_within(post: Post | None, region_code: str, duties: Sized) -> None:
    """Return fields of records of this region: the officer of the kabupaten/kota, or an agency that signs the section."""
    check_return(post)
    held = require_region(post, region_code)
    if held.role not in (Role.REGENCY_OFFICER, Role.PROVINCE_ADMIN) and not duties:
        raise Refused(
            _(
                "Isian dikembalikan oleh petugas kabupaten/kota atau instansi yang mengesahkan bagiannya, bukan %(agency)s."
            )
            % {"agency": held.agency.short_name}
        )


@policy
def check_answer(post: Post | None) -> None:
    """Answer returned fields somewhere."""
    require_role(post, *EDITORS, to=_("menjawab isian yang dikembalikan"))


@policy
def check_answer_return(post: Post | None, found: FieldReturn) -> None:
    """Correct or confirm this returned field: its keeper, or the province's administrator."""
    check_answer(post)
    held = require_region(post, found.village_id)
    if held.role == Role.PROVINCE_ADMIN:
        return
    is_village = held.role == Role.VILLAGE_OFFICER or held.agency.kind == AgencyKind.VILLAGE
    if not (is_village if found.keeper_id is None else held.agency_id == found.keeper_id):
        raise Refused(_("Isian ini dijawab oleh penanggung jawab datanya."))


@policy
def check_review_return(post: Post | None, found: FieldReturn) -> None:
    """Accept an answer, return the field again or withdraw the return: the agency that returned it."""
    check_return(post)
    held = require_region(post, found.village_id)
    if held.role != Role.PROVINCE_ADMIN and held.agency_id != found.post.agency_id:
        raise Refused(
            _("Jawaban ini diperiksa oleh %(agency)s, yang mengembalikan isiannya.")
            % {"agency": found.post.agency.short_name}
        )
