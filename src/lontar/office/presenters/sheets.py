"""One declaration of a list: its columns give the table on the screen and the rows of the CSV and the workbook alike.

What the rows are is the queries' business; how a cell looks is decided by `lontar.ui.cells`. A value leaves in an export as
plain text, number or date, so that a file says what the screen says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.engines.tabular.export import Kind
from lontar.ui.presenters import (
    BulkAction,
    Chip,
    Column,
    EmptyState,
    Export,
    Figure,
    Link,
    Masked,
    Pager,
    Query,
    Row,
    Status,
    Table,
)
from lontar.ui.presenters.query import COLUMNS, OPEN, PAGE, PAGE_SIZE, SORT

R = TypeVar("R")
SIZES = (25, 50, 100)
FIRST_SIZE = 50
_NUMERIC = frozenset({"integer", "decimal", "money"})
_MARK = "0-0-0"  # stands for a row's key, which is of digits, letters, points and dashes only


@dataclass(frozen=True, slots=True)
class Col(Generic[R]):
    """A column: its key in the address, its heading, and its value in a row.

    `value` gives what a table cell takes; `plain` what an export writes, where that is not the same value without its
    dress. `sort` is the name by which the query knows the order (empty: cannot be sorted by). The first column of a list is
    always shown; `start` says whether another one is there before anybody chose columns.
    """

    key: str
    label: str
    value: Callable[[R], object]
    kind: Kind = "text"
    plain: Callable[[R], object] | None = None
    sort: str = ""
    start: bool = True
    hint: str = ""

    def exported(self, row: R) -> object:
        """What an export writes for this row."""
        return self.plain(row) if self.plain else undressed(self.value(row))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the rows of one page share: the shown columns, the address about a row's key, the key of the opened row."""

    shown: set[str]
    head: str
    tail: str
    opened: str


@dataclass(frozen=True, slots=True)
class Sheet(Generic[R]):
    """A whole list: `key` names its exports, `noun` counts its rows, `first_sort` is the order nobody asked for."""

    key: str
    caption: str
    noun: str
    columns: Sequence[Col[R]]
    first_sort: str

    def chosen(self, query: Query) -> tuple[str, ...]:
        """Keys of the columns that the address asks for, or those shown at first; unknown keys are left out."""
        known = [column.key for column in self.columns]
        asked = [key for key in query.all(COLUMNS) if key in known]
        picked = asked or [column.key for column in self.columns if column.start]
        return tuple(key for key in known if key in picked or key == known[0])

    def visible(self, query: Query) -> list[Col[R]]:
        """The columns that are shown, in their order."""
        keys = self.chosen(query)
        return [column for column in self.columns if column.key in keys]

    def order(self, query: Query) -> str:
        """The order as the address writes it; one that the list does not know gives the first one."""
        asked = query.get(SORT, self.first_sort)
        name = asked.removeprefix("-")
        return asked if any(column.key == name and column.sort for column in self.columns) else self.first_sort

    def sort_of(self, query: Query) -> str:
        """The order as the query knows it, `-` falling."""
        asked = self.order(query)
        name = asked.removeprefix("-")
        found = next(column.sort for column in self.columns if column.key == name)
        return f"-{found}" if asked.startswith("-") else found

    def table(
        self,
        pager: Pager,
        rows: Iterable[R],
        *,
        link: Callable[[R], tuple[str, str]],
        chips: Sequence[Chip] = (),
        bulk: Sequence[BulkAction] = (),
        empty: EmptyState | None = None,
    ) -> Table:
        """The table; `link` gives the key of a row and the address of its page, which opens in the side panel."""
        query = pager.query
        keys = self.chosen(query)
        head, tail = query.but({OPEN: _MARK}, keep=[PAGE]).split(_MARK)
        frame = _Frame({*keys}, head, tail, query.get(OPEN))
        return Table(
            caption=self.caption,
            columns=[
                Column(
                    column.key,
                    str(column.label),
                    numeric=column.kind in _NUMERIC,
                    sortable=bool(column.sort),
                    optional=at > 0,
                    hint=str(column.hint),
                )
                for at, column in enumerate(self.columns)
            ],
            rows=[self._row(row, frame, *link(row)) for row in rows],
            pager=pager,
            noun=self.noun,
            sort=self.order(query),
            shown=keys,
            chips=chips,
            bulk=bulk,
            exports=exports(query, pager.count) if pager.count else (),
            empty=empty or nothing_found(query),
            sizes=SIZES,
        )

    def _row(self, row: R, frame: _Frame, key: str, url: str) -> Row:
        return Row(
            [column.value(row) if column.key in frame.shown else None for column in self.columns],
            url=url,
            panel_url=f"{frame.head}{key}{frame.tail}" if key else "",
            key=key,
            opened=bool(key) and frame.opened == key,
        )

    def header(self, query: Query) -> list[str]:
        """Headings of an export: those of the shown columns."""
        return [str(column.label) for column in self.visible(query)]

    def kinds(self, query: Query) -> list[Kind]:
        """How the columns of an export are written."""
        return [column.kind for column in self.visible(query)]

    def lines(self, query: Query, rows: Iterable[R]) -> Iterator[list[object]]:
        """The rows of an export, one at a time."""
        writers = [column.exported for column in self.visible(query)]
        for row in rows:
            yield [write(row) for write in writers]


def exports(query: Query, count: int) -> list[Export]:
    """The ways to take the whole list away."""
    note = _("saringan dan kolom seperti di layar")
    return [
        Export("CSV", query.but({"format": "csv"}), note),
        Export("XLSX (Excel)", query.but({"format": "xlsx"}), note if count < 1_048_575 else _("terlalu banyak baris")),
    ]


def undressed(value: object) -> object:
    """A table cell without its look: words of a status, text of a link, the mask itself, a number."""
    if isinstance(value, Status | Link):
        return value.label
    if isinstance(value, Masked):
        return value.masked
    if isinstance(value, Figure):
        return f"{value.value} {value.unit}".strip()
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, list | tuple):
        return ", ".join(str(undressed(item)) for item in value)
    if value is None or isinstance(value, str | bool | int | float | Decimal | date):
        return value
    return str(value)


def paging(query: Query, count: int) -> Pager:
    """The page that the address asks for; beyond the last one it is the last."""
    size = _whole(query.get(PAGE_SIZE), FIRST_SIZE)
    size = size if size in SIZES else FIRST_SIZE
    last = max(1, -(-count // size))
    return Pager(query, count, min(max(_whole(query.get(PAGE), 1), 1), last), size)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else otherwise


def nothing_found(query: Query) -> EmptyState:
    """What a list says when the filters leave nothing."""
    everything = Query(query.path).but({})
    return EmptyState(
        _("Tidak ada yang cocok dengan saringan ini."),
        _("Longgarkan saringan, atau periksa penulisan kata yang dicari."),
        Link(_("Hapus semua saringan"), everything),
    )
