"""What is known of one village: potential by year, resources, facilities, attributes, counts, products, licences, groups.

Only what anyone may read. Where the village lies and whom it followed is `region_card`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from lontar.registry.models import Region
from lontar.registry.queries.coverage import RegionCounts, counts_within
from lontar.registry.queries.open_lists import OF_OPEN_ENTERPRISE
from lontar.registry.rules import expiry_sql
from lontar.registry.states import Level

_MOST_PRODUCTS = 200


@dataclass(frozen=True, slots=True)
class PotentialLine:
    """One commodity in one year: hectares, production in `unit`, harvest months 1-12, per cent sold raw, who says so."""

    year: int
    commodity: str
    name: str
    area_ha: float | None
    production: float | None
    unit: str
    harvest_months: list[int]
    sold_raw_share: float | None
    source: str


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """A natural resource recorded for a year."""

    year: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class FacilityLine:
    """How many of a facility in a year."""

    year: int
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class AttributeLine:
    """The newest figure or word of an attribute, its date and source."""

    key: str
    number: float | None
    word: str
    unit: str
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product that is made here."""

    id: int
    name: str
    category: str
    stage: str
    price: float | None
    unit: str
    enterprise_id: int | None


@dataclass(frozen=True, slots=True)
class LicenceCount:
    """How many licences of a kind stand how far in force."""

    kind: str
    state: str
    number: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group, cooperative, BUMDes or community."""

    kind: str
    community_kind: str
    name: str
    members: int | None


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school with its NPSN."""

    npsn: str
    name: str
    kind: str
    pupils: int | None


@dataclass(frozen=True, slots=True)
class VillageProfile:
    """Everything open about one village on a day."""

    code: str
    name: str
    kind: str
    bps_code: str | None
    lat: float | None
    lon: float | None
    enterprises: RegionCounts
    potential: list[PotentialLine]
    resources: list[ResourceLine]
    facilities: list[FacilityLine]
    attributes: list[AttributeLine]
    products: list[ProductLine]
    licences: list[LicenceCount]
    organizations: list[GroupLine]
    schools: list[SchoolLine]


_POTENTIAL = """
    SELECT p.year, c.code, c.name, p.area_ha::float, p.production::float, p.unit, p.harvest_months, p.sold_raw_share::float,
           coalesce(a.short_name, '')
    FROM registry_villagepotential p JOIN registry_commodity c ON c.id = p.commodity_id
    LEFT JOIN access_agency a ON a.id = p.source_agency_id
    WHERE p.village_id = %s ORDER BY p.year DESC, c.name
"""
_RESOURCES = (
    "SELECT year, kind, name FROM registry_villageresource WHERE village_id = %s ORDER BY year DESC, kind, name"
)
_FACILITIES = "SELECT year, kind, number FROM registry_villagefacility WHERE village_id = %s ORDER BY year DESC, kind"
_ATTRIBUTES = """
    SELECT DISTINCT ON (key) key, number::float, word, unit, as_of, source
    FROM registry_regionattribute WHERE region_id = %s ORDER BY key, as_of DESC
"""
_PRODUCTS = f"""
    SELECT r.id, r.name, r.category, r.stage, r.price::float, r.unit, r.enterprise_id FROM registry_product r
    WHERE r.village_id = %s AND {OF_OPEN_ENTERPRISE} ORDER BY r.name, r.id LIMIT {_MOST_PRODUCTS}
"""  # noqa: S608 - our own conditions
_GROUPS = (
    "SELECT kind, community_kind, name, members FROM registry_organization WHERE village_id = %s ORDER BY kind, name"
)
_SCHOOLS = "SELECT npsn, name, kind, pupils FROM registry_school WHERE village_id = %s ORDER BY name, npsn"


def village_profile(code: str, *, day: date) -> VillageProfile | None:
    """The profile of the desa or kelurahan `code` with licences as they stand on `day`; None when there never was one.

    At most two hundred products, by name.
    """
    region = Region.objects.filter(code=code, level=Level.VILLAGE).first()
    if region is None:
        return None
    licences = (
        f"SELECT r.kind, {expiry_sql(day)} AS state, count(*) FROM registry_licence r"  # noqa: S608 - our own conditions
        f" WHERE r.village_id = %s AND {OF_OPEN_ENTERPRISE} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return VillageProfile(
        code=region.code,
        name=region.name,
        kind=region.kind,
        bps_code=region.bps_code,
        lat=region.lat,
        lon=region.lon,
        enterprises=counts_within(code),
        potential=[PotentialLine(*row) for row in _rows(_POTENTIAL, code)],
        resources=[ResourceLine(*row) for row in _rows(_RESOURCES, code)],
        facilities=[FacilityLine(*row) for row in _rows(_FACILITIES, code)],
        attributes=[AttributeLine(*row) for row in _rows(_ATTRIBUTES, code)],
        products=[ProductLine(*row) for row in _rows(_PRODUCTS, code)],
        licences=[LicenceCount(*row) for row in _rows(licences, code)],
        organizations=[GroupLine(*row) for row in _rows(_GROUPS, code)],
        schools=[SchoolLine(*row) for row in _rows(_SCHOOLS, code)],
    )


def _rows(sql: str, code: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [code])
        return list(cursor.fetchall())
