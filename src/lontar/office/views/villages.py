"""Villages: the list with its side panel and exports, one village in full, and its potential changed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.access.models import Post
from lontar.access.policies import Refused, check_work, covers, require_region
from lontar.audit.presenters import history_entries
from lontar.audit.queries import history_of
from lontar.engines.regions import is_code
from lontar.office.forms.lists import VillageListFilter
from lontar.office.forms.potential import NewPotentialForm, PotentialForm
from lontar.office.presenters import villages as presenters
from lontar.office.presenters.sheets import paging
from lontar.office.presenters.words import crumbs, region_crumbs
from lontar.office.queries import villages as queries
from lontar.office.queries.villages import VillageFilter
from lontar.office.states import ListKey
from lontar.office.views.replies import ListPage, Panel, chips, export_of, list_page, opened, wants_panel_only
from lontar.registry import actions as registry
from lontar.registry import policies
from lontar.registry.models import Region, VillagePotential
from lontar.registry.presenters import titled
from lontar.registry.queries import RegionCard, region_card
from lontar.registry.states import Level
from lontar.ui.presenters import Confirm, PanelHead, Query
from lontar.ui.presenters.query import OPEN
from lontar.verification.policies import check_see_sections
from lontar.verification.presenters.sections import village_block


@requires(check_work)
def villages(request: HttpRequest) -> HttpResponseBase:
    """Villages of the post's region, filtered, ordered and paged by the address."""
    post, query = post_of(request), Query.of(request)
    title = str(ListKey.VILLAGES.label)
    page = ListPage(title, ListKey.VILLAGES, crumbs((title, "")), panel=_panel(query, post))
    recorded = {"indeks": [(word, word.capitalize()) for word in queries.statuses_recorded()]}
    form = VillageListFilter(request.GET, within=post.region_code, choices=recorded)
    if wants_panel_only(request):
        return list_page(request, page, table=None, form=form)
    sheet = presenters.sheet()
    sort = sheet.sort_of(query)
    asked = VillageFilter(
        region=form.region or "",
        text=form.value("q"),
        status=form.value("indeks"),
        potential=form.value("potensi"),
        coverage=form.value("cakupan"),
    )
    export = export_of(request, sheet, queries.all_villages(asked, sort=sort))
    if export is not None:
        return export
    pager = paging(query, queries.count_villages(asked))
    rows = queries.list_villages(asked, sort=sort, limit=pager.size, offset=(pager.page - 1) * pager.size)
    table = sheet.table(pager, rows, link=presenters.link_of, chips=chips(form, query))
    return list_page(request, page, table=table, form=form)


def _panel(query: Query, post: Post) -> Panel | None:
    code = opened(query)
    if not code:
        return None
    card = region_card(code) if is_code(code) and covers(post, code) else None
    if card is None or card.level != Level.VILLAGE:
        return Panel(PanelHead(_("Desa tidak ditemukan di wilayah Anda"), query.without(OPEN)))
    head = PanelHead(titled(card.name, card.kind), query.without(OPEN), reverse("office:village", args=[code]))
    return Panel(head, "office/parts/village.html", _context(card, post, level=3))


def _context(card: RegionCard, post: Post, *, level: int) -> dict[str, Any]:
    found = queries.village(card.code, day=timezone.localdate())
    may_change = level == 2 and policies.check_edit_potential.can(post, card.code)
    return {
        "level": level,
        "facts": presenters.facts(card, found.attributes),
        "figures": presenters.figures(
            card, found.counts, may_read_enterprises=policies.check_read_enterprises.can(post)
        ),
        "years": presenters.years(found, card.code, may_change=may_change),
        "add_url": reverse("office:potential_new", args=[card.code]) if may_change else "",
        "resources": presenters.resources(found),
        "facilities": presenters.facilities(found),
        "bodies": presenters.bodies_table(found),
    }


def _card(request: HttpRequest, code: str) -> RegionCard:
    """The village; 404 for no village, the reason for one beyond the reader's region."""
    card = region_card(code)
    if card is None or card.level != Level.VILLAGE:
        raise Http404
    require_region(post_of(request), code)
    return card


