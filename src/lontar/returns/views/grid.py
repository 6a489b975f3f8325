"""The mentor's grid of twenty producers: by keyboard, each row saved by itself."""

from __future__ import annotations

import json

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.designation.views.lists import pager_of
from lontar.engines.periods import Month
from lontar.returns import actions, policies
from lontar.returns.forms import SAID
from lontar.returns.models import Producer, Return
from lontar.returns.presenters import crumbs
from lontar.returns.presenters.grid import FIELDS, GridRow, row_of
from lontar.returns.queries.frames import RETURN_COLUMNS
from lontar.returns.rules.checks import Finding
from lontar.returns.rules.reading import read
from lontar.returns.rules.schema import VALUES
from lontar.returns.states import Channel
from lontar.returns.views.answering import month_of
from lontar.ui.presenters import Pager, Query

ROWS = 20


@require_GET
@requires(policies.check_report)
def grid(request: HttpRequest, month: str) -> HttpResponse:
    """Twenty producers of the post's region who were asked for the month, those without an answer first."""
    post, query, asked = post_of(request), Query.of(request), Month.from_date(month_of(month))
    producers = Producer.objects.within(post.region_code).asked_in(asked.start).order_by("village_id", "name", "pk")
    found = pager_of(query, producers.count())
    pager = Pager(query, found.count, min(found.page, max(1, -(-found.count // ROWS))), ROWS)
    chosen = list(producers[(pager.page - 1) * ROWS : pager.page * ROWS])
    held = {one.producer_id: one for one in Return.objects.filter(month=asked.start, producer__in=chosen)}
    context = {
        "rows": [row_of(one, asked, held.get(one.pk)) for one in chosen], "month": asked, "pager": pager,
        "heads": _heads(), "crumbs": crumbs((_("Isi banyak sekaligus"), "")),
    }  # fmt: skip
    return render(request, "returns/grid.html", context)


def _heads() -> list[str]:
    from lontar.returns.rules.checks import label_of

    return [label_of(name) for name in FIELDS]


@require_POST
@requires(policies.check_report)
def save_row(request: HttpRequest, month: str, pk: int) -> HttpResponse:
    """Keep one row; the answer is the row as it stands now."""
    asked = Month.from_date(month_of(month))
    producer = get_object_or_404(Producer, pk=pk)
    policies.check_report_village(post_of(request), producer.village_id)
    row = _saved(request, producer, asked)
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('returns:grid', args=[month])}#baris-{pk}")
    context = {"row": row, "month": asked}
    return render(request, "returns/parts/grid_row.html", context)


def _saved(request: HttpRequest, producer: Producer, month: Month) -> GridRow:
    held = Return.objects.filter(producer=producer, month=month.start).first()
    written = {name: request.POST.get(name, "").strip() for name in FIELDS}
    said = {
        key.removeprefix(SAID): str(words).strip()
        for key, words in request.POST.items()
        if key.startswith(SAID) and str(words).strip()
    }
    typed, unread = read(pl.DataFrame([written]), today=timezone.localdate())
    if unread:
        return row_of(producer, month, held, written=written, said=said, findings=unread)
    row = {name: _plain(getattr(held, name), name) for name in VALUES if name not in FIELDS} if held else {}
    row |= {name: typed[name][0] for name in FIELDS}
    version = request.POST.get("versi", "")
    row |= {
        "producer_id": producer.pk, "month": month.start, "justifications": json.dumps(said),
        "base_version": int(version) if version.isdecimal() and len(version) < 9 else None,
    }  # fmt: skip
    try:
        (one,) = actions.receive_returns(
            actions.arriving([row]), channel=Channel.GRID, by=person_of(request), post=post_of(request),
            at=timezone.now(), within=producer.village_id,
        )  # fmt: skip
    except actions.MonthClosed as closed:
        return row_of(producer, month, held, written=written, said=said, findings=[_closed(closed.reason)])
    held = Return.objects.filter(producer=producer, month=month.start).first()
    if one.kind in {actions.Kind.STORED, actions.Kind.SAME}:
        return row_of(producer, month, held, is_saved=True)
    findings = list(one.findings)
    if one.kind == actions.Kind.CONFLICT:
        findings = [_closed(_("Baris ini diubah orang lain sejak Anda membukanya. Periksa, lalu simpan lagi."))]
    return row_of(producer, month, held, written=written, said=said, findings=findings)


def _closed(words: str) -> Finding:
    return Finding(0, "", "row", is_error=True, value="", message=words)


def _plain(value: object, name: str) -> object:
    if value is None or value == "":
        return None
    kind = RETURN_COLUMNS[name]
    return value if kind == pl.String else float(str(value)) if kind == pl.Float64 else int(str(value))
