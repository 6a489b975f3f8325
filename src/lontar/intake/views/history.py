"""The history of batches: filtered, counted, taken away as a list."""

from __future__ import annotations

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from lontar.access.doors import post_of, requires
from lontar.access.views.replies import csv_reply
from lontar.engines.tabular import write_xlsx_rows
from lontar.host import places
from lontar.intake import policies, presenters, queries
from lontar.intake.datasets import DATASETS
from lontar.intake.forms import HistoryFilter
from lontar.intake.presenters.history import EXPORT_HEADER, EXPORT_KINDS, export_line
from lontar.intake.views.finding import XLSX, pager_for
from lontar.ui.presenters import Query

_NAME = "kiriman-data"


@requires(policies.check_see_batches)
def history(request: HttpRequest) -> HttpResponseBase:
    """Batches of the reader's region, newest first."""
    form = HistoryFilter(request.GET or None)
    form.is_valid()
    chosen = getattr(form, "cleaned_data", {})
    agency = chosen.get("instansi")
    found = queries.batches(
        dataset=chosen.get("jenis", ""), agency_code=agency.code if agency else "", state=chosen.get("keadaan", "")
    )
    if request.GET.get("format") == "csv":
        return csv_reply(_NAME, EXPORT_HEADER, (export_line(one) for one in found.iterator(chunk_size=500)))
    if request.GET.get("format") == "xlsx":
        target = tempfile.TemporaryFile(dir=places.inside("tmp"))
        lines = (export_line(one) for one in found.iterator(chunk_size=500))
        write_xlsx_rows(target, EXPORT_HEADER, lines, kinds=EXPORT_KINDS, title="Kiriman")
        target.seek(0)
        return FileResponse(target, as_attachment=True, filename=f"{_NAME}.xlsx", content_type=XLSX)
    query = Query.of(request)
    pager, page = pager_for(query, found.count())
    words = _words(form, chosen)
    may_submit = policies.check_submit.can(post_of(request))
    table = presenters.history_table(query, list(found[page]), pager=pager, words=words, can_submit=may_submit)
    context = {"table": table, "form": form, "query": query, "may_submit": may_submit, "crumbs": presenters.crumbs()}
    return render(request, "intake/history.html", context)


def _words(form: HistoryFilter, chosen: dict[str, object]) -> dict[str, str]:
    """Each active filter as its chip says it."""
    found = {}
    if chosen.get("jenis"):
        found["jenis"] = _(DATASETS[str(chosen["jenis"])].title)
    if chosen.get("instansi"):
        found["instansi"] = str(chosen["instansi"])
    if chosen.get("keadaan"):
        labels = dict(form.fields["keadaan"].choices)  # type: ignore[attr-defined]  # a ChoiceField
        found["keadaan"] = str(labels[chosen["keadaan"]])
    return found
