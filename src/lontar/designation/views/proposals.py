"""The list of proposals, one in full, its minutes, and every step of the checks."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.designation import actions, policies, presenters
from lontar.designation.actions.moving import WITH_REASON
from lontar.designation.forms import ProposalFilter, ReasonForm
from lontar.designation.models import Proposal
from lontar.designation.presenters import proposals as shown
from lontar.designation.queries import proposals as queries
from lontar.designation.queries.concentration import concentration_of
from lontar.designation.states import OPEN, Move
from lontar.designation.views.lists import asked_of, chips_of, csv_of, pager_of, picked
from lontar.engines.scans import SUFFIXES
from lontar.intake.steps import storage
from lontar.ui.presenters import Query

SHOWN_LEFT_OUT = 5


@require_GET
@requires(policies.check_see_proposals)
def proposals(request: HttpRequest) -> HttpResponseBase:
    """Proposals of the post's region, filtered, ordered and paged by the address."""
    post, query = post_of(request), Query.of(request)
    form = ProposalFilter(request.GET, within=post.region_code)
    rows = queries.ordered(asked_of(form, post.region_code).rows(), query.get("urut", "sejak"))
    if request.GET.get("format") == "csv":
        return csv_of("usulan", shown.EXPORTED, shown.export_lines(rows.iterator(chunk_size=500)))
    pager = pager_of(query, rows.count())
    page = list(rows[(pager.page - 1) * pager.size : pager.page * pager.size])
    table = shown.proposals_table(query, rows=page, pager=pager, chips=chips_of(form, query), post=post)
    context = {
        "table": table,
        "form": form,
        "query": query,
        "may_propose": policies.check_propose.can(post),
        "crumbs": presenters.proposal_crumbs(),
    }
    return render(request, "designation/proposals.html", context)


def _proposal(request: HttpRequest, pk: int) -> Proposal:
    """The proposal of an address within the reader's region."""
    found = queries.proposal_for(int(pk))
    if found is None:
        raise Http404
    policies.check_see_proposal(post_of(request), found.village_id)
    return found


@require_GET
@requires(policies.check_see_proposals)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal with everything that the reader may do with it."""
    return _page(request, _proposal(request, pk))


def _page(
    request: HttpRequest, found: Proposal, *, form: ReasonForm | None = None, tried: str = "", status: int = 200
) -> HttpResponse:
    post, by = post_of(request), person_of(request)
    checks = policies.check_move.can(post) and found.state in OPEN and found.commodity_id is not None
    around = concentration_of(found.pk, day=timezone.localdate()) if checks else None
    page = shown.proposal_page(
        found, steps=queries.steps_of(found), advice=queries.advice_of(found), around=around, post=post, by=by
    )
    forms = [(one, form if form and one.move == tried else ReasonForm(auto_id=f"{one.move}-%s")) for one in page.moves]
    context = {"page": page, "moves": forms, "crumbs": presenters.proposal_crumbs((page.title, ""))}
    return render(request, "designation/proposal.html", context, status=status)


@require_POST
@requires(policies.check_move)
def move(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One step of a proposal; a step that needs a reason comes back with the form when it lacks one."""
    found, what = _proposal(request, pk), Move(act)
    form = ReasonForm(request.POST, auto_id=f"{act}-%s")
    if what in WITH_REASON and not form.is_valid():
        return _page(request, found, form=form, tried=act, status=422)
    reason = form.cleaned_data["alasan"] if what in WITH_REASON else ""
    try:
        moved = actions.move_proposal(
            proposal_id=found.pk, move=what, reason=reason, by=person_of(request), post=post_of(request),
            at=timezone.now(),
        )  # fmt: skip
    except Refused as problem:
        messages.error(request, problem.reason)
    else:
        messages.success(request, _("Tercatat. Keadaan usulan: %s.") % shown.state_badge(moved.state).label)
    return redirect("designation:proposal", pk=found.pk)


@require_POST
@requires(policies.check_move)
def move_many(request: HttpRequest) -> HttpResponse:
    """Accept every picked proposal; those that may not be accepted stay and say why."""
    post = post_of(request)
    done = actions.move_proposals(
        ids=picked(request, post.region_code), move=Move.ACCEPTED, by=person_of(request), post=post, at=timezone.now()
    )
    if done.number:
        told = ngettext("%d usulan diterima.", "%d usulan diterima.", done.number) % done.number
        messages.success(request, told)
    for unit, why in done.left_out[:SHOWN_LEFT_OUT]:
        messages.warning(request, f"{unit}: {why}")
    if len(done.left_out) > SHOWN_LEFT_OUT:
        messages.warning(request, _("Dan %d usulan lain juga tidak berpindah.") % (len(done.left_out) - SHOWN_LEFT_OUT))
    if not done.number and not done.left_out:
        messages.info(request, _("Pilih dahulu usulan yang diterima."))
    return redirect(Query.from_dict(reverse("designation:proposals"), request.GET).but({}))


@require_GET
@requires(policies.check_see_proposals)
def minutes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The minutes exactly as they were uploaded."""
    found = _proposal(request, pk)
    policies.check_see_minutes(post_of(request), found.village_id)
    try:
        with storage.opened(found.minutes_sha256) as plain:
            source = plain.open("rb")
    except FileNotFoundError:
        messages.error(request, _("Berkas berita acara tidak ada lagi di tempatnya; hubungi operator."))
        return redirect("designation:proposal", pk=found.pk)
    name = f"berita-acara-{found.village_id}-{found.pk}.{SUFFIXES[found.minutes_type]}"
    reply = FileResponse(source, as_attachment=True, filename=name, content_type=found.minutes_type)
    reply["Cache-Control"] = "private, no-store"
    return reply
