"""Signing, withdrawing and returning one section by rows or by filter, after a confirmation."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.office.presenters.marking import left_out_words
from lontar.office.presenters.words import crumbs
from lontar.office.queries.marking import Plan, plan, plan_villages
from lontar.office.views.marking import SURE, picked
from lontar.office.views.sections import enterprise_choice, village_choice
from lontar.ui import formats
from lontar.ui.presenters import Confirm, Query
from lontar.verification import actions, policies
from lontar.verification.actions import Done
from lontar.verification.forms import ReturnForm
from lontar.verification.queries.choosing import Choice, VillageChoice, ids_of
from lontar.verification.queries.sections import SectionView, duties_of
from lontar.verification.states import SubjectKind


@requires(policies.check_see_sections)
@require_POST
def mark_enterprises(request: HttpRequest, act: str) -> HttpResponse:
    """Sign or withdraw the section of the picked enterprises or all that the list finds, or return one field of theirs."""
    post = post_of(request)
    _form, section, choice = enterprise_choice(request, post)
    ids = picked(request)
    if ids is not None:
        choice = Choice(ids=ids)
    back = Query(reverse("office:section_enterprises"), Query.of(request).pairs).but({})
    if ids == []:
        messages.error(request, _("Pilih dahulu paling sedikit satu usaha."))
        return redirect(back)
    if act == "kembalikan":
        return _return(request, choice, section, back=back)
    gives, day = act == "sahkan", timezone.localdate()
    policies.check_sign_within(post, post.region_code, duties_of(post, day, keys=[section.key]))

    def work() -> Done:
        do = actions.sign_enterprises if gives else actions.withdraw_enterprises
        return do(choice=choice, sections=[section.key], by=person_of(request), post=post, at=timezone.now())

    return _marked(
        request,
        section,
        work,
        lambda: plan(choice, [section.key], post=post, day=day, gives=gives),
        gives=gives,
        back=back,
    )


@requires(policies.check_sign)
@require_POST
def mark_villages(request: HttpRequest, act: str) -> HttpResponse:
    """Sign or withdraw the section of the picked villages or all that the list finds, in the agency's step."""
    post, gives, day = post_of(request), act == "sahkan", timezone.localdate()
    _form, section, choice = village_choice(request, post)
    codes = None if request.POST.get("semua") else [code[:13] for code in request.POST.getlist("pilih")]
    if codes is not None:
        choice = VillageChoice(codes=codes)
    back = Query(reverse("office:section_villages"), Query.of(request).pairs).but({})
    if codes == []:
        messages.error(request, _("Pilih dahulu paling sedikit satu desa/kelurahan."))
        return redirect(back)
    policies.check_sign_within(post, post.region_code, duties_of(post, day, keys=[section.key]))

    def work() -> Done:
        do = actions.sign_villages if gives else actions.withdraw_villages
        return do(choice=choice, section=section.key, by=person_of(request), post=post, at=timezone.now())

    return _marked(
        request, section, work, lambda: plan_villages(choice, section.key, post=post, day=day, gives=gives), gives=gives,
        back=back,
    )  # fmt: skip


def _marked(
    request: HttpRequest,
    section: SectionView,
    work: Callable[[], Done],
    look: Callable[[], Plan],
    *,
    gives: bool,
    back: str,
) -> HttpResponse:
    """Do it once confirmed, and tell with the way back; before that, ask."""
    noun = _("usaha") if section.subject is SubjectKind.ENTERPRISE else _("desa/kelurahan")
    if not request.POST.get(SURE):
        return _ask(request, section, look(), gives=gives, back=back, noun=noun)
    done = work()
    said = (
        _("%(number)s %(noun)s disahkan: %(section)s.")
        if gives
        else _("Ditarik untuk %(number)s %(noun)s: %(section)s.")
    )
    words = said % {"number": formats.number(done.subjects), "noun": noun, "section": section.name}
    undo = f"{reverse('office:verify_undo', args=[done.event])}?{urlencode({'kembali': back})}"
    messages.success(request, format_html('{} <a href="{}" data-dialog>{}</a>', words, undo, _("Urungkan")))
    return redirect(back)


def _ask(request: HttpRequest, section: SectionView, will: Plan, *, gives: bool, back: str, noun: str) -> HttpResponse:
    left = left_out_words(will)
    if not will.changing:
        messages.info(
            request, _("Tidak ada yang berubah: %(left)s.") % {"left": left} if left else _("Tidak ada yang berubah.")
        )
        return redirect(back)
    values = {"section": section.name, "number": formats.number(will.changing), "noun": noun, "left": left}
    title = (
        _("Sahkan %(section)s dari %(number)s %(noun)s?")
        if gives
        else _("Tarik pengesahan %(section)s dari %(number)s %(noun)s?")
    )
    said = _("%(chosen)s dipilih; %(number)s akan berubah.") % {"chosen": formats.number(will.chosen), **values}
    if left:
        said = _("%(said)s Tidak diikutkan: %(left)s.") % {"said": said, "left": left}
    confirm = Confirm(
        title=title % values,
        consequence=said,
        action_url=request.get_full_path(),
        submit=_("Sahkan") if gives else _("Tarik pengesahan"),
        cancel_url=back,
        undo=_("Dapat diurungkan sesudahnya."),
        fields=[(SURE, "1"), *_chosen(request)],
    )
    trail = crumbs((section.name, back), (confirm.title, ""))
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": trail})


def _chosen(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name in ("semua", "pilih") for value in request.POST.getlist(name)]


def _return(request: HttpRequest, choice: Choice, section: SectionView, *, back: str) -> HttpResponse:
    """One field of all the chosen, with one reason: first the form that says how many."""
    post = post_of(request)
    policies.check_return_within(post, post.region_code, duties_of(post, timezone.localdate(), keys=[section.key]))
    sure = bool(request.POST.get(SURE))
    initial = {"field": choice.missing} if choice.missing else {}
    form = ReturnForm(request.POST if sure else None, kind="enterprise", initial=initial)
    if sure and form.is_valid():
        try:
            done = actions.return_enterprise_field(
                choice=choice, **form.cleaned_data, by=person_of(request), post=post, at=timezone.now()
            )
        except Refused as problem:
            form.add_error(None, problem.reason)
        else:
            undo = reverse("office:returns_undo", args=[done.event])
            said = _("Isian dikembalikan untuk %(number)s usaha.") % {"number": formats.number(done.rows)}
            messages.success(request, format_html('{} <a href="{}" data-dialog>{}</a>', said, undo, _("Urungkan")))
            return redirect(back)
    number = formats.number(len(ids_of(choice, within=post.region_code)))
    context = {
        "form": form,
        "title": _("Kembalikan satu isian dari %(number)s usaha") % {"number": number},
        "back": back,
        "fields": [(SURE, "1"), *_chosen(request)],
        "action_url": request.get_full_path(),
        "crumbs": crumbs((section.name, back), (_("Kembalikan satu isian"), "")),
    }
    return render(request, "office/return_many.html", context, status=422 if sure else 200)
