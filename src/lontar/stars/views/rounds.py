"""Rounds: the list, opening one, the page of one, closing it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from lontar.access.doors import post_of, requires
from lontar.access.policies import Refused
from lontar.access.scope import bounds
from lontar.stars import actions, policies
from lontar.stars.forms import RoundForm
from lontar.stars.models import Assessment, Round, Rubric
from lontar.stars.presenters import crumbs, lists
from lontar.stars.states import AssessmentState, RoundState
from lontar.stars.views.replies import acting
from lontar.ui import formats
from lontar.ui.presenters import Confirm, KeyValue, Link, Query


@require_GET
@requires(policies.check_see_assessments)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, the newest first."""
    may = policies.check_manage_rounds.can(post_of(request))
    add = Link(_("Buka ronde"), reverse("stars:round_new")) if may else None
    rows = list(Round.objects.select_related("rubric").order_by("-year", "-pk"))
    context = {
        "title": _("Ronde penilaian"),
        "lead": _("Satu ronde memakai satu versi rubrik. Bintang menyebut ronde dan rubriknya."),
        "tabs": lists.tabs("rounds"),
        "table": lists.rounds_table(Query.of(request), rows, add=add),
        "buttons": [(add.label, add.url, "plus")] if add else [],
        "crumbs": crumbs((pgettext("daftar", "Ronde"), "")),
    }
    return render(request, "stars/list.html", context)


@requires(policies.check_manage_rounds)
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    day = timezone.localdate()
    rubrics = Rubric.objects.as_at(day).order_by("name", "-version")
    usual = rubrics.filter(key="ntt").first()
    form = RoundForm(request.POST or None, rubrics=rubrics, initial={"year": day.year, "rubric": usual})
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.open_round(**form.cleaned_data, **acting(request))
        except Refused as problem:
            form.add_error(None, problem.reason)
        else:
            messages.success(request, _("Ronde dibuka; produk dapat diajukan."))
            return redirect("stars:round", pk=found.pk)
    title = _("Buka ronde")
    context = {
        "title": title,
        "form": form,
        "submit": title,
        "back": reverse("stars:rounds"),
        "crumbs": crumbs((pgettext("daftar", "Ronde"), reverse("stars:rounds")), (title, "")),
    }
    return render(request, "stars/form.html", context, status=422 if form.errors else 200)


@require_GET
@requires(policies.check_see_assessments)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One round with how its products stand, within the reader's region."""
    found = get_object_or_404(Round.objects.select_related("rubric", "region"), pk=pk)
    low, high = bounds(post_of(request).region_code)
    rows = Assessment.objects.filter(round=found, village_id__gte=low, village_id__lt=high)
    counted = dict(rows.values_list("state").annotate(number=Count("pk")).order_by())
    listed = reverse("stars:assessments")
    context = {
        "round": found,
        "facts": [
            KeyValue(_("Tahun"), str(found.year)),
            KeyValue(_("Rubrik"), Link(str(found.rubric), reverse("stars:rubric", args=[found.rubric_id]))),
            KeyValue(_("Dibuka"), formats.long_date(found.opened_at)),
            KeyValue(_("Ditutup"), formats.long_date(found.closed_at) if found.closed_at else _("masih dibuka")),
        ],
        "states": [
            (str(state.label), counted.get(state.value, 0), f"{listed}?ronde={found.pk}&keadaan={state.value}")
            for state in AssessmentState
            if counted.get(state.value)
        ],
        "may_close": found.state == RoundState.OPEN and policies.check_manage_rounds.can(post_of(request)),
        "crumbs": crumbs((pgettext("daftar", "Ronde"), reverse("stars:rounds")), (found.name, "")),
    }
    return render(request, "stars/round.html", context)


@requires(policies.check_manage_rounds)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round, after saying what that ends."""
    found = get_object_or_404(Round, pk=pk)
    here = reverse("stars:round", args=[pk])
    if request.method == "POST":
        try:
            actions.close_round(round_id=found.pk, **acting(request))
        except Refused as problem:
            messages.error(request, problem.reason)
        else:
            messages.success(request, _("Ronde ditutup."))
        return redirect(here)
    open_states = (AssessmentState.SUBMITTED, AssessmentState.SCORING)
    number = Assessment.objects.filter(round=found, state__in=open_states).count()
    consequence = _(
        "%(count)s produk masih menunggu nilai. Lembar yang belum diserahkan tidak dihitung lagi;"
        " produk tanpa cukup lembar berakhir tidak selesai dinilai."
    ) % {"count": formats.number(number)}  # fmt: skip
    confirm = Confirm(
        _("Tutup ronde %(name)s?") % {"name": found.name}, consequence, reverse("stars:round_close", args=[pk]),
        _("Tutup ronde"), here, undo=_("Ini tidak dapat diurungkan."),
    )  # fmt: skip
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": crumbs((found.name, here))})
