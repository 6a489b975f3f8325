"""Presenters of lists: columns, rows, what is filtered, pages, exports, bulk actions.

A table never queries: the view gives the rows of one page and the count. Cells are plain Python values; how each kind
is written is decided in `lontar.ui.cells`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from lontar.ui import formats
from lontar.ui.presenters.pieces import EmptyState
from lontar.ui.presenters.query import COLUMNS, PAGE, PAGE_SIZE, SORT, Query


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `key` is its name in the URL; the first column of a table is the name of the row."""

    key: str
    label: str
    numeric: bool = False
    sortable: bool = False
    optional: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: one value per column, in order; `url` is where its name leads.

    `panel_url` opens the side panel instead (an address of the list itself). `key` is what a bulk action sends.
    """

    cells: Sequence[object]
    url: str = ""
    panel_url: str = ""
    key: str = ""
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter in words, with the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Export:
    """A way to take the whole list away."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A verb for the picked rows; `url` receives `pilih` (keys) or `semua=1` with the query of the list."""

    label: str
    url: str
    icon: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class PageLink:
    """A number of the pager; without `url` it is a gap."""

    label: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Pages of a list, one-based. `count` rows in all, `size` on a page."""

    query: Query
    count: int
    page: int = 1
    size: int = 50

    @classmethod
    def whole(cls, count: int) -> Self:
        """A list that stands on one page and keeps nothing in its address."""
        return cls(Query(""), count, size=max(1, count))

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.count // self.size))

    @property
    def first(self) -> int:
        """Number of the first row shown, 0 in an empty list."""
        return 0 if not self.count else (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.page * self.size, self.count)

    def _url(self, page: int) -> str:
        return self.query.but({PAGE: str(page) if page > 1 else ""})

    @property
    def previous_url(self) -> str:
        """Address of the page before, or nothing."""
        return self._url(self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """Address of the page after, or nothing."""
        return self._url(self.page + 1) if self.page < self.pages else ""

    @property
    def links(self) -> tuple[PageLink, ...]:
        """First, last and the pages about the current one, gaps between."""
        near = {1, self.pages, *range(self.page - 1, self.page + 2)}
        shown = sorted(page for page in near if 1 <= page <= self.pages)
        links: list[PageLink] = []
        for before, page in zip([0, *shown], shown, strict=False):
            if page - before > 1:
                links.append(PageLink("…"))
            links.append(PageLink(formats.number(page), self._url(page), page == self.page))
        return tuple(links)


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A heading as shown: where a click on it leads, and the present direction."""

    column: Column
    url: str = ""
    direction: str = ""  # ascending, descending or nothing

    @property
    def icon(self) -> str:
        """Arrow of the direction."""
        return {"ascending": "arrow-up", "descending": "arrow-down"}.get(self.direction, "sort")


@dataclass(frozen=True, slots=True)
class Table:
    """A whole list as shown. `noun` counts the rows ("usaha"); `key` is unique on the page.

    `sort` is the present order, a column key with `-` before it for descending. `shown` are the keys of the visible
    columns (empty: all). `cards` turns rows into cards on a phone.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    pager: Pager
    noun: str
    key: str = "daftar"
    sort: str = ""
    chips: Sequence[Chip] = ()
    exports: Sequence[Export] = ()
    bulk: Sequence[BulkAction] = ()
    empty: EmptyState = field(default_factory=lambda: EmptyState(_("Belum ada data di sini.")))
    shown: Sequence[str] = ()
    cards: bool = True
    sizes: Sequence[int] = (25, 50, 100)

    @property
    def query(self) -> Query:
        """The query of the list."""
        return self.pager.query

    @property
    def places(self) -> tuple[int, ...]:
        """Positions of the visible columns; the first column and those not optional are always there."""
        wanted = set(self.shown)
        return tuple(
            index
            for index, column in enumerate(self.columns)
            if not wanted or index == 0 or not column.optional or column.key in wanted
        )

    @property
    def heads(self) -> tuple[HeadCell, ...]:
        """Headings of the visible columns."""
        return tuple(self._head(self.columns[place]) for place in self.places)

    def _head(self, column: Column) -> HeadCell:
        if not column.sortable:
            return HeadCell(column)
        if self.sort == column.key:
            return HeadCell(column, self.query.but({SORT: f"-{column.key}"}), "ascending")
        direction = "descending" if self.sort == f"-{column.key}" else ""
        first = f"-{column.key}" if column.numeric and not direction else column.key
        return HeadCell(column, self.query.but({SORT: first}), direction)

    @property
    def choosable(self) -> tuple[tuple[Column, bool], ...]:
        """Optional columns with whether each is shown."""
        return tuple((c, not self.shown or c.key in self.shown) for c in self.columns if c.optional)

    @property
    def columns_hidden_fields(self) -> tuple[tuple[str, str], ...]:
        """Parameters that the column choice carries along."""
        return self.query.hidden(leave_out=[COLUMNS])

    @property
    def size_links(self) -> tuple[PageLink, ...]:
        """Choices of rows per page."""
        return tuple(
            PageLink(formats.number(size), self.query.but({PAGE_SIZE: str(size)}), size == self.pager.size)
            for size in self.sizes
        )

    @property
    def clear_url(self) -> str:
        """The list without any filter, its order and columns kept."""
        kept = Query(self.query.path, tuple(p for p in self.query.pairs if p[0] in (SORT, COLUMNS, PAGE_SIZE)))
        return kept.but({})
