"""The list of returned fields, and undoing a return in bulk."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.office.forms.sections import ReturnListFilter
from lontar.office.presenters import sections as presenters
from lontar.office.presenters.sheets import paging
from lontar.office.presenters.words import crumbs
from lontar.office.queries.sections import returns_of
from lontar.office.states import ListKey
from lontar.office.views.replies import ListPage, chips, export_of, list_page
from lontar.ui import formats
from lontar.ui.presenters import Confirm, Query
from lontar.verification import actions, policies
from lontar.verification.models import FieldReturn
from lontar.verification.queries.returns import names_of


@requires(policies.check_see_sections)
def returns(request: HttpRequest) -> HttpResponseBase:
    """Returned fields of the region: those that wait for me, answers that I review, all of them."""
    post, query = post_of(request), Query.of(request)
    form = ReturnListFilter(request.GET, within=post.region_code)
    found = returns_of(post, region=form.region or "", mine=form.value("untuk"), state=form.value("keadaan"))
    sheet = presenters.returns_sheet()
    if request.GET.get("format"):
        export = export_of(request, sheet, _rows(list(found[:100_000])))
        if export is not None:
            return export
    pager = paging(query, found.count())
    rows = _rows(list(found[(pager.page - 1) * pager.size : pager.page * pager.size]))
    title, above = str(ListKey.RETURNS.label), str(ListKey.SECTIONS.label)
    page = ListPage(title, ListKey.RETURNS, crumbs((above, reverse("office:sections")), (title, "")))
    return list_page(
        request, page, table=sheet.table(pager, rows, link=presenters.return_link, chips=chips(form, query)), form=form
    )


def _rows(found: list[FieldReturn]) -> list[presenters.ReturnRow]:
    names = names_of(found)
    return [
        presenters.ReturnRow(one, names.get(one.enterprise_id, "–") if one.enterprise_id else one.village.name)
        for one in found
    ]


@requires(policies.check_return)
def returns_undo(request: HttpRequest, event: UUID) -> HttpResponse:
    """Withdraw every return of one act that nobody answered yet."""
    back = reverse("office:returns")
    if request.method == "POST":
        done = actions.undo_returns(act_id=event, by=person_of(request), post=post_of(request), at=timezone.now())
        said = _("%(number)s pengembalian ditarik.") % {"number": formats.number(done.rows)}
        messages.success(request, said)
        return redirect(back)
    confirm = Confirm(
        title=_("Tarik pengembalian ini?"),
        consequence=_("Yang sudah dijawab tetap menunggu pemeriksaan Anda."),
        action_url=request.path,
        submit=_("Tarik pengembalian"),
        cancel_url=back,
    )
    trail = crumbs((str(ListKey.RETURNS.label), back), (confirm.title, ""))
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": trail})
