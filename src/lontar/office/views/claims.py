"""Claims on screens: the list of disagreements, accepting a claim and taking that back, the authority table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.models import Post
from lontar.access.policies import Refused, check_work
from lontar.access.states import AgencyKind
from lontar.office.forms.claims import AuthorityForm, DisagreementFilter, ReasonForm, SettleForm
from lontar.office.presenters import claims as presenters
from lontar.office.presenters.sheets import paging
from lontar.office.presenters.words import crumbs
from lontar.office.queries import claims as queries
from lontar.office.queries.goods import Asked
from lontar.office.states import ListKey
from lontar.office.views.enterprises import dossier_or_404
from lontar.office.views.replies import ListPage, chips, export_of, list_page, whole
from lontar.registry import actions as registry
from lontar.registry import policies, tasks
from lontar.registry.models import Acceptance
from lontar.registry.rules.claims import ENTERPRISE, FIELD_KEYS
from lontar.registry.states import Topic
from lontar.ui import formats
from lontar.ui.presenters import BulkAction, Confirm, EmptyState, Query

MOST = 10_000  # records that one decision may be about


def _filter(request: HttpRequest, post: Post) -> DisagreementFilter:
    choices = {
        "isian": presenters.field_choices(),
        "instansi": queries.differing_agencies(post.region_code),
    }
    return DisagreementFilter(request.GET, within=post.region_code, choices=choices)


def _asked(form: DisagreementFilter) -> Asked:
    return queries.ask_disagreements(
        form.region, field=form.value("isian"), agency=whole(form.value("instansi")) or None
    )


@requires(policies.check_read_enterprises)
def disagreements(request: HttpRequest) -> HttpResponseBase:
    """Enterprises and owners of the region about which agencies differ, with what each says on their pages."""
    post, query, sheet = post_of(request), Query.of(request), presenters.sheet()
    form = _filter(request, post)
    asked = _asked(form)
    sort = sheet.sort_of(query)
    export = export_of(request, sheet, asked.all(sort=sort))
    if export is not None:
        return export
    pager = paging(query, asked.count())
    rows = asked.page(sort=sort, limit=pager.size, offset=(pager.page - 1) * pager.size)
    page = ListPage(
        _("Perbedaan antarinstansi"),
        ListKey.DISAGREEMENTS,
        crumbs((_("Perbedaan antarinstansi"), "")),
        lead=_(
            "Dua instansi atau lebih menyatakan hal berbeda. Nilai instansi yang berwenang berlaku sampai diputuskan lain."
        ),
    )
    bulk = []
    if policies.check_accept_within.can(post, post.region_code):
        here = Query(reverse("office:disagreements_settle"), query.pairs).but({})
        bulk = [BulkAction(_("Putuskan…"), here, "check")]
    empty = EmptyState(
        _("Tidak ada perbedaan."), _("Semua instansi menyatakan hal yang sama tentang usaha di wilayah ini.")
    )
    table = sheet.table(
        pager, rows, link=presenters.link_of, chips=chips(form, query), bulk=bulk, empty=None if form.words() else empty
    )
    return list_page(request, page, table=table, form=form)


@requires(policies.check_accept_claims)
@require_POST
def disagreements_settle(request: HttpRequest) -> HttpResponse:
    """Decide for the picked records, or for all that the list finds: first with a reason, then it is done."""
    post = post_of(request)
    policies.check_accept_within(post, post.region_code)
    chosen, back = _filter(request, post), Query(reverse("office:disagreements"), Query.of(request).pairs).but({})
    ids = _picked(request, chosen)
    if not ids:
        messages.error(request, _("Pilih dahulu paling sedikit satu usaha."))
        return redirect(back)
    if len(ids) > MOST:
        said = _("Paling banyak %(most)s catatan sekaligus. Persempit saringannya.")
        messages.error(request, said % {"most": formats.number(MOST)})
        return redirect(back)
    form = SettleForm(
        request.POST if "reason" in request.POST else None,
        agencies=queries.differing_agencies(post.region_code),
        initial={"field": chosen.value("isian")},
    )
    if form.is_bound and form.is_valid():
        number = registry.accept_many(
            disagreements=ids,
            fields=[form.cleaned_data["field"]] if form.cleaned_data["field"] else [],
            agency_id=whole(form.cleaned_data["agency"]) or None,
            reason=form.cleaned_data["reason"],
            by=person_of(request),
            post=post,
            at=timezone.now(),
        )
        said = ngettext("%(number)s isian diputuskan.", "%(number)s isian diputuskan.", number)
        messages.success(request, said % {"number": formats.number(number)})
        return redirect(back)
    title = ngettext(
        "Putuskan perbedaan pada %(number)s catatan", "Putuskan perbedaan pada %(number)s catatan", len(ids)
    )
    picked = [("semua", "1")] if request.POST.get("semua") else [("pilih", str(pk)) for pk in ids]
    return _reason_page(request, form, title=title % {"number": formats.number(len(ids))}, back=back, picked=picked)


def _picked(request: HttpRequest, chosen: DisagreementFilter) -> list[int]:
    if not request.POST.get("semua"):
        return [pk for pk in map(whole, request.POST.getlist("pilih")) if pk]
    return [row["id"] for row in _asked(chosen).page(sort="village", limit=MOST + 1)]


def _reason_page(
    request: HttpRequest, form: ReasonForm, *, title: str, back: str, picked: list[tuple[str, str]], lead: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "lead": lead,
        "back": back,
        "picked": picked,
        "crumbs": crumbs((_("Perbedaan antarinstansi"), reverse("office:disagreements")), (title, "")),
    }
    return render(request, "office/claim_accept.html", context, status=422 if form.is_bound and form.errors else 200)


@requires(policies.check_accept_claims)
def claim_accept(request: HttpRequest, pk: int, field: str, claim: int) -> HttpResponse:
    """Accept one agency's claim of one field, with a reason."""
    post, found = post_of(request), dossier_or_404(int(pk))
    one = found.enterprise
    policies.check_accept_within(post, one.village_id)
    if field not in FIELD_KEYS:
        raise Http404
    is_own = field in {part.key for part in ENTERPRISE.fields}
    told = next((part for part in queries.told_of(one, timezone.localdate()) if part.field == field), None)
    said = next((part for part in ((told.in_force, *told.others) if told else ()) if part.claim == int(claim)), None)
    if told is None or said is None:
        raise Http404
    form, back = ReasonForm(request.POST or None), f"{reverse('office:enterprise', args=[one.pk])}#klaim"
    if request.method == "POST" and form.is_valid():
        try:
            registry.accept_claim(
                subject="enterprise" if is_own else "person",
                record_id=one.pk if is_own else one.owner_id or 0,
                field=field,
                claim_id=int(claim),
                reason=form.cleaned_data["reason"],
                by=person_of(request),
                post=post,
                at=timezone.now(),
            )
        except Refused as problem:
            form.add_error(None, problem.reason)
        else:
            messages.success(request, _("Klaim diterima dan berlaku."))
            return redirect(back)
    words = {
        "field": presenters.field_label(field),
        "value": presenters.value_words(field, said.values),
        "agency": said.agency,
        "name": one.name,
    }
    return _reason_page(
        request,
        form,
        title=_("Terima klaim %(agency)s tentang %(field)s") % words,
        lead=_("%(name)s: nilai “%(value)s” berlaku sampai instansi yang berwenang menyatakan hal baru.") % words,
        back=back,
        picked=[],
    )


