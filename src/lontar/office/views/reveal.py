"""Looking at a masked value: the reason first, the note of it always, the value once."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from lontar.access.doors import person_of, post_of, requires
from lontar.audit.states import RevealKind
from lontar.engines.identifiers.phone import format_phone
from lontar.office.forms.enterprise import RevealForm
from lontar.office.presenters.words import crumbs
from lontar.office.views.enterprises import dossier_or_404
from lontar.registry import actions as registry
from lontar.registry import policies


@requires(policies.check_reveal_values)
@never_cache
@sensitive_variables("value", "context")
def reveal(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Ask for the reason, write it down, show the value; as a page of its own and as a part that htmx puts in place."""
    post, found = post_of(request), dossier_or_404(pk)
    one, owner, what = found.enterprise, found.owner, RevealKind(kind)
    policies.check_reveal_value(post, one.village_id)
    if owner is None or owner.is_outside:
        raise Http404
    form = RevealForm(request.POST or None)
    here = reverse("office:enterprise", args=[pk])
    context = {
        "form": form,
        "what": what.label,
        "name": owner.name,
        "action_url": request.path,
        "back": here,
        "value": "",
        "crumbs": crumbs((_("Usaha"), reverse("office:enterprises")), (one.name, here), (str(what.label), "")),
    }
    if request.method == "POST" and form.is_valid():
        try:
            value = registry.reveal_value(
                person_id=owner.pk,
                kind=what,
                reason=form.cleaned_data["reason"],
                by=person_of(request),
                post=post,
                at=timezone.now(),
            )
        except registry.NothingSealed as problem:
            form.add_error(None, problem.reason)
        else:
            context["value"] = format_phone(value) if what is RevealKind.PHONE else value
    template = "office/parts/reveal.html" if request.headers.get("HX-Request") else "office/reveal.html"
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
