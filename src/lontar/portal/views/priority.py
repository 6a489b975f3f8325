"""The public page of the 90-day map. Not kept by anyone: it moves with the day and with every report."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from lontar.access.doors import open_to_all
from lontar.portal.presenters import priority
from lontar.portal.views.delivery import page
from lontar.priority.models import Plan
from lontar.priority.queries.plans import plan_with_picks, plans_in_force, progress_of
from lontar.registry.models import Region


@open_to_all
def show(request: HttpRequest) -> HttpResponse:
    """The province's running plan, else the newest one; another by `rencana`; every other plan in force as a list."""
    every = plans_in_force()
    asked = request.GET.get("rencana", "")
    chosen = _chosen(every, asked)
    context: dict[str, object] = {"plan": None, "others": [priority.former(one) for one in every if one is not chosen]}
    found = plan_with_picks(chosen.pk) if chosen else None
    if found is not None:
        codes = {one.village_id[:5] for one in found.picks.all()}
        names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
        context["plan"] = priority.public_plan(found, progress_of([found.pk]), day=timezone.localdate(), names=names)
    response = page(request, "portal/priority.html", context=context)
    response["Cache-Control"] = "no-store"
    return response


def _chosen(every: list[Plan], asked: str) -> Plan | None:
    if asked:
        found = next((one for one in every if str(one.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    of_root = [one for one in every if one.region_id == settings.PROGRAMME_ROOT]
    return next(iter([*of_root, *every]), None)