@requires(policies.check_accept_claims)
def claim_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an acceptance back, after a confirmation."""
    post = post_of(request)
    found = get_object_or_404(Acceptance.objects.standing(), pk=pk)
    policies.check_accept_within(post, found.village_id)
    back = reverse("office:disagreements")
    if found.enterprise_id is not None:
        back = f"{reverse('office:enterprise', args=[found.enterprise_id])}#klaim"
    if request.method == "POST":
        registry.release_acceptance(acceptance_id=found.pk, by=person_of(request), post=post, at=timezone.now())
        messages.success(request, _("Penerimaan dibatalkan; klaim instansi yang berwenang berlaku lagi."))
        return redirect(back)
    confirm = Confirm(
        title=_("Batalkan penerimaan klaim tentang %(field)s?") % {"field": presenters.field_label(found.field)},
        consequence=_("Klaim instansi yang berwenang berlaku lagi."),
        action_url=request.path,
        submit=_("Batalkan penerimaan"),
        cancel_url=back,
        undo=_("Klaim dapat diterima lagi kapan saja."),
    )
    trail = crumbs((_("Perbedaan antarinstansi"), reverse("office:disagreements")), (confirm.title, ""))
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": trail})


@requires(check_work)
def authorities(request: HttpRequest) -> HttpResponse:
    """The authority table as it holds today."""
    today = timezone.localdate()
    lines = [one for one in presenters.rank_lines(queries.authority_rows(), today) if not one.is_past]
    context = {"lines": lines, "topic": "", "form": None, "crumbs": crumbs((_("Kewenangan isian"), ""))}
    return render(request, "office/authorities.html", context)


@requires(check_work)
def authority(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic with its history; the province's administrator sets another rank from a day on."""
    if topic not in Topic.values:
        raise Http404
    post, label = post_of(request), str(Topic(topic).label)
    form = AuthorityForm(request.POST or None) if policies.check_set_authorities.can(post) else None
    if request.method == "POST":
        policies.check_set_authorities(post)
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            registry.set_authority(
                topic=Topic(topic),
                agency_kind=AgencyKind(form.cleaned_data["agency_kind"]),
                rank=form.cleaned_data["rank"],
                valid_from=form.cleaned_data["valid_from"],
                source=form.cleaned_data["source"],
                by=person_of(request),
                post=post,
                at=timezone.now(),
            )
        except registry.AuthorityRefused as problem:
            form.add_error(None, problem.reason)
        else:
            tasks.queue()
            messages.success(request, _("Urutan baru ditetapkan. Nilai yang berlaku disesuaikan mulai hari itu."))
            return redirect("office:authority", topic=topic)
    context = {
        "lines": presenters.rank_lines(queries.authority_rows(topic), timezone.localdate()),
        "topic": label,
        "form": form,
        "crumbs": crumbs((_("Kewenangan isian"), reverse("office:authorities")), (label, "")),
    }
    return render(
        request, "office/authorities.html", context, status=422 if form and form.is_bound and form.errors else 200
    )
