"""Exact totals of the enterprise lists, and how many enterprises each class has.

A total without a text search is a sum over the cells or tallies that triggers keep. Only a text search counts rows, and keeps
its answer until an enterprise changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from typing import Any

from django.db import connection

from lontar.access.scope import bounds
from lontar.registry.queries.enterprise_filter import (
    OFFICE,
    PUBLIC,
    EnterpriseFilter,
    office_where,
    public_where,
    region_within,
)
from lontar.registry.queries.listing import Listing, Where, count
from lontar.registry.states import EnterpriseStatus

_KEPT = 512
_lock = threading.Lock()
_counted: OrderedDict[tuple[object, ...], int] = OrderedDict()


def count_office(asked: EnterpriseFilter, *, within: str) -> int:
    """How many rows `list_office` has in all, exactly."""
    if not is_countable(asked):
        return _count_kept(OFFICE, office_where(asked, within=within))
    region = region_within(asked.region, within)
    return _sum_cells(replace(asked, region=region or ""), nowhere=region is None)


def count_public(asked: EnterpriseFilter) -> int:
    """How many rows `list_public` has in all, exactly."""
    if not is_countable(asked) or asked.nib or asked.umkm_class or asked.status:
        return _count_kept(PUBLIC, public_where(asked))
    if asked.kbli or asked.imk_class:
        return _sum_cells(asked, open_only=True)
    low, high = bounds(asked.region) if asked.region else ("", "~")
    column = {None: "registered", True: "verified", False: "registered - verified"}[asked.is_verified]
    return _sum(
        f"SELECT sum({column}) FROM registry_villagetally WHERE village_id >= %s AND village_id < %s",  # noqa: S608 - the three above
        [low, high],
    )


def _count_kept(listing: Listing, where: Where) -> int:
    """The rows counted, or as counted before when no enterprise changed since."""
    known = known_count(listing, where)
    if known is not None:
        return known
    return keep_count(listing, where, number=count(listing, where))


def known_count(listing: Listing, where: Where) -> int | None:
    """The count of before, when no enterprise changed since; None otherwise. The scope is among the conditions."""
    key = _key(listing, where)
    with _lock:
        if key in _counted:
            _counted.move_to_end(key)
        return _counted.get(key)


def keep_count(listing: Listing, where: Where, *, number: int) -> int:
    """Remember a count until an enterprise changes, the newest 512 of this process; gives the number back."""
    with _lock:
        _counted[_key(listing, where)] = number
        while len(_counted) > _KEPT:
            _counted.popitem(last=False)
    return number


def _key(listing: Listing, where: Where) -> tuple[object, ...]:
    return (connection.settings_dict["NAME"], _version(), listing.table, where.sql, *map(str, where.values))


def _version() -> int:
    """Grows with every committed statement on enterprises: each writing backend has a row of its own, so none waits."""
    return _sum("SELECT sum(number) FROM registry_enterprisechange", [])


def is_countable(asked: EnterpriseFilter) -> bool:
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
