"""What agencies say of one enterprise and its owner, field by field, and the list of records about which they differ.

Whose claim holds is `lontar.registry.rules.claims`; this only gathers names, files and masked values around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from lontar.access.models import Agency, Post
from lontar.access.scope import bounds
from lontar.engines.identifiers.checked import mask
from lontar.engines.identifiers.phone import mask_phone
from lontar.engines.sealing import SealBroken, Sealer
from lontar.intake.models import Batch
from lontar.office.queries.enterprises import Dossier, owner_of, path_of, place_sql, source_of
from lontar.office.queries.goods import Asked
from lontar.registry.models import Acceptance, Authority, Commodity, Enterprise, Person, Region
from lontar.registry.queries.claims import values_as_at, verdicts
from lontar.registry.queries.listing import Field, Listing, Order, Where
from lontar.registry.rules.claims import ENTERPRISE, PERSON, Statement, Verdict
from lontar.registry.rules.claims import Field as Claimed

HIDDEN = "••••••••"
_SHAPES: dict[str, Callable[[str], str]] = {"nik": mask, "phone": mask_phone, "address": lambda _value: HIDDEN}


@dataclass(frozen=True, slots=True)
class Said:
    """One agency's claim of one field: the values as stored (masked where personal), when, and from which file and row."""

    claim: int
    agency: str
    values: tuple[Any, ...]
    at: datetime
    post: str
    batch: int | None
    file: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A field about which several agencies speak: what holds and why, and who says what else (`is_open`: undecided)."""

    subject: str
    field: str
    topic: str
    in_force: Said
    others: tuple[Said, ...]
    is_open: bool
    acceptance: Acceptance | None


@dataclass(slots=True)
class _Names:
    """Names of what the claims name by number, fetched at once."""

    agencies: dict[int, str] = field(default_factory=dict)
    posts: dict[int, str] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    named: dict[str, dict[Any, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> _Names:
        """The names that these statements need; files and people beyond the scope stay unnamed."""
        said = list(statements)
        wanted: dict[str, set[Any]] = {
            name: {one.said[name] for one in said if one.said.get(name) is not None}
            for name in ("village_id", "owner_id", "commodity_id")
        }
        posts, batches = {one.post for one in said if one.post}, {one.batch for one in said if one.batch}
        return cls(
            agencies=dict(Agency.objects.filter(pk__in={one.agency for one in said}).values_list("pk", "short_name")),
            posts=dict(Post.objects.filter(pk__in=posts).values_list("pk", "title")),
            files=dict(Batch.objects.filter(pk__in=batches).values_list("pk", "file_name")),
            named={
                "village_id": dict(Region.objects.filter(pk__in=wanted["village_id"]).values_list("code", "name")),
                "owner_id": dict(Person.objects.filter(pk__in=wanted["owner_id"]).values_list("pk", "name")),
                "commodity_id": dict(Commodity.objects.filter(pk__in=wanted["commodity_id"]).values_list("pk", "name")),
            },
        )

    def said(self, one: Statement, told: Claimed) -> Said:
        """A statement as a screen shows it."""
        return Said(
            claim=one.pk,
            agency=self.agencies.get(one.agency, ""),
            values=tuple(self.value(told, name, one.said[name]) for name in told.columns),
            at=one.recorded_at,
            post=self.posts.get(one.post or 0, ""),
            batch=one.batch,
            file=self.files.get(one.batch or 0, ""),
            row=one.row,
        )

    def value(self, told: Claimed, name: str, value: Any) -> Any:
        """The value of a column: names for numbers, masks for what is personal."""
        if value is None:
            return None
        if name in self.named:
            return self.named[name].get(value, "–")
        if not told.secret:
            return value
        return _masked(told.key, value) if name.endswith("_sealed") else HIDDEN


def _masked(key: str, sealed: bytes) -> str:
    try:
        opened = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY).open(
            sealed, context=f"person.{key}"
        )
    except SealBroken:
        return HIDDEN
    return _SHAPES[key](opened)


def told_of(one: Enterprise, day: date) -> list[Told]:
    """The fields of an enterprise and its owner about which more than one agency has spoken until the end of `day`."""
    found: list[tuple[str, Claimed, Verdict]] = []
    for subject, pk in ((ENTERPRISE, one.pk), (PERSON, one.owner_id)):
        if pk is not None:
            said = verdicts(subject, pk, day=day)
            found += [(subject.name, told, said[told.key]) for told in subject.fields if told.key in said]
    several = [part for part in found if len(part[2].present) > 1 or part[2].accepted]
    names = _Names.of(each for part in several for each in (*part[2].present, *filter(None, (part[2].in_force,))))
    standing = _standing(one)
    return [
        Told(
            subject=subject,
            field=told.key,
            topic=told.topic.value,
            in_force=names.said(verdict.in_force, told),
            others=tuple(names.said(each, told) for each in verdict.present if each.pk != verdict.in_force.pk),
            is_open=bool(verdict.differing),
            acceptance=standing.get((subject, told.key)) if verdict.accepted else None,
        )
        for subject, told, verdict in several
        if verdict.in_force is not None
    ]


def _standing(one: Enterprise) -> dict[tuple[str, str], Acceptance]:
    rows = Acceptance.objects.standing().filter(Q(enterprise_id=one.pk) | Q(person_id=one.owner_id or 0))
    rows = rows.select_related("decided_by", "post__agency").order_by("decided_at", "pk")
    return {("enterprise" if row.enterprise_id else "person", row.field): row for row in rows}


def dossier_as_at(found: Dossier, day: date) -> Dossier | None:
    """The dossier with the enterprise and its owner as they were at the end of `day`; None when neither was known then."""
    record = values_as_at(found.enterprise.pk, day)
    if record is None:
        return None
    one = Enterprise(**record.values)
    if record.owner:
        one.owner = Person(**record.owner)
    else:
        one.owner_id = None
    agency = Agency.objects.filter(pk=one.source_agency_id or 0).values_list("name", flat=True).first()
    source = source_of(agency or "", one.source_batch, one.source_row)
    return replace(found, enterprise=one, path=path_of(one), owner=owner_of(one), source=source)


_OF_OWNER = "SELECT min(e.id) FROM registry_officeenterprise e WHERE e.owner_id = r.person_id"
_NAME = (
    "coalesce((SELECT e.name FROM registry_officeenterprise e WHERE e.id = r.enterprise_id),"
    " (SELECT e.owner_name FROM registry_officeenterprise e WHERE e.owner_id = r.person_id ORDER BY e.id LIMIT 1))"
)
_AGENCIES = (
    "(SELECT string_agg(a.short_name, '; ' ORDER BY a.short_name) FROM access_agency a WHERE a.id = ANY(r.agencies))"
)
DISAGREEMENTS = Listing(
    table="registry_disagreement",
    fields=(
        Field("id", "r.id"),
        Field("name", _NAME),
        Field("enterprise", f"coalesce(r.enterprise_id, ({_OF_OWNER}))"),
        Field("is_owner", "(r.person_id IS NOT NULL)"),
        Field("fields", "r.fields"),
        Field("agencies", _AGENCIES),
        Field("since", "r.since"),
        Field("village_code", "r.village_id"),
        Field("village_name", place_sql("r.village_id")),
        Field("district_name", place_sql("left(r.village_id, 8)")),
        Field("regency_name", place_sql("left(r.village_id, 5)")),
    ),
    orders={
        "village": Order("r.village_id"),
        "since": Order("r.since"),
        "number": Order("cardinality(r.fields)"),
    },
)


def ask_disagreements(region: str | None, *, field: str = "", agency: int | None = None) -> Asked:
    """Records of the region (None: none) about which agencies differ: in a field, or with an agency among those that differ."""
    where = Where()
    where.add_region("r.village_id", bounds(region or ""))
    if field:
        where.add("%s = ANY(r.fields)", field)
    if agency is not None:
        where.add("%s = ANY(r.agencies)", agency)
    return Asked(DISAGREEMENTS, where)


def differing_agencies(region: str) -> list[tuple[str, str]]:
    """(id, short name) of the agencies that may be asked for: those that keep data of the region."""
    low, high = bounds(region)
    near = Agency.objects.filter(is_active=True).filter(
        Q(region_code__gte=low, region_code__lt=high) | Q(region_code=region[:2])
    )
    return [(str(pk), name) for pk, name in near.order_by("short_name").values_list("pk", "short_name")]


def authority_rows(topic: str = "") -> list[Authority]:
    """The authority table with its history, by topic, then as it is or was heard, the newest first of each kind."""
    rows = Authority.objects.filter(topic=topic) if topic else Authority.objects.all()
    return list(rows.order_by("topic", "rank", "agency_kind", "-valid_from"))
