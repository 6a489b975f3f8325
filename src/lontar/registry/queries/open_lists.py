"""Lists of programme data that anyone may read: regions, villages, products, licences, organisations, schools, commodities.

What belongs to a closed enterprise is left out where the enterprise itself is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lontar.access.scope import bounds
from lontar.registry.queries.listing import Field, Listing, Order, Where, count, select_page, stream_csv
from lontar.registry.querysets import prefix_query
from lontar.registry.rules import expiry_sql, public_text_sql

COMMODITY_CODE = "(SELECT c.code FROM registry_commodity c WHERE c.id = r.commodity_id)"
NAME_WORDS = "to_tsvector('simple', r.name)"
OF_OPEN_ENTERPRISE = (
    "(r.enterprise_id IS NULL OR EXISTS (SELECT FROM registry_publicenterprise e WHERE e.id = r.enterprise_id))"
)


def _place(column: str) -> str:
    return f"(SELECT v.name FROM registry_region v WHERE v.code = {column})"  # noqa: S608 - our own column names


_WHERE = (
    Field("village_code", "r.village_id"),
    Field("village_name", _place("r.village_id"), is_text=True),
    Field("district_name", _place("left(r.village_id, 8)"), is_text=True),
    Field("regency_name", _place("left(r.village_id, 5)"), is_text=True),
)
_COMMODITY = Field("commodity", COMMODITY_CODE)

REGIONS = Listing(
    table="registry_region",
    fields=(
        Field("code", "r.code"),
        Field("level", "r.level"),
        Field("kind", "r.kind"),
        Field("name", "r.name", is_text=True),
        Field("parent_code", "r.parent_id"),
        Field("bps_code", "r.bps_code"),
        Field("lat", "r.lat"),
        Field("lon", "r.lon"),
        Field("point_quality", "r.point_quality"),
        Field("valid_from", "r.valid_from"),
        Field("valid_until", "r.valid_until"),
        Field("source", "r.source", is_text=True),
    ),
    orders={"code": Order("r.code", key="r.code"), "name": Order("r.name", key="r.code")},
)
VILLAGES = Listing(
    table="registry_region",
    fields=(
        Field("code", "r.code"),
        Field("name", "r.name", is_text=True),
        Field("kind", "r.kind"),
        Field("district_code", "left(r.code, 8)"),
        Field("district_name", _place("left(r.code, 8)"), is_text=True),
        Field("regency_code", "left(r.code, 5)"),
        Field("regency_name", _place("left(r.code, 5)"), is_text=True),
        Field("bps_code", "r.bps_code"),
        Field("lat", "r.lat"),
        Field("lon", "r.lon"),
        Field("point_quality", "r.point_quality"),
        Field(
            "enterprises_registered",
            "coalesce((SELECT t.registered FROM registry_villagetally t WHERE t.village_id = r.code), 0)",
        ),
        Field(
            "enterprises_verified",
            "coalesce((SELECT t.verified FROM registry_villagetally t WHERE t.village_id = r.code), 0)",
        ),
    ),
    orders={"code": Order("r.code", key="r.code"), "name": Order("r.name", key="r.code")},
)
PRODUCTS = Listing(
    table="registry_product",
    fields=(
        Field("id", "r.id"),
        Field("name", public_text_sql("r.name"), is_text=True),
        *_WHERE,
        Field("category", "r.category"),
        Field("stage", "r.stage"),
        _COMMODITY,
        Field("capacity_month", "r.capacity_month"),
        Field("unit", "r.unit", is_text=True),
        Field("price", "r.price"),
        Field("gtin", "r.gtin"),
        Field("enterprise_id", "r.enterprise_id"),
        Field("organization_id", "r.organization_id"),
        Field("school_id", "r.school_id"),
    ),
    orders={"id": Order("r.id"), "name": Order("r.name")},
)
LICENCES = Listing(
    table="registry_licence",
    fields=(
        Field("id", "r.id"),
        Field("kind", "r.kind"),
        Field("number", "CASE WHEN r.kind <> 'nib' THEN r.number END", is_text=True),
        Field("is_format_ok", "r.is_format_ok"),
        *_WHERE,
        Field("enterprise_id", "r.enterprise_id"),
        Field("product_id", "r.product_id"),
        Field("issued_date", "r.issued_date"),
        Field("expires_date", "r.expires_date"),
        Field("is_verified", "(r.verified_at IS NOT NULL)"),
    ),
    orders={"id": Order("r.id"), "expires": Order("coalesce(r.expires_date, 'infinity'::date)")},
)


def state_sql(day: date) -> str:
    """How far a licence is in force on `day`, as SQL over a row `r`."""
    return f"({expiry_sql(day)})"


def licences_on(day: date) -> Listing:
    """Licences with how far each is in force on `day`."""
    return replace(LICENCES, fields=(*LICENCES.fields, Field("state", state_sql(day))))


POTENTIAL = Listing(
    table="registry_villagepotential",
    fields=(
        *_WHERE,
        _COMMODITY,
        Field("year", "r.year"),
        Field("area_ha", "r.area_ha"),
        Field("production", "r.production"),
        Field("unit", "r.unit", is_text=True),
        Field("harvest_months", "array_to_string(r.harvest_months, ' ')"),
        Field("sold_raw_share", "r.sold_raw_share"),
    ),
    orders={"village": Order("r.village_id")},
)
ORGANIZATIONS = Listing(
    table="registry_organization",
    fields=(
        Field("id", "r.id"),
        Field("kind", "r.kind"),
        Field("community_kind", "r.community_kind"),
        Field("name", public_text_sql("r.name"), is_text=True),
        *_WHERE,
        Field("members", "r.members"),
        Field("founded_year", "r.founded_year"),
    ),
    orders={"id": Order("r.id"), "name": Order("r.name")},
)
SCHOOLS = Listing(
    table="registry_school",
    fields=(
        Field("npsn", "r.npsn"),
        Field("name", public_text_sql("r.name"), is_text=True),
        Field("kind", "r.kind"),
        *_WHERE,
        Field("pupils", "r.pupils"),
    ),
    orders={"npsn": Order("r.npsn", key="r.npsn"), "name": Order("r.name", key="r.npsn")},
)
COMMODITIES = Listing(
    table="registry_commodity",
    fields=(
        Field("code", "r.code"),
        Field("name", "r.name", is_text=True),
        Field("name_en", "r.name_en", is_text=True),
        Field("sector", "r.sector"),
        Field("unit", "r.unit"),
        Field("harvest_months", "array_to_string(r.harvest_months, ' ')"),
        Field("kbli", "r.kbli"),
        Field("hs", "r.hs"),
        Field("source", "r.source", is_text=True),
    ),
    orders={"code": Order("r.code", key="r.code"), "name": Order("r.name", key="r.code")},
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller asks of an open list: equal values by column, a region, words in the name or search column.

    `only` are conditions of our own that hold in any case.
    """

    equal: tuple[tuple[str, object], ...] = ()
    only: tuple[str, ...] = ()
    region: str = ""
    region_column: str = "r.village_id"
    words: str = ""
    word_column: str = ""

    def where(self) -> Where:
        """The conditions as SQL with bound values."""
        where = Where()
        for condition in self.only:
            where.add(condition)
        if self.region:
            where.add_region(self.region_column, bounds(self.region))
        for column, value in self.equal:
            if value not in (None, ""):
                where.add(f"{column} = %s", value)
        if self.words:
            query = prefix_query(self.words)
            where.add(f"{self.word_column} @@ to_tsquery('simple', %s)", query) if query else where.add("false")
        return where


def rows(listing: Listing, asked: Asked, *, sort: str, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
    """A page of an open list and the exact count of all."""
    where = asked.where()
    return select_page(listing, where, sort=sort, limit=limit, offset=offset), count(listing, where)


def csv_rows(listing: Listing, asked: Asked, *, sort: str) -> Iterator[bytes]:
    """All rows of an open list as CSV, streamed."""
    return stream_csv(listing, asked.where(), sort=sort)
