"""What persons do about claims: state values for their agency, accept one claim against the authority, take that back.

Every act holds the writer's lock, as chunks of lists do, so that claims come one after the other; and is one audit event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.audit.actions import REASON_SHORTEST, ReasonTooShort
from lontar.registry.actions import settling
from lontar.registry.models import Acceptance, Disagreement, Enterprise, EnterpriseClaim, PersonClaim
from lontar.registry.queries.claims import statements_of
from lontar.registry.rules.claims import ENTERPRISE, PERSON, SUBJECTS, Field, Statement, Subject
from lontar.registry.states import Act

WRITER = 0x10_47A3  # the writer's lock of the registry
_CLAIMS: dict[str, type[EnterpriseClaim] | type[PersonClaim]] = {
    ENTERPRISE.name: EnterpriseClaim,
    PERSON.name: PersonClaim,
}


class NoSuchClaim(Refused):
    """The claim is not one of this record, or says nothing of the field."""


def hold_writer() -> None:
    """Wait for the writer's lock and keep it to the transaction's end; RuntimeError outside of one."""
    if not connection.in_atomic_block:
        raise RuntimeError("claims are written inside a transaction only")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [WRITER])


def speaks_alone(found: Enterprise, agency_id: int) -> bool:
    """Whether nobody but this agency has spoken of an enterprise, so that the record itself is its claim."""
    alone = found.source_agency_id in (None, agency_id)
    return alone and not EnterpriseClaim.objects.filter(enterprise=found).exists()


def state_values(found: Enterprise, values: Mapping[str, Any], *, by: User, post: Post, at: datetime) -> None:
    """Store what a person at a form says for the post's agency, and settle; `found` is held and read again afterwards.

    `values` are columns of the record as they would be stored; empty ones say that there is nothing. Columns that are claimed
    together are completed from the record that the person saw.
    """
    settling.make_base(ENTERPRISE, [found.pk])
    statement, emptied = _statement(found, values, agency=post.agency_id)
    if statement or emptied:
        EnterpriseClaim.objects.create(
            enterprise=found,
            agency_id=post.agency_id,
            post=post,
            by=by,
            recorded_at=at,
            home_id=found.village_id,
            emptied=sorted(emptied) or None,
            **statement,
        )
    settling.settle(ENTERPRISE, [found.pk], at=at)
    found.refresh_from_db()


def _statement(found: Enterprise, values: Mapping[str, Any], *, agency: int) -> tuple[dict[str, Any], set[str]]:
    """The columns that the agency does not say already, and the fields that it empties.

    Who repeats a word although another agency has said something else since, says it anew: of equal ranks the newest holds.
    """
    statements = statements_of(ENTERPRISE, found.pk)
    said: dict[str, Any] = {}
    emptied: set[str] = set()
    for field in ENTERPRISE.fields:
        if not any(name in values for name in field.columns):
            continue
        new = {name: _nothing(values.get(name, getattr(found, name))) for name in field.columns}
        spoken = [one for one in statements if field.is_told(one.said) or field.key in one.emptied]
        last = next((n for n in reversed(range(len(spoken))) if spoken[n].agency == agency), None)
        old = None if last is None else spoken[last]
        if field.is_told(new):
            since = [] if last is None else spoken[last + 1 :]
            if old is None or not _holds(field, new, old) or not all(_holds(field, new, one) for one in since):
                said |= new
        elif not field.fixed and (old is None or field.is_told(old.said)):
            emptied.add(field.key)
    return said, emptied


def _holds(field: Field, new: Mapping[str, Any], one: Statement) -> bool:
    """Whether a statement says exactly this of the field."""
    return all(new[name] == one.said[name] for name in field.columns)


def _nothing(value: Any) -> Any:
    return None if value == "" else value


def accept_claim(
    *, subject: str, record_id: int, field: str, claim_id: int, reason: str, by: User, post: Post, at: datetime
) -> Acceptance:
    """Let one claim hold for one field of one record until the authority says something new.

    `subject` is "enterprise" or "person". Raises `ReasonTooShort`, `NoSuchClaim`; the record's own DoesNotExist beyond the
    scope is `NoSuchClaim` too. An earlier acceptance of the field ends.
    """
    about = SUBJECTS[subject]
    words = _reason(reason)
    with recorded(Act.CLAIM_ACCEPTED, by=by, at=at, post=post, subject=subject, record=record_id, field=field):
        hold_writer()
        claim = _CLAIMS[subject].objects.filter(pk=claim_id, **{about.key: record_id}).first()
        if claim is None or not about.field(field).is_told({name: getattr(claim, name) for name in about.columns}):
            raise NoSuchClaim(_("Klaim ini tidak ada pada catatan ini. Muat ulang halaman, lalu pilih lagi."))
        _standing(about, record_id, field).update(undone_at=at, undone_by=by)
        made = Acceptance.objects.create(
            **{about.key: record_id},
            village_id=claim.home_id,
            field=field,
            claim_id=claim_id,
            reason=words,
            decided_at=at,
            decided_by=by,
            post=post,
        )
        settling.settle(about, [record_id], at=at)
    return made


def _reason(reason: str) -> str:
    words = " ".join(reason.split())
    if len(words) < REASON_SHORTEST:
        raise ReasonTooShort(_("Tuliskan alasan, paling sedikit %(count)d huruf.") % {"count": REASON_SHORTEST})
    return words


def _standing(about: Subject, record_id: int, field: str) -> Any:
    return Acceptance.objects.standing().filter(**{about.key: record_id}, field=field)


def release_acceptance(*, acceptance_id: int, by: User, post: Post, at: datetime) -> Acceptance:
    """Take an acceptance back: the authority's claim holds again. `Acceptance.DoesNotExist` when none stands in the scope."""
    with recorded(Act.CLAIM_RELEASED, by=by, at=at, post=post, acceptance=acceptance_id):
        hold_writer()
        found = Acceptance.objects.standing().get(pk=acceptance_id)
        found.undone_at, found.undone_by = at, by
        found.save(update_fields=["undone_at", "undone_by"])
        about, record_id = (ENTERPRISE, found.enterprise_id) if found.enterprise_id else (PERSON, found.person_id)
        settling.settle(about, [record_id or 0], at=at)
    return found


