"""A producer without an account reports: behind its personal link it sees its own return of the month, and nothing else.

The code in the address is the permission; nothing of a visitor's session is read. Wrong codes are counted by address of the
client, sendings by link, in the memory of each server process. The phone may keep its own page until the link expires; what
was typed for a month that is over is not taken for another.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from lontar.access import scope
from lontar.access.adapter import client_ip
from lontar.access.doors import open_to_all
from lontar.portal.presenters.frame import ROBOTS_OFF
from lontar.portal.views.delivery import page
from lontar.returns import actions
from lontar.returns.models import ReportLink
from lontar.returns.queries.standing import asked_month
from lontar.returns.states import Channel
from lontar.returns.views.answering import Answered, Reporting, shown_page, take_answer

MISSES, SENDINGS, MINUTES = 30, 60, 10


class _Counter:
    """Counts by key within the last minutes; forgets the oldest keys beyond 10,000."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: OrderedDict[str, list[float]] = OrderedDict()

    def is_full(self, key: str) -> bool:
        """Whether the key has had its share."""
        since = time.monotonic() - MINUTES * 60
        kept = [one for one in self._seen.get(key, []) if one > since]
        if kept:
            self._seen[key] = kept
        else:
            self._seen.pop(key, None)
        return len(kept) >= self._most

    def add(self, key: str) -> None:
        """One more."""
        self._seen.setdefault(key, []).append(time.monotonic())
        while len(self._seen) > 10_000:
            self._seen.popitem(last=False)

    def clear(self) -> None:
        """Forget everything; for tests."""
        self._seen.clear()


misses, sendings = _Counter(MISSES), _Counter(SENDINGS)


@csrf_exempt  # the code in the address is the permission: there is no session that another site could ride on
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The one return that the link's producer answers now."""
    response = _report(request, code)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _report(request: HttpRequest, code: str) -> HttpResponse:
    client, now = client_ip(request) or "", timezone.now()
    if misses.is_full(client):
        return _told(request, "busy", 429)
    link = actions.find_link(code, now)
    if link is None:
        misses.add(client)
        return _told(request, "gone", 404)
    scope.enter(link.village_id)
    month = asked_month(link.producer_id, timezone.localdate(now))
    if month is None:
        return _told(request, "closed", 200)
    here = reverse("portal:own_return", args=[code])
    asked = _asked(link, month.start)
    if request.method != "POST":
        return _kept(_page(request, Answered(shown_page(asked)), here=here), link)
    if request.POST.get("bulan", month.label) != month.label:
        return _page(request, Answered(shown_page(asked), status=409), here=here, is_another=True)
    if sendings.is_full(str(link.pk)):
        return _told(request, "busy", 429)
    sendings.add(str(link.pk))
    done = take_answer(asked, request.POST)
    return HttpResponseRedirect(f"{here}?terkirim=1") if done.page is None else _page(request, done, here=here)


def _asked(link: ReportLink, month: date) -> Reporting:
    """The producer of the link answers; the post that gave it stands behind it."""
    return Reporting(link.producer, month, Channel.LINK, link.post, None, timezone.now())


def _kept(response: HttpResponse, link: ReportLink) -> HttpResponse:
    """Until when the phone that opened the link may keep the page; no other answer says so."""
    response["Lontar-Keep-Until"] = link.expires_at.isoformat()
    return response


@require_GET
@open_to_all
def keeper(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps the page of a personal link; its reach is `/lapor/` and no further."""
    words = render_to_string("portal/penjaga.js", {"assets": settings.STATIC_URL})
    return HttpResponse(words, "text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _page(request: HttpRequest, done: Answered, *, here: str, is_another: bool = False) -> HttpResponse:
    context = {
        "page": done.page, "here": here, "is_stored": bool(request.GET.get("terkirim")), "robots": ROBOTS_OFF,
        "is_another": is_another,
    }  # fmt: skip
    return page(request, "portal/own_return.html", context=context, status=done.status)


def _told(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return page(request, "portal/own_return.html", context={"why": why, "robots": ROBOTS_OFF}, status=status)
