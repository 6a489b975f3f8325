"""What waits for a post in the 90-day map: weeks to report, blockers, actions; and the answers to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.priority import actions, policies
from lontar.priority.forms import ReplyForm
from lontar.priority.models import Blocker, Step
from lontar.priority.presenters import crumbs
from lontar.priority.presenters import picks as presenters
from lontar.priority.queries.following import blockers_for, steps_for, weeks_due
from lontar.priority.states import StepState


@requires(policies.check_see_plans)
def work(request: HttpRequest) -> HttpResponse:
    """Reports to send, blockers to answer or close, actions to finish."""
    return _page(request)


def _page(request: HttpRequest, *, refused: int = 0, form: ReplyForm | None = None) -> HttpResponse:
    post, day = post_of(request), timezone.localdate()
    follows = policies.check_follow.can(post)
    context = {
        "due": presenters.due_lines(weeks_due(post, day)) if follows else [],
        "follows": follows,
        "blockers": [presenters.blocker_line(one, post) for one in blockers_for(post)[:200]],
        "steps": [presenters.step_line(one, post) for one in steps_for(post)[:200]],
        "refused": refused,
        "form": form,
        "crumbs": crumbs((_("Tugas prioritas"), "")),
    }
    return render(request, "priority/work.html", context, status=422 if refused else 200)


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"by": person_of(request), "post": post_of(request), "at": timezone.now()}


@requires(policies.check_see_plans)
def blocker(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Answer a blocker, close it, or give it back to the agency."""
    number = int(pk)
    if not Blocker.objects.filter(pk=number).exists():
        raise Http404
    if request.method != "POST":
        return redirect("priority:work")
    try:
        if act == "jawab":
            form = ReplyForm(request.POST)
            if not form.is_valid():
                return _page(request, refused=number, form=form)
            actions.answer_blocker(blocker_id=number, reply=form.cleaned_data["reply"], **_acting(request))
        else:
            move = actions.close_blocker if act == "tutup" else actions.reopen_blocker
            move(blocker_id=number, **_acting(request))
    except actions.NoSuchMove as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("Tersimpan."))
    return redirect("priority:work")


@requires(policies.check_see_plans)
def step(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Finish an action, or drop it."""
    if not Step.objects.filter(pk=int(pk)).exists():
        raise Http404
    if request.method == "POST":
        to = StepState.DONE if act == "selesai" else StepState.DROPPED
        try:
            actions.move_step(step_id=int(pk), to=to, **_acting(request))
        except actions.NoSuchMove as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("Tersimpan."))
    return redirect("priority:work")
