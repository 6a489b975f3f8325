"""Everything that anyone may read of one village, gathered for its page. Whose enterprise it is, and money, never is.

Where the village lies in the tree and whom it succeeded is `lontar.registry.queries.region_card`; the map's geometry is
`lontar.portal.queries.outlines`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from lontar.registry.models import (
    Organization,
    Product,
    PublicEnterprise,
    RegionAttribute,
    School,
    VillageFacility,
    VillagePotential,
    VillageResource,
)


@dataclass(frozen=True, slots=True)
class Grown:
    """One commodity of the village in one year; amounts None where not stated, months 1–12."""

    year: int
    code: str
    name: str
    name_en: str
    area_ha: Decimal | None
    production: Decimal | None
    unit: str
    months: tuple[int, ...]
    raw_share: Decimal | None
    agency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """A natural resource (`number` None) or a facility (`name` empty) in a year; `kind` is the stored kind."""

    year: int
    kind: str
    name: str
    number: int | None
    agency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attribute:
    """The newest value of one attribute: a number, a word, or both, at a date, from a source."""

    key: str
    as_of: date
    number: Decimal | None
    word: str
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Trade:
    """An enterprise as the public may see it; `imk_class` empty where the number of workers is unknown."""

    pk: int
    name: str
    main_product: str
    commodity: str
    imk_class: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Good:
    """A product in a list."""

    pk: int
    name: str
    category: str
    stage: str
    maker: str
    licences: int


@dataclass(frozen=True, slots=True)
class Permits:
    """Licences of one kind held in the village: in force on the day asked for, ended before it, number checked."""

    kind: str
    in_force: int
    expired: int
    verified: int


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation or (kind `school`) a school; `detail` is the community kind or the school level."""

    kind: str
    detail: str
    name: str
    people: int | None
    agency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Near:
    """A village close by, with the distance between the two points in kilometres."""

    code: str
    name: str
    kind: str
    km: float


def grown_in(code: str) -> list[Grown]:
    """Commodities of the village, newest year first, larger production first."""
    rows = (
        VillagePotential.objects.filter(village_id=code)
        .select_related("commodity", "source_agency")
        .order_by("-year", "commodity__name")
    )
    return [
        Grown(
            year=row.year,
            code=row.commodity.code,
            name=row.commodity.name,
            name_en=row.commodity.name_en,
            area_ha=row.area_ha,
            production=row.production,
            unit=row.unit,
            months=tuple(sorted(row.harvest_months)),
            raw_share=row.sold_raw_share,
            agency=row.source_agency.short_name if row.source_agency else "",
            at=row.recorded_at,
        )
        for row in rows
    ]


def noted_in(code: str) -> tuple[list[Noted], list[Noted]]:
    """Natural resources and facilities of the village, newest year first."""
    resources = (
        VillageResource.objects.filter(village_id=code).select_related("source_agency").order_by("-year", "name")
    )
    facilities = (
        VillageFacility.objects.filter(village_id=code).select_related("source_agency").order_by("-year", "kind")
    )
    return (
        [Noted(r.year, r.kind, r.name, None, _agency(r), r.recorded_at) for r in resources],
        [Noted(f.year, f.kind, "", f.number, _agency(f), f.recorded_at) for f in facilities],
    )


def _agency(row: VillageResource | VillageFacility | Organization | School) -> str:
    return row.source_agency.short_name if row.source_agency else ""


def attributes_of(code: str) -> dict[str, Attribute]:
    """The newest value of every attribute of the region, by key."""
    rows = RegionAttribute.objects.filter(region_id=code).order_by("key", "-as_of").distinct("key")
    return {row.key: Attribute(row.key, row.as_of, row.number, row.word, row.unit, row.source) for row in rows}


