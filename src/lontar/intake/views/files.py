"""Workbooks that go out: the template of a dataset, and the rows of a batch with its findings marked, for its sender."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.intake import actions, policies
from lontar.intake.datasets import DATASETS
from lontar.intake.steps import marking
from lontar.intake.views.finding import XLSX, batch_for


@requires(policies.check_submit)
def template(request: HttpRequest, key: str) -> HttpResponseBase:
    """The empty workbook of a dataset: drop-downs, examples, every column explained."""
    del request
    if key not in DATASETS:
        raise Http404
    opened = marking.opened_template_workbook(key)
    return FileResponse(opened, as_attachment=True, filename=f"templat-{key}.xlsx", content_type=XLSX)


@requires(policies.check_submit)
def workbook(request: HttpRequest, number: int) -> HttpResponseBase:
    """The rows that wait, or all rows (`?baris=semua`), with what is wrong marked in them."""
    batch = batch_for(request, number, policies.check_take_workbook)
    if not batch.columns:
        raise Refused(actions.unread_reason(batch))
    actions.note_workbook_taken(batch=batch, by=person_of(request), post=post_of(request), at=timezone.now())
    opened = marking.opened_marked_workbook(batch, only_problem_rows=request.GET.get("baris") != "semua")
    name = f"{PurePath(batch.file_name).stem[:80]}-bertanda.xlsx"
    return FileResponse(opened, as_attachment=True, filename=name, content_type=XLSX)
