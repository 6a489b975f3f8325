"""The first page of the office, the quick search, and places while somebody types."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import post_of, requires
from lontar.access.policies import check_work
from lontar.office.forms.filters import region_name
from lontar.office.presenters import home as presenters
from lontar.office.presenters.words import crumbs
from lontar.office.queries.finding import find, places_like
from lontar.office.queries.lately import lately
from lontar.office.queries.waiting import waiting_for
from lontar.office.views.coverage import official_total
from lontar.registry.policies import check_read_enterprises
from lontar.registry.presenters import level_word
from lontar.registry.queries import counts_within, coverage
from lontar.registry.states import Level

LONGEST = 100
_BENEATH = {2: Level.REGENCY, 5: Level.DISTRICT, 8: Level.VILLAGE}


@requires(check_work)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the post, how far its region is covered, what happened there lately."""
    post, now = post_of(request), timezone.now()
    region, may_read = post.region_code, check_read_enterprises.can(post)
    beneath = _BENEATH.get(len(region))
    rows = coverage(region, beneath) if beneath is not None else []
    official = sum(row.enterprises_official or 0 for row in rows) if len(region) == 2 else official_total(region)
    bars = presenters.coverage_bars(rows, noun=level_word(beneath)) if beneath and may_read else None
    context = {
        "title": _("Daftar kerja"),
        "tasks": presenters.tasks(waiting_for(post, timezone.localdate(now)), now),
        "figures": presenters.figures(counts_within(region), official or None),
        "bars": bars,
        "happenings": presenters.happenings(lately(region, post)),
        "place": region_name(region),
        "crumbs": crumbs((_("Daftar kerja"), "")),
    }
    return render(request, "office/home.html", context)


@requires(check_work)
def search(request: HttpRequest) -> HttpResponse:
    """What bears the words, in groups, within the post's region."""
    post = post_of(request)
    words = " ".join(request.GET.get("q", "").split())[:LONGEST]
    context: dict[str, object] = {
        "words": words,
        "crumbs": crumbs((_("Cari"), "")),
        "place": region_name(post.region_code),
    }
    if words:
        found = find(
            words,
            within=post.region_code,
            day=timezone.localdate(),
            with_enterprises=check_read_enterprises.can(post),
        )
        context["groups"] = presenters.results(found, words)
    return render(request, "office/search.html", context)


@requires(check_work)
def places(request: HttpRequest) -> HttpResponse:
    """Suggestions for a place while somebody types: options of a list, best first."""
    post = post_of(request)
    text = " ".join(request.GET.get("wilayah", "").split())[:LONGEST]
    found = places_like(text, within=post.region_code or settings.PROGRAMME_ROOT, limit=8) if len(text) > 1 else []
    return render(request, "office/parts/places.html", {"places": [f"{one.code} · {one.path}" for one in found]})
