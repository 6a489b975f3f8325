"""The search over places, enterprises and products."""

from __future__ import annotations

from typing import get_args

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lontar.engines.regions import is_code
from lontar.portal.presenters import finding as presenters
from lontar.portal.presenters.frame import ROBOTS_OFF
from lontar.portal.presenters.words import place_url
from lontar.portal.queries import finding
from lontar.portal.views.delivery import page, public_page
from lontar.registry.queries import region_card
from lontar.ui.presenters import Link, Query

SIZE = 25
LONGEST = 100


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Results in groups for `q`; `jenis` shows one kind by pages, `di` searches within a region."""
    words = " ".join(request.GET.get("q", "").split())[:LONGEST]
    only = next((kind for kind in get_args(finding.Kind) if kind == request.GET.get("jenis")), None)
    within = request.GET.get("di", "")
    place = region_card(within) if is_code(within) else None
    query = Query.of(request)
    number = _number(request.GET.get("hal", ""))
    context: dict[str, object] = {
        "words": words,
        "within": Link(place.name, place_url(place.code)) if place else None,
        "everywhere": query.without("di") if place else "",
        "tabs": presenters.tabs(query, only or ""),
        "robots": ROBOTS_OFF,
        "region_code": within if place else "",
    }
    if words:
        size = SIZE if only else 8
        found = finding.find(
            words, within=within if place else "", only=only, offset=(number - 1) * SIZE if only else 0, limit=size
        )
        context |= {
            "found": found,
            "summary": presenters.summary(found, words),
            "groups": presenters.groups(found, query, only=only or "", page=number, size=SIZE),
            "meant": presenters.place_lines(found.meant) if not found.count else [],
            "meant_words": [(f"{reverse('portal:search')}?q={one}", one) for one in found.meant_words],
        }
    return page(request, "portal/search.html", context=context)


def _number(text: str) -> int:
    """The page asked for, between 1 and the last one that a search can have."""
    return min(max(int(text), 1), finding.MOST // SIZE) if text.isdecimal() and len(text) < 6 else 1
