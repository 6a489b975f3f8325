"""Signing by rows or by filter after a confirmation that names how many and what is left out, withdrawing, undoing.

`verifikasi` on the list of enterprises signs every section that the reader's agency answers for; the lists of sections
sign one.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.office.forms.lists import EnterpriseListFilter
from lontar.office.presenters.marking import left_out_words
from lontar.office.presenters.words import crumbs
from lontar.office.queries import enterprises as queries
from lontar.office.queries.marking import Plan, plan
from lontar.office.views.replies import whole
from lontar.registry.policies import check_verify_within
from lontar.ui import formats
from lontar.ui.presenters import Confirm, Query
from lontar.verification import actions, policies
from lontar.verification.actions import Done
from lontar.verification.queries.choosing import Choice

GIVES = {"verifikasi": True, "batalkan": False}
SURE = "yakin"


@requires(policies.check_sign)
@require_POST
def verify(request: HttpRequest, act: str) -> HttpResponse:
    """Sign the picked rows, or everything that the list finds: first what would happen, then, once confirmed, it."""
    post, gives = post_of(request), GIVES[act]
    check_verify_within(post, post.region_code)
    form = EnterpriseListFilter(request.GET, within=post.region_code)
    ids = picked(request)
    back = Query(reverse("office:enterprises"), Query.of(request).pairs).but({})
    if ids == []:
        messages.error(request, _("Pilih dahulu paling sedikit satu usaha."))
        return redirect(back)
    choice = Choice(form.asked(), ids)
    if request.POST.get(SURE):
        work = actions.sign_enterprises if gives else actions.withdraw_enterprises
        done = work(choice=choice, by=person_of(request), post=post, at=timezone.now())
        tell(request, done, gives=gives)
        return redirect(back)
    will = plan(choice, (), post=post, day=timezone.localdate(), gives=gives)
    return ask(request, will, gives=gives, back=back, trail=(_("Usaha"), back))


def picked(request: HttpRequest) -> list[int] | None:
    """The rows that were picked; None for all that the list finds."""
    if request.POST.get("semua"):
        return None
    return [pk for pk in map(whole, request.POST.getlist("pilih")) if pk]


def ask(request: HttpRequest, will: Plan, *, gives: bool, back: str, trail: tuple[str, str]) -> HttpResponse:
    """The confirmation: how many, and what is left out and why; back to the list when nothing would change."""
    left = left_out_words(will)
    if not will.changing:
        words = _("Tidak ada yang berubah.") if not left else _("Tidak ada yang berubah: %(left)s.") % {"left": left}
        messages.info(request, words)
        return redirect(back)
    number = formats.number(will.changing)
    title = (
        ngettext("Verifikasi %(number)s usaha?", "Verifikasi %(number)s usaha?", will.changing)
        if gives
        else ngettext("Batalkan verifikasi %(number)s usaha?", "Batalkan verifikasi %(number)s usaha?", will.changing)
    )
    said = _("%(chosen)s usaha dipilih; %(number)s akan berubah.") % {
        "chosen": formats.number(will.chosen),
        "number": number,
    }
    if left:
        said = _("%(said)s Tidak diikutkan: %(left)s.") % {"said": said, "left": left}
    fields = [(SURE, "1"), *((name, value) for name in ("semua", "pilih") for value in request.POST.getlist(name))]
    confirm = Confirm(
        title=title % {"number": number},
        consequence=said,
        action_url=request.get_full_path(),
        submit=_("Verifikasi") if gives else _("Batalkan verifikasi"),
        cancel_url=back,
        undo=_("Dapat diurungkan sesudahnya."),
        fields=fields,
    )
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": crumbs(trail, (confirm.title, ""))})


def tell(request: HttpRequest, done: Done, *, gives: bool) -> None:
    """What was done, with the way back."""
    said = (
        ngettext("%(number)s usaha diverifikasi.", "%(number)s usaha diverifikasi.", done.subjects)
        if gives
        else ngettext(
            "Verifikasi %(number)s usaha dibatalkan.", "Verifikasi %(number)s usaha dibatalkan.", done.subjects
        )
    ) % {"number": formats.number(done.subjects)}
    if not done.subjects:
        messages.info(request, said)
        return
    tell_undo(request, said, done)


def tell_undo(request: HttpRequest, said: str, done: Done) -> None:
    """A message with the way back."""
    undo = reverse("office:verify_undo", args=[done.event])
    messages.success(request, format_html('{} <a href="{}" data-dialog>{}</a>', said, undo, _("Urungkan")))


@requires(policies.check_sign)
@require_POST
def verify_one(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Sign one enterprise in every section that the reader's agency answers for, or withdraw."""
    post, found = post_of(request), queries.dossier(pk)
    if found is None:
        return redirect("office:enterprises")
    check_verify_within(post, found.enterprise.village_id)
    gives = GIVES[act]
    work = actions.sign_enterprises if gives else actions.withdraw_enterprises
    done = work(choice=Choice(ids=[pk]), by=person_of(request), post=post, at=timezone.now())
    tell(request, done, gives=gives)
    return redirect("office:enterprise", pk=pk)


@requires(policies.check_sign)
def verify_undo(request: HttpRequest, event: UUID) -> HttpResponse:
    """Take signing or withdrawing back, as far as nobody signed or withdrew since."""
    post, back = post_of(request), request.GET.get("kembali", "")
    if not back.startswith("/kantor/"):
        back = reverse("office:enterprises")
    if request.method == "POST":
        try:
            done = actions.undo_act(act_id=event, by=person_of(request), post=post, at=timezone.now())
            said = ngettext("Diurungkan untuk %(number)s usaha.", "Diurungkan untuk %(number)s usaha.", done.subjects)
            messages.success(request, said % {"number": formats.number(done.subjects)})
        except actions.NothingToUndo as problem:
            messages.error(request, problem.reason)
        return redirect(back)
    if request.method not in ("GET", "HEAD"):
        raise Http404
    confirm = Confirm(
        title=_("Urungkan tindakan ini?"),
        consequence=_("Tanda verifikasi kembali seperti sebelumnya, kecuali yang sudah diubah orang lain sesudahnya."),
        action_url=request.get_full_path(),
        submit=_("Urungkan"),
        cancel_url=back,
    )
    trail = crumbs((_("Usaha"), back), (confirm.title, ""))
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": trail})
