"""Villages as a list, and everything that the office shows of one village.

A village's place in the tree is `lontar.registry.queries.region_card`. The newest year of potential is that of the row itself:
a village whose neighbours sent a later year is not thereby without data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models
from pghistory.models import Context

from lontar.access.models import Agency, Post, User
from lontar.access.scope import bounds
from lontar.audit.queries.values import Writer, label_of
from lontar.office.queries.goods import escaped
from lontar.registry.models import (
    Commodity,
    Organization,
    RegionAttribute,
    School,
    VillageFacility,
    VillagePotential,
    VillageResource,
)
from lontar.registry.queries.listing import Where

INDEX, STATUS = "idm", "status"


@dataclass(frozen=True, slots=True)
class VillageFilter:
    """What to look for; empty looks for everything.

    `text` the beginning of a code or any part of a name; `status` the recorded word of the index; `potential` "ada" or
    "tidak"; `coverage` "kosong" (no enterprise), "belum" (some not verified) or "penuh" (all verified).
    """

    region: str
    text: str = ""
    status: str = ""
    potential: str = ""
    coverage: str = ""


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village in the list; `index` and `status` None where none is recorded, `year` the newest of its potential."""

    code: str
    name: str
    kind: str
    district: str
    regency: str
    index: Decimal | None
    status: str
    registered: int
    verified: int
    commodities: int
    year: int | None
    products: int


# Each order as SQL; what is not known stands last, whichever way the order goes.
ORDERS = {
    "code": "r.code",
    "name": "lower(r.name)",
    "index": "r.index",
    "registered": "r.registered",
    "verified": "r.verified::float / nullif(r.registered, 0)",
    "commodities": "r.commodities",
    "products": "r.products",
}
_LINES = """
    SELECT v.code, v.name, v.kind, d.name AS district, k.name AS regency, x.number AS index,
           coalesce(x.word, s.word, '') AS status, coalesce(t.registered, 0) AS registered,
           coalesce(t.verified, 0) AS verified, coalesce(p.number, 0) AS commodities, p.year,
           coalesce(g.number, 0) AS products
    FROM registry_region v
    JOIN registry_region d ON d.code = v.parent_id JOIN registry_region k ON k.code = d.parent_id
    LEFT JOIN registry_villagetally t ON t.village_id = v.code
    LEFT JOIN (
        SELECT DISTINCT ON (region_id) region_id, number, nullif(word, '') AS word FROM registry_regionattribute
        WHERE key = 'idm' AND region_id >= %(low)s AND region_id < %(high)s ORDER BY region_id, as_of DESC
    ) x ON x.region_id = v.code
    LEFT JOIN (
        SELECT DISTINCT ON (region_id) region_id, word FROM registry_regionattribute
        WHERE key = 'status' AND region_id >= %(low)s AND region_id < %(high)s ORDER BY region_id, as_of DESC
    ) s ON s.region_id = v.code
    LEFT JOIN (
        SELECT village_id, max(year) AS year, count(DISTINCT commodity_id) AS number FROM registry_villagepotential
        WHERE village_id >= %(low)s AND village_id < %(high)s GROUP BY 1
    ) p ON p.village_id = v.code
    LEFT JOIN (
        SELECT village_id, count(*) AS number FROM registry_product
        WHERE village_id >= %(low)s AND village_id < %(high)s GROUP BY 1
    ) g ON g.village_id = v.code
    WHERE v.level = 'village' AND v.valid_until IS NULL AND v.code >= %(low)s AND v.code < %(high)s
"""


def _where(asked: VillageFilter) -> Where:
    where = Where()
    if asked.text:
        where.add("(r.code LIKE %s OR r.name ILIKE %s)", f"{escaped(asked.text)}%", f"%{escaped(asked.text)}%")
    if asked.status:
        where.add("upper(r.status) = upper(%s)", asked.status)
    if asked.potential:
        where.add("r.commodities > 0" if asked.potential == "ada" else "r.commodities = 0")
    if asked.coverage:
        conditions = {
            "kosong": "r.registered = 0",
            "belum": "r.verified < r.registered",
            "penuh": "r.registered > 0 AND r.verified = r.registered",
        }
        where.add(conditions[asked.coverage])
    return where


def _select(asked: VillageFilter, tail: str, *values: int, columns: str = "r.*") -> list[Any]:
    where = _where(asked)
    low, high = bounds(asked.region)
    inner = _LINES.replace("%(low)s", "%s").replace("%(high)s", "%s")
    places = inner.count("%s") // 2
    sql = f"SELECT {columns} FROM ({inner}) r{where.sql} {tail}"  # noqa: S608 - declared columns, bound values
    with connection.cursor() as cursor:
        cursor.execute(sql, [*[low, high] * places, *where.values, *values])
        return list(cursor.fetchall())


def count_villages(asked: VillageFilter) -> int:
    """How many villages in force there are."""
    return int(_select(asked, "", columns="count(*)")[0][0])


def list_villages(asked: VillageFilter, *, sort: str, limit: int, offset: int = 0) -> list[VillageLine]:
    """A page of villages; `sort` is a key of `ORDERS`, `-` falling (KeyError for others)."""
    falls = " DESC" if sort.startswith("-") else ""
    order = ORDERS[sort.removeprefix("-")]
    tail = f"ORDER BY {order}{falls} NULLS LAST, r.code{falls} LIMIT %s OFFSET %s"
    return [VillageLine(*row) for row in _select(asked, tail, limit, offset)]


def all_villages(asked: VillageFilter, *, sort: str) -> Iterator[VillageLine]:
    """Every village; a whole province is 3,442 rows, so they are read at once."""
    yield from list_villages(asked, sort=sort, limit=1_000_000)


