"""The enterprise lists: what anyone reads, and what an office reads of its own region, filtered, sorted, counted exactly.

Both go to views that let the planner use every index (docs/adr/0003-wall-and-speed.md). A total without a text search is a
sum over the cells or tallies that triggers keep; only a text search counts rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from lontar.access.scope import bounds
from lontar.registry.queries.listing import (
    Field,
    Listing,
    Order,
    Where,
    count,
    pack_cursor,
    select_after,
    select_page,
    stream_csv,
)
from lontar.registry.querysets import prefix_query
from lontar.registry.states import EnterpriseStatus

_NIB = re.compile(r"\d{13}")


@dataclass(frozen=True, slots=True)
class EnterpriseFilter:
    """What to look for; empty words and None look for everything.

    `region` a region code; `kbli` the first two to five digits; `nib` "ada", "tidak" or the thirteen digits; `text` words,
    each the beginning of a word of the name or main product (office: or of the owner's name); `commodity` its code.
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows with the exact count of all, and the places before its first and after its last row."""

    items: list[dict[str, Any]]
    count: int
    before: str = ""
    after: str = ""


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
        Field("name", "r.name", is_text=True),
        *_PLACE,
        Field("main_product", "r.main_product", is_text=True),
        Field("kbli", "r.kbli"),
        Field("kbli_version", "r.kbli_version"),
        Field("imk_class", "r.imk_class"),
        _COMMODITY,
        Field("is_verified", "r.is_verified"),
    ),
    orders=_ORDERS,
)
OFFICE = Listing(
    table="registry_officeenterprise",
    fields=(
        *PUBLIC.fields[:-1],
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
_SORT_VALUES = {
    "village": "village_code",
    "name": "name",
    "id": "id",
    "turnover": "annual_turnover",
    "workers": "workers",
    "recorded": "recorded_at",
}


def list_office(
    asked: EnterpriseFilter,
    *,
    within: str,
    sort: str = "village",
    limit: int = 50,
    offset: int = 0,
    after: str = "",
    before: str = "",
) -> Page:
    """A page of the office's list inside region `within` (the post's own code).

    `after` and `before` are places that an earlier page gave (they make `offset` void); `sort` is village, name, id,
    turnover, workers or recorded, with `-` falling (KeyError for others). Raises `BadCursor` for a foreign place.
    """
    where = office_where(asked, within=within)
    if after or before:
        items = select_after(OFFICE, where, sort=sort, limit=limit, cursor=after, backwards=before)
    else:
        items = select_page(OFFICE, where, sort=sort, limit=limit, offset=offset)
    number = count_office(asked, within=within)
    edges = [_place_of(row, sort) for row in (items[0], items[-1])] if items else ["", ""]
    return Page(items, number, before=edges[0], after=edges[1])


def _place_of(row: dict[str, Any], sort: str) -> str:
    value = row[_SORT_VALUES[sort.removeprefix("-")]]
    return pack_cursor(-1 if value is None else value, row["id"])


def list_public(asked: EnterpriseFilter, *, sort: str = "village", limit: int = 100, offset: int = 0) -> Page:
    """A page of what anyone may read; `sort` is village, name or id."""
    items = select_page(PUBLIC, public_where(asked), sort=sort, limit=limit, offset=offset)
    return Page(items, count_public(asked))


def csv_office(asked: EnterpriseFilter, *, within: str, sort: str = "village") -> Iterator[bytes]:
    """The office's list as CSV, streamed."""
    return stream_csv(OFFICE, office_where(asked, within=within), sort=sort)


def csv_public(asked: EnterpriseFilter, *, sort: str = "village") -> Iterator[bytes]:
    """What anyone may read as CSV, streamed."""
    return stream_csv(PUBLIC, public_where(asked), sort=sort)


def region_within(region: str, within: str) -> str | None:
    """The narrower of the two regions; None when they share nothing."""
    if not region or within == region or within.startswith(f"{region}."):
        return within
    return region if region.startswith(f"{within}.") else None


