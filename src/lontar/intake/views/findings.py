"""The findings of one batch as a list, and the spellings of places on which a person decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, requires
from lontar.access.policies import Refused
from lontar.access.queries import region_names
from lontar.access.views.replies import RefusalsIn, csv_reply
from lontar.intake import actions, policies, presenters, queries
from lontar.intake.datasets import DATASETS
from lontar.intake.forms import FindingFilter, PlacesForm
from lontar.intake.models import Batch
from lontar.intake.presenters.columns import ColumnNames
from lontar.intake.presenters.documents import FINDING_HEADER
from lontar.intake.presenters.findings import export_line
from lontar.intake.queries import Finding
from lontar.intake.states import Severity
from lontar.intake.views.finding import SIZES, batch_for, pager_for
from lontar.registry.models import Region
from lontar.ui import formats
from lontar.ui.presenters import Query
from lontar.ui.presenters.tables import PageLink

_PAGE = 20


@requires(policies.check_see_batches)
def findings(request: HttpRequest, number: int) -> HttpResponseBase:
    """Findings in the order of the rows; of one rule, column or severity when the address says so."""
    batch = batch_for(request, number)
    names, keys = ColumnNames(batch), DATASETS[batch.dataset].keys
    form = FindingFilter(request.GET or None, fields=[(key, names.label(key)) for key in keys])
    form.is_valid()
    chosen = getattr(form, "cleaned_data", {})
    field, severity = (str(chosen.get(name) or "") for name in ("isian", "derajat"))
    rule = request.GET.get("aturan", "").replace("\x00", "")[:60]
    found = queries.findings(batch, field=field, rule=rule, severity=severity)
    if request.GET.get("format") == "csv":
        lines = (export_line(names, Finding(*values)) for values in found.values_list(*queries.SHOWN).iterator(2000))
        return csv_reply(f"temuan-kiriman-{batch.pk}", FINDING_HEADER, lines)
    query = Query.of(request)
    pager, page = pager_for(query, found.count())
    shown = queries.findings_page(found, offset=page.start, limit=page.stop - page.start)
    words = {"isian": names.label(field) if field else "", "aturan": rule}
    words["derajat"] = str(Severity(severity).label) if severity else ""
    context = {
        "table": presenters.findings_table(
            batch, shown, query=query, pager=pager, words={key: text for key, text in words.items() if text}
        ),
        "form": form,
        "query": query,
        "file_name": batch.file_name,
        "crumbs": presenters.crumbs((f"#{batch.pk}", reverse("intake:batch", args=[number])), (_("Temuan"), "")),
    }
    return render(request, "intake/findings.html", context)


@requires(policies.check_submit)
def places(request: HttpRequest, number: int) -> HttpResponse:
    """Say which village a spelling means; its rows can then be looked at again."""
    batch = batch_for(request, number, policies.check_move_batch)
    spellings, waiting = queries.unknown_places_count(batch)
    query = Query.of(request)
    pager, page = pager_for(query, spellings, size=_PAGE)
    form = _places_form(request, batch, page)
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            return _decided(request, batch, form)
    names = region_names(place.decided for place, _candidates in form.places if place.decided)
    context = {
        "form": form,
        "places": presenters.place_choices(form, names),
        "pager": pager,
        "sizes": [
            PageLink(formats.number(size), query.but({"per": str(size)}), size == pager.size)
            for size in (_PAGE, *SIZES[1:])
        ],
        "suggest_url": query.but({"usul": "1"}, keep=["hal"]),
        "spellings": formats.number(spellings),
        "waiting": formats.number(waiting),
        "batch_number": batch.pk,
        "may_retry": batch.rows_waiting > 0 and batch.state == "done",
        "crumbs": presenters.crumbs((f"#{batch.pk}", reverse("intake:batch", args=[number])), (_("Nama tempat"), "")),
    }
    return render(request, "intake/places.html", context, status=422 if form.is_bound and form.errors else 200)


def _places_form(request: HttpRequest, batch: Batch, page: slice) -> PlacesForm:
    """The form of this page; a sent one is about the spellings that it names itself."""
    gazetteer = queries.gazetteer()
    if request.method == "POST":
        found = queries.unknown_places_named(batch, PlacesForm.written_words(request.POST))
    else:
        found = queries.unknown_places(batch, offset=page.start, limit=page.stop - page.start)
    within = batch.region_code
    options = [(one, queries.candidates_for(one, gazetteer=gazetteer, within=within)) for one in found]
    data = PlacesForm.renumbered(request.POST, [one.words for one in found]) if request.method == "POST" else None
    suggest = request.GET.get("usul") == "1"
    return PlacesForm(data, places=options, gazetteer=gazetteer, within=within, suggest=suggest)


def _decided(request: HttpRequest, batch: Batch, form: PlacesForm) -> HttpResponse:
    """Keep the decisions, and look at the waiting rows again when asked to."""
    person, now = person_of(request), timezone.now()
    villages = Region.objects.in_bulk([code for _words, code in form.decisions])
    for words, code in form.decisions:
        actions.decide_place(batch=batch, words=words, village=villages[code], by=person, at=now)
    count = {"count": formats.number(len(form.decisions))}
    if form.decisions:
        messages.success(request, _("%(count)s tulisan tempat ditetapkan.") % count)
    if "periksa" in request.POST:
        try:
            actions.retry_waiting(batch=batch, by=person, at=now)
        except Refused as refused:
            messages.warning(request, refused.reason)
        return redirect("intake:batch", batch.pk)
    return redirect(request.get_full_path())
