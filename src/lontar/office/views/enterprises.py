"""Enterprises: the list with its side panel and exports, one enterprise in full, changing it, closing and reopening it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.access.models import Post
from lontar.audit.presenters import history_entries
from lontar.audit.queries import history_of
from lontar.office.forms.enterprise import AsAtForm, EnterpriseForm
from lontar.office.forms.lists import EnterpriseListFilter
from lontar.office.presenters import claims as claim_presenters
from lontar.office.presenters import enterprise as presenters
from lontar.office.presenters import enterprises as listed
from lontar.office.presenters.merging import absorbed
from lontar.office.presenters.sheets import paging
from lontar.office.presenters.words import crumbs
from lontar.office.queries import claims as claim_queries
from lontar.office.queries import enterprises as queries
from lontar.office.queries.enterprises import Dossier
from lontar.office.queries.merging import merges_of
from lontar.office.states import ListKey
from lontar.office.views.replies import (
    ListPage,
    Panel,
    chips,
    export_of,
    list_page,
    opened,
    wants_panel_only,
    whole,
)
from lontar.registry import actions as registry
from lontar.registry import policies
from lontar.registry.models import Enterprise
from lontar.registry.queries import count_office
from lontar.registry.queries.merging import standing_for
from lontar.registry.rules import bands_as_at
from lontar.registry.states import EnterpriseStatus
from lontar.ui.presenters import BulkAction, Confirm, EmptyState, Link, PanelHead, Query, Status, Tone
from lontar.ui.presenters.query import OPEN
from lontar.verification.presenters.sections import enterprise_block
from lontar.verification.queries.standing import newest_event


@requires(policies.check_read_enterprises)
def enterprises(request: HttpRequest) -> HttpResponseBase:
    """Enterprises of the post's region, filtered, ordered and paged by the address."""
    post, query = post_of(request), Query.of(request)
    page = ListPage(_("Usaha"), ListKey.ENTERPRISES, crumbs((_("Usaha"), "")), panel=_panel(query, post))
    form = EnterpriseListFilter(request.GET, within=post.region_code)
    if wants_panel_only(request):
        return list_page(request, page, table=None, form=form)
    asked, sheet = form.asked(), listed.sheet()
    sort = sheet.sort_of(query)
    export = export_of(
        request,
        sheet,
        queries.all_rows(asked, within=post.region_code, sort=sort),
        csv=lambda keys: queries.csv_rows(listed.fields(keys), asked, within=post.region_code, sort=sort),
    )
    if export is not None:
        return export
    pager = paging(query, count_office(asked, within=post.region_code))
    rows = queries.page_rows(
        asked,
        within=post.region_code,
        sort=sort,
        count=pager.count,
        limit=pager.size,
        offset=(pager.page - 1) * pager.size,
    )
    table = sheet.table(
        pager,
        rows,
        link=listed.link_of,
        chips=chips(form, query),
        bulk=_bulk(post, query),
        empty=None if form.words() else _nothing_yet(),
    )
    return list_page(request, page, table=table, form=form)


def _bulk(post: Post, query: Query) -> list[BulkAction]:
    if not policies.check_verify_within.can(post, post.region_code):
        return []
    here = Query(reverse("office:enterprises"), query.pairs)
    tail = here.but({}).partition("?")[2]
    return [
        BulkAction(_("Verifikasi"), f"{reverse('office:verify', args=['verifikasi'])}?{tail}", "check"),
        BulkAction(_("Batalkan verifikasi"), f"{reverse('office:verify', args=['batalkan'])}?{tail}", "undo"),
    ]


def _nothing_yet() -> EmptyState:
    return EmptyState(
        _("Belum ada usaha di wilayah Anda."),
        _("Kirim daftar usaha instansi Anda; baris yang benar langsung masuk ke sini."),
        Link(_("Kirim daftar usaha"), reverse("intake:upload"), "upload"),
    )


