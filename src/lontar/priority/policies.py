"""Who may see plans, draft them, take them into force, follow a pick, and answer a blocker."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.access.models import Agency, Post
from lontar.access.policies import Refused, policy, require_post, require_region, require_role
from lontar.access.states import Role
from lontar.priority.models import Plan

READERS = (
    Role.PROVINCE_ADMIN,
    Role.PROVINCE_OFFICER,
    Role.AGENCY_OFFICER,
    Role.REGENCY_OFFICER,
    Role.VILLAGE_OFFICER,
    Role.MENTOR,
    Role.VIEWER,
)
PLANNERS = (Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER)
DECIDERS = (Role.PROVINCE_OFFICER, Role.REGENCY_OFFICER)
FOLLOWERS = (Role.PROVINCE_OFFICER, Role.REGENCY_OFFICER, Role.VILLAGE_OFFICER, Role.MENTOR)
ANSWERERS = (Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER, Role.MENTOR, Role.LENDER)


@policy
def check_see_plans(post: Post | None) -> None:
    """Read plans, picks, check-ins and blockers of one's region."""
    require_role(post, *READERS, to=_("melihat peta prioritas"))


@policy
def check_see_plan(post: Post | None, plan: Plan) -> None:
    """Read this plan: of one's region or beneath it; of a region above only once it is in force."""
    check_see_plans(post)
    held = require_post(post)
    if not held.region_code.startswith(plan.region_id):
        require_region(held, plan.region_id)


@policy
def check_plan(post: Post | None) -> None:
    """Try out, compare and draft plans, somewhere."""
    require_role(post, *PLANNERS, to=_("menyusun peta prioritas"))


@policy
def check_plan_region(post: Post | None, region_code: str) -> None:
    """Draft plans of this region."""
    check_plan(post)
    require_region(post, region_code)


@policy
def check_decide(post: Post | None) -> None:
    """Take plans into force and set targets, somewhere."""
    require_role(post, *DECIDERS, to=_("memberlakukan peta prioritas"))


@policy
def check_decide_region(post: Post | None, region_code: str) -> None:
    """Take plans of this region into force, set targets of its picks, add actions."""
    check_decide(post)
    require_region(post, region_code)


@policy
def check_rule(post: Post | None) -> None:
    """Change the rules of readiness."""
    require_role(post, Role.PROVINCE_OFFICER, to=_("mengubah aturan kesiapan"))


@policy
def check_follow(post: Post | None) -> None:
    """Report weekly, state a baseline, raise and close blockers, somewhere."""
    require_role(post, *FOLLOWERS, to=_("melaporkan kemajuan prioritas"))


@policy
def check_follow_village(post: Post | None, village_code: str) -> None:
    """Report on picks of this village."""
    check_follow(post)
    require_region(post, village_code)


@policy
def check_answer(post: Post | None) -> None:
    """Answer blockers and finish actions of one's agency."""
    require_role(post, *ANSWERERS, to=_("menjawab hambatan prioritas"))


@policy
def check_answer_for(post: Post | None, agency: Agency) -> None:
    """Answer for this agency: its own posts, or the province that coordinates."""
    check_answer(post)
    held = require_post(post)
    if held.agency_id != agency.pk and held.role != Role.PROVINCE_OFFICER:
        raise Refused(_("Hambatan ini dijawab oleh %(agency)s.") % {"agency": agency.short_name})
