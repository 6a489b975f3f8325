"""Products, licences, organisations and schools as lists within a region: columns, filters and orders for the office.

How a page, an exact count and a whole list are read is `lontar.registry.queries.listing`. These tables are open to every reader
of the programme; that an office lists its own region only is said by the range of codes. An enterprise beyond the
connection's scope is not named, because its name comes from the view that holds the wall.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lontar.access.scope import bounds
from lontar.office.states import LicenceState
from lontar.registry.queries.listing import Field, Listing, Order, Where, count, select_page
from lontar.registry.querysets import prefix_query
from lontar.registry.rules import Expiry, expiry_of, expiry_sql

PIECE = 4_000
ENDING_DAYS = 60
"""How long before its end a licence is shown as ending soon: a matter of convenience, not of any rule."""

_STATES = {
    Expiry.EXPIRED: LicenceState.EXPIRED,
    Expiry.ENDLESS: LicenceState.ENDLESS,
    Expiry.UNKNOWN: LicenceState.UNKNOWN,
}


def licence_state(kind: str, number: str, *, issued: date | None, expires: date | None, day: date) -> LicenceState:
    """Where a licence stands on `day`; one whose written last day is at most sixty days away ends soon."""
    expiry = expiry_of(kind, number, issued=issued, expires=expires, day=day)
    if expiry is not Expiry.IN_FORCE:
        return _STATES[expiry]
    near = expires is not None and (expires - day).days <= ENDING_DAYS
    return LicenceState.ENDING if near else LicenceState.VALID


def _name_of(table: str, key: str) -> str:
    return f"(SELECT x.name FROM {table} x WHERE x.id = {key})"  # noqa: S608 - our own names


def _place(column: str) -> str:
    return f"(SELECT v.name FROM registry_region v WHERE v.code = {column})"  # noqa: S608 - as above


_WHERE = (
    Field("village_code", "r.village_id"),
    Field("village_name", _place("r.village_id")),
    Field("district_name", _place("left(r.village_id, 8)")),
    Field("regency_name", _place("left(r.village_id, 5)")),
)
_ENTERPRISE = "registry_officeenterprise"  # the view that shows the reader's region only


def products_listing(day: date) -> Listing:
    """Products with maker, commodity and licences in force on `day`."""
    licences = f"(SELECT count(*) FROM registry_licence l WHERE l.product_id = r.id AND {_in_force(day)})"  # noqa: S608 - as above
    maker = (
        f"coalesce({_name_of(_ENTERPRISE, 'r.enterprise_id')}, {_name_of('registry_organization', 'r.organization_id')},"
        f" {_name_of('registry_school', 'r.school_id')}, '')"
    )
    return Listing(
        table="registry_product",
        fields=(
            Field("id", "r.id"),
            Field("name", "r.name"),
            Field("category", "r.category"),
            Field("stage", "r.stage"),
            Field("commodity", _name_of("registry_commodity", "r.commodity_id")),
            Field("maker", maker),
            *_WHERE,
            Field("capacity_month", "r.capacity_month"),
            Field("unit", "r.unit"),
            Field("price", "r.price"),
            Field("licences", licences),
        ),
        orders={
            "name": Order("r.name"),
            "village": Order("r.village_id"),
            "price": Order("coalesce(r.price, -1)"),
            "capacity": Order("coalesce(r.capacity_month, -1)"),
        },
    )


def licences_listing(day: date, *, with_nib: bool) -> Listing:
    """Licences with holder, product and how far they are in force on `day`; the number of a NIB only `with_nib`."""
    number = "coalesce(nullif(r.number, ''), r.number_raw)"
    maker = "coalesce(r.enterprise_id, (SELECT p.enterprise_id FROM registry_product p WHERE p.id = r.product_id))"
    return Listing(
        table="registry_licence",
        fields=(
            Field("id", "r.id"),
            Field("kind", "r.kind"),
            Field("number", number if with_nib else f"CASE WHEN r.kind <> 'nib' THEN {number} END"),
            Field("is_format_ok", "r.is_format_ok"),
            Field("holder", _name_of(_ENTERPRISE, maker)),
            Field("product", _name_of("registry_product", "r.product_id")),
            *_WHERE,
            Field("issued_date", "r.issued_date"),
            Field("expires_date", "r.expires_date"),
            Field("expiry", expiry_sql(day)),
            Field("is_verified", "(r.verified_at IS NOT NULL)"),
        ),
        orders={
            "number": Order("r.number"),
            "kind": Order("r.kind"),
            "village": Order("r.village_id"),
            "expires": Order("coalesce(r.expires_date, 'infinity'::date)"),
        },
    )


BODIES = Listing(
    table="(SELECT 'organisasi-' || id AS key, name, kind, community_kind AS detail, village_id, members AS people,"
    " registration, founded_year FROM registry_organization"
    " UNION ALL SELECT 'sekolah-' || id, name, 'school', kind, village_id, pupils, npsn, NULL FROM registry_school)",
    fields=(
        Field("key", "r.key"),
        Field("name", "r.name"),
        Field("kind", "r.kind"),
        Field("detail", "r.detail"),
        *_WHERE,
        Field("people", "r.people"),
        Field("registration", "r.registration"),
        Field("founded_year", "r.founded_year"),
    ),
    orders={
        "name": Order("r.name", key="r.key"),
        "kind": Order("r.kind", key="r.key"),
        "village": Order("r.village_id", key="r.key"),
        "people": Order("coalesce(r.people, -1)", key="r.key"),
    },
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of the office is asked: its listing and the conditions."""

    listing: Listing
    where: Where

    def count(self) -> int:
        """How many rows there are, exactly."""
        return count(self.listing, self.where)

    def page(self, *, sort: str, limit: int, offset: int = 0) -> list[dict[str, Any]]:
        """One page; KeyError for an order that the list does not know."""
        return select_page(self.listing, self.where, sort=sort, limit=limit, offset=offset)

    def all(self, *, sort: str) -> Iterator[dict[str, Any]]:
        """Every row, read in pieces."""
        offset = 0
        while rows := self.page(sort=sort, limit=PIECE, offset=offset):
            yield from rows
            offset += PIECE