def trades_in(code: str, *, offset: int, limit: int) -> list[Trade]:
    """A page of the village's enterprises by name."""
    rows = (
        PublicEnterprise.objects.within(code)
        .select_related("commodity")
        .order_by("name", "pk")[offset : offset + limit]
    )
    return [
        Trade(
            pk=row.pk,
            name=row.name,
            main_product=row.main_product,
            commodity=row.commodity.name if row.commodity else "",
            imk_class=row.imk_class,
            is_verified=row.is_verified,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Trades:
    """The village's enterprises counted: all, verified, and by class (unknown class under the empty text)."""

    number: int
    verified: int
    by_class: dict[str, int]


def trades_counted(code: str) -> Trades:
    """Counts of the village's enterprises in one pass."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT imk_class, count(*), count(*) FILTER (WHERE is_verified) FROM registry_publicenterprise"
            " WHERE village_id = %s GROUP BY 1 ORDER BY 2 DESC",
            [code],
        )
        rows = cursor.fetchall()
    return Trades(sum(r[1] for r in rows), sum(r[2] for r in rows), {r[0]: r[1] for r in rows})


def goods_in(code: str, *, day: date, limit: int) -> tuple[int, list[Good]]:
    """How many products the village has, and the first `limit` by name with their licences in force on `day`."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.id, p.name, p.category, p.stage, coalesce(e.name, o.name, s.name, ''),
                   count(l.id) FILTER (WHERE l.expires_date IS NULL OR l.expires_date >= %(day)s)
            FROM registry_product p
            LEFT JOIN registry_publicenterprise e ON e.id = p.enterprise_id
            LEFT JOIN registry_organization o ON o.id = p.organization_id
            LEFT JOIN registry_school s ON s.id = p.school_id
            LEFT JOIN registry_licence l ON l.product_id = p.id
            WHERE p.village_id = %(code)s
            GROUP BY p.id, e.name, o.name, s.name ORDER BY p.name, p.id LIMIT %(limit)s
            """,
            {"code": code, "day": day, "limit": limit},
        )
        goods = [Good(*row) for row in cursor.fetchall()]
    number = len(goods) if len(goods) < limit else Product.objects.filter(village_id=code).count()
    return number, goods


def permits_in(code: str, *, day: date) -> list[Permits]:
    """Licences held in the village by kind, most first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT kind, count(*) FILTER (WHERE expires_date IS NULL OR expires_date >= %(day)s) AS live,
                   count(*) FILTER (WHERE expires_date < %(day)s), count(*) FILTER (WHERE verified_at IS NOT NULL)
            FROM registry_licence WHERE village_id = %(code)s GROUP BY kind ORDER BY live DESC, kind
            """,
            {"code": code, "day": day},
        )
        return [Permits(*row) for row in cursor.fetchall()]


def groups_in(code: str) -> list[Group]:
    """Organisations and schools of the village, by kind and name."""
    found = [
        Group(row.kind, row.community_kind, row.name, row.members, _agency(row), row.recorded_at)
        for row in Organization.objects.filter(village_id=code).select_related("source_agency").order_by("kind", "name")
    ]
    schools = School.objects.filter(village_id=code).select_related("source_agency").order_by("name")
    return [*found, *(Group("school", s.kind, s.name, s.pupils, _agency(s), s.recorded_at) for s in schools)]


def near(code: str, *, limit: int) -> list[Near]:
    """The nearest villages by the distance between points on the ground; nothing for a village without a point."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT o.code, o.name, o.kind, 111.195 * sqrt(
                power(o.lat - v.lat, 2) + power((o.lon - v.lon) * cos(radians(v.lat)), 2)) AS km
            FROM registry_region v JOIN registry_region o
                ON o.level = 'village' AND o.valid_until IS NULL AND o.point_quality = 'exact' AND o.code <> v.code
            WHERE v.code = %s AND v.point_quality = 'exact'
            ORDER BY km, o.code LIMIT %s
            """,
            [code, limit],
        )
        return [Near(*row) for row in cursor.fetchall()]
