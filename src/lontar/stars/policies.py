"""Who may read and bring rubrics, run rounds, submit products, appoint, score, decide and withdraw.

The sheets of others are sealed besides by row-level security (`sealing`); no policy opens them.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused, policy, require_post, require_region, require_role
from lontar.access.states import Role
from lontar.registry.policies import READERS
from lontar.stars.models import Assessment, Assessor, Star
from lontar.stars.rules import conflict_of

MANAGERS = (Role.PROVINCE_ADMIN, Role.PROVINCE_OFFICER)
SUBMITTERS = (Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER, Role.VILLAGE_OFFICER)
ASSESSORS = (Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER, Role.MENTOR)

EVIDENCE_READERS = tuple(dict.fromkeys((*MANAGERS, *SUBMITTERS, *ASSESSORS)))


@policy
def check_see_assessments(post: Post | None) -> None:
    """Read rubrics, rounds, assessments and stars of one's region."""
    require_role(post, *READERS, to=_("melihat penilaian bintang"))


@policy
def check_manage_rubrics(post: Post | None) -> None:
    """Bring drafts of rubrics and put them in force."""
    require_role(post, Role.PROVINCE_OFFICER, to=_("mengelola rubrik penilaian"))


@policy
def check_manage_rounds(post: Post | None) -> None:
    """Open and close rounds, appoint assessors."""
    require_role(post, *MANAGERS, to=_("menyelenggarakan penilaian bintang"))


@policy
def check_submit(post: Post | None) -> None:
    """Submit products somewhere."""
    require_role(post, *SUBMITTERS, to=_("mengajukan produk untuk dinilai"))


@policy
def check_submit_within(post: Post | None, village_code: str) -> None:
    """Submit products of this village."""
    check_submit(post)
    require_region(post, village_code)


@policy
def check_withdraw_assessment(post: Post | None, found: Assessment) -> None:
    """Take a submission back: the agency that brought it, or who runs the round."""
    held = require_region(post, found.village_id)
    if held.role not in MANAGERS and held.agency_id != found.post.agency_id:
        raise Refused(
            _("Pengajuan ini ditarik oleh %(agency)s, yang mengajukannya, atau oleh penyelenggara.")
            % {"agency": found.post.agency.short_name}
        )


@policy
def check_appoint(post: Post | None, found: Assessment, assessor: Post) -> None:
    """Appoint this post to assess: of a fitting role, over the village, and with no conflict of interest."""
    check_manage_rounds(post)
    require_region(post, found.village_id)
    check_be_assessor(assessor, found)


@policy
def check_be_assessor(post: Post, found: Assessment) -> None:
    """Assess this product."""
    require_role(post, *ASSESSORS, to=_("menjadi penilai"))
    require_region(post, found.village_id)
    conflict = conflict_of(post, village_code=found.village_id, submitter=found.post)
    if conflict:
        raise Refused(_("Tidak dapat menilai produk ini: %(reason)s") % {"reason": conflict})


@policy
def check_score_somewhere(post: Post | None) -> None:
    """Score products that one is appointed for."""
    require_role(post, *ASSESSORS, to=_("menilai produk"))


@policy
def check_score(post: Post | None, sheet: Assessor) -> None:
    """Fill and hand in this sheet: the appointed post alone."""
    check_score_somewhere(post)
    held = require_region(post, sheet.village_id)
    if held.pk != sheet.post_id:
        raise Refused(_("Lembar nilai ini milik %(post)s.") % {"post": sheet.post.title})


@policy
def check_open_evidence(post: Post | None) -> None:
    """Open evidence somewhere: whoever submits, assesses or runs the round. It may show people and their papers."""
    require_role(post, *EVIDENCE_READERS, to=_("membuka bukti penilaian"))


@policy
def check_see_evidence(post: Post | None, found: Assessment) -> None:
    """Open the evidence of this product: who runs the round, its kabupaten/kota, who submitted it, and its assessors."""
    check_open_evidence(post)
    held = require_region(post, found.village_id)
    if held.role in (*MANAGERS, Role.REGENCY_OFFICER) or held.agency_id == found.post.agency_id:
        return
    if not found.assessors.counted().filter(post=held).exists():
        raise Refused(_("Bukti hanya dibuka oleh penilai produk ini, kabupaten/kotanya, pengaju, dan penyelenggara."))


@policy
def check_attach_evidence(post: Post | None, found: Assessment) -> None:
    """Attach and remove evidence: the kabupaten/kota of the producer, and the agency that submitted; never an assessor."""
    require_role(post, *SUBMITTERS, to=_("melampirkan bukti"))
    held = require_region(post, found.village_id)
    if held.role != Role.REGENCY_OFFICER and held.agency_id != found.post.agency_id:
        raise Refused(_("Bukti dilampirkan oleh petugas kabupaten/kota produk ini, atau oleh yang mengajukannya."))
    if found.assessors.counted().filter(post=held).exists():
        raise Refused(_("Anda menilai produk ini; penilai membaca bukti dan tidak melampirkannya."))


@policy
def check_decide(post: Post | None, found: Assessment) -> None:
    """Settle a wide spread and decide a star: who runs the round and has not scored the product."""
    check_manage_rounds(post)
    held = require_region(post, found.village_id)
    if found.assessors.counted().filter(post=held).exists():
        raise Refused(_("Anda menilai produk ini; bintangnya diputuskan oleh petugas provinsi yang lain."))


@policy
def check_decide_person(by: User, found: Assessment) -> None:
    """Decide a star as a person who handed in no sheet of it, under whatever post."""
    if found.assessors.counted().filter(handed_in_by=by).exists():
        raise Refused(_("Anda menilai produk ini; bintangnya diputuskan oleh orang lain."))


@policy
def check_withdraw_star(post: Post | None, star: Star) -> None:
    """Withdraw a star before its day."""
    require_role(post, Role.PROVINCE_OFFICER, to=_("mencabut bintang"))
    require_region(post, star.village_id)


@policy
def check_certify(post: Post | None) -> None:
    """Issue the certificates of stars."""
    require_role(post, Role.PROVINCE_OFFICER, to=_("menerbitkan piagam bintang"))


@policy
def check_record_award(post: Post | None) -> None:
    """Record stars that were given before, elsewhere."""
    require_role(post, Role.PROVINCE_OFFICER, to=_("mencatat bintang terdahulu"))


@policy
def check_own_sheet(post: Post | None, found: Assessment) -> None:
    """Have a sheet of this assessment."""
    held = require_post(post)
    if not found.assessors.counted().filter(post=held).exists():
        raise Refused(_("Anda tidak ditunjuk untuk menilai produk ini."))
