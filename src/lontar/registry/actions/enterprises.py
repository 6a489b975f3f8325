"""Changes to enterprises: fields, status, and the look at a masked value.

Every change is one audit event whose rows the database writes. Taking in lists is the intake's, verification that of
`lontar.verification`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.audit.actions import record_reveal
from lontar.audit.states import RevealKind
from lontar.engines.sealing import Sealer
from lontar.registry.actions.claims import hold_writer, speaks_alone, state_values
from lontar.registry.models import Commodity, Enterprise, Person
from lontar.registry.rules import EDITABLE, Fields, bands_as_at, classes_of, read_fields
from lontar.registry.states import TRANSITIONS, Act, EnterpriseStatus

SEALED = {RevealKind.NIK: "nik", RevealKind.PHONE: "phone", RevealKind.ADDRESS: "address"}


class EnterpriseInvalid(Refused):
    """Values that an enterprise cannot have; `faults` says per field, in Indonesian, what and how to put it right."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


class ChangedMeanwhile(Refused):
    """Somebody else changed the record since it was read."""


class NoSuchTransition(Refused):
    """A status that cannot follow the one the enterprise has."""


class NothingSealed(Refused):
    """There is no such value to look at."""


def change_enterprise(
    *,
    enterprise_id: int,
    values: Mapping[str, Any],
    read_at: datetime | None = None,
    by: User,
    post: Post,
    at: datetime,
) -> Enterprise:
    """Give an enterprise new values for some of `EDITABLE`; classes follow the thresholds in force on the day of `at`.

    Where another agency has spoken of the enterprise this is a claim of the post's agency: what the authority of a field says
    stays in force, and the enterprise that is returned shows it. `read_at` is the `recorded_at` that the person saw: raises
    `ChangedMeanwhile` when it moved since. Raises `EnterpriseInvalid` naming every bad field, `Enterprise.DoesNotExist`
    outside the connection's scope.
    """
    with recorded(Act.ENTERPRISE_CHANGED, by=by, at=at, post=post):
        hold_writer()
        found = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise_id)
        if read_at is not None and found.recorded_at != read_at:
            raise ChangedMeanwhile(_("Data usaha ini baru saja diubah orang lain. Muat ulang, lalu periksa lagi."))
        read = _checked(found, values, at=at)
        if read.faults:
            raise EnterpriseInvalid(read.faults)
        if not speaks_alone(found, post.agency_id):
            stated = {"commodity_id" if name == "commodity" else name: value for name, value in read.taken.items()}
            if "commodity_id" in stated and stated["commodity_id"] is not None:
                stated["commodity_id"] = stated["commodity_id"].pk
            state_values(found, stated, by=by, post=post, at=at)
            return found
        for name, value in read.taken.items():
            setattr(found, name, value)
        found.imk_class, found.umkm_class = classes_of(
            workers=_workers(found),
            sales=found.annual_turnover,
            capital=found.capital,
            bands=bands_as_at(timezone.localdate(at)),
        )
        found.source_agency, found.source_batch, found.source_row, found.recorded_at = post.agency, None, None, at
        found.save(
            update_fields=[
                *read.taken,
                "imk_class",
                "umkm_class",
                "source_agency",
                "source_batch",
                "source_row",
                "recorded_at",
            ]
        )
    return found


def _workers(found: Enterprise) -> int | None:
    if found.workers_paid is None and found.workers_unpaid is None:
        return None
    return (found.workers_paid or 0) + (found.workers_unpaid or 0)


def _checked(found: Enterprise, values: Mapping[str, Any], *, at: datetime) -> Fields:
    """Every given value as it would be stored, and what is wrong with the others."""
    current = {name: getattr(found, name) for name in EDITABLE if name != "commodity"}
    read = read_fields(values, current=current, this_year=timezone.localdate(at).year)
    if "commodity" in values:
        code = values["commodity"]
        commodity = Commodity.objects.filter(code=code).first() if code else None
        if code and commodity is None:
            read.faults["commodity"] = _("Komoditas %s tidak ada dalam daftar.") % code
        else:
            read.taken["commodity"] = commodity
    nib = read.taken.get("nib")
    if nib and _is_taken(nib, own=found.pk):
        read.faults["nib"] = _("NIB ini sudah dipakai usaha lain.")
    return read


def _is_taken(nib: str, *, own: int) -> bool:
    """Whether another enterprise has the NIB, also beyond the scope; nothing else is told of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT enterprise_id FROM registry_enterprises_by_nib(ARRAY[%s])", [nib])
        return any(row[0] != own for row in cursor.fetchall())


def change_status(*, enterprise_id: int, status: EnterpriseStatus, by: User, post: Post, at: datetime) -> Enterprise:
    """Close an enterprise, let it rest, or open it again; raises `NoSuchTransition` for any other step.

    A claim of the post's agency where others have spoken, as in `change_enterprise`.
    """
    with recorded(Act.ENTERPRISE_STATUS, by=by, at=at, post=post, status=status.value):
        hold_writer()
        found = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise_id)
        before = EnterpriseStatus(found.status)
        if status not in TRANSITIONS[before]:
            raise NoSuchTransition(
                _("Usaha berstatus %(before)s tidak dapat menjadi %(after)s.")
                % {"before": before.label, "after": status.label}
            )
        if not speaks_alone(found, post.agency_id):
            state_values(found, {"status": status.value}, by=by, post=post, at=at)
            return found
        found.status, found.recorded_at = status, at
        found.save(update_fields=["status", "recorded_at"])
    return found


def reveal_value(*, person_id: int, kind: RevealKind, reason: str, by: User, post: Post, at: datetime) -> str:
    """The sealed NIK, phone or address of a person, in clear, and the note of who looked at it and why, together.

    Raises `NothingSealed` when none is recorded, `audit.actions.ReasonTooShort`, `Person.DoesNotExist` outside the scope.
    """
    name = SEALED.get(kind)
    with transaction.atomic():
        person = Person.objects.get(pk=person_id)
        sealed = getattr(person, f"{name}_sealed") if name else None
        if sealed is None:
            raise NothingSealed(_("Tidak ada %s yang tercatat untuk orang ini.") % kind.label)
        record_reveal(
            by=by,
            post=post,
            kind=kind.value,
            subject="registry.person",
            subject_id=person.pk,
            region_code=person.village_id,
            reason=reason,
            at=at,
        )
        sealer = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY)
        return sealer.open(sealed, context=f"person.{name}")