def statuses_recorded() -> list[str]:
    """The words of the village index that are recorded, in the order of their first letter."""
    rows = RegionAttribute.objects.filter(key=STATUS).exclude(word="").order_by("word").distinct("word")
    return list(rows.values_list("word", flat=True))


@dataclass(frozen=True, slots=True)
class Village:
    """What a village has: potential, resources and facilities newest year first, attributes newest of each key."""

    potential: tuple[VillagePotential, ...]
    resources: tuple[VillageResource, ...]
    facilities: tuple[VillageFacility, ...]
    attributes: tuple[RegionAttribute, ...]
    organizations: tuple[Organization, ...]
    schools: tuple[School, ...]
    counts: VillageCounts


@dataclass(frozen=True, slots=True)
class VillageCounts:
    """Counts of one village: enterprises not closed, verified, by women, with a NIB; workers; products; licences."""

    registered: int
    verified: int
    women_owned: int
    with_nib: int
    workers: int
    products: int
    licences: int
    licences_ended: int


_COUNTS = """
    SELECT coalesce(t.registered, 0), coalesce(t.verified, 0), coalesce(t.women_owned, 0), coalesce(t.with_nib, 0),
           coalesce(t.workers, 0),
           (SELECT count(*) FROM registry_product WHERE village_id = v.code),
           (SELECT count(*) FROM registry_licence WHERE village_id = v.code),
           (SELECT count(*) FROM registry_licence WHERE village_id = v.code AND expires_date < %(day)s)
    FROM registry_region v LEFT JOIN registry_villagetally t ON t.village_id = v.code WHERE v.code = %(code)s
"""


def village(code: str, *, day: date) -> Village:
    """Everything recorded of one village; `day` is the day on which licences have or have not ended."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"code": code, "day": day})
        counts = VillageCounts(*(cursor.fetchone() or (0,) * 8))
    potential = VillagePotential.objects.filter(village_id=code).select_related("commodity", "source_agency")
    resources = VillageResource.objects.filter(village_id=code).select_related("source_agency")
    facilities = VillageFacility.objects.filter(village_id=code).select_related("source_agency")
    attributes = RegionAttribute.objects.filter(region_id=code).order_by("key", "-as_of").distinct("key")
    organizations = Organization.objects.filter(village_id=code).select_related("source_agency")
    schools = School.objects.filter(village_id=code).select_related("source_agency")
    return Village(
        potential=tuple(potential.order_by("-year", "commodity__name", "pk")),
        resources=tuple(resources.order_by("-year", "kind", "name", "pk")),
        facilities=tuple(facilities.order_by("-year", "kind", "pk")),
        attributes=tuple(attributes),
        organizations=tuple(organizations.order_by("kind", "name", "pk")),
        schools=tuple(schools.order_by("name", "pk")),
        counts=counts,
    )


@dataclass(frozen=True, slots=True)
class PotentialChange:
    """One change of one commodity of a year: what it was and became, by whom. Fields as (label, before, after)."""

    at: datetime
    kind: str  # insert, update or delete
    commodity: str
    year: int
    fields: tuple[tuple[str, str, str], ...]
    agency: str
    person: str
    post: Post | None
    from_file: bool


_TOLD = ("area_ha", "production", "unit", "harvest_months", "sold_raw_share")


def potential_changes(code: str, *, limit: int = 30) -> list[PotentialChange]:
    """The newest changes of the village's potential, newest first, also of rows that are there no more."""
    model: Any = VillagePotential._meta.get_field("events").related_model
    events = list(model._default_manager.filter(village_id=code).order_by("-pgh_id")[: limit * 4])
    contexts = {
        key: dict(one.metadata)
        for key, one in Context.objects.in_bulk({e.pgh_context_id for e in events if e.pgh_context_id}).items()
    }
    posts = Post.objects.select_related("agency").in_bulk(_numbers(contexts, "post"))
    users = User.objects.in_bulk(_numbers(contexts, "user"))
    agencies = Agency.objects.in_bulk({e.source_agency_id for e in events if e.source_agency_id})
    names = dict(Commodity.objects.filter(pk__in={e.commodity_id for e in events}).values_list("pk", "name"))
    writer = Writer([_field(name) for name in _TOLD], events)
    told = []
    for at, event in enumerate(events[:limit]):
        data = contexts.get(event.pgh_context_id, {})
        post = posts.get(data.get("post") or 0)
        agency = post.agency if post else agencies.get(event.source_agency_id or 0)
        before = next((one for one in events[at + 1 :] if one.pgh_obj_id == event.pgh_obj_id), None)
        told.append(
            PotentialChange(
                at=event.pgh_created_at,
                kind=event.pgh_label,
                commodity=names.get(event.commodity_id, ""),
                year=event.year,
                fields=_differences(writer, before if event.pgh_label == "update" else None, event),
                agency=agency.name if agency else "",
                person=str(users.get(data.get("user") or 0) or ""),
                post=post,
                from_file=event.source_batch is not None,
            )
        )
    return told


def _field(name: str) -> models.Field[Any, Any]:
    field = VillagePotential._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - names of our own columns
    return field


def _numbers(contexts: dict[Any, dict[str, Any]], key: str) -> set[int]:
    return {data[key] for data in contexts.values() if isinstance(data.get(key), int)}


def _differences(writer: Writer, before: Any | None, after: Any) -> tuple[tuple[str, str, str], ...]:
    """For a change the fields that differ; for an addition or removal every value that there was."""
    found = []
    for name in _TOLD:
        field = _field(name)
        old = writer.words(field, getattr(before, name)) if before is not None else ""
        new = writer.words(field, getattr(after, name))
        if old != new:
            gone = after.pgh_label == "delete"
            found.append((label_of(field), new if gone else old, "" if gone else new))
    return tuple(found)
