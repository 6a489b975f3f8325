"""Returns by filter with steps for many, who has not answered, one return in full with steps for one value."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.designation.views.lists import pager_of, whole_numbers
from lontar.engines.periods import Month
from lontar.registry.models import Region
from lontar.returns import actions, policies
from lontar.returns.forms import ReasonForm, ReturnFilterForm
from lontar.returns.models import Return, ReturnedValue
from lontar.returns.presenters import crumbs
from lontar.returns.presenters import lists as shown
from lontar.returns.queries.listing import ReturnFilter
from lontar.returns.queries.standing import due_month, open_months, progress, unanswered
from lontar.returns.rules.checks import label_of
from lontar.returns.rules.schema import VALUES
from lontar.returns.views.answering import month_of
from lontar.ui.presenters import Chip, Confirm, Query

_ORDERS = {"bulan": "month", "omzet": "turnover", "keadaan": "state"}


def asked_of(form: ReturnFilterForm, region: str) -> ReturnFilter:
    """What the filter asks for within the post's region."""
    form.is_valid()
    month = form.value("bulan")
    return ReturnFilter(
        form.value("wilayah") or region, month=month_of(month) if month else None, state=form.value("keadaan"),
        flagged=form.value("tanda"), category=form.value("kelompok"), words=form.value("q"),
    )  # fmt: skip


def _chips(form: ReturnFilterForm, query: Query) -> list[Chip]:
    found = []
    for name, bound in form.fields.items():
        value = form.value(name)
        if value:
            found.append(
                Chip(f"{bound.label}: {dict(getattr(bound, 'choices', ())).get(value, value)}", query.without(name))
            )
    return found


@require_GET
@requires(policies.check_see_returns)
def returns(request: HttpRequest) -> HttpResponse:
    """Returns of the post's region, filtered and paged by the address, with how the month stands."""
    post, query = post_of(request), Query.of(request)
    form = ReturnFilterForm(request.GET, within=post.region_code)
    asked = asked_of(form, post.region_code)
    pager = pager_of(query, asked.count())
    sort = query.get("urut", "-bulan")
    column = _ORDERS.get(sort.removeprefix("-"), "month")
    order = (("-" if sort.startswith("-") else "") + column, "village_id", "pk")
    rows = asked.page(limit=pager.size, offset=(pager.page - 1) * pager.size, order=order)
    month = Month.from_date(asked.month) if asked.month else due_month(timezone.localdate())
    context = {
        "form": form, "query": query, "month": month, "may_report": policies.check_report.can(post),
        "may_enrol": policies.check_enrol.can(post), "may_open": policies.check_accept.can(post),
        "figures": shown.figures_of(progress(asked.region, month.start)) if month else [],
        "table": shown.returns_table(query, rows=rows, pager=pager, chips=_chips(form, query), post=post), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "returns/returns.html", context)


@require_GET
@requires(policies.check_see_returns)
def missing(request: HttpRequest) -> HttpResponse:
    """Who was asked for a month and has not answered."""
    post, query = post_of(request), Query.of(request)
    asked = request.GET.get("bulan", "")
    month = Month.from_date(month_of(asked)) if asked else due_month(timezone.localdate())
    if month is None:
        raise Http404
    region = _beneath(request.GET.get("wilayah", ""), post.region_code)
    rows = unanswered(region, month.start)
    pager = pager_of(query, rows.count())
    page = list(rows[(pager.page - 1) * pager.size : pager.page * pager.size])
    context = {
        "month": month, "months": [(one.label, str(one)) for one in open_months()],
        "region": region if region != post.region_code else "",
        "place": Region.objects.filter(code=region).values_list("name", flat=True).first() or region,
        "may_report": policies.check_report.can(post),
        "table": shown.missing_table(query, rows=page, pager=pager, month=month, post=post),
        "crumbs": crumbs((_("Belum melapor"), "")),
    }  # fmt: skip
    return render(request, "returns/missing.html", context)


def _beneath(asked: str, own: str) -> str:
    """The region asked for where it lies within the post's own, else that one."""
    return asked if asked.startswith(f"{own}.") and len(asked) in (5, 8, 13) else own


