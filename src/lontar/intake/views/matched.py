"""What matching made of the rows of one batch: linked without asking, waiting for people, new; as lists to take away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Final

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.doors import requires
from lontar.access.views.replies import csv_reply
from lontar.engines.tabular import write_xlsx_rows
from lontar.host import places
from lontar.intake import policies, presenters
from lontar.intake.models import Batch
from lontar.intake.presenters import matched as shown
from lontar.intake.queries import pairs as queries
from lontar.intake.queries.pairs import MatchLine
from lontar.intake.views.finding import XLSX, batch_for, pager_for
from lontar.ui.presenters import Query

_PIECE = 2_000
KINDS: Final = ("otomatis", "baru")


@requires(policies.check_see_batches)
def matched(request: HttpRequest, number: int, kind: str) -> HttpResponseBase:
    """Rows of one kind, with the reasons of each."""
    batch = batch_for(request, number)
    if kind not in KINDS:
        return redirect("intake:batch", number)
    if (asked := request.GET.get("format")) in {"csv", "xlsx"}:
        return _export(batch, kind, str(asked))
    query = Query.of(request)
    count = queries.linked_rows(batch).count() if kind == "otomatis" else queries.new_rows(batch).count()
    pager, page = pager_for(query, count)
    context = {
        "table": shown.matched_table(_lines(batch, kind, page), kind=kind, query=query, pager=pager),
        "title": shown.kind_title(kind),
        "file_name": batch.file_name,
        "crumbs": presenters.crumbs((f"#{batch.pk}", reverse("intake:batch", args=[number])), (_("Pencocokan"), "")),
    }
    return render(request, "intake/matched.html", context)


def _lines(batch: Batch, kind: str, page: slice) -> list[MatchLine]:
    if kind == "otomatis":
        return queries.linked_lines(list(queries.linked_rows(batch)[page]))
    return queries.new_lines(list(queries.new_rows(batch)[page]))


def _export(batch: Batch, kind: str, form: str) -> HttpResponseBase:
    def lines() -> Iterator[list[object]]:
        if kind == "otomatis":
            for linked in queries.in_pieces(queries.linked_rows(batch).iterator(_PIECE), _PIECE):
                yield from (shown.export_line(one) for one in queries.linked_lines(linked))
        else:
            for new in queries.in_pieces(queries.new_rows(batch).iterator(_PIECE), _PIECE):
                yield from (shown.export_line(one) for one in queries.new_lines(new))

    name = f"pencocokan-{kind}-kiriman-{batch.pk}"
    if form == "csv":
        return csv_reply(name, shown.EXPORT_HEADER, lines())
    target = tempfile.TemporaryFile(dir=places.inside("tmp"))
    write_xlsx_rows(target, shown.EXPORT_HEADER, lines(), kinds=shown.EXPORT_KINDS, title="Pencocokan")
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
