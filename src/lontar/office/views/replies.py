"""What the list pages have in common: a page with its side panel, and the whole list as a CSV or a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from lontar.access.doors import person_of
from lontar.engines.tabular import stream_csv
from lontar.engines.tabular.flowing import stream_xlsx
from lontar.office.forms.filters import SUGGESTIONS, ListFilter
from lontar.office.models import SavedView
from lontar.office.presenters.saved import view_menu
from lontar.office.presenters.sheets import Sheet
from lontar.office.states import ListKey
from lontar.ui.presenters import Chip, Crumb, Link, PanelHead, Query, Tab, Table
from lontar.ui.presenters.query import OPEN

R = TypeVar("R")
_CSV, _XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Panel:
    """The side panel of a list: its head, and the template with its context (none: there is only the head)."""

    head: PanelHead
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ListPage:
    """What stands around a list: title, where it is, the name by which views of it are saved, buttons, a side panel."""

    title: str
    list_key: ListKey
    crumbs: list[Crumb]
    lead: str = ""
    buttons: list[Link] = field(default_factory=list)
    panel: Panel | None = None
    figure: str = ""
    tabs: Sequence[Tab] = ()


def wants_panel_only(request: HttpRequest) -> bool:
    """Whether the script asked for the side panel alone; the list then stays as it is."""
    return request.headers.get("HX-Target") == "panel"


def list_page(request: HttpRequest, page: ListPage, *, table: Table | None, form: ListFilter) -> HttpResponse:
    """The page of a list; without a table it is its side panel alone."""
    query = Query.of(request)
    context: dict[str, Any] = {"page": page, "table": table, "form": form, "query": query, "crumbs": page.crumbs}
    if page.panel is not None:
        context |= {**page.panel.context, "panel_head": page.panel.head, "panel_template": page.panel.template}
    if table is not None:
        views = SavedView.objects.of(person_of(request), page.list_key)
        context |= {"views": view_menu(views, query, page.list_key), "suggestions": SUGGESTIONS}
    return render(request, "office/list.html", context)


def opened(query: Query) -> str:
    """The key of the row whose side panel is open; "" for none."""
    return query.get(OPEN)[:40]


def whole(text: str) -> int:
    """A record number out of an address; 0, which no record has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def chips(form: ListFilter, query: Query) -> list[Chip]:
    """What is filtered, each with the address without it."""
    return [Chip(text, query.without(name)) for name, text in form.words()]


def export_of(
    request: HttpRequest,
    sheet: Sheet[R],
    rows: Iterable[R],
    *,
    csv: Callable[[Sequence[str]], Iterator[bytes]] | None = None,
) -> HttpResponseBase | None:
    """The whole list in the format that the address asks for, leaving while it is made; None when it asks for the page.

    `csv` gives the lines of a CSV for the keys of its columns, where the database can write them itself.
    """
    kind = request.GET.get("format")
    if kind not in ("csv", "xlsx"):
        return None
    query = Query.of(request)
    header = sheet.header(query)
    if kind == "xlsx":
        pieces = stream_xlsx(sheet.lines(query, rows), header, kinds=sheet.kinds(query), title=sheet.caption)
    elif csv is not None:
        pieces = chain(stream_csv([], header), csv([column.key for column in sheet.visible(query)]))
    else:
        pieces = stream_csv(sheet.lines(query, rows), header)
    reply = StreamingHttpResponse(pieces, content_type=_XLSX if kind == "xlsx" else _CSV)
    reply["Content-Disposition"] = f'attachment; filename="{sheet.key}-{timezone.localdate():%Y-%m-%d}.{kind}"'
    return reply
