"""The first administrator of an installation, who then lets everybody else in through the screens.

Everything here is done by the operator at the command line (`by=None`); the demonstration province uses the ordinary actions.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.actions.agencies import create_agency
from lontar.access.actions.people import Invitation, create_user
from lontar.access.actions.posts import create_post, give_post
from lontar.access.models import Agency, Holding
from lontar.access.policies import Refused
from lontar.access.states import Act, AgencyKind, Role
from lontar.access.trail import recorded

_CODE = "administrasi"


class AlreadyFounded(Refused):
    """The installation has an administrator; others are let in through the screens."""


def found_administration(
    *, username: str, full_name: str, email: str, region_code: str, root: str, at: datetime
) -> Invitation:
    """Make the administering agency, its administrator's post over `region_code`, and the account that holds it.

    Gives the link with which the administrator sets the password. Raises `AlreadyFounded` when an open account holds an
    administrator's post already, so that the command line is not a second way in.
    """
    held = Holding.objects.as_at(timezone.localdate(at)).filter(post__role=Role.PROVINCE_ADMIN, user__is_active=True)
    if held.exists():
        raise AlreadyFounded(_("Instalasi ini sudah mempunyai administrator; orang lain ditambahkan melalui layar."))
    with recorded(Act.ADMINISTRATION_FOUNDED, by=None, at=at):
        agency = Agency.objects.filter(code=_CODE).first() or create_agency(
            code=_CODE,
            name=_("Administrasi Lontar"),
            short_name=_("Administrasi"),
            kind=AgencyKind.DPMD,
            region_code=region_code,
            by=None,
            at=at,
        )
        number = agency.posts.count() + 1
        post = create_post(
            code=f"{_CODE}-{number}",
            title=_("Administrator"),
            agency=agency,
            role=Role.PROVINCE_ADMIN,
            region_code=region_code,
            by=None,
            at=at,
        )
        made = create_user(username=username, full_name=full_name, email=email, root=root, by=None, at=at)
        give_post(post=post, user=made.user, by=None, at=at)
        return made
