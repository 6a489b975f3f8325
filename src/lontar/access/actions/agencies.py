"""Adding and changing agencies."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Agency, User
from lontar.access.policies import Refused
from lontar.access.states import Act
from lontar.access.trail import recorded


class CodeTaken(Refused):
    """Another agency or post has this code already."""


def create_agency(
    *, code: str, name: str, short_name: str, kind: str, region_code: str, by: User | None, at: datetime
) -> Agency:
    """Add an agency; raises `CodeTaken` when the code is in use."""
    agency = Agency(code=code, name=name, short_name=short_name, kind=kind, region_code=region_code)
    with recorded(Act.AGENCY_CREATED, by=by, at=at):
        if Agency.objects.filter(code=code).exists():
            raise CodeTaken(_("Kode %(code)s sudah dipakai instansi lain.") % {"code": code})
        try:
            with transaction.atomic():
                agency.save(force_insert=True)
        except IntegrityError as problem:  # somebody took the code in the same moment
            if "code" not in str(problem):
                raise
            raise CodeTaken(_("Kode %(code)s sudah dipakai instansi lain.") % {"code": code}) from problem
    return agency


def change_agency(
    *,
    agency: Agency,
    name: str,
    short_name: str,
    kind: str,
    region_code: str,
    is_active: bool,
    by: User | None,
    at: datetime,
) -> Agency:
    """Change everything of an agency but its code. Posts of an inactive agency can no longer act."""
    with recorded(Act.AGENCY_CHANGED, by=by, at=at):
        agency.name, agency.short_name, agency.kind = name, short_name, kind
        agency.region_code, agency.is_active = region_code, is_active
        agency.save(update_fields=["name", "short_name", "kind", "region_code", "is_active"])
    return agency
