"""Verdicts in the office: the list, one verdict, one unit, and having one made by a worker."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.engines.periods import parse_quarter
from lontar.ui.presenters import Query
from lontar.verdicts import policies, queries, tasks
from lontar.verdicts.forms import MakeForm
from lontar.verdicts.models import Verdict
from lontar.verdicts.presenters import crumbs
from lontar.verdicts.presenters.lists import verdicts_table
from lontar.verdicts.presenters.pages import page_of
from lontar.verdicts.presenters.units import unit_page


@require_GET
@requires(policies.check_see_verdicts)
def verdicts(request: HttpRequest) -> HttpResponse:
    """Every verdict, newest first, and the form to have one made."""
    return _list(request, MakeForm(today=timezone.localdate()))


def _list(request: HttpRequest, form: MakeForm, status: int = 200) -> HttpResponse:
    context = {
        "table": verdicts_table(Query.of(request), queries.every()),
        "may_make": policies.check_make_verdict.can(post_of(request)),
        "form": form,
        "crumbs": crumbs(),
    }
    return render(request, "verdicts/verdicts.html", context, status=status)


@require_POST
@requires(policies.check_make_verdict)
def make(request: HttpRequest) -> HttpResponse:
    """Ask a worker for the verdict of a quarter."""
    form = MakeForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _list(request, form, status=422)
    quarter = form.quarter()
    if tasks.queue(quarter, by=person_of(request), post=post_of(request)):
        messages.success(
            request, _("Putusan %(quarter)s sedang dihitung; muat ulang sebentar lagi.") % {"quarter": quarter}
        )
    else:
        messages.info(request, _("Putusan %(quarter)s sudah diminta dan sedang dihitung.") % {"quarter": quarter})
    return redirect("verdicts:verdicts")


@require_GET
@requires(policies.check_see_verdicts)
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """One verdict with its evidence."""
    found = get_object_or_404(Verdict, pk=pk)
    here = reverse("verdicts:verdict", args=[pk])
    page = page_of(queries.told(found), unit_url=f"{here}unit/{{key}}/", others=())
    context = {"page": page, "label": found.quarter, "crumbs": crumbs((page.quarter, ""))}
    return render(request, "verdicts/verdict.html", context)


@require_GET
@requires(policies.check_see_verdicts)
def unit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """What a verdict says of one unit."""
    found = get_object_or_404(Verdict, pk=pk)
    said = queries.unit_told(key, found)
    if said is None:
        raise Http404
    page = unit_page(said, place=queries.place_of(said))
    steps = (str(parse_quarter(found.quarter)), reverse("verdicts:verdict", args=[pk]))
    context = {"unit": page, "crumbs": crumbs(steps, (page.name, ""))}
    return render(request, "verdicts/unit.html", context)