def _panel(query: Query, post: Post) -> Panel | None:
    if not opened(query):
        return None
    found = queries.dossier(whole(opened(query)))
    close = query.without(OPEN)
    if found is None:
        return Panel(PanelHead(_("Usaha tidak ditemukan di wilayah Anda"), close))
    head = PanelHead(found.enterprise.name, close, reverse("office:enterprise", args=[found.enterprise.pk]))
    return Panel(head, "office/parts/enterprise.html", _context(found, post, level=3))


def _context(found: Dossier, post: Post, *, level: int) -> dict[str, Any]:
    today = timezone.localdate()
    one = found.enterprise
    may_reveal = policies.check_reveal_value.can(post, one.village_id)
    return {
        "level": level,
        "is_closed": one.status == EnterpriseStatus.CLOSED,
        "facts": presenters.facts(found),
        "owner": presenters.owner_facts(found.owner, one.pk, may_reveal=may_reveal) if found.owner else None,
        "sizes": presenters.size_classes(one, bands_as_at(today)),
        "products": presenters.products_table(found.products),
        "licences": presenters.licences_table(found.licences, today),
        "memberships": presenters.membership_links(found.memberships),
    }


def dossier_or_404(pk: int) -> Dossier:
    """The enterprise within the reader's region; 404 for any other, whether it exists or not."""
    found = queries.dossier(pk)
    if found is None:
        raise Http404
    return found


@requires(policies.check_read_enterprises)
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """One enterprise with its history; the address of one that was merged leads to the record that it is part of."""
    if (stands := standing_for(pk)) is not None:
        return redirect("office:enterprise", pk=stands)
    post, found = post_of(request), dossier_or_404(pk)
    one, asked = found.enterprise, AsAtForm(request.GET if "per" in request.GET else None)
    day = asked.cleaned_data["per"] if asked.is_bound and asked.is_valid() else None
    may_merge = policies.check_merge_within.can(post, [one.village_id])
    buttons = presenters.buttons(
        one,
        may_edit=policies.check_edit_enterprise.can(post, one.village_id),
        may_verify=policies.check_verify_within.can(post, one.village_id),
        may_merge=may_merge,
    )
    context = {
        **_context(found, post, level=2),
        **_told(found, post, day=day),
        "as_at_form": asked,
        "name": one.name,
        "about": ", ".join([part for part in (one.main_product, one.village.name) if part]),
        "main_buttons": buttons[:2],
        "more_buttons": buttons[2:],
        "absorbed": absorbed(merges_of(pk), may_undo=may_merge),
        "sections": enterprise_block(pk, one.village_id, post, timezone.localdate(), seen=newest_event(pk)),
        "entries": history_entries(history_of(one, post)),
        "crumbs": crumbs((_("Usaha"), reverse("office:enterprises")), (one.name, "")),
    }
    return render(request, "office/enterprise.html", context)


def _told(found: Dossier, post: Post, *, day: date | None) -> dict[str, Any]:
    """What agencies claim, now or until the end of a day, and the record as it was then."""
    may_accept = day is None and policies.check_accept_within.can(post, found.enterprise.village_id)
    told = claim_queries.told_of(found.enterprise, day or timezone.localdate())
    voices = claim_presenters.voices(told, found.enterprise.pk, may_accept=may_accept)
    context: dict[str, Any] = {
        "differing": [one for one in voices if one.is_open],
        "agreed": [one for one in voices if not one.is_open],
        "open_badge": Status(_("Belum diputuskan"), Tone.WARN),
    }
    if day is None:
        return context
    then = claim_queries.dossier_as_at(found, day)
    if then is not None:
        context |= {key: value for key, value in _context(then, post, level=2).items() if key in _OF_A_DAY}
    return context | {"as_at": day, "was_known": then is not None}


_OF_A_DAY = ("facts", "owner", "sizes", "is_closed")