def _in_force(day: date) -> str:
    return f"({expiry_sql(day, 'l')}) IN ('in_force', 'endless')"


def _start(region: str | None, **equal: str) -> Where:
    """Rows of the region (None: no row at all) whose columns have these values; empty values ask for nothing."""
    where = Where()
    where.add_region("r.village_id", bounds(region or ""))
    for column, value in equal.items():
        if value:
            where.add(f"r.{column} = %s", value)
    return where


def ask_products(
    region: str | None, *, day: date, text: str = "", category: str = "", stage: str = "", licensed: str = ""
) -> Asked:
    """Products; every word of `text` begins a word of the name; `licensed` "ada" or "tidak": a licence in force on `day`."""
    where = _start(region, category=category, stage=stage)
    if text:
        words = prefix_query(text)
        where.add(*(("r.search @@ to_tsquery('simple', %s)", words) if words else ("false",)))
    if licensed:
        has = f"EXISTS (SELECT FROM registry_licence l WHERE l.product_id = r.id AND {_in_force(day)})"
        where.add(has if licensed == "ada" else f"NOT {has}")
    return Asked(products_listing(day), where)


def ask_licences(
    region: str | None,
    *,
    day: date,
    text: str = "",
    kind: str = "",
    state: str = "",
    shape: str = "",
    with_nib: bool = False,
    by_holder: bool = True,
) -> Asked:
    """Licences; `text` any part of the number, or (`by_holder`) words of holder or product; `state` a `LicenceState`.

    `shape` is "benar" or "salah". Without `with_nib` the numbers of NIB are neither shown nor found.
    """
    where = _start(region, kind=kind)
    if shape:
        where.add("r.is_format_ok" if shape == "benar" else "NOT r.is_format_ok")
    if state:
        _add_state(where, state, day)
    if text:
        like, words = f"%{escaped(text)}%", prefix_query(text)
        written = _WRITTEN if with_nib else _WRITTEN_BUT_NIB
        where.add(f"({written}{_HELD if by_holder else ''})", *([like] * 2), *([words] * 2 if by_holder else []))
    return Asked(licences_listing(day, with_nib=with_nib), where)


_HELD = (
    " OR r.enterprise_id IN (SELECT id FROM registry_officeenterprise WHERE search @@ to_tsquery('simple', %s))"
    " OR r.product_id IN (SELECT id FROM registry_product WHERE search @@ to_tsquery('simple', %s))"
)
_WRITTEN = "(r.number ILIKE %s OR r.number_raw ILIKE %s)"
_WRITTEN_BUT_NIB = f"({_WRITTEN} AND r.kind <> 'nib')"


def _add_state(where: Where, state: str, day: date) -> None:
    last = day + timedelta(days=ENDING_DAYS)
    if state == LicenceState.ENDING:
        where.add("r.expires_date BETWEEN %s AND %s", day, last)
    elif state == LicenceState.VALID:
        where.add(f"({expiry_sql(day)}) = 'in_force' AND coalesce(r.expires_date > %s, true)", last)
    else:
        wanted = next(expiry for expiry, one in _STATES.items() if one == state)
        where.add(f"({expiry_sql(day)}) = %s", wanted.value)


def ask_bodies(region: str | None, *, text: str = "", kind: str = "") -> Asked:
    """Organisations and schools; `text` any part of the name, `kind` an `OrganizationKind` or "school"."""
    where = _start(region, kind=kind)
    if text:
        where.add("r.name ILIKE %s", f"%{escaped(text)}%")
    return Asked(BODIES, where)


def escaped(text: str) -> str:
    """The text for LIKE, its own signs taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
