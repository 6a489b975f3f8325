"""The check of a paper, reached by its QR code: is it genuine, which version, is there a newer one, is this file the one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lontar.access.doors import open_to_all
from lontar.mapping.queries import verify
from lontar.portal.presenters import papers
from lontar.portal.presenters.frame import ROBOTS_OFF
from lontar.portal.views.delivery import page


@open_to_all
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """The answer for a code; without one, the form. Not kept by anyone: the next version may be issued at any moment."""
    asked = (code or request.GET.get("kode", "")).strip()[:60]
    found = verify(asked) if asked else None
    if found is None:
        response = page(
            request, "portal/check.html", context={"asked": asked, "robots": ROBOTS_OFF}, status=404 if code else 200
        )
    elif found.code != code:
        return HttpResponseRedirect(reverse("portal:check", args=[found.code]))
    else:
        written = request.GET.get("sha256", "")[:200]
        context = {
            "paper": found,
            "facts": papers.facts(found),
            "newer_url": papers.newer_url(found),
            "words": papers.words(),
            "written": written,
            "compared": papers.compared(found, written),
            "robots": ROBOTS_OFF,
        }
        response = page(request, "portal/paper.html", context=context)
    response["Cache-Control"] = "no-store"
    return response
