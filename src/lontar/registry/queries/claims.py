"""Reads of claims: whose value holds and who says otherwise, a record as it was at the end of any day, open disagreements.

What the registry said on a day is in the history, which every settling writes; who said it is in the claims. Both are read
within the connection's scope.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from lontar.access.models import Agency
from lontar.access.scope import bounds
from lontar.registry.models import Acceptance, Authority, Enterprise, EnterpriseClaim, Person, PersonClaim
from lontar.registry.rules.claims import ENTERPRISE, PERSON, Accepted, Statement, Subject, Verdict, verdict

_CLAIMS: dict[str, type[EnterpriseClaim] | type[PersonClaim]] = {"enterprise": EnterpriseClaim, "person": PersonClaim}
_PIECE = 2_000
# When an event happened: the audit event says it; rows written without one carry the database's clock.
_MOMENT = "coalesce((x.metadata->>'at')::timestamptz, e.pgh_created_at)"
_AS_AT = ("id", "village_id", "owner_id", "name", "nib", "kbli", "kbli_version", "main_product", "commodity_id", "start_year",
          "workers_paid", "workers_unpaid", "imk_class", "annual_turnover", "capital", "umkm_class", "status", "lat", "lon",
          "verified_at")  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordAsAt:
    """An enterprise and its owner as the registry had them at the end of a day; `owner` is empty where none is known.

    Keys are the columns of `Enterprise` and `Person`; personal values stay sealed. `said` tells per field whose claim held and
    who differed then; it is empty for the time in which one agency alone spoke (`source_agency_id` of the values).
    """

    day: date
    values: Mapping[str, Any]
    owner: Mapping[str, Any]
    said: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class EnterpriseAsAt:
    """One row of the list as at a day: the columns that lists show."""

    day: date
    values: Mapping[str, Any]


def end_of(day: date) -> datetime:
    """The instant at which `day` is over, in the time zone of the installation."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def statements_of(subject: Subject, record_id: int, *, before: datetime | None = None) -> list[Statement]:
    """All claims about a record, oldest first; those made before an instant where one is given."""
    found = _CLAIMS[subject.name].objects.filter(**{subject.key: record_id})
    if before is not None:
        found = found.filter(recorded_at__lt=before)
    return [
        Statement(
            pk=one.pk,
            agency=one.agency_id,
            recorded_at=one.recorded_at,
            said={name: plain(getattr(one, name)) for name in subject.columns},
            emptied=frozenset(one.emptied or ()),
            batch=one.batch,
            sheet=one.sheet,
            row=one.row,
            post=one.post_id,
            by=one.by_id,
        )
        for one in found.order_by("recorded_at", "pk")
    ]


def has_claims(subject: Subject, record_ids: Sequence[int]) -> bool:
    """Whether any of these records has claims: more than one agency has spoken of it."""
    return _CLAIMS[subject.name].objects.filter(**{f"{subject.key}__in": list(record_ids)}).exists()


def plain(value: Any) -> Any:
    """A value as the rules compare it: bytes for what the database gives as memory."""
    return bytes(value) if isinstance(value, memoryview) else value


def ranks_as_at(day: date) -> dict[str, dict[int, int]]:
    """Per topic, the rank of every agency that the authority table names on `day`; the others rank last."""
    kinds: dict[str, list[int]] = {}
    for pk, kind in Agency.objects.values_list("pk", "kind"):
        kinds.setdefault(kind, []).append(pk)
    ranks: dict[str, dict[int, int]] = {}
    for topic, kind, rank in Authority.objects.as_at(day).values_list("topic", "agency_kind", "rank"):
        ranks.setdefault(topic, {}).update(dict.fromkeys(kinds.get(kind, ()), rank))
    return ranks


def verdicts(subject: Subject, record_id: int, *, day: date) -> dict[str, Verdict]:
    """Per field, whose claim held at the end of `day` and who differed; empty where no claim was made until then."""
    end = end_of(day)
    said = statements_of(subject, record_id, before=end)
    if not said:
        return {}
    ranks = ranks_as_at(day)
    standing = accepted_until(subject, record_id, end)
    return {
        field.key: verdict(field, said, ranks=ranks.get(field.topic.value, {}), accepted=standing.get(field.key))
        for field in subject.fields
    }


def accepted_until(subject: Subject, record_id: int, end: datetime) -> dict[str, Accepted]:
    """Per field, the newest acceptance that stood just before `end`."""
    found = Acceptance.objects.filter(Q(undone_at__isnull=True) | Q(undone_at__gte=end), decided_at__lt=end)
    rows = found.filter(**{subject.key: record_id}).order_by("decided_at", "pk")
    return {one.field: Accepted(one.claim_id, one.decided_at) for one in rows}


def values_as_at(enterprise_id: int, day: date) -> RecordAsAt | None:
    """An enterprise as it was at the end of `day`; None when the registry did not have it then, or not within the scope."""
    values = _event("registry_enterpriseevent", enterprise_id, day, Enterprise)
    if values is None:
        return None
    owner = _event("registry_personevent", values["owner_id"], day, Person) if values["owner_id"] else None
    said = verdicts(ENTERPRISE, enterprise_id, day=day)
    if owner is not None:
        said |= verdicts(PERSON, values["owner_id"], day=day)
    return RecordAsAt(day, values, owner or {}, said)


def _event(table: str, pk: int, day: date, model: type[Enterprise] | type[Person]) -> dict[str, Any] | None:
    """The newest event of a record before the end of `day`; None when there is none or it tells of a deletion."""
    kept = {one.attname for one in model.pgh_event_model._meta.concrete_fields}  # type: ignore[union-attr]  # made by pghistory
    columns = [one.attname for one in model._meta.concrete_fields if one.attname in kept]
    sql = (
        f"SELECT {', '.join(f'e.{name}' for name in columns)}, e.pgh_label FROM {table} e"  # noqa: S608 - declared names
        f" LEFT JOIN pghistory_context x ON x.id = e.pgh_context_id WHERE e.pgh_obj_id = %s AND {_MOMENT} < %s"
        " ORDER BY e.pgh_id + 0 DESC LIMIT 1"  # by the record's own few events, not along all events from the newest
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [pk, end_of(day)])
        row = cursor.fetchone()
    if row is None or row[-1] == "delete":
        return None
    return {name: plain(value) for name, value in zip(columns, row[:-1], strict=True)}


def enterprises_as_at(day: date, region_code: str) -> Iterator[EnterpriseAsAt]:
    """Every enterprise of a region as it was at the end of `day`, by id, in constant memory; no personal value is read."""
    low, high = bounds(region_code)
    sql = f"""
SELECT {", ".join(_AS_AT)} FROM (
    SELECT DISTINCT ON (e.pgh_obj_id) e.*
    FROM registry_enterpriseevent e LEFT JOIN pghistory_context x ON x.id = e.pgh_context_id
    WHERE {_MOMENT} < %s ORDER BY e.pgh_obj_id, e.pgh_id DESC) e
WHERE pgh_label <> 'delete' AND village_id >= %s AND village_id < %s ORDER BY id
"""  # noqa: S608 - declared names
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [end_of(day), low, high])
        while rows := cursor.fetchmany(_PIECE):
            for row in rows:
                yield EnterpriseAsAt(day, dict(zip(_AS_AT, row, strict=True)))


__all__ = [
    "EnterpriseAsAt",
    "RecordAsAt",
    "accepted_until",
    "end_of",
    "enterprises_as_at",
    "has_claims",
    "plain",
    "ranks_as_at",
    "statements_of",
    "values_as_at",
    "verdicts",
]