@requires(policies.check_edit_enterprises)
def enterprise_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an enterprise; what somebody else changed meanwhile is never overwritten."""
    post, found = post_of(request), dossier_or_404(pk)
    policies.check_edit_enterprise(post, found.enterprise.village_id)
    form = EnterpriseForm(request.POST or None, enterprise=found.enterprise)
    if request.method == "POST" and form.is_valid():
        changes = form.changes()
        if not changes:
            messages.info(request, _("Tidak ada yang diubah."))
            return redirect("office:enterprise", pk=pk)
        try:
            changed = registry.change_enterprise(
                enterprise_id=pk,
                values=changes,
                read_at=form.cleaned_data["read_at"],
                by=person_of(request),
                post=post,
                at=timezone.now(),
            )
        except registry.EnterpriseInvalid as problem:
            form.show_faults(problem.faults)
        except registry.ChangedMeanwhile:
            return _conflict(request, form, pk)
        else:
            _tell_changed(request, form, changed, changes)
            return redirect("office:enterprise", pk=pk)
    return _form_page(request, form, found)


def _tell_changed(request: HttpRequest, form: EnterpriseForm, changed: Enterprise, changes: Mapping[str, Any]) -> None:
    """Say plainly which of the values did not come into force, because another agency is the authority."""
    held = form.not_in_force(changed, changes)
    if not held:
        messages.success(request, _("Perubahan disimpan."))
        return
    messages.warning(
        request,
        _("Tercatat sebagai klaim instansi Anda: %(fields)s. Yang berlaku tetap nilai instansi yang berwenang.")
        % {"fields": ", ".join(held)},
    )


def _form_page(
    request: HttpRequest, form: EnterpriseForm, found: Dossier, *, conflict: Sequence[tuple[str, str, str]] = ()
) -> HttpResponse:
    one = found.enterprise
    here = reverse("office:enterprise", args=[one.pk])
    context = {
        "form": form,
        "name": one.name,
        "back": here,
        "conflict": conflict,
        "crumbs": crumbs((_("Usaha"), reverse("office:enterprises")), (one.name, here), (_("Ubah"), "")),
    }
    status = 409 if conflict else 422 if form.is_bound and form.errors else 200
    return render(request, "office/enterprise_form.html", context, status=status)


def _conflict(request: HttpRequest, form: EnterpriseForm, pk: int) -> HttpResponse:
    """Somebody was faster: what they left and what was written here, side by side, to be sent once more or given up."""
    found = dossier_or_404(pk)
    merged = form.over(found.enterprise)
    return _form_page(request, merged, found, conflict=form.differences(merged))


STEPS = {
    "tutup": EnterpriseStatus.CLOSED,
    "istirahat": EnterpriseStatus.DORMANT,
    "buka": EnterpriseStatus.ACTIVE,
}


@requires(policies.check_edit_enterprises)
def enterprise_status(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Close an enterprise, let it rest, or open it again, after a confirmation."""
    post, found = post_of(request), dossier_or_404(pk)
    one = found.enterprise
    policies.check_edit_enterprise(post, one.village_id)
    back = reverse("office:enterprise", args=[pk])
    if request.method == "POST":
        try:
            changed = registry.change_status(
                enterprise_id=pk, status=STEPS[step], by=person_of(request), post=post, at=timezone.now()
            )
            status = EnterpriseStatus(changed.status)
            if status == STEPS[step]:
                messages.success(request, _("Status usaha menjadi “%(status)s”.") % {"status": status.label})
            else:
                messages.warning(
                    request,
                    _("Tercatat sebagai klaim instansi Anda. Yang berlaku tetap “%(status)s” menurut instansi lain.")
                    % {"status": status.label},
                )
        except registry.NoSuchTransition as problem:
            messages.error(request, problem.reason)
        return redirect(back)
    confirm = presenters.status_confirm(one, step, action_url=request.path, cancel_url=back)
    return confirm_page(request, confirm, (_("Usaha"), reverse("office:enterprises")), (one.name, back))


def confirm_page(request: HttpRequest, confirm: Confirm, *steps: tuple[str, str]) -> HttpResponse:
    """What will happen, before it does."""
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": crumbs(*steps, (confirm.title, ""))})
