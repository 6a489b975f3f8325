"""One value sent back with a reason, corrected, reviewed again by itself; and values of closed months, restated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.returns import policies
from lontar.returns.actions.guarding import open_months_only
from lontar.returns.actions.known import HELD, known
from lontar.returns.models import Producer, Return, ReturnedValue
from lontar.returns.queries.frames import RETURN_COLUMNS
from lontar.returns.rules.checks import Finding, check, label_of, normalised
from lontar.returns.rules.limits import limits_for
from lontar.returns.rules.schema import VALUES, VERSION
from lontar.returns.states import RETURNED_TRANSITIONS, Act, Channel, ReturnedState, ReturnState


class ReasonMissing(Refused):
    """Alasan belum ditulis."""


class NotReturnable(Refused):
    """Nilai ini tidak dapat dikembalikan sekarang."""


class NoSuchStep(Refused):
    """Langkah ini tidak mungkin dari keadaan sekarang."""


class ValueRefused(Refused):
    """Nilai ini belum dapat diterima."""


def return_value(
    *, return_id: int, field: str, reason: str, by: User | None, post: Post, at: datetime
) -> ReturnedValue:
    """Send one value of a return back with a reason; the rest of it stays as it is. Raises `ReasonMissing`, `NotReturnable`."""
    with open_months_only(), recorded(Act.VALUE_RETURNED, by=by, at=at, post=post, field=field):
        filing = Return.objects.select_for_update(of=("self",)).get(pk=return_id)
        policies.check_verify_region(post, filing.village_id)
        if not reason.strip():
            raise ReasonMissing(_("Tuliskan alasannya, supaya pelapor tahu apa yang harus diperiksa."))
        if field not in VALUES or filing.state not in {ReturnState.SUBMITTED, ReturnState.VERIFIED}:
            raise NotReturnable(_("Hanya nilai laporan yang dikirim atau diverifikasi dapat dikembalikan."))
        if ReturnedValue.objects.live().filter(filing=filing, field=field).exists():
            raise NotReturnable(_("%(label)s sudah dikembalikan dan belum selesai.") % {"label": label_of(field)})
        return ReturnedValue.objects.create(
            filing=filing, village_id=filing.village_id, field=field, reason=reason.strip()[:300],
            value=text_of(getattr(filing, field)), returned_at=at, returned_by=by, post=post, moved_at=at,
        )  # fmt: skip


def text_of(value: object) -> str:
    """A value as it is kept in words: "" for unknown, no needless zeros."""
    if value is None:
        return ""
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def correct_value(
    *, returned_id: int, value: Any, justification: str = "", by: User | None, post: Post, at: datetime
) -> ReturnedValue:
    """Correct a returned value (a plain value, None for unknown), and only it. The same value again wants a justification.

    Raises `NoSuchStep`, `ValueRefused` with the words of the check, `MonthClosed`.
    """
    with open_months_only(), recorded(Act.VALUE_CORRECTED, by=by, at=at, post=post):
        found = _moving(returned_id, ReturnedState.CORRECTED)
        policies.check_report_village(post, found.village_id)
        filing = Return.objects.select_for_update(of=("self",)).get(pk=found.filing_id)
        words = dict(filing.justifications)
        if justification.strip():
            words[found.field] = justification.strip()[:300]
        values = {name: getattr(filing, name) for name in VALUES} | {found.field: value}
        findings, clean = _checked(filing, values)
        mine = [one for one in findings if one.is_error or one.field == found.field]
        unsaid = next((one for one in mine if one.is_error or one.field not in words), None)
        if unsaid is not None:
            raise ValueRefused(unsaid.message)
        if text_of(clean[found.field]) == found.value and found.field not in words:
            raise ValueRefused(_("Nilainya sama seperti semula. Jelaskan mengapa nilai itu benar."))
        flags = [one.rule for one in findings if not one.is_error]
        Return.objects.filter(pk=filing.pk).update(
            **{found.field: clean[found.field]}, flags=flags, justifications=words, changed_at=at,
            version=filing.version + 1,
        )  # fmt: skip
        found.state, found.corrected, found.moved_at = ReturnedState.CORRECTED, text_of(clean[found.field]), at
        found.save(update_fields=["state", "corrected", "moved_at"])
    return found


def settle_value(*, returned_id: int, by: User | None, post: Post, at: datetime) -> ReturnedValue:
    """The correction is good, or the value was good after all: the return goes on. Raises `NoSuchStep`."""
    with recorded(Act.VALUE_SETTLED, by=by, at=at, post=post):
        found = _moving(returned_id, ReturnedState.SETTLED)
        policies.check_verify_region(post, found.village_id)
        found.state, found.moved_at = ReturnedState.SETTLED, at
        found.save(update_fields=["state", "moved_at"])
    return found


def return_again(*, returned_id: int, reason: str, by: User | None, post: Post, at: datetime) -> ReturnedValue:
    """The correction does not convince: back once more, with the reason. Raises `NoSuchStep`, `ReasonMissing`."""
    with recorded(Act.VALUE_AGAIN, by=by, at=at, post=post):
        found = _moving(returned_id, ReturnedState.OPEN)
        policies.check_verify_region(post, found.village_id)
        if not reason.strip():
            raise ReasonMissing(_("Tuliskan alasannya, supaya pelapor tahu apa yang harus diperiksa."))
        found.state, found.reason, found.value, found.moved_at = (
            ReturnedState.OPEN,
            reason.strip()[:300],
            found.corrected,
            at,
        )
        found.save(update_fields=["state", "reason", "value", "moved_at"])
    return found


def _moving(returned_id: int, to: ReturnedState) -> ReturnedValue:
    found = ReturnedValue.objects.select_for_update(of=("self",)).get(pk=returned_id)
    if to not in RETURNED_TRANSITIONS[ReturnedState(found.state)]:
        raise NoSuchStep(_("Nilai ini sudah dalam keadaan: %(state)s.") % {"state": found.get_state_display()})
    return found


def _checked(filing: Return, values: Mapping[str, Any]) -> tuple[list[Finding], dict[str, Any]]:
    """The remarks on the values, and the values as they are kept."""
    return _check_one(filing.producer_id, filing.month, values, village=filing.village_id)


def _check_one(
    producer_id: int, month: date, values: Mapping[str, Any], *, village: str
) -> tuple[list[Finding], dict[str, Any]]:
    about = known([producer_id], [month], within=village).drop(HELD)
    plain = {name: _plain(name, values.get(name)) for name in VALUES}
    answers = pl.DataFrame(
        {name: [value] for name, value in plain.items()}, schema={n: RETURN_COLUMNS[n] for n in VALUES}
    )
    frame = normalised(pl.concat([answers, about], how="horizontal"))
    row = frame.row(0, named=True)
    return check(frame, limits_for(month)), {name: row[name] for name in VALUES} | {"problems": row["problems"] or ""}


def _plain(name: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    kind = RETURN_COLUMNS[name]
    return value if kind == pl.String else float(value) if kind == pl.Float64 else int(value)


def restate_return(
    *, producer_id: int, month: date, values: Mapping[str, Any], reason: str, by: User | None, post: Post, at: datetime
) -> Return:
    """Correct, or add, the return of a month that is closed: accepted at once, marked with time and reason, listed for ever.

    `values` by field as they shall stand; fields that are not named stay. Raises `ReasonMissing`, `ValueRefused`.
    """
    with recorded(Act.RESTATED, by=by, at=at, post=post, producer=producer_id):
        producer = Producer.objects.get(pk=producer_id)
        policies.check_accept_region(post, producer.village_id)
        if not reason.strip():
            raise ReasonMissing(_("Tuliskan alasan perbaikan; alasan itu diumumkan bersama angkanya."))
        held = Return.objects.select_for_update(of=("self",)).filter(producer=producer, month=month).first()
        before = {name: getattr(held, name) for name in VALUES} if held else {}
        findings, clean = _check_one(producer_id, month, before | dict(values), village=producer.village_id)
        errors = [one for one in findings if one.is_error]
        if errors:
            raise ValueRefused(errors[0].message)
        marks = {
            "state": ReturnState.ACCEPTED, "restated_at": at, "restated_words": reason.strip()[:300], "changed_at": at,
            "flags": [one.rule for one in findings],
        }  # fmt: skip
        if held is not None:
            sent = {"submitted_at": held.submitted_at or at, "verified_at": held.verified_at or at, "accepted_at": at}
            Return.objects.filter(pk=held.pk).update(**clean, **marks, **sent, version=held.version + 1)
            held.refresh_from_db()
            return held
        return Return.objects.create(
            producer=producer, village_id=producer.village_id, month=month, schema_version=VERSION, channel=Channel.FORM,
            submitted_at=at, submitted_by=by, submitted_post=post, verified_at=at, accepted_at=at, accepted_by=by,
            **clean, **marks,
        )  # fmt: skip
