"""The village's side: which units may be proposed for, the form of a proposal, correcting a returned one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.access.states import Role
from lontar.designation import actions, policies, presenters
from lontar.designation.forms import OTHER, KeptMinutes, ProposalForm
from lontar.designation.models import Proposal
from lontar.designation.presenters import proposals as shown
from lontar.designation.queries import proposals as queries
from lontar.designation.queries.advice import Advice, advice_for
from lontar.designation.queries.units import UnitFacts, proposable_schools, proposable_units, unit_of
from lontar.designation.rules import MeetingUnclear, ReasonTooShort
from lontar.designation.states import Move
from lontar.designation.views.lists import pager_of
from lontar.ui.presenters import Query


@requires(policies.check_propose)
def choose(request: HttpRequest) -> HttpResponse:
    """Units that the post may propose for; who has one only is led to its form."""
    if post_of(request).role != Role.VILLAGE_OFFICER:
        return _schools(request)
    units = proposable_units(post_of(request))
    keys = [unit.key for unit in units]
    held, proposed = queries.flagship_by_unit(keys), queries.open_by_unit(keys)
    if len(units) == 1 and not proposed:
        return redirect("designation:propose_for", units[0].key.replace(":", "-"))
    context = {
        "units": shown.unit_choices(units, proposals=proposed, flagships=held),
        "crumbs": presenters.proposal_crumbs((_("Ajukan usulan"), "")),
    }
    return render(request, "designation/units.html", context)


def _schools(request: HttpRequest) -> HttpResponse:
    """Schools that an agency may propose for, searched and in pages."""
    query = Query.of(request)
    words = query.get("q")[:80]
    schools = proposable_schools(post_of(request), words)
    pager = pager_of(query, schools.count)
    units = schools.units(limit=pager.size, offset=(pager.page - 1) * pager.size)
    keys = [unit.key for unit in units]
    context = {
        "table": shown.schools_table(
            units, proposals=queries.open_by_unit(keys), flagships=queries.flagship_by_unit(keys), pager=pager
        ),
        "words": words,
        "crumbs": presenters.proposal_crumbs((_("Ajukan usulan"), "")),
    }
    return render(request, "designation/schools.html", context)


@requires(policies.check_propose)
def propose_for(request: HttpRequest, key: str) -> HttpResponse:
    """The form of a unit's proposal."""
    unit = unit_of(key.replace("-", ":", 1))
    if unit is None:
        raise Http404
    policies.check_propose_for(post_of(request), unit.kind, unit.village_code)
    advice = advice_for(unit.key)
    initial = {"tanggal": timezone.localdate(), "pilihan": "0" if advice and advice.lines else OTHER}
    form = _form(request, advice, initial=initial)
    if request.method == "POST" and form.is_valid():
        proposal = _sent(request, form, lambda values: actions.propose(unit=unit, **values))
        if proposal is not None:
            messages.success(request, _("Usulan terkirim. Sekarang menunggu pemeriksaan kabupaten/kota."))
            return redirect("designation:proposal", pk=proposal.pk)
    return _page(request, form, unit=unit, back=reverse("designation:propose"))


@requires(policies.check_propose)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A returned proposal, corrected and sent again; what was typed before stands in the form."""
    found = queries.proposal_for(int(pk))
    unit = unit_of(str(found.unit_key)) if found else None
    if found is None or unit is None:
        raise Http404
    policies.check_move_proposal(post_of(request), found, Move.RESENT, by=person_of(request))
    advice = advice_for(unit.key)
    kept = KeptMinutes(found.minutes_sha256, found.minutes_type, found.minutes_size, "")
    form = _form(request, advice, initial=_as_sent(found, advice), kept=kept)
    back = reverse("designation:proposal", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        again = _sent(request, form, lambda values: actions.resend(proposal_id=found.pk, **values))
        if again is not None:
            messages.success(request, _("Perbaikan terkirim. Sekarang menunggu pemeriksaan kabupaten/kota."))
            return redirect(back)
    last = next((step for step in queries.steps_of(found) if step.move == Move.RETURNED), None)
    return _page(request, form, unit=unit, back=back, returned=last.reason if last else "")


def _form(
    request: HttpRequest, advice: Advice | None, *, initial: dict[str, Any], kept: KeptMinutes | None = None
) -> ProposalForm:
    person = person_of(request)
    if request.method == "POST":
        return ProposalForm(request.POST, request.FILES, advice=advice, user_id=person.pk, kept=kept, initial=initial)
    return ProposalForm(advice=advice, user_id=person.pk, kept=kept, initial=initial)


def _as_sent(found: Proposal, advice: Advice | None) -> dict[str, Any]:
    lines = advice.lines if advice else ()
    chosen = (str(n) for n, line in enumerate(lines) if line.is_it(found.commodity_id, found.product_id, found.name))
    place = next(chosen, OTHER)
    return {
        "pilihan": place,
        "nama_lain": found.name if place == OTHER else "",
        "komoditas_lain": found.commodity_id or "",
        "alasan": found.reason,
        "tanggal": found.meeting_date,
        "tempat": found.meeting_place,
        "perempuan": found.women,
        "laki_laki": found.men,
    }


def _sent(request: HttpRequest, form: ProposalForm, act: Callable[[dict[str, Any]], Proposal]) -> Proposal | None:
    """Do it; a refusal is shown at the form, which keeps what was typed."""
    values = {
        "choice": form.choice(),
        "meeting": form.meeting(),
        "reason": form.cleaned_data["alasan"],
        "by": person_of(request),
        "post": post_of(request),
        "at": timezone.now(),
    }
    fields = {ReasonTooShort: "alasan", actions.ChoiceUnclear: "nama_lain", MeetingUnclear: "tanggal"}
    try:
        return act(values)
    except Refused as problem:
        form.add_error(fields.get(type(problem)), problem.reason)
        return None


def _page(request: HttpRequest, form: ProposalForm, *, unit: UnitFacts, back: str, returned: str = "") -> HttpResponse:
    context = {
        "form": form,
        "unit": unit,
        "back": back,
        "returned": returned,
        "title": _("Perbaiki usulan") if returned else _("Usulkan produk unggulan"),
        "crumbs": presenters.proposal_crumbs((unit.name, "")),
    }
    return render(request, "designation/proposal_form.html", context, status=422 if form.errors else 200)
