"""Workbooks that a batch gives: its rows with the findings marked, for the agency that sent them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath

from django.http import FileResponse, HttpRequest
from django.utils import timezone

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.host import places
from lontar.intake import actions, policies
from lontar.intake.steps import marking
from lontar.intake.views.finding import batch_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sent_file(name: str, write: Callable[[Path], None]) -> FileResponse:
    """What `write` puts into a private temporary file, which has no name any more by the time it is sent."""
    descriptor, draft = tempfile.mkstemp(dir=places.inside("tmp"), prefix=f"unduh-{os.getpid()}-", suffix=".xlsx")
    os.close(descriptor)
    try:
        write(Path(draft))
        opened = Path(draft).open("rb")
    finally:
        Path(draft).unlink(missing_ok=True)
    return FileResponse(opened, as_attachment=True, filename=name, content_type=XLSX)


@requires(policies.check_submit)
def workbook(request: HttpRequest, number: int) -> FileResponse:
    """The rows that wait, or all rows (`?baris=semua`), with what is wrong marked in them."""
    batch = batch_for(request, number, policies.check_take_workbook)
    if not batch.columns or batch.rows_total is None:
        raise Refused(actions.unread_reason(batch))
    only_waiting = request.GET.get("baris") != "semua"
    actions.note_workbook_taken(batch=batch, by=person_of(request), post=post_of(request), at=timezone.now())
    return sent_file(
        f"{PurePath(batch.file_name).stem[:80]}-bertanda.xlsx",
        lambda path: marking.write_marked_workbook(batch, path, only_problem_rows=only_waiting),
    )
