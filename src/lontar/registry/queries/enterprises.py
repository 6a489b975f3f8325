"""The enterprise lists by pages: what anyone reads, and what an office reads of its own region; the same rows as CSV.

What may be asked is in `enterprise_filter`, exact totals in `enterprise_counts`. The total is known before the page is read:
it decides whether the rows are gathered first or the sort's index is walked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lontar.registry.queries.enterprise_counts import (
    count_office,
    count_public,
    facets_office,
    is_countable,
    keep_count,
    known_count,
)
from lontar.registry.queries.enterprise_filter import (
    OFFICE,
    PUBLIC,
    EnterpriseFilter,
    office_where,
    public_where,
    region_within,
)
from lontar.registry.queries.listing import (
    Listing,
    Plan,
    Where,
    estimated_rows,
    pack_cursor,
    select_after,
    select_counted,
    select_page,
    stream_csv,
)

__all__ = [
    "OFFICE",
    "PUBLIC",
    "EnterpriseFilter",
    "Page",
    "count_office",
    "count_public",
    "csv_office",
    "csv_public",
    "facets_office",
    "list_office",
    "list_public",
    "office_row",
    "office_where",
    "plan_for",
    "public_row",
    "public_where",
    "region_within",
]
DEARER = 30  # what a step of a walk costs against one of gathering (about ten times), and three times for bad luck
COMMON = 0.25  # of so many a walk meets enough soon, whatever its luck


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows with the exact count of all, and the places before its first and after its last row."""

    items: list[dict[str, Any]]
    count: int
    before: str = ""
    after: str = ""


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
        number = count_office(asked, within=within)
        items = select_after(
            OFFICE, where, sort=sort, limit=limit, cursor=after, backwards=before, plan=plan_for(number, reach=limit)
        )
    else:
        known = count_office(asked, within=within) if is_countable(asked) else known_count(OFFICE, where)
        items, number = _page(OFFICE, where, known=known, sort=sort, limit=limit, offset=offset)
    edges = [_place_of(row, sort) for row in (items[0], items[-1])] if items else ["", ""]
    return Page(items, number, before=edges[0], after=edges[1])


def _page(
    listing: Listing, where: Where, *, known: int | None, sort: str, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """A page and the exact count: as `known`; where nobody knows it yet, both in one pass over what is found."""
    if known is None:
        items, number = select_counted(listing, where, sort=sort, limit=limit, offset=offset)
        return items, keep_count(listing, where, number=number)
    if not known:
        return [], 0
    return select_page(
        listing, where, sort=sort, limit=limit, offset=offset, plan=plan_for(known, reach=offset + limit)
    ), known


def _place_of(row: dict[str, Any], sort: str) -> str:
    value = row[_SORT_VALUES[sort.removeprefix("-")]]
    return pack_cursor(-1 if value is None else value, row["id"])


def plan_for(number: int, *, reach: int) -> Plan:
    """How to read the first `reach` rows of a list with `number` rows in all: by whichever is likely to touch less.

    Gathering reads every row of the list, in the order in which they lie: `number` cheap steps. Walking the sort's index
    meets a wanted row every `total / number` rows, each of them a dear step; and the database's own estimate does not know
    which classes, words and values go together, so that a walk can take several times as long.
    """
    total = estimated_rows("registry_enterprise")
    return Plan.GATHER if number <= COMMON * total and number**2 <= DEARER * reach * total else Plan.WALK


def list_public(asked: EnterpriseFilter, *, sort: str = "village", limit: int = 100, offset: int = 0) -> Page:
    """A page of what anyone may read; `sort` is village, name or id, with `-` falling (KeyError for others)."""
    where = public_where(asked)
    known = count_public(asked) if is_countable(asked) else known_count(PUBLIC, where)
    return Page(*_page(PUBLIC, where, known=known, sort=sort, limit=limit, offset=offset))


def office_row(number: int) -> dict[str, Any] | None:
    """One enterprise as the office's list has it; None outside the connection's scope."""
    return _row(OFFICE, number)


def public_row(number: int) -> dict[str, Any] | None:
    """One enterprise as anyone may read it; None for a closed one."""
    return _row(PUBLIC, number)


def _row(listing: Listing, number: int) -> dict[str, Any] | None:
    where = Where()
    where.add("r.id = %s", number)
    return next(iter(select_page(listing, where, sort="id", limit=1)), None)


def csv_office(asked: EnterpriseFilter, *, within: str, sort: str = "village") -> Iterator[bytes]:
    """The office's list as CSV, streamed."""
    return stream_csv(OFFICE, office_where(asked, within=within), sort=sort)


def csv_public(asked: EnterpriseFilter, *, sort: str = "village") -> Iterator[bytes]:
    """What anyone may read as CSV, streamed."""
    return stream_csv(PUBLIC, public_where(asked), sort=sort)
