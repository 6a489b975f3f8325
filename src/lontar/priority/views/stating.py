"""Stating a part of a unit's readiness that no list tells: a buyer's order, a loan that was granted."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.designation.queries.units import UnitFacts, unit_of
from lontar.priority import actions, policies
from lontar.priority.forms import StateForm
from lontar.priority.presenters import crumbs
from lontar.priority.queries.units import Standing
from lontar.priority.rules.wanted import WantedInvalid, read_unit
from lontar.priority.states import Part


@requires(policies.check_follow)
def state(request: HttpRequest) -> HttpResponse:
    """One statement; it counts for plans that are made from now on."""
    back = reverse("priority:plans")
    form = StateForm(request.POST or None, initial={"desa": request.GET.get("unit", "")[:30]})
    unit = _unit(request, form) if request.method == "POST" and form.is_valid() else None
    if unit is not None and _stated(request, form, unit):
        messages.success(request, _("Pernyataan untuk %s tersimpan.") % unit.name)
        return redirect(back)
    title = _("Nyatakan kesiapan")
    context = {"form": form, "title": title, "back": back, "crumbs": crumbs((title, ""))}
    return render(request, "priority/state.html", context, status=422 if form.errors else 200)


def _unit(request: HttpRequest, form: StateForm) -> UnitFacts | None:
    """The unit that the form names, in the post's region; None with the fault at the field."""
    try:
        found = unit_of(read_unit(form.cleaned_data["desa"], key="desa", region=""))
    except WantedInvalid as problem:
        form.add_error("desa", problem.reason)
        return None
    if found is None:
        form.add_error("desa", _("Tidak ada unit dengan kode itu. Periksa kodenya."))
    elif not policies.check_follow_village.can(post_of(request), found.village_code):
        form.add_error("desa", _("%s berada di luar wilayah tugas Anda.") % found.name)
    else:
        return found
    return None


def _stated(request: HttpRequest, form: StateForm, unit: UnitFacts) -> bool:
    given, now = form.cleaned_data, timezone.now()
    if given["valid_until"] and given["valid_until"] <= timezone.localdate(now):
        form.add_error("valid_until", _("Pilih hari sesudah hari ini."))
        return False
    standing = Standing(
        unit.key, unit.kind.value, unit.village_code, unit.name, "", None, unit.school_id, unit.community_id
    )
    try:
        actions.state_part(
            unit=standing, part=Part(given["part"]), share=Decimal(given["share"]) / 100, words=given["words"],
            source=given["source"], valid_until=given["valid_until"], by=person_of(request), post=post_of(request), at=now,
        )  # fmt: skip
    except Refused as problem:
        form.add_error(None, problem.reason)
        return False
    return True
