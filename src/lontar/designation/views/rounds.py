"""Locus rounds: the list, opening one, its villages, moving one by hand, decreeing, replacing a locus."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.audit.queries import NoParameter, parameter_as_at
from lontar.designation import actions, policies, presenters
from lontar.designation.actions.rounds import MOVES
from lontar.designation.forms import DecreeForm, EndingForm, ReasonForm, RoundForm
from lontar.designation.models import Locus, LocusEntry, LocusRound
from lontar.designation.presenters import decrees as decrees_shown
from lontar.designation.presenters import rounds as shown
from lontar.designation.queries import loci as queries
from lontar.designation.queries.preview import Preview, preview_change, preview_loci, stamp_of
from lontar.designation.states import LocusGate, Place, RoundState
from lontar.designation.views.decrees import chosen_rows, day_of, initial_of, signed, signing_of
from lontar.designation.views.lists import csv_of, pager_of
from lontar.registry.models import Region
from lontar.selection.models import CriteriaSet
from lontar.ui.presenters import Chip, Query

QUOTA = "designation.locus.quota"


@require_GET
@requires(policies.check_see_rounds)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, the newest first."""
    rows = list(LocusRound.objects.order_by("-opened_at", "-pk"))
    context = {
        "table": shown.rounds_table(rows),
        "may_run": policies.check_run_rounds.can(post_of(request)),
        "crumbs": presenters.round_crumbs(),
    }
    return render(request, "designation/rounds.html", context)


@requires(policies.check_run_rounds)
def new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    sets = [(one.key, one.name) for one in CriteriaSet.objects.order_by("position", "key")]
    try:
        quota = parameter_as_at(QUOTA, timezone.localdate())
        initial = {"kuota": int(quota.number), "sumber": quota.source}
    except NoParameter:
        initial = {}
    gates = [LocusGate.CANDIDATE, LocusGate.PRODUCERS, LocusGate.NO_LOCUS]
    form = RoundForm(request.POST or None, sets=sets, initial={**initial, "syarat": gates})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = actions.open_round(
                name=values["nama"], set_key=values["set"], set_name=dict(sets)[values["set"]],
                gates=[LocusGate(one) for one in values["syarat"]], quota=values["kuota"], source=values["sumber"],
                quotas=values["kuota_beda"],
                by=person_of(request), post=post_of(request), at=timezone.now(),
            )  # fmt: skip
        except actions.RoundUnclear as problem:
            form.add_error("nama", problem.reason)
        else:
            return redirect("designation:round", pk=made.pk)
    context = {
        "form": form,
        "title": _("Buka putaran lokus"),
        "crumbs": presenters.round_crumbs((_("Putaran baru"), "")),
    }
    return render(request, "designation/form.html", context, status=422 if form.errors else 200)


@require_GET
@requires(policies.check_see_rounds)
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A round with its quotas and villages, filtered by the address."""
    found, query = get_object_or_404(LocusRound, pk=pk), Query.of(request)
    regency, place, words = query.get("kabupaten")[:5], query.get("kedudukan")[:8], query.get("q")[:80]
    rows = queries.entries_of(found, regency=regency, place=place, words=words)
    if request.GET.get("format") == "csv":
        lines = (shown.export_line(entry) for entry in rows.iterator(chunk_size=1000))
        return csv_of("lokus", shown.EXPORTED, lines)
    pager = pager_of(query, rows.count())
    entries = list(rows[(pager.page - 1) * pager.size : pager.page * pager.size])
    held = {locus.entry_id: locus for locus in Locus.objects.lasting().filter(entry__in=entries)}
    page = shown.round_page(
        found, filled=queries.filled(found), entries=entries, loci=held, pager=pager, chips=_chips(query),
        may_run=policies.check_run_rounds.can(post_of(request)),
    )  # fmt: skip
    context = {"page": page, "form": EntryFilter(request.GET), "query": query,
               "crumbs": presenters.round_crumbs((found.name, ""))}  # fmt: skip
    return render(request, "designation/round.html", context)


class EntryFilter(forms.Form):
    """Filters of the villages of a round."""

    q = forms.CharField(required=False, max_length=80)
    kedudukan = forms.ChoiceField(required=False)
    kabupaten = forms.ChoiceField(required=False)

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the query of the request
        self.fields["q"].label = _("Nama desa")
        self.fields["kedudukan"].label = _("Kedudukan")
        self.fields["kedudukan"].choices = [("", _("Semua")), *Place.choices]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["kabupaten"].label = _("Kabupaten/kota")
        found = Region.objects.regencies().order_by("code").values_list("code", "name")
        self.fields["kabupaten"].choices = [("", _("Semua")), *found]  # type: ignore[attr-defined]  # as above


def _chips(query: Query) -> list[Chip]:
    return [Chip(query.get(name), query.without(name)) for name in ("kabupaten", "kedudukan", "q") if query.get(name)]


@require_POST
@requires(policies.check_run_rounds)
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Rank, close or drop a round."""
    who = {"by": person_of(request), "post": post_of(request), "at": timezone.now()}
    try:
        if act == "susun":
            actions.rank_round(round_id=int(pk), **who)  # type: ignore[arg-type]  # user, post, instant
            messages.success(request, _("Peringkat disusun."))
        else:
            to = RoundState.CLOSED if act == "tutup" else RoundState.DROPPED
            actions.close_round(round_id=int(pk), to=to, **who)  # type: ignore[arg-type]  # as above
            messages.success(request, _("Tercatat."))
    except actions.RoundElsewhere as problem:
        messages.error(request, problem.reason)
    return redirect("designation:round", pk=pk)


