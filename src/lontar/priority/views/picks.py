"""One pick through its ninety days: its page, the weekly report on a phone, and every other report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.priority import actions, policies
from lontar.priority.forms import BaselineForm, BlockerForm, CheckInForm, LateForm, StepForm, TargetForm
from lontar.priority.presenters import crumbs
from lontar.priority.presenters import picks as presenters
from lontar.priority.queries.following import Followed, followed
from lontar.priority.queries.plans import NOTHING, progress_of
from lontar.priority.states import BaselineKind

_DOES: dict[str, tuple[Callable[..., object], str]] = {
    "omzet-awal": (actions.state_baseline, "baseline"),
    "sasaran": (actions.set_target, "target"),
    "tindakan": (actions.add_step, "step"),
    "hambatan": (actions.raise_blocker, "blocker"),
    "terlambat": (actions.note_late, "late"),
}


def _found(request: HttpRequest, pk: int) -> Followed:
    found = followed(int(pk))
    if found is None:
        raise Http404
    policies.check_see_plan(post_of(request), found.pick.plan)
    return found


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"by": person_of(request), "post": post_of(request), "at": timezone.now()}


def _forms(found: Followed) -> dict[str, forms.Form]:
    village = found.pick.village_id
    return {
        "baseline": BaselineForm(),
        "target": TargetForm(),
        "step": StepForm(None, village=village),
        "blocker": BlockerForm(None, village=village),
        "late": LateForm(),
    }


@requires(policies.check_see_plans)
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a pick."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, found: Followed, **shown: forms.Form) -> HttpResponse:
    progress = progress_of([found.pick.plan_id]).get(found.pick.pk, NOTHING)
    page = presenters.pick_page(found, progress, post=post_of(request), day=timezone.localdate())
    context = {
        "page": page,
        **_forms(found),
        **shown,
        "opened": next(iter(shown), ""),
        "crumbs": crumbs((found.pick.plan.name, page.plan_url), (page.title, "")),
    }
    return render(request, "priority/pick.html", context, status=422 if shown else 200)


def _bound(request: HttpRequest, found: Followed, act: str) -> forms.Form:
    village = found.pick.village_id
    if act in ("tindakan", "hambatan"):
        return (StepForm if act == "tindakan" else BlockerForm)(request.POST, village=village)
    return {"omzet-awal": BaselineForm, "sasaran": TargetForm, "terlambat": LateForm}[act](request.POST)


@requires(policies.check_follow)
def report(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """State a baseline, set a target, add an action, raise a blocker, note late evidence."""
    found = _found(request, pk)
    back = reverse("priority:pick", args=[pk])
    if request.method != "POST":
        return redirect(back)
    work, name = _DOES[act]
    form = _bound(request, found, act)
    if form.is_valid():
        given = dict(form.cleaned_data)
        if act == "omzet-awal":
            given["kind"] = BaselineKind(given["kind"])
        try:
            work(pick_id=found.pick.pk, **given, **_acting(request))
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect(back)
    return _page(request, found, **{name: form})


@requires(policies.check_follow)
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The weekly report: one short form, made for a phone."""
    found = _found(request, pk)
    policies.check_follow_village(post_of(request), found.pick.village_id)
    choices, first = presenters.week_choices(found, timezone.localdate())
    asked = request.GET.get("minggu", "")
    week = int(asked) if asked.isdecimal() and int(asked) in dict(choices) else first
    form = CheckInForm(request.POST or None, weeks=choices, week=week)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_in(pick_id=found.pick.pk, **form.cleaned_data, **_acting(request))
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Laporan minggu ke-%(week)s terkirim.") % {"week": form.cleaned_data["week"]})
            return redirect("priority:pick", pk=found.pick.pk)
    title = _("Lapor mingguan")
    context = {
        "form": form,
        "title": title,
        "name": f"{found.pick.product}, {found.pick.unit_name}",
        "back": reverse("priority:pick", args=[pk]),
        "is_open": bool(choices),
        "crumbs": crumbs((found.pick.product, reverse("priority:pick", args=[pk])), (title, "")),
    }
    return render(request, "priority/check_in.html", context, status=422 if form.errors else 200)
