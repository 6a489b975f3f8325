"""Signing or withdrawing one section of one record, from its page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import require_region
from lontar.verification import actions, policies
from lontar.verification.queries.choosing import Choice, VillageChoice
from lontar.verification.queries.returns import enterprise_place


@requires(policies.check_sign)
@require_POST
def sign_enterprise(request: HttpRequest, pk: int, key: str, act: str) -> HttpResponse:
    """One section of an enterprise; what changed since the reader looked is not signed unseen."""
    if enterprise_place(int(pk)) is None:
        raise Http404
    seen, gives = request.POST.get("terlihat", ""), act == "sahkan"
    common: Any = {"by": person_of(request), "post": post_of(request), "at": timezone.now()}
    try:
        if gives:
            done = actions.sign_enterprises(
                choice=Choice(ids=[int(pk)]), sections=[key], seen=int(seen) if seen.isdecimal() else None, **common
            )
        else:
            done = actions.withdraw_enterprises(choice=Choice(ids=[int(pk)]), sections=[key], **common)
    except actions.SeenOtherwise as problem:
        messages.error(request, problem.reason)
    else:
        _tell(request, done, gives=gives, back=reverse("office:enterprise", args=[pk]))
    return redirect("office:enterprise", pk=pk)


@requires(policies.check_sign)
@require_POST
def sign_village(request: HttpRequest, code: str, key: str, act: str) -> HttpResponse:
    """One section of a village, in the step that the reader's agency answers for."""
    post, gives = post_of(request), act == "sahkan"
    require_region(post, code)
    work = actions.sign_villages if gives else actions.withdraw_villages
    done = work(choice=VillageChoice(codes=[code]), section=key, by=person_of(request), post=post, at=timezone.now())
    _tell(request, done, gives=gives, back=reverse("office:village", args=[code]))
    return redirect("office:village", code=code)


def _tell(request: HttpRequest, done: actions.Done, *, gives: bool, back: str) -> None:
    """What was done, or why nothing was."""
    if not done.rows:
        words = _("Tidak ada yang berubah: bagian ini menunggu isian yang dikembalikan atau langkah sebelumnya.")
        messages.info(request, words)
        return
    said = _("Bagian disahkan.") if gives else _("Pengesahan bagian ditarik.")
    undo = f"{reverse('office:verify_undo', args=[done.event])}?{urlencode({'kembali': back})}"
    messages.success(request, format_html('{} <a href="{}" data-dialog>{}</a>', said, undo, _("Urungkan")))
