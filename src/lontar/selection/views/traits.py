"""Traits of commodities: the list as at a day, a new one, and the end of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.access.views.replies import csv_reply, form_page
from lontar.registry.models import Commodity
from lontar.selection import actions, policies
from lontar.selection.forms import EndTraitForm, TraitDayForm, TraitForm
from lontar.selection.models import CommodityTrait
from lontar.selection.presenters import traits as shown
from lontar.selection.presenters import words
from lontar.selection.queries.traits import traits_as_at
from lontar.ui.presenters import Query


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.check_see_rankings)
def traits(request: HttpRequest) -> HttpResponseBase:
    """What is in force today or on the day asked for; the province lays down more."""
    today, day_form = timezone.localdate(), TraitDayForm(request.GET or None)
    day = (day_form.cleaned_data.get("pada") if day_form.is_valid() else None) or today
    rows = traits_as_at(day)
    if request.GET.get("format") == "csv":
        return csv_reply("sifat-komoditas", shown.HEADS, iter(shown.lines(rows)))
    may = policies.check_set_traits.can(post_of(request))
    form = TraitForm(
        request.POST or None, commodities=list(Commodity.objects.order_by("name").values_list("code", "name")),
        initial={"valid_from": today},
    )  # fmt: skip
    if request.method == "POST":
        policies.check_set_traits(post_of(request))
        if form.is_valid():
            try:
                actions.set_trait(**form.cleaned_data, post=post_of(request), by=person_of(request), at=timezone.now())
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, _("Sifat dicatat. Peringkat berikutnya memakainya."))
                return redirect("selection:traits")
    context = {
        "table": shown.traits_table(Query.of(request), rows, may=may), "day_form": day_form, "query": Query.of(request),
        "form": form if may else None, "crumbs": words.crumbs((_("Sifat komoditas"), "")),
    }  # fmt: skip
    return render(request, "selection/traits.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.check_set_traits)
def end_trait(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, and the day from which it does."""
    found = get_object_or_404(CommodityTrait, pk=pk)
    form = EndTraitForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_trait(
                trait=found,
                day=form.cleaned_data["day"],
                post=post_of(request),
                by=person_of(request),
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Sifat diakhiri; riwayatnya tetap tersimpan."))
            return redirect("selection:traits")
    named = next(one for one in traits_as_at(found.valid_from) if one.pk == pk)
    return form_page(
        request, form,
        title=_("Akhiri: %(kind)s, %(subject)s") % {"kind": named.kind.label, "subject": named.subject},
        lead=_("Mulai hari itu sifat ini tidak dipakai lagi; peringkat untuk hari sebelumnya tetap memakainya."),
        submit=_("Akhiri"), cancel_url=reverse("selection:traits"),
        crumbs=words.crumbs((_("Sifat komoditas"), reverse("selection:traits")), (_("Akhiri"), "")),
    )  # fmt: skip