@requires(check_work)
def village(request: HttpRequest, code: str) -> HttpResponse:
    """One village with its history and that of its newest potential."""
    post, card = post_of(request), _card(request, code)
    region = Region.objects.get(code=code)
    context = {
        **_context(card, post, level=2),
        "name": titled(card.name, card.kind),
        "public_url": f"/desa/{code}",
        "entries": history_entries(history_of(region, post)),
        "sections": village_block(code, post, timezone.localdate()) if check_see_sections.can(post) else None,
        "potential_history": presenters.potential_history(queries.potential_changes(code), post),
        "crumbs": region_crumbs(card.path),
    }
    return render(request, "office/village.html", context)


@requires(policies.check_edit_potentials)
def potential_new(request: HttpRequest, code: str) -> HttpResponse:
    """Record a commodity of the village in a year."""
    post, card = post_of(request), _card(request, code)
    policies.check_edit_potential(post, code)
    year = request.GET.get("tahun", "")
    form = NewPotentialForm(request.POST or None, year=year if year.isdecimal() else str(timezone.localdate().year))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            registry.add_potential(
                village=Region.objects.get(code=code),
                commodity=values["commodity"],
                year=values["year"],
                values=form.values(),
                by=person_of(request),
                post=post,
                at=timezone.now(),
            )
        except Refused as problem:
            form.add_error(None, problem.reason)
        else:
            messages.success(request, _("%(name)s dicatat.") % {"name": values["commodity"].name})
            return redirect("office:village", code=code)
    return _form_page(request, form, card, title=_("Tambah komoditas"))


@requires(policies.check_edit_potentials)
def potential_change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change one commodity of one year."""
    post, card = post_of(request), _card(request, code)
    policies.check_edit_potential(post, code)
    one = _potential(code, pk)
    form = PotentialForm(request.POST or None, potential=one)
    if request.method == "POST" and form.is_valid():
        try:
            registry.change_potential(
                potential_id=pk,
                values=form.values(),
                read_at=form.cleaned_data["read_at"],
                by=person_of(request),
                post=post,
                at=timezone.now(),
            )
        except Refused as problem:
            form.add_error(None, problem.reason)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("office:village", code=code)
    return _form_page(request, form, card, title=f"{one.commodity.name} {one.year}")


def _potential(code: str, pk: int) -> VillagePotential:
    return get_object_or_404(VillagePotential.objects.select_related("commodity"), pk=pk, village_id=code)


def _form_page(request: HttpRequest, form: PotentialForm, card: RegionCard, *, title: str) -> HttpResponse:
    here = reverse("office:village", args=[card.code])
    context = {
        "form": form,
        "title": title,
        "place": titled(card.name, card.kind),
        "back": here,
        "crumbs": [*region_crumbs(card.path, title)],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "office/potential_form.html", context, status=status)


@requires(policies.check_edit_potentials)
def potential_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take one commodity of one year away, after a confirmation."""
    post, card = post_of(request), _card(request, code)
    policies.check_edit_potential(post, code)
    one = _potential(code, pk)
    back = reverse("office:village", args=[code])
    if request.method == "POST":
        registry.remove_potential(potential_id=pk, by=person_of(request), post=post, at=timezone.now())
        messages.success(
            request, _("%(name)s tahun %(year)s dihapus.") % {"name": one.commodity.name, "year": one.year}
        )
        return redirect(back)
    confirm = Confirm(
        title=_("Hapus %(name)s tahun %(year)s?") % {"name": one.commodity.name, "year": one.year},
        consequence=_("Satu baris potensi %(place)s dihapus; nilainya tetap tersimpan dalam riwayat.")
        % {"place": titled(card.name, card.kind)},
        action_url=request.path,
        submit=_("Hapus"),
        cancel_url=back,
    )
    context = {"confirm": confirm, "crumbs": region_crumbs(card.path, confirm.title)}
    return render(request, "ui/confirm.html", context)
