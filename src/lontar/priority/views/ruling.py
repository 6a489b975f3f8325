"""The rules of readiness: which version holds, who changed it when and why, a form for the next one, and its effect."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.audit.presenters import history_entries
from lontar.audit.queries import history_of
from lontar.priority.actions.ruling import change_rules
from lontar.priority.forms import RulesForm
from lontar.priority.models import RuleSet
from lontar.priority.policies import check_rule
from lontar.priority.presenters import crumbs, ruling
from lontar.priority.queries.effects import Effect, drafted, effect_of
from lontar.priority.queries.readiness import rules_of
from lontar.priority.rules.numbers import check_parts, check_terms


@requires(check_rule)
def rules(request: HttpRequest) -> HttpResponse:
    """Every version, and the form that opens the next; it starts with the numbers of the newest.

    `lihat` shows what the numbers would do and saves nothing.
    """
    versions = list(RuleSet.objects.order_by("-number").prefetch_related("parts"))
    form = RulesForm(request.POST or None, newest=versions[0])
    effect = None
    if request.method == "POST" and form.is_valid():
        if "lihat" in request.POST:
            effect = _effect(request, form, versions[0])
        elif _changed(request, form):
            messages.success(request, _("Aturan baru tersimpan."))
            return redirect("priority:rules")
    context = {
        "form": form,
        "effect": ruling.effect_figures(effect) if effect else None,
        "table": ruling.versions_table(versions),
        "entries": [line for one in versions for line in history_entries(history_of(one, post_of(request)))],
        "back": reverse("priority:plans"),
        "crumbs": crumbs((_("Aturan kesiapan"), "")),
    }
    return render(request, "priority/rules.html", context, status=422 if form.errors else 200)


def _effect(request: HttpRequest, form: RulesForm, newest: RuleSet) -> Effect | None:
    now, parts, terms = rules_of(newest), form.parts(), form.terms()
    try:
        check_terms(terms)
        check_parts(parts, days=terms.days)
    except Refused as problem:
        form.add_error(None, problem.reason)
        return None
    draft = drafted(now, parts, terms)
    return effect_of(now, draft, region_code=post_of(request).region_code, day=timezone.localdate())


def _changed(request: HttpRequest, form: RulesForm) -> bool:
    given = form.cleaned_data
    try:
        change_rules(
            parts=form.parts(), terms=form.terms(), valid_from=given["valid_from"], source=given["source"],
            by=person_of(request), post=post_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refused as problem:
        form.add_error(None, problem.reason)
        return False
    return True
