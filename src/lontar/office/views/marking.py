"""Verification: of one enterprise, of many after a confirmation that names how many, and its undoing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.models import Post
from lontar.office import actions
from lontar.office.actions import Marked
from lontar.office.forms.lists import EnterpriseListFilter
from lontar.office.presenters.words import crumbs
from lontar.office.queries import enterprises as queries
from lontar.office.queries.marking import plan
from lontar.office.views.replies import whole
from lontar.registry import policies
from lontar.registry.queries import EnterpriseFilter
from lontar.ui import formats
from lontar.ui.presenters import Confirm, Query

GIVES = {"verifikasi": True, "batalkan": False}
_SURE = "yakin"


@requires(policies.check_verify_enterprises)
@require_POST
def verify(request: HttpRequest, act: str) -> HttpResponse:
    """Mark the picked rows, or everything that the list finds: first what would happen, then, once confirmed, it."""
    post, gives = post_of(request), GIVES[act]
    policies.check_verify_within(post, post.region_code)
    form = EnterpriseListFilter(request.GET, within=post.region_code)
    ids = None if request.POST.get("semua") else [pk for pk in map(whole, request.POST.getlist("pilih")) if pk]
    back = Query(reverse("office:enterprises"), Query.of(request).pairs).but({})
    if ids == []:
        messages.error(request, _("Pilih dahulu paling sedikit satu usaha."))
        return redirect(back)
    asked = form.asked()
    if request.POST.get(_SURE):
        done = actions.mark_verified(
            asked=asked, ids=ids, verified=gives, by=person_of(request), post=post, at=timezone.now()
        )
        _tell(request, done, gives=gives)
        return redirect(back)
    return _ask(request, asked, ids, post=post, gives=gives, back=back)


def _ask(
    request: HttpRequest, asked: EnterpriseFilter, ids: list[int] | None, *, post: Post, gives: bool, back: str
) -> HttpResponse:
    will = plan(asked, ids, within=post.region_code, verified=gives)
    number = formats.number(will.changing)
    if not will.changing:
        words = _("sudah terverifikasi atau tutup") if gives else _("belum terverifikasi")
        messages.info(request, _("Tidak ada yang berubah: usaha yang dipilih %(state)s.") % {"state": words})
        return redirect(back)
    title = (
        ngettext("Verifikasi %(number)s usaha?", "Verifikasi %(number)s usaha?", will.changing)
        if gives
        else ngettext("Batalkan verifikasi %(number)s usaha?", "Batalkan verifikasi %(number)s usaha?", will.changing)
    )
    said = _("%(chosen)s usaha dipilih; %(number)s akan berubah, lainnya tetap.") % {
        "chosen": formats.number(will.chosen),
        "number": number,
    }
    fields = [(_SURE, "1"), *([("semua", "1")] if ids is None else [("pilih", str(pk)) for pk in ids])]
    confirm = Confirm(
        title=title % {"number": number},
        consequence=said,
        action_url=request.get_full_path(),
        submit=_("Verifikasi") if gives else _("Batalkan verifikasi"),
        cancel_url=back,
        undo=_("Dapat diurungkan sesudahnya."),
        fields=fields,
    )
    trail = crumbs((_("Usaha"), back), (confirm.title, ""))
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": trail})


def _tell(request: HttpRequest, done: Marked, *, gives: bool) -> None:
    said = (
        ngettext("%(number)s usaha diverifikasi.", "%(number)s usaha diverifikasi.", done.number)
        if gives
        else ngettext("Verifikasi %(number)s usaha dibatalkan.", "Verifikasi %(number)s usaha dibatalkan.", done.number)
    ) % {"number": formats.number(done.number)}
    if not done.number:
        messages.info(request, said)
        return
    undo = reverse("office:verify_undo", args=[done.event])
    messages.success(request, format_html('{} <a href="{}" data-dialog>{}</a>', said, undo, _("Urungkan")))


@requires(policies.check_verify_enterprises)
@require_POST
def verify_one(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Mark one enterprise."""
    post, found = post_of(request), queries.dossier(pk)
    if found is None:
        return redirect("office:enterprises")
    policies.check_verify_within(post, found.enterprise.village_id)
    gives = GIVES[act]
    done = actions.mark_verified(
        asked=EnterpriseFilter(), ids=[pk], verified=gives, by=person_of(request), post=post, at=timezone.now()
    )
    _tell(request, done, gives=gives)
    return redirect("office:enterprise", pk=pk)


@requires(policies.check_verify_enterprises)
def verify_undo(request: HttpRequest, event: UUID) -> HttpResponse:
    """Take a verification in bulk back, as far as nobody touched the marks since."""
    post, back = post_of(request), reverse("office:enterprises")
    policies.check_verify_within(post, post.region_code)
    if request.method == "POST":
        try:
            done = actions.undo_marking(event=event, by=person_of(request), post=post, at=timezone.now())
            said = ngettext("Diurungkan untuk %(number)s usaha.", "Diurungkan untuk %(number)s usaha.", done.number)
            messages.success(request, said % {"number": formats.number(done.number)})
        except actions.NothingToUndo as problem:
            messages.error(request, problem.reason)
        return redirect(back)
    confirm = Confirm(
        title=_("Urungkan tindakan ini?"),
        consequence=_("Tanda verifikasi kembali seperti sebelumnya, kecuali yang sudah diubah orang lain sesudahnya."),
        action_url=request.path,
        submit=_("Urungkan"),
        cancel_url=back,
    )
    trail = crumbs((_("Usaha"), back), (confirm.title, ""))
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": trail})