class MoveForm(ReasonForm):
    """Where a village is moved, and why."""

    ke = forms.ChoiceField()
    field_order = ("ke", "alasan")

    def __init__(self, data: object, *, places: tuple[Place, ...]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the posted form
        self.fields["ke"].label = _("Pindahkan ke")
        self.fields["ke"].choices = [(one.value, one.label) for one in places]  # type: ignore[attr-defined]  # a ChoiceField


@requires(policies.check_run_rounds)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a village by hand, with a reason."""
    entry = get_object_or_404(LocusEntry.objects.select_related("village", "round"), pk=pk)
    form = MoveForm(request.POST or None, places=MOVES[Place(entry.place)])
    back = f"{reverse('designation:round', args=[entry.round_id])}?kabupaten={entry.regency_id}"
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_entry(
                entry_id=entry.pk, to=Place(form.cleaned_data["ke"]), reason=form.cleaned_data["alasan"],
                by=person_of(request), post=post_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refused as problem:
            form.add_error(None, problem.reason)
        else:
            messages.success(request, _("%s dipindahkan.") % entry.village.name)
            return redirect(back)
    title = _("Pindahkan %s") % entry.village.name
    context = {
        "form": form,
        "title": title,
        "back": back,
        "crumbs": presenters.round_crumbs((entry.round.name, back), (title, "")),
    }
    return render(request, "designation/form.html", context, status=422 if form.errors else 200)


@requires(policies.check_decree)
def decree(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview and sign the decree that opens the loci of a round. Every chosen village belongs to it."""
    found = get_object_or_404(LocusRound, pk=pk)
    form = DecreeForm(request.POST or None, initial=initial_of(_("Penetapan Lokus Program")))
    preview = preview_loci(found, day=day_of(form, timezone.localdate()))
    if request.method == "POST" and form.is_valid() and "lihat" not in request.POST:
        _keys, digests = chosen_rows(request)
        signing = signing_of(request, form, stamp=stamp_of(form.cleaned_data["berlaku"], digests))
        done = signed(request, lambda: actions.issue_loci(round_id=found.pk, signing=signing))
        if done is not None:
            return redirect("designation:decree", pk=done.pk)
    return _preview(request, found, preview, form=form, title=_("Pratinjau keputusan: lokus"))


@requires(policies.check_decree)
def replace(request: HttpRequest, pk: int, locus: int) -> HttpResponse:
    """Preview and sign the decree that replaces a locus by the first of the waiting list."""
    old = get_object_or_404(Locus.objects.select_related("entry__round", "village"), pk=locus, entry__round=pk)
    entry = queries.next_waiting(old)
    if entry is None:
        messages.error(request, _("Daftar tunggu kabupaten/kota ini kosong."))
        return redirect("designation:round", pk=pk)
    form = EndingForm(request.POST or None, initial=initial_of(_("Penggantian Lokus Program")))
    valid = request.method == "POST" and form.is_valid()
    reason = " ".join(form.cleaned_data["alasan"].split()) if valid else ""
    preview = preview_change(old, entry, day=day_of(form, timezone.localdate()), reason=reason)
    if valid and "lihat" not in request.POST:
        # The reason is typed on this very page, so what is signed is the preview made of it.
        signing = signing_of(request, form, stamp=preview.stamp())
        done = signed(
            request,
            lambda: actions.replace_locus(locus_id=old.pk, entry_id=entry.pk, reason=reason, signing=signing),
        )
        if done is not None:
            return redirect("designation:decree", pk=done.pk)
    return _preview(request, old.entry.round, preview, form=form, title=_("Pratinjau keputusan: penggantian lokus"))


def _preview(
    request: HttpRequest, found: LocusRound, preview: Preview, *, form: DecreeForm, title: str
) -> HttpResponse:
    page = decrees_shown.preview_page(preview, title=title)
    back = reverse("designation:round", args=[found.pk])
    context = {"page": page, "form": form, "crumbs": presenters.round_crumbs((found.name, back), (title, ""))}
    return render(request, "designation/preview.html", context, status=422 if form.errors else 200)
