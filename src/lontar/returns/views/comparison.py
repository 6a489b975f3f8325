"""The comparison group: who is in it by kabupaten and why, and how it answers; adding and taking out, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
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
from lontar.registry.models import Commodity, Region
from lontar.returns import actions, policies
from lontar.returns.forms import FindForm, JoinForm, LeaveForm
from lontar.returns.models import Producer
from lontar.returns.presenters import comparison as shown
from lontar.returns.presenters import crumbs
from lontar.returns.queries import comparing, enrolling
from lontar.returns.views.answering import month_of
from lontar.ui.presenters import Query

MOST = 200
"""Candidates on one page; the rest shows once these are asked."""


def _crumbs(*steps: tuple[str, str]) -> object:
    return crumbs((_("Kelompok pembanding"), reverse("returns:comparison") if steps else ""), *steps)


@require_GET
@requires(policies.check_see_returns)
def comparison(request: HttpRequest) -> HttpResponse:
    """The group within the post's region: coverage beside the programme's, attrition, and its villages."""
    post, query = post_of(request), Query.of(request)
    month = comparing.told_month(timezone.localdate()) or Month.from_date(timezone.localdate())
    found = comparing.villages(post.region_code, month=month.start)
    pager = pager_of(query, len(found))
    context = {
        "page": shown.page_of(
            month, cover=comparing.cover_by_month(post.region_code, last=month),
            regencies=comparing.cover_by_regency(post.region_code, month),
            kept=comparing.kept_since(post.region_code, last=month), villages=found,
            names=dict(Region.objects.filter(level="regency").values_list("code", "name")),
        ),
        "villages": shown.villages_table(found[(pager.page - 1) * pager.size : pager.page * pager.size], pager),
        "may_arrange": policies.check_arrange_comparison.can(post), "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "returns/comparison.html", context)


@require_GET
@requires(policies.check_arrange_comparison)
def find(request: HttpRequest) -> HttpResponse:
    """Villages without a flagship that make a product of the programme."""
    region = post_of(request).region_code
    products = {str(one.pk): one for one in comparing.products_of_programme()}
    form = FindForm(
        request.GET or None, within=region, products=[(key, one.name) for key, one in products.items()]
    )  # fmt: skip
    rows, product = [], ""
    if form.is_valid():
        product = form.cleaned_data["komoditas"]
        rows = comparing.elsewhere(form.cleaned_data["wilayah"], products[product], day=timezone.localdate())
    table = shown.elsewhere_table(rows, product=product) if form.is_valid() else None
    context = {"form": form, "table": table, "crumbs": _crumbs((_("Cari desa"), ""))}
    return render(request, "returns/comparison_find.html", context, status=422 if form.errors else 200)


@require_GET
@requires(policies.check_see_returns)
def village(request: HttpRequest, code: str) -> HttpResponse:
    """One village: who is compared and why, and who might be."""
    return _page(request, _place(request, code))


def _place(request: HttpRequest, code: str) -> Region:
    found = comparing.place(code, post_of(request).region_code)
    if found is None:
        raise Http404
    return found


def _product(request: HttpRequest) -> Commodity | None:
    numbers = whole_numbers([request.GET.get("komoditas", "")])
    return Commodity.objects.filter(pk__in=numbers).first()


def _page(
    request: HttpRequest,
    found: Region,
    *,
    join: JoinForm | None = None,
    leave: LeaveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    post, present = post_of(request), Month.from_date(timezone.localdate())
    month = comparing.told_month(timezone.localdate()) or present
    rows = list(comparing.members_of(found.code).select_related("commodity")[:500])
    may, product = policies.check_arrange_comparison.can(post), _product(request)
    others = enrolling.makers_in(found.code, product, most=MOST) if may else []
    context = {
        "code": found.code, "name": found.name, "may_arrange": may, "most": MOST, "product": product, "month": month,
        "members": shown.members(rows, comparing.answered_of([one.pk for one in rows], month.start)),
        "others": [(str(one.maker_id), one.name, one.product) for one in others],
        "join": join or JoinForm(None, present=present, unit=product.unit if product else ""),
        "leave": leave or LeaveForm(None, present=present), "crumbs": _crumbs((found.name, "")),
    }  # fmt: skip
    return render(request, "returns/comparison_village.html", context, status=status)


@require_POST
@requires(policies.check_arrange_comparison)
def change(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Put the picked candidates into the comparison group, or take the picked producers out."""
    found, present = _place(request, code), Month.from_date(timezone.localdate())
    join = JoinForm(request.POST, present=present, unit="") if act == "daftar" else None
    leave = LeaveForm(request.POST, present=present) if join is None else None
    form = join or leave
    if form is not None and form.is_valid():
        try:
            return _told(request, found, (_join if join else _leave)(request, found, form.cleaned_data))
        except Refused as refused:
            form.add_error("bulan", refused.reason)
    return _page(request, found, join=join, leave=leave, status=422)


def _told(request: HttpRequest, found: Region, number: int) -> HttpResponse:
    if number:
        messages.success(request, _("%(number)s produsen tersimpan.") % {"number": number})
    else:
        messages.info(request, _("Pilih dahulu produsen yang dimaksud."))
    return redirect("returns:comparison_village", code=found.code)


def _join(request: HttpRequest, found: Region, given: dict[str, str]) -> int:
    """Only candidates of this village are taken, whatever the form says."""
    picked, product = set(request.POST.getlist("pilih")), _product(request)
    wanted = [
        actions.NewProducer(
            maker=one.maker, maker_id=one.maker_id, name=one.name, village=found.code, category=given["kelompok"],
            unit=given["satuan"], commodity_id=product.pk if product else None, reason=given["alasan"],
        )
        for one in enrolling.makers_in(found.code, product, most=MOST)
        if str(one.maker_id) in picked
    ]  # fmt: skip
    if not wanted:
        return 0
    first = Month.from_date(month_of(given["bulan"]))
    return actions.enrol_producers(wanted, first=first, by=person_of(request), post=post_of(request), at=timezone.now())


def _leave(request: HttpRequest, found: Region, given: dict[str, str]) -> int:
    """All of the picked or none."""
    rows = Producer.objects.filter(
        pk__in=whole_numbers(request.POST.getlist("pilih")), unit_key="", village_id=found.code, until_month__isnull=True
    )  # fmt: skip
    keys = list(rows.values_list("pk", flat=True))
    with transaction.atomic():
        for key in keys:
            actions.end_producer(
                producer_id=key, until=Month.from_date(month_of(given["bulan"])), reason=given["alasan"],
                by=person_of(request), post=post_of(request), at=timezone.now(),
            )  # fmt: skip
    return len(keys)
