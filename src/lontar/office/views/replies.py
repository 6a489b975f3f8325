"""What the list pages have in common: a page with its side panel, and the whole list as a CSV or a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of
from lontar.engines.tabular import stream_csv, write_xlsx_rows
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


def export_of(request: HttpRequest, sheet: Sheet[R], rows: Iterable[R], *, name: str = "") -> HttpResponseBase | None:
    """The whole list in the format that the address asks for; None when it asks for the page."""
    kind = request.GET.get("format")
    if kind not in ("csv", "xlsx"):
        return None
    query = Query.of(request)
    file_name = f"{name or sheet.key}-{timezone.localdate():%Y-%m-%d}.{kind}"
    lines = sheet.lines(query, rows)
    if kind == "csv":
        reply: HttpResponseBase = StreamingHttpResponse(stream_csv(lines, sheet.header(query)), content_type=_CSV)
        reply["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return reply
    target = tempfile.TemporaryFile()
    write_xlsx_rows(target, sheet.header(query), lines, kinds=sheet.kinds(query), title=str(_("Data")))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=file_name, content_type=_XLSX)