@require_POST
@requires(policies.check_verify)
def many(request: HttpRequest, act: str) -> HttpResponse:
    """Verify or accept what was picked, or all that the filter of the address finds; asks once more before."""
    post = post_of(request)
    form = ReturnFilterForm(request.GET, within=post.region_code)
    base = asked_of(form, post.region_code)
    picked = () if request.POST.get("semua") else tuple(whole_numbers(request.POST.getlist("pilih")))
    back = f"{reverse('returns:returns')}?{request.GET.urlencode()}"
    if not picked and not request.POST.get("semua"):
        messages.info(request, _("Pilih dahulu laporan yang dimaksud."))
        return redirect(back)
    asked = ReturnFilter(
        base.region, month=base.month, state=base.state, flagged=base.flagged, category=base.category, words=base.words,
        ids=picked,
    )  # fmt: skip
    move = actions.verify_returns if act == "verifikasi" else actions.accept_returns
    if not request.POST.get("yakin"):
        return _confirm(request, asked, act, back)
    try:
        done = move(asked, by=person_of(request), post=post, at=timezone.now())
    except actions.MonthClosed as refused:
        messages.error(request, refused.reason)
        return redirect(back)
    messages.success(request, _("%(moved)s laporan selesai.") % {"moved": done.moved})
    if done.stayed:
        words = _("%(stayed)s tetap: ada nilai yang dikembalikan atau tanda yang belum dijelaskan.")
        messages.warning(request, words % {"stayed": done.stayed})
    return redirect(back)


def _confirm(request: HttpRequest, asked: ReturnFilter, act: str, back: str) -> HttpResponse:
    label = _("Verifikasi") if act == "verifikasi" else _("Terima")
    state = "submitted" if act == "verifikasi" else "verified"
    number = asked.rows().filter(state=state).count()
    hidden = {"semua": request.POST.get("semua", ""), "yakin": "1"}
    fields = [(name, value) for name, value in hidden.items() if value] + [("pilih", str(one)) for one in asked.ids]
    confirm = Confirm(
        title=label, submit=label, cancel_url=back,
        consequence=_("%(number)s laporan yang dapat dilanjutkan. Yang dikembalikan atau belum dijelaskan tetap di tempatnya.")
        % {"number": number},
        action_url=f"{reverse('returns:many', args=[act])}?{request.GET.urlencode()}",
    )  # fmt: skip
    return render(request, "returns/many.html", {"confirm": confirm, "fields": fields, "crumbs": crumbs((label, ""))})


def _found(request: HttpRequest, pk: int) -> Return:
    found = Return.objects.select_related("producer", "village").filter(pk=pk).first()
    if found is None:
        raise Http404
    policies.check_see_village(post_of(request), found.village_id)
    return found


@requires(policies.check_see_returns)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One return in full; a value sent back from here."""
    found = _found(request, pk)
    told = [(name, label_of(name)) for name in VALUES]
    form = ReasonForm(request.POST if request.method == "POST" else None, fields=told)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.return_value(
                    return_id=pk, field=form.cleaned_data["isian"], reason=form.cleaned_data["alasan"], **_who(request)
                )
            except (actions.NotReturnable, actions.ReasonMissing, actions.MonthClosed) as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, _("Nilai dikembalikan; pelapor diberi tahu di daftar tugasnya."))
                return redirect("returns:detail", pk=pk)
    page = shown.return_page(found, post=post_of(request))
    context = {"page": page, "form": form, "crumbs": crumbs((page.title, ""))}
    return render(request, "returns/detail.html", context, status=status)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": person_of(request), "post": post_of(request), "at": timezone.now()}


@require_POST
@requires(policies.check_verify)
def one(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Verify or accept one return."""
    found = _found(request, pk)
    asked = ReturnFilter(found.village_id, ids=(found.pk,))
    move = actions.verify_returns if act == "verifikasi" else actions.accept_returns
    try:
        done = move(asked, **_who(request))
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        if done.moved:
            messages.success(request, _("Tersimpan."))
        else:
            messages.error(request, _("Tetap: ada nilai yang dikembalikan atau tanda yang belum dijelaskan."))
    return redirect("returns:detail", pk=pk)


@require_POST
@requires(policies.check_verify)
def settle(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Accept the correction of a value, or send it back once more."""
    found = ReturnedValue.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        if act == "selesai":
            actions.settle_value(returned_id=pk, **_who(request))
        else:
            actions.return_again(returned_id=pk, reason=request.POST.get("alasan", ""), **_who(request))
    except (actions.NoSuchStep, actions.ReasonMissing) as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("Tersimpan."))
    return redirect("returns:detail", pk=found.filing_id)
