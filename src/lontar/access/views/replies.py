"""What the screens have in common: a refusal becomes a line on the form, a list becomes a CSV when the address asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from lontar.access.policies import Refused
from lontar.engines.tabular import stream_csv
from lontar.ui.presenters import Confirm, Crumb, Link, Query, Table


class RefusalsIn:
    """A block whose refusal is shown on the form; what follows the block then runs on with the form unanswered."""

    def __init__(self, form: forms.Form) -> None:
        self._form = form

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if not isinstance(problem, Refused):
            return False
        self._form.add_error(None, problem.reason)
        return True


def list_page(
    request: HttpRequest,
    *,
    title: str,
    table: Table,
    crumbs: list[Crumb],
    lead: str = "",
    buttons: Sequence[Link] = (),
    form: forms.Form | None = None,
) -> HttpResponse:
    """A list with its filters and buttons."""
    context = {"title": title, "lead": lead, "table": table, "crumbs": crumbs, "buttons": buttons, "form": form}
    return render(request, "access/list.html", {**context, "query": Query.of(request)})


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    submit: str,
    cancel_url: str,
    crumbs: list[Crumb],
    lead: str = "",
) -> HttpResponse:
    """A form on a page of its own."""
    context = {"title": title, "submit": submit, "cancel_url": cancel_url, "crumbs": crumbs, "lead": lead}
    return render(request, "access/form.html", {**context, "form": form})


def confirm_page(request: HttpRequest, confirm: Confirm, crumbs: list[Crumb]) -> HttpResponse:
    """What will happen, before it does; with an error when the word was typed wrongly."""
    return render(
        request, "ui/confirm.html", {"confirm": confirm, "crumbs": crumbs}, status=422 if confirm.error else 200
    )


def csv_reply(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A list as a CSV that leaves row by row."""
    reply = StreamingHttpResponse(stream_csv(rows, header), content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return reply
