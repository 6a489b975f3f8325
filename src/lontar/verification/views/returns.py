"""Returning one field of an enterprise or a potential, the page of a return, and every step that follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.registry.actions import EnterpriseInvalid
from lontar.registry.models import VillagePotential
from lontar.verification import actions, policies
from lontar.verification.forms import AgainForm, CorrectForm, ReturnForm, StandsForm
from lontar.verification.models import FieldReturn
from lontar.verification.presenters import returns as presenters
from lontar.verification.queries.choosing import Choice
from lontar.verification.queries.returns import Held, enterprise_place, held_of, proposed_claim
from lontar.verification.rules import UnknownField
from lontar.verification.states import AnswerKind


@requires(policies.check_return)
def return_enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """Return one field of an enterprise."""
    place = enterprise_place(int(pk))
    if place is None:
        raise Http404
    form = ReturnForm(request.POST or None, kind="enterprise", initial=request.GET.dict())
    back = reverse("office:enterprise", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.return_enterprise_field(
                choice=Choice(ids=[int(pk)]), **form.cleaned_data, **_acting(request)
            )  # fmt: skip
        except UnknownField as problem:
            form.add_error("field", problem.reason)
        else:
            said = _("Isian dikembalikan.") if done.rows else _("Isian ini sudah dikembalikan dan belum selesai.")
            messages.success(request, said)
            return redirect(back)
    return _return_page(request, form, place[0], back)


@requires(policies.check_return)
def return_potential(request: HttpRequest, pk: int) -> HttpResponse:
    """Return one field of a village's potential."""
    one = get_object_or_404(VillagePotential.objects.select_related("commodity"), pk=pk)
    policies.check_return_within(post_of(request), one.village_id, [one])
    form = ReturnForm(request.POST or None, kind="village", initial=request.GET.dict())
    back = reverse("office:village", args=[one.village_id])
    if request.method == "POST" and form.is_valid():
        actions.return_potential_field(potential_id=one.pk, **form.cleaned_data, **_acting(request))
        messages.success(request, _("Isian dikembalikan."))
        return redirect(back)
    return _return_page(request, form, f"{one.commodity.name} {one.year}", back)


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"by": person_of(request), "post": post_of(request), "at": timezone.now()}


def _return_page(request: HttpRequest, form: ReturnForm, name: str, back: str) -> HttpResponse:
    title = _("Kembalikan satu isian")
    context = {
        "form": form,
        "name": name,
        "back": back,
        "title": title,
        "crumbs": presenters.crumbs((name, back), (title, "")),
    }
    return render(request, "verification/return_form.html", context, status=422 if form.errors else 200)


@requires(policies.check_see_sections)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One returned field: the reason, the value then and now, what the reader may do."""
    return _page(request, _found(pk))


def _found(pk: int) -> FieldReturn:
    rows = FieldReturn.objects.select_related(
        "section", "village", "post__agency", "keeper", "returned_by", "answered_by", "answered_post__agency"
    )
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest,
    found: FieldReturn,
    *,
    correct: CorrectForm | None = None,
    stands: StandsForm | None = None,
    again: AgainForm | None = None,
) -> HttpResponse:
    post, held = post_of(request), held_of(found)
    page = presenters.return_page(found, held, post, proposed_claim(found))
    bad = any(form is not None and form.errors for form in (correct, stands, again))
    context: dict[str, Any] = {"page": page, "crumbs": presenters.crumbs((page.title, ""))}
    if page.may_answer and held is not None:
        context |= {"correct": correct or _correct_form(None, found, held), "stands": stands or StandsForm()}
    if page.may_review:
        context["again"] = again or AgainForm()
    return render(request, "verification/return.html", context, status=422 if bad else 200)


def _correct_form(data: Any, found: FieldReturn, held: Held) -> CorrectForm:
    return CorrectForm(data, found=found, now=held.now, read_at=held.recorded_at.isoformat())


@requires(policies.check_see_sections)
@require_POST
def move(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Correct, confirm, accept, return again or withdraw."""
    found = _found(pk)
    if act == "perbaiki":
        return _correct(request, found)
    if act == "benar":
        stands = StandsForm(request.POST)
        work = lambda: actions.answer_return(  # noqa: E731 - one call, run below
            return_id=found.pk, answer=AnswerKind.STANDS, words=stands.cleaned_data["words"], **_acting(request)
        )
        return _run(request, found, work, _("Jawaban dikirim."), stands=stands)
    if act == "lagi":
        again = AgainForm(request.POST)
        work = lambda: actions.return_again(  # noqa: E731 - as above
            return_id=found.pk, reason=again.cleaned_data["reason"], **_acting(request)
        )
        return _run(request, found, work, _("Isian dikembalikan lagi."), again=again)
    step = actions.accept_return if act == "terima" else actions.withdraw_return
    said = _("Jawaban diterima; isian ini selesai diperiksa.") if act == "terima" else _("Pengembalian ditarik.")
    return _run(request, found, lambda: step(return_id=found.pk, **_acting(request)), said)


def _run(
    request: HttpRequest, found: FieldReturn, work: Callable[[], object], said: str, **shown: forms.Form
) -> HttpResponse:
    """Do it when the form is right, and say so; else the page again with what is wrong."""
    form = next(iter(shown.values()), None)
    if form is not None and not form.is_valid():
        return _page(request, found, **shown)  # type: ignore[arg-type]  # each form under its own name
    try:
        work()
    except actions.NoSuchStep as problem:
        messages.error(request, problem.reason)
    else:
        messages.success(request, said)
    return redirect("verification:return", pk=found.pk)


def _correct(request: HttpRequest, found: FieldReturn) -> HttpResponse:
    held = held_of(found)
    if held is None:
        raise Http404
    policies.check_answer_return(post_of(request), found)
    form = _correct_form(request.POST, found, held)
    if form.is_valid():
        try:
            actions.answer_return(
                return_id=found.pk,
                answer=AnswerKind.CORRECTED,
                values=form.values(),
                read_at=form.cleaned_data["read_at"],
                **_acting(request),
            )
        except Refused as problem:
            faults = problem.faults if isinstance(problem, EnterpriseInvalid) else {}
            form.show(problem.reason, faults)
        else:
            messages.success(request, _("Perbaikan dikirim; menunggu pemeriksaan."))
            return redirect("verification:return", pk=found.pk)
    return _page(request, found, correct=form)
