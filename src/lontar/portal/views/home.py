"""The front page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lontar.portal.presenters import home as presenters
from lontar.portal.presenters import layers, pictures
from lontar.portal.queries import activity, figures, outlines
from lontar.portal.queries import layers as layer_queries
from lontar.portal.views.delivery import page, public_page
from lontar.registry.queries import coverage


@public_page
def front(request: HttpRequest) -> HttpResponse:
    """What the programme is, how far it has come, and the ways in."""
    root, today = settings.PROGRAMME_ROOT, timezone.localdate()
    found = figures.figures_within(root, day=today)
    chart = presenters.coverage_chart(coverage(root), found, level=2)
    layer = layers.first(root, day=today)
    picture = pictures.layer_map(
        layer, layer_queries.dots(root), names=outlines.spots_of(root), zoomed=False, key="kecil"
    )
    context = {
        "chain": presenters.chain(),
        "figures": presenters.key_figures(found),
        "published": found.published,
        "chart": chart,
        "map": picture,
        "events": presenters.events(activity.taken_lately(6)),
        "found": found,
    }
    return page(request, "portal/home.html", context=context)
