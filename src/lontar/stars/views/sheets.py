"""The sheet of an assessor: one part at a time, saved as one goes, reviewed and handed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lontar.access.doors import post_of, requires
from lontar.access.policies import Refused
from lontar.engines.rubrics import Item, Rubric
from lontar.stars import actions, policies
from lontar.stars.forms import PartForm, ReasonForm
from lontar.stars.models import Assessor
from lontar.stars.presenters import crumbs
from lontar.stars.presenters import sheets as presenters
from lontar.stars.presenters.evidence import file_lines
from lontar.stars.queries.assessing import own_sheet
from lontar.stars.queries.evidence import evidence_of, standing_by_place
from lontar.stars.queries.rubrics import content_of
from lontar.stars.states import AssessmentState, EvidenceFor
from lontar.stars.views.replies import acting


def _own(request: HttpRequest, pk: int) -> Assessor:
    """The sheet of this post; somebody else's does not exist here."""
    rows = Assessor.objects.select_related("assessment__round__rubric", "assessment__village", "post")
    sheet = get_object_or_404(rows, assessment_id=pk, post=post_of(request))
    policies.check_score(post_of(request), sheet)
    return sheet


def _part(request: HttpRequest, content: Rubric) -> Item:
    asked = request.GET.get("bagian", "")
    parts = presenters.parts_of(content)
    return next((one for one in parts if one.code == asked), parts[0])


@requires(policies.check_score_somewhere)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One part of the sheet. A change is saved at once; the button saves and goes on, also without script."""
    own = _own(request, pk)
    if own.handed_in_at is not None or own.dropped_at is not None or own.assessment.state != AssessmentState.SCORING:
        messages.info(request, _("Lembar nilai ini tidak dapat diisi lagi."))
        return redirect("stars:assessment", pk=pk)
    content = content_of(own.assessment.round.rubric)
    part = _part(request, content)
    saved = own_sheet(own, post_of(request))
    form = PartForm(request.POST or None, items=presenters.criteria_of(content, part), sheet=saved)
    if request.method == "POST":
        form.is_valid()
        saved = actions.save_scores(assessor_id=own.pk, given=form.given(), **acting(request))
    page = presenters.sheet_page(own.assessment, content, saved, part=part)
    if request.method == "POST" and not form.errors and not request.headers.get("HX-Request"):
        return redirect(page.next_url)
    files = standing_by_place(evidence_of(own.assessment))
    pairs = [
        (
            presenters.FieldPair(
                f"nilai-{at}", f"dasar-{at}", item.name, file_lines(files.get((EvidenceFor.CRITERION, item.code), ()))
            ),
            form[f"nilai-{at}"],
            form[f"dasar-{at}"],
        )
        for at, item in enumerate(form.items)
    ]
    context = {
        "page": page,
        "form": form,
        "pairs": pairs,
        "crumbs": crumbs((page.title, reverse("stars:assessment", args=[pk])), (_("Lembar nilai"), "")),
    }
    is_bad = bool(form.errors) and not request.headers.get("HX-Request")
    return render(request, "stars/sheet.html", context, status=422 if is_bad else 200)


@requires(policies.check_score_somewhere)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole sheet before it is handed in, what is missing, and stepping back."""
    return _review(request, _own(request, pk))


def _review(
    request: HttpRequest, own: Assessor, *, problem: str = "", recuse: ReasonForm | None = None
) -> HttpResponse:
    if own.handed_in_at is not None or own.dropped_at is not None:
        return redirect("stars:assessment", pk=own.assessment_id)
    content = content_of(own.assessment.round.rubric)
    saved = own_sheet(own, post_of(request))
    page = presenters.sheet_page(own.assessment, content, saved, part=presenters.parts_of(content)[-1])
    lines = [
        (f"{item.code} {item.name}", given.points if (given := saved.get(item.code)) else None, item.high)
        for item in content.criteria()
    ]
    title = _("Periksa dan serahkan")
    context = {
        "page": page,
        "lines": lines,
        "problem": problem,
        "recuse": recuse or ReasonForm(),
        "title": title,
        "crumbs": crumbs(
            (page.title, reverse("stars:assessment", args=[own.assessment_id])),
            (_("Lembar nilai"), reverse("stars:sheet", args=[own.assessment_id])),
            (title, ""),
        ),
    }
    return render(request, "stars/review.html", context, status=422 if problem or (recuse and recuse.errors) else 200)


@requires(policies.check_score_somewhere)
@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the sheet in; it is locked from then on."""
    own = _own(request, pk)
    try:
        found = actions.hand_in(assessor_id=own.pk, **acting(request))
    except Refused as problem:
        return _review(request, own, problem=problem.reason)
    is_open = found.revealed_at is not None
    messages.success(
        request,
        _("Lembar nilai diserahkan. Semua lembar kini terbuka.")
        if is_open
        else _("Lembar nilai diserahkan dan terkunci. Nilai terbuka setelah semua penilai menyerahkan."),
    )
    return redirect("stars:assessment", pk=pk)


@requires(policies.check_score_somewhere)
@require_POST
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Step back from the product, with the reason."""
    own, form = _own(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _review(request, own, recuse=form)
    try:
        actions.recuse(assessor_id=own.pk, reason=form.cleaned_data["reason"], **acting(request))
    except Refused as problem:
        return _review(request, own, problem=problem.reason)
    messages.success(request, _("Anda mengundurkan diri sebagai penilai produk ini."))
    return redirect("stars:assessment", pk=pk)
