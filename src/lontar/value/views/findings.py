"""The findings of a faulty list as a workbook or CSV.

A faulty list is refused whole and nothing of it is kept; its findings travel signed in the page that told them, so that they
come back as they were told and cannot be made up.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lontar.access.doors import requires
from lontar.access.views.replies import csv_reply
from lontar.value import policies
from lontar.value.presenters import trade
from lontar.value.rules.trade import Fault
from lontar.value.views.kept import workbook

SALT = "value.trade.findings"
A_DAY = 86_400
MOST = 10_000
NAME = "temuan-neraca"


def sealed(faults: Sequence[Fault]) -> str:
    """The first `MOST` findings as signed text for the page."""
    rows = [[one.row, one.column, one.value, one.cure] for one in faults[:MOST]]
    return signing.dumps(rows, salt=SALT, compress=True)


@requires(policies.check_load)
def findings(request: HttpRequest) -> HttpResponseBase:
    """The findings that a page told, as XLSX or (`bentuk` csv) CSV; a day later the list is to be sent again."""
    if request.method != "POST":
        return redirect("value:load")
    try:
        rows = signing.loads(request.POST.get("temuan", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        messages.error(request, _("Temuan ini tidak berlaku lagi. Kirim daftarnya sekali lagi."))
        return redirect("value:load")
    sheet = trade.faults_sheet(rows)
    if request.POST.get("bentuk") == "csv":
        return csv_reply(NAME, [str(head) for head in sheet.heads], sheet.rows)
    answer: HttpResponse = workbook(sheet, NAME)
    return answer
