"""Criteria sets: their page, asking for a ranking, weights entered or computed; panels of experts and their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.selection import actions, policies
from lontar.selection.forms import ExpertForm, PanelForm, WeightsForm
from lontar.selection.models import CandidateRun, Panel, Panelist, SetVersion
from lontar.selection.presenters import lists, weights, words
from lontar.selection.queries.listing import sets_in_force
from lontar.selection.queries.measured import measured_weights
from lontar.selection.queries.panels import answers_of, levels_of, panel_result, verdict_on
from lontar.selection.rules.measures import measure_named
from lontar.selection.states import OPEN


def _version(key: str) -> SetVersion:
    found = SetVersion.objects.of(key).filter(valid_until__isnull=True).select_related("criteria_set").first()
    if found is None:
        raise Http404
    return found


@require_GET
@requires(policies.check_see_rankings)
def sets(request: HttpRequest) -> HttpResponse:
    """All criteria sets with their versions in force."""
    cards = lists.set_cards(sets_in_force())
    path = words.crumbs((_("Set kriteria"), ""))
    return render(request, "selection/sets.html", {"cards": cards, "crumbs": path})


@require_GET
@requires(policies.check_see_rankings)
def set_page(request: HttpRequest, key: str) -> HttpResponse:
    """One set: criteria, gates, versions, panels, and the run that is going on; `?hitung=` fills in computed weights."""
    version, way = _version(key), request.GET.get("hitung", "")
    computed = measured_weights(key, way)
    form = WeightsForm(None, criteria=_entries(version, computed), origin=way if computed else "entered")
    return _set_page(request, version, form, PanelForm(), opened=bool(computed))


def _entries(version: SetVersion, computed: Mapping[str, float] | None = None) -> list[tuple[str, str, float]]:
    held = {one.measure: float(one.weight) for one in version.criteria.order_by("position")} | dict(computed or {})
    return [(key, str(measure_named(key).name), weight) for key, weight in held.items()]


def _set_page(
    request: HttpRequest, version: SetVersion, form: WeightsForm, panel: PanelForm, *, opened: bool = False
) -> HttpResponse:
    post, held = post_of(request), version.criteria_set
    runs = CandidateRun.objects.filter(criteria_set=held)
    page = weights.set_page(
        version, versions=list(SetVersion.objects.of(held.key)),
        panels=list(Panel.objects.filter(version__criteria_set=held).order_by("-pk")),
        runs=(runs.filter(is_current=True).first(), runs.order_by("-pk").first()),
        may_rank=policies.check_rank.can(post), may_weigh=policies.check_set_weights.can(post),
    )  # fmt: skip
    path = words.crumbs((_("Set kriteria"), reverse("selection:sets")), (held.shown, ""))
    context = {"page": page, "form": form, "panel_form": panel, "crumbs": path, "opened": opened}
    return render(request, "selection/set.html", context, status=422 if form.errors or panel.errors else 200)


@require_POST
@requires(policies.check_rank)
def run(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a ranking of all units; the page of the set then shows the progress."""
    now = timezone.now()
    return _done(
        request,
        lambda: actions.request_ranking(
            version=_version(key), post=post_of(request), by=person_of(request), at=now, day=timezone.localdate(now)
        ),
        _("Peringkat sedang dihitung."), reverse("selection:set", args=[key]),
    )  # fmt: skip


@require_GET
@requires(policies.check_see_rankings)
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """The progress alone; when the run ends, the page is to be read anew."""
    found = CandidateRun.objects.filter(criteria_set=_version(key).criteria_set).order_by("-pk").first()
    if found is None or found.state not in OPEN:
        return HttpResponse(status=200, headers={"HX-Redirect": reverse("selection:set", args=[key])})
    return render(request, "ui/parts/progress.html", {"job": lists.progress_of(found, key)})