def office_where(asked: EnterpriseFilter, *, within: str) -> Where:
    """The conditions of `asked` on the office's view, bounded by region `within` in words that the planner can weigh."""
    where = Where()
    region = region_within(asked.region, within)
    where.add_region("r.village_id", bounds(region or ""))
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
    words = [word for word in prefix_query(text).split(" & ") if word]
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


def count_office(asked: EnterpriseFilter, *, within: str) -> int:
    """How many rows `list_office` has in all, exactly."""
    if not _is_countable(asked):
        return count(OFFICE, office_where(asked, within=within))
    region = region_within(asked.region, within)
    return _sum_cells(replace(asked, region=region or ""), nowhere=region is None)


def count_public(asked: EnterpriseFilter) -> int:
    """How many rows `list_public` has in all, exactly."""
    if not _is_countable(asked) or asked.nib or asked.umkm_class or asked.status:
        return count(PUBLIC, public_where(asked))
    if asked.kbli or asked.imk_class:
        return _sum_cells(asked, open_only=True)
    low, high = bounds(asked.region) if asked.region else ("", "~")
    column = {None: "registered", True: "verified", False: "registered - verified"}[asked.is_verified]
    return _sum(
        f"SELECT sum({column}) FROM registry_villagetally WHERE village_id >= %s AND village_id < %s",  # noqa: S608 - the three above
        [low, high],
    )


def _is_countable(asked: EnterpriseFilter) -> bool:
    """Whether the cells know the answer: no words, no single number, no commodity, no KBLI beyond the group."""
    return not (asked.text or asked.commodity or len(asked.kbli) > 2 or asked.nib not in ("", "ada", "tidak"))


def _cell_conditions(asked: EnterpriseFilter, *, open_only: bool) -> Where:
    where = Where()
    if asked.region:
        where.add_region("village_id", bounds(asked.region))
    for column, value in (("imk_class", asked.imk_class), ("umkm_class", asked.umkm_class), ("status", asked.status)):
        if value:
            where.add(f"{column} = %s", value)
    if asked.kbli:
        where.add("kbli_group = %s", asked.kbli)
    if asked.nib:
        where.add("has_nib" if asked.nib == "ada" else "NOT has_nib")
    if asked.is_verified is not None:
        where.add("is_verified" if asked.is_verified else "NOT is_verified")
    if open_only:
        where.add("status <> %s", EnterpriseStatus.CLOSED.value)
    return where


def _sum_cells(asked: EnterpriseFilter, *, open_only: bool = False, nowhere: bool = False) -> int:
    if nowhere:
        return 0
    where = _cell_conditions(asked, open_only=open_only)
    return _sum(f"SELECT sum(number) FROM registry_enterprisecell{where.sql}", where.values)  # noqa: S608 - declared columns


def _sum(sql: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchone()
    return int(found[0] or 0) if found else 0


_FACETS = ("kbli_group", "imk_class", "umkm_class", "status", "is_verified", "has_nib")


def facets_office(asked: EnterpriseFilter, *, within: str) -> dict[str, dict[str, int]]:
    """For each class, how many enterprises have each value, under the filters of `asked` that the cells know.

    Keys kbli_group, imk_class, umkm_class, status, is_verified, has_nib; values as text ("true"/"false" for the last two).
    """
    region = region_within(asked.region, within)
    if region is None:
        return {name: {} for name in _FACETS}
    where = _cell_conditions(replace(asked, region=region), open_only=False)
    sets = ", ".join(f"({name})" for name in _FACETS)
    columns = ", ".join(f"{name}::text" for name in _FACETS)
    known = ", ".join(f"grouping({name})" for name in _FACETS)
    sql = (
        f"SELECT {columns}, {known}, sum(number)::bigint FROM registry_enterprisecell{where.sql}"  # noqa: S608 - as above
        f" GROUP BY GROUPING SETS ({sets}) HAVING sum(number) <> 0"
    )
    found: dict[str, dict[str, int]] = {name: {} for name in _FACETS}
    with connection.cursor() as cursor:
        cursor.execute(sql, where.values)
        for row in cursor.fetchall():
            at = row[len(_FACETS) : -1].index(0)
            found[_FACETS[at]][row[at] or ""] = int(row[-1])
    return found
