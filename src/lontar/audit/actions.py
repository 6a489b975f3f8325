"""Two things are written here: that somebody looked at a masked value, and that a parameter has a new value from a day on.

Who may is in `policies` (for reveals: of the app that holds the value).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.audit.models import Parameter, Reveal
from lontar.audit.states import Act

REASON_SHORTEST = 10
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


class ReasonTooShort(Refused):
    """A reveal or a backdated value needs a reason that somebody else understands."""


class ParameterInPast(Refused):
    """A value that begins before today needs a reason."""


class ParameterOverlaps(Refused):
    """Another value of this parameter is in force at that time."""


class ParameterUnclear(Refused):
    """Key, number, unit or source is missing or malformed."""


def record_reveal(
    *,
    by: User,
    post: Post,
    kind: str,
    subject: str,
    subject_id: int,
    region_code: str,
    reason: str,
    at: datetime,
) -> Reveal:
    """Log that `by`, acting as `post`, looks at one masked value; call it in the transaction that shows the value.

    `kind` is what was revealed (`RevealKind`), `subject` the model in the form `registry.person`, `region_code` the place of
    the subject. Raises `ReasonTooShort` below ten characters. The value itself is never written.
    """
    words = " ".join(reason.split())
    if len(words) < REASON_SHORTEST:
        raise ReasonTooShort(
            _("Tuliskan alasan membuka data pribadi, paling sedikit %(count)d huruf.") % {"count": REASON_SHORTEST}
        )
    with recorded(Act.REVEALED, by=by, at=at, post=post, kind=kind, subject=subject, subject_id=subject_id):
        return Reveal.objects.create(
            at=at,
            user=by,
            post=post,
            kind=kind,
            subject=subject,
            subject_id=subject_id,
            region_code=region_code,
            reason=words,
        )


def set_parameter(
    *,
    key: str,
    number: Decimal,
    source: str,
    valid_from: date,
    unit: str = "",
    backdated_because: str = "",
    by: User | None,
    at: datetime,
) -> Parameter:
    """Give a parameter a new value from `valid_from` on; the one in force ends that day, and nothing is overwritten.

    `unit` stays the old one when empty. Raises `ParameterOverlaps` when a value begins on that day or later,
    `ParameterInPast` when `valid_from` lies before the day of `at` and no reason is given, `ParameterUnclear` for a
    malformed key, a float or a missing source.
    """
    _check_clear(key=key, number=number, source=source)
    if valid_from < timezone.localdate(at) and len(backdated_because.strip()) < REASON_SHORTEST:
        raise ParameterInPast(_("Tanggal mulai sudah lewat. Tuliskan alasan mengapa nilai ini berlaku surut."))
    with recorded(Act.PARAMETER_SET, by=by, at=at, key=key, because=backdated_because.strip() or None):
        last = Parameter.objects.select_for_update().filter(key=key).order_by("-valid_from").first()
        if last is not None:
            _close(last, valid_from)
            unit = _same_unit(last, unit)
        try:
            with transaction.atomic():
                return Parameter.objects.create(
                    key=key, number=number, unit=unit, valid_from=valid_from, source=source.strip()
                )
        except IntegrityError as problem:
            if "parameter_one" not in str(problem):
                raise
            raise ParameterOverlaps(_("Nilai lain baru saja ditetapkan. Muat ulang halaman.")) from problem


def _check_clear(*, key: str, number: Decimal, source: str) -> None:
    if not _KEY.fullmatch(key):
        raise ParameterUnclear(_("Kunci parameter ditulis seperti umkm.sales.micro."))
    if not isinstance(number, Decimal) or not number.is_finite():
        raise ParameterUnclear(_("Nilai parameter harus bilangan desimal."))
    if not source.strip():
        raise ParameterUnclear(_("Tuliskan sumber nilai ini: peraturan, keputusan, atau surat."))


def _close(last: Parameter, day: date) -> None:
    """End the newest value on `day`, or refuse when it reaches beyond."""
    if last.valid_from >= day or (last.valid_until is not None and last.valid_until > day):
        start = last.valid_from.strftime("%d-%m-%Y")
        raise ParameterOverlaps(
            _("Sudah ada nilai yang berlaku mulai %(start)s; nilai baru harus mulai sesudahnya.") % {"start": start}
        )
    if last.valid_until is None:
        last.valid_until = day
        last.save(update_fields=["valid_until"])


def _same_unit(last: Parameter, unit: str) -> str:
    if unit and last.unit and unit != last.unit:
        raise ParameterUnclear(
            _("Satuan parameter ini %(unit)s; parameter dengan satuan lain memerlukan kunci lain.")
            % {"unit": last.unit}
        )
    return unit or last.unit
