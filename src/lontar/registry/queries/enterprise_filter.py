"""What may be asked of the enterprise lists, their columns, and the conditions in SQL; reading pages is in `enterprises`.

The conditions go to two views: what anyone reads, and what an office reads of its own region. Both let the planner use every
index (docs/adr/0003-wall-and-speed.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lontar.access.scope import bounds
from lontar.registry.queries.listing import Field, Listing, Order, Where
from lontar.registry.querysets import prefix_query
from lontar.registry.rules import public_text_sql

_NIB = re.compile(r"\d{13}")
_SHORTEST_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class EnterpriseFilter:
    """What to look for; empty words and None look for everything.

    `region` a region code; `kbli` the first two to five digits; `nib` "ada", "tidak" or the thirteen digits; `text` words,
    each the beginning of a word of the name or main product (office: or of the owner's name), below three letters the whole
    word; `commodity` its code.
    """

    region: str = ""
    imk_class: str = ""
    umkm_class: str = ""
    kbli: str = ""
    nib: str = ""
    is_verified: bool | None = None
    status: str = ""
    text: str = ""
    commodity: str = ""


def _place(column: str) -> str:
    return f"(SELECT v.name FROM registry_region v WHERE v.code = {column})"  # noqa: S608 - our own column names


_PLACE = (
    Field("village_code", "r.village_id"),
    Field("village_name", _place("r.village_id"), is_text=True),
    Field("district_name", _place("left(r.village_id, 8)"), is_text=True),
    Field("regency_name", _place("left(r.village_id, 5)"), is_text=True),
)
_COMMODITY = Field("commodity", "(SELECT c.code FROM registry_commodity c WHERE c.id = r.commodity_id)")
_ORDERS = {
    "village": Order("r.village_id"),
    "name": Order("r.name"),
    "id": Order("r.id"),
}

PUBLIC = Listing(
    table="registry_publicenterprise",
    fields=(
        Field("id", "r.id"),
        Field("name", public_text_sql("r.name"), is_text=True),
        *_PLACE,
        Field("main_product", public_text_sql("r.main_product"), is_text=True),
        Field("kbli", "r.kbli"),
        Field("kbli_version", "r.kbli_version"),
        Field("imk_class", "r.imk_class"),
        _COMMODITY,
        Field("is_verified", "r.is_verified"),
    ),
    orders=_ORDERS,
)
_AS_WRITTEN = {name: Field(name, f"r.{name}", is_text=True) for name in ("name", "main_product")}
OFFICE = Listing(
    table="registry_officeenterprise",
    fields=(
        *(_AS_WRITTEN.get(field.name, field) for field in PUBLIC.fields[:-1]),
        Field("is_verified", "(r.verified_at IS NOT NULL)"),
        Field("verified_at", "r.verified_at"),
        Field("owner_name", "r.owner_name", is_text=True),
        Field("nib", "r.nib"),
        Field("status", "r.status"),
        Field("start_year", "r.start_year"),
        Field("workers", "r.workers"),
        Field("annual_turnover", "r.annual_turnover"),
        Field("umkm_class", "r.umkm_class"),
        Field("lat", "r.lat"),
        Field("lon", "r.lon"),
        Field("recorded_at", "r.recorded_at"),
    ),
    orders={
        **_ORDERS,
        "turnover": Order("coalesce(r.annual_turnover, -1)"),
        "workers": Order("coalesce(r.workers, -1)"),
        "recorded": Order("r.recorded_at"),
    },
)


def region_within(region: str, within: str) -> str | None:
    """The narrower of the two regions; None when they share nothing."""
    if not region or within == region or within.startswith(f"{region}."):
        return within
    return region if region.startswith(f"{within}.") else None


def office_where(asked: EnterpriseFilter, *, within: str) -> Where:
    """The conditions of `asked` on the office's view, bounded by region `within` in words that the planner can weigh."""
    where = Where()
    region = region_within(asked.region, within)
    if region is None:
        where.add("false")
        return where
    where.add_region("r.village_id", bounds(region))
    if asked.umkm_class:
        where.add("r.umkm_class = %s", asked.umkm_class)
    if asked.status:
        where.add("r.status = %s", asked.status)
    if asked.is_verified is not None:
        where.add(f"r.verified_at IS {'NOT ' if asked.is_verified else ''}NULL")
    if asked.nib:
        _add_nib(where, asked.nib)
    _add_text(where, asked.text, owners=True)
    _add_common(where, asked)
    return where


def public_where(asked: EnterpriseFilter) -> Where:
    """The conditions of `asked` on the public view; what the public does not see (NIB, UMKM class) is not asked there."""
    where = Where()
    if asked.region:
        where.add_region("r.village_id", bounds(asked.region))
    if asked.is_verified is not None:
        where.add("r.is_verified" if asked.is_verified else "NOT r.is_verified")
    _add_text(where, asked.text, owners=False)
    _add_common(where, asked)
    return where


def _add_common(where: Where, asked: EnterpriseFilter) -> None:
    if asked.imk_class:
        where.add("r.imk_class = %s", asked.imk_class)
    if asked.kbli:
        where.add("r.kbli >= %s AND r.kbli <= %s", asked.kbli, asked.kbli.ljust(5, "9"))
    if asked.commodity:
        where.add("r.commodity_id = (SELECT c.id FROM registry_commodity c WHERE c.code = %s)", asked.commodity)


def _add_nib(where: Where, nib: str) -> None:
    if nib == "ada":
        where.add("r.nib IS NOT NULL")
    elif nib == "tidak":
        where.add("r.nib IS NULL")
    else:
        where.add("r.nib = %s", nib)


def _add_text(where: Where, text: str, *, owners: bool) -> None:
    """Every word must begin a word of the row; a text that holds no word at all finds nothing."""
    if not text:
        return
    if owners and _NIB.fullmatch(text.strip()):
        where.add("r.nib = %s", text.strip())
        return
    words = [_as_beginning(word) for word in prefix_query(text).split(" & ") if word]
    if not words:
        where.add("false")
        return
    if not owners:
        where.add("r.search @@ to_tsquery('simple', %s)", " & ".join(words))
        return
    for word in words:
        where.add(
            "(r.search @@ to_tsquery('simple', %s)"
            " OR to_tsvector('simple', coalesce(r.owner_name, '')) @@ to_tsquery('simple', %s))",
            word,
            word,
        )


def _as_beginning(word: str) -> str:
    """`kopi:*` stays the beginning of a word; one or two letters are a whole word: they begin half of all words."""
    return word if len(word) >= _SHORTEST_BEGINNING + len(":*") else word.removesuffix(":*")
