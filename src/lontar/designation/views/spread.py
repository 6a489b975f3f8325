"""Concentration around a proposal on a map with its table, and forming a sentra out of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.designation import actions, policies, presenters
from lontar.designation.forms import ClusterForm
from lontar.designation.presenters.spread import spread_page
from lontar.designation.queries import proposals as queries
from lontar.designation.queries.concentration import concentration_of


@requires(policies.check_see_proposals)
def spread(request: HttpRequest, pk: int) -> HttpResponse:
    """Who around has, or proposes, the same; the province may form a sentra of them."""
    found = queries.proposal_for(int(pk))
    if found is None:
        raise Http404
    post = post_of(request)
    policies.check_see_proposal(post, found.village_id)
    around = concentration_of(found.pk, day=timezone.localdate())
    page = spread_page(found, around)
    members = [(one.unit_key, f"{one.village_name}: {one.name}") for one in around.neighbours if not one.cluster]
    initial = {"nama": page.suggested, "anggota": [key for key, _label in members]}
    form = ClusterForm(request.POST or None, members=members, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.form_cluster(
                proposal_id=found.pk, name=form.cleaned_data["nama"], members=form.cleaned_data["anggota"],
                reason=form.cleaned_data["alasan"], by=person_of(request), post=post, at=timezone.now(),
            )  # fmt: skip
        except actions.ClusterUnclear as problem:
            form.add_error(None, problem.reason)
        else:
            messages.success(request, _("%s dibentuk; lampiran keputusan akan menyebutkannya.") % made.name)
            return redirect("designation:spread", pk=found.pk)
    back = reverse("designation:proposal", args=[found.pk])
    context = {
        "page": page,
        "form": form,
        "may_form": policies.check_form_cluster.can(post) and bool(members),
        "crumbs": presenters.proposal_crumbs((found.name, back), (_("Sebaran"), "")),
    }
    return render(request, "designation/spread.html", context, status=422 if form.errors else 200)
