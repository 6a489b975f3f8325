"""The menu of saved views above a list: one's own views, which of them one looks at, and how to keep the present one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from lontar.office.models import SavedView
from lontar.ui.presenters import Query
from lontar.ui.presenters.query import COLUMNS, OPEN, PAGE

_PLACE = (PAGE, OPEN, "format", "tampilan")


@dataclass(frozen=True, slots=True)
class ViewLink:
    """One saved view: its name, its address, the link to hand on, and the page that removes it."""

    name: str
    url: str
    share_url: str
    drop_url: str
    current: bool


@dataclass(frozen=True, slots=True)
class ViewMenu:
    """The saved views of a list; `query` and `columns` are what keeping the present view would store."""

    list_key: str
    links: Sequence[ViewLink]
    query: str
    columns: tuple[str, ...]
    save_url: str

    @property
    def current(self) -> ViewLink | None:
        """The view that the address shows, if it is a saved one."""
        return next((link for link in self.links if link.current), None)


def stored_query(query: Query) -> str:
    """The filters and the order of an address, without columns and place in the list, as a query string."""
    kept = tuple(pair for pair in query.pairs if pair[0] not in (*_PLACE, COLUMNS))
    return Query("", kept).but({}).removeprefix("?")


def address(path: str, view: SavedView) -> str:
    """The list as the view shows it."""
    parts = [view.query, *(f"{COLUMNS}={key}" for key in view.columns)]
    text = "&".join(part for part in parts if part)
    return f"{path}?{text}" if text else path


def view_menu(views: Iterable[SavedView], query: Query, list_key: str) -> ViewMenu:
    """The menu of one list at one address."""
    present, columns = stored_query(query), query.all(COLUMNS)
    links = [
        ViewLink(
            name=view.name,
            url=address(query.path, view),
            share_url=reverse("office:view", args=[view.slug]),
            drop_url=reverse("office:view_drop", args=[view.slug]),
            current=view.query == present and tuple(view.columns) == columns,
        )
        for view in views
    ]
    return ViewMenu(list_key, links, present, columns, reverse("office:view_save"))