def accept_many(
    *,
    disagreements: Sequence[int],
    fields: Sequence[str],
    agency_id: int | None,
    reason: str,
    by: User,
    post: Post,
    at: datetime,
) -> int:
    """Settle these disagreements in `fields` (all of them when empty): the value in force is accepted, or an agency's claim.

    `agency_id` None accepts what is in force. Set-based; gives the number of fields settled.
    """
    words, count = _reason(reason), 0
    with recorded(Act.CLAIM_ACCEPTED, by=by, at=at, post=post, disagreements=len(disagreements), agency=agency_id):
        hold_writer()
        for about in (ENTERPRISE, PERSON):
            rows = Disagreement.objects.filter(pk__in=list(disagreements), **{f"{about.key}__isnull": False})
            wanted = {record: set(told) for record, told in rows.values_list(about.key, "fields")}
            if not wanted:
                continue
            given = {
                "ids": sorted(wanted), "agency": agency_id, "reason": words, "at": at, "by": by.pk, "post": post.pk,
                "day": timezone.localdate(at),
            }  # fmt: skip
            settling.touch(about, wanted)
            settling.run_steps(settling.look_sql(about), given)
            for field in about.fields:
                here = [
                    record
                    for record, told in wanted.items()
                    if field.key in told and (not fields or field.key in fields)
                ]
                if here:
                    count += _accept_field(about, field, given | {"here": sorted(here)})
            settling.settle(about, wanted, at=at)
    return count


def _accept_field(about: Subject, field: Field, given: Mapping[str, Any]) -> int:
    """Accept a claim of the field for every record of `here` that has one; how many."""
    key = f"k_{field.key}"
    whose = (
        f"t.{key} = t.b_{field.key}" if given["agency"] is None else f"t.{key} IS NOT NULL AND t.agency_id = %(agency)s"
    )
    close = (
        f"UPDATE registry_acceptance SET undone_at = %(at)s, undone_by_id = %(by)s"  # noqa: S608 - declared names
        f" WHERE {about.key} = ANY(%(here)s) AND field = '{field.key}' AND undone_at IS NULL"
    )
    accept = f"""
INSERT INTO registry_acceptance ({about.key}, village_id, field, claim_id, reason, decided_at, decided_by_id, post_id)
SELECT t.record_id, r.village_id, '{field.key}', t.id, %(reason)s, %(at)s, %(by)s, %(post)s
FROM told_{about.name} t JOIN {about.table} r ON r.id = t.record_id
WHERE t.record_id = ANY(%(here)s) AND {whose}
"""  # noqa: S608 - declared names
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(close, given)
        cursor.execute(accept, given)
        return int(cursor.rowcount)


__all__ = [
    "NoSuchClaim",
    "accept_claim",
    "accept_many",
    "hold_writer",
    "release_acceptance",
    "speaks_alone",
    "state_values",
]
