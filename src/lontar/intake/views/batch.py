"""The page of one batch in all its states, its progress, and the acts upon it: cancel, resume, look again."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.access.views.replies import confirm_page
from lontar.intake import actions, policies, presenters
from lontar.intake.models import Batch
from lontar.intake.presenters.batch import OPEN, Seen
from lontar.intake.views.finding import batch_for
from lontar.ui import formats
from lontar.ui.presenters import Confirm


@requires(policies.check_see_batches)
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """Progress while it moves; afterwards what became of the rows and what to do next."""
    found = batch_for(request, number)
    page = presenters.batch_page(found, post_of(request))
    context = {
        "page": page,
        "state": found.state,
        "is_open": found.state in OPEN,
        "job": _job(request, found) if found.state in OPEN else None,
        "may_submit": policies.check_submit.can(post_of(request)),
        "crumbs": presenters.crumbs((f"#{found.pk}", "")),
    }
    return render(request, "intake/batch.html", context)


@requires(policies.check_see_batches)
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The progress alone, for the page that asks every two seconds; when the work rests, the page is to be read anew."""
    found = batch_for(request, number)
    reply = render(request, "ui/parts/progress.html", {"job": _job(request, found)})
    if found.state not in OPEN:
        reply["HX-Redirect"] = reverse("intake:batch", args=[number])
    return reply


def _job(request: HttpRequest, found: Batch) -> object:
    rows, since = request.GET.get("baris", ""), request.GET.get("sejak", "")
    seen = Seen(int(rows), float(since)) if rows.isdecimal() and since.isdecimal() and len(since) < 12 else None
    may_move = policies.check_move_batch.can(post_of(request), found)
    return presenters.progress_of(found, now=timezone.now(), may_move=may_move, seen=seen)


@requires(policies.check_submit)
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Stop it; rows that are in stay in."""
    found = batch_for(request, number, policies.check_move_batch)
    left = max((found.rows_total or 0) - found.rows_done, 0)
    words = {"done": formats.number(found.rows_done), "left": formats.number(left)}
    consequence = _("%(done)s baris sudah diolah dan tetap tersimpan; %(left)s baris belum.") % words
    confirm = Confirm(
        title=_("Batalkan kiriman #%(number)s?") % {"number": number},
        consequence=consequence if found.rows_total else _("Berkas ini belum diolah."),
        action_url=reverse("intake:cancel", args=[number]),
        submit=_("Batalkan kiriman"),
        cancel_url=reverse("intake:batch", args=[number]),
        undo=_("Kiriman yang dibatalkan dapat dilanjutkan lagi."),
    )
    return _act(request, found, confirm=confirm, action=actions.cancel_batch, done=_("Pembatalan diterima."))


@requires(policies.check_submit)
def resume(request: HttpRequest, number: int) -> HttpResponse:
    """Go on after the last committed row."""
    found = batch_for(request, number, policies.check_move_batch)
    confirm = Confirm(
        title=_("Lanjutkan kiriman #%(number)s?") % {"number": number},
        consequence=_("Pekerjaan diteruskan setelah baris ke-%(done)s; tidak ada baris yang diolah dua kali.")
        % {"done": formats.number(found.rows_done)},
        action_url=reverse("intake:resume", args=[number]),
        submit=_("Lanjutkan"),
        cancel_url=reverse("intake:batch", args=[number]),
    )
    return _act(request, found, confirm=confirm, action=actions.resume_batch, done=_("Kiriman dilanjutkan."))


@requires(policies.check_submit)
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Look again at the rows that wait."""
    found = batch_for(request, number, policies.check_move_batch)
    confirm = Confirm(
        title=_("Periksa ulang baris yang menunggu?"),
        consequence=_("%(count)s baris diperiksa ulang; yang lolos masuk ke registri. Baris lain tidak berubah.")
        % {"count": formats.number(found.rows_waiting)},
        action_url=reverse("intake:retry", args=[number]),
        submit=_("Periksa ulang"),
        cancel_url=reverse("intake:batch", args=[number]),
    )
    return _act(
        request, found, confirm=confirm, action=actions.retry_waiting, done=_("Baris yang menunggu diperiksa ulang.")
    )


def _act(
    request: HttpRequest, found: Batch, *, confirm: Confirm, action: Callable[..., None], done: str
) -> HttpResponse:
    """Ask, then do it; a refusal leads back to the batch with its reason."""
    if request.method != "POST":
        return confirm_page(
            request, confirm, presenters.crumbs((f"#{found.pk}", confirm.cancel_url), (confirm.title, ""))
        )
    try:
        action(batch=found, by=person_of(request), at=timezone.now())
    except actions.SameFile as same:
        messages.warning(request, same.reason)
        return redirect("intake:batch", same.batch.pk)
    except Refused as refused:
        messages.warning(request, refused.reason)
    else:
        messages.success(request, done)
    return redirect("intake:batch", found.pk)
