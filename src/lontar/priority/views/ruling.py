"""The rules of readiness: which version holds, who changed it when and why, and a form for the next one."""

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
from lontar.priority.actions.ruling import PartChange, change_rules
from lontar.priority.forms import RulesForm
from lontar.priority.models import RuleSet
from lontar.priority.policies import check_rule
from lontar.priority.presenters import crumbs
from lontar.priority.states import Part
from lontar.ui import formats
from lontar.ui.presenters import Column, Pager, Query, Row, Table


@requires(check_rule)
def rules(request: HttpRequest) -> HttpResponse:
    """Every version, and the form that opens the next; it starts with the weights of the newest."""
    versions = list(RuleSet.objects.order_by("-number"))
    form = RulesForm(request.POST or None, initial=_initial(versions[0]))
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        messages.success(request, _("Aturan baru tersimpan."))
        return redirect("priority:rules")
    context = {
        "form": form,
        "table": _table(versions),
        "entries": [line for one in versions for line in history_entries(history_of(one, post_of(request)))],
        "back": reverse("priority:plans"),
        "crumbs": crumbs((_("Aturan kesiapan"), "")),
    }
    return render(request, "priority/rules.html", context, status=422 if form.errors else 200)


def _initial(newest: RuleSet) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in newest.parts.all():
        found |= {f"bobot_{one.part}": (one.weight * 100).normalize(), f"biaya_{one.part}": one.gap_cost}
    return found


def _changed(request: HttpRequest, form: RulesForm) -> bool:
    given = form.cleaned_data
    parts = {part: PartChange(given[f"bobot_{part.value}"] / 100, given[f"biaya_{part.value}"]) for part in Part}
    try:
        change_rules(
            parts=parts, valid_from=given["valid_from"], source=given["source"], by=person_of(request),
            post=post_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refused as problem:
        form.add_error(None, problem.reason)
        return False
    return True


def _table(versions: list[RuleSet]) -> Table:
    rows = []
    for one in versions:
        weights = ", ".join(
            f"{Part(part).label} {formats.percent(float(weight), 0)}"
            for part, weight in one.parts.order_by("-weight", "pk").values_list("part", "weight")
        )
        rows.append(Row([one.number, one.valid_from, one.valid_until, weights, one.source]))
    return Table(
        caption=_("Versi aturan kesiapan"),
        columns=[
            Column("versi", _("Versi"), numeric=True),
            Column("mulai", _("Berlaku mulai")),
            Column("sampai", _("Berlaku sampai")),
            Column("bobot", _("Bobot")),
            Column("sumber", _("Alasan dan dasar")),
        ],
        rows=rows,
        pager=Pager(Query(""), len(rows), size=max(1, len(rows))),
        noun=_("versi"),
    )