@require_POST
@requires(policies.check_set_weights)
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Bring weights into force: entered by hand, or equal ones again."""
    version, now = _version(key), timezone.now()
    form = WeightsForm(request.POST, criteria=_entries(version))
    if not form.is_valid():
        return _set_page(request, version, form, PanelForm())
    try:
        actions.set_weights(
            version=version, weights=form.weights(), weights_from=form.weights_from(), source=form.cleaned_data["source"],
            post=post_of(request), by=person_of(request), at=now, day=timezone.localdate(now),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused.reason)
        return _set_page(request, version, form, PanelForm())
    messages.success(request, _("Bobot baru berlaku. Hitung ulang peringkat agar bobot ini dipakai."))
    return redirect("selection:set", key)


@require_POST
@requires(policies.check_set_weights)
def open_panel(request: HttpRequest, key: str) -> HttpResponse:
    """Open a panel of experts for the version in force."""
    version, form = _version(key), PanelForm(request.POST)
    if not form.is_valid():
        return _set_page(request, version, WeightsForm(None, criteria=_entries(version)), form)
    made = actions.open_panel(
        version=version,
        title=form.cleaned_data["title"],
        post=post_of(request),
        by=person_of(request),
        at=timezone.now(),
    )
    return redirect("selection:panel", made.pk)


@require_GET
@requires(policies.check_see_rankings)
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """One panel: experts, the group's weights, what keeps them from being in force."""
    found = get_object_or_404(Panel.objects.select_related("version__criteria_set"), pk=pk)
    page = weights.panel_page(panel_result(found))
    path = words.crumbs((page.set_name, reverse("selection:set", args=[page.set_key])), (page.title, ""))
    may = policies.check_set_weights.can(post_of(request))
    return render(request, "selection/panel.html", {"page": page, "may": may, "crumbs": path})


@requires(policies.check_set_weights)
def new_expert(request: HttpRequest, pk: int) -> HttpResponse:
    """The sliders for an expert who has not answered yet."""
    return _expert(request, get_object_or_404(Panel.objects.select_related("version__criteria_set"), pk=pk), None)


@requires(policies.check_set_weights)
def expert(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The sliders of an expert, as answered; answering again replaces."""
    found = get_object_or_404(Panel.objects.select_related("version__criteria_set"), pk=pk)
    return _expert(request, found, get_object_or_404(Panelist, pk=number, panel=found))


def _expert(request: HttpRequest, found: Panel, who: Panelist | None) -> HttpResponse:
    levels = levels_of(list(found.version.criteria.order_by("position")))
    pairs = [(level.key, one, other) for level in levels for one, other in level.pairs]
    kept = answers_of(who) if who else {}
    initial: dict[str, object] = {"name": who.name, "affiliation": who.affiliation} if who else {}
    form = ExpertForm(request.POST or None, pairs=pairs, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.answer_panel(
                panel=found, name=form.cleaned_data["name"], affiliation=form.cleaned_data["affiliation"], steps=form.steps(),
                post=post_of(request), by=person_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            verdict = verdict_on(form.steps(), levels)
            if verdict.is_consistent:
                messages.success(request, _("Jawaban disimpan dan konsisten."))
                return redirect("selection:panel", found.pk)
            messages.warning(request, _("Jawaban disimpan, tetapi belum konsisten."))
            return redirect("selection:expert", found.pk, made.pk)
    groups = weights.slider_groups(levels, kept, request.POST.dict())
    told = verdict_on(kept, levels) if kept else None
    context = {
        "panel": found, "form": form, "groups": groups, "scale": weights.SCALE,
        "ratio": weights.ratio_badge(told) if told else None,
        "mend": weights.mend_words(told.mend) if told else "",
        "crumbs": words.crumbs((found.title, reverse("selection:panel", args=[found.pk])), (_("Ahli"), "")),
    }  # fmt: skip
    return render(request, "selection/expert.html", context, status=422 if form.errors else 200)


@require_POST
@requires(policies.check_set_weights)
def force(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the group's weights into force."""
    found, now = get_object_or_404(Panel.objects.select_related("version__criteria_set"), pk=pk), timezone.now()
    return _done(
        request,
        lambda: actions.bring_into_force(
            panel=found, post=post_of(request), by=person_of(request), at=now, day=timezone.localdate(now)
        ),
        _("Bobot baru berlaku. Hitung ulang peringkat agar bobot ini dipakai."),
        reverse("selection:set", args=[found.version.criteria_set.key]),
        otherwise=reverse("selection:panel", args=[pk]),
    )  # fmt: skip


@require_POST
@requires(policies.check_set_weights)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a panel without using it."""
    found = get_object_or_404(Panel.objects.select_related("version__criteria_set"), pk=pk)
    return _done(
        request,
        lambda: actions.drop_panel(panel=found, post=post_of(request), by=person_of(request), at=timezone.now()),
        _("Penilaian dihentikan; jawabannya tetap tersimpan."), reverse("selection:panel", args=[pk]),
    )  # fmt: skip


def _done(
    request: HttpRequest, act: Callable[[], object], said: str, target: str, *, otherwise: str = ""
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect(otherwise or target)
    messages.success(request, said)
    return redirect(target)
