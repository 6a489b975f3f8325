"""Screens of agencies: the list, one agency with its posts, adding and changing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access import actions, policies, presenters, queries
from lontar.access.doors import person_of, post_of, requires
from lontar.access.forms import AgencyChangeForm, AgencyForm, AgencyListFilter
from lontar.access.models import Agency
from lontar.access.states import AgencyKind
from lontar.access.views.replies import RefusalsIn, csv_reply, form_page, list_page
from lontar.ui.presenters import Link, Query


def _agency(request: HttpRequest, code: str) -> Agency:
    """The agency within the reader's region; 404 for any other."""
    return get_object_or_404(queries.agencies_within(post_of(request).region_code), code=code)


@requires(policies.check_see_posts)
def agencies(request: HttpRequest) -> HttpResponseBase:
    """Agencies of the reader's region."""
    form = AgencyListFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.agencies_within(
        post_of(request).region_code, words=chosen.get("q", ""), kind=chosen.get("bidang", "")
    )
    if request.GET.get("format") == "csv":
        header = ["kode", "nama", "nama_singkat", "bidang", "kode_wilayah", "aktif", "jabatan_aktif"]
        lines = (
            [
                one.code,
                one.name,
                one.short_name,
                AgencyKind(one.kind).label,
                one.region_code,
                one.is_active,
                queries.post_count(one),
            ]
            for one in rows.iterator(chunk_size=2000)
        )
        return csv_reply("instansi", header, lines)
    can_add = policies.check_manage_agencies.can(post_of(request))
    return list_page(
        request,
        title=pgettext("daftar", "Instansi"),
        lead=_("Dinas, lembaga dan organisasi yang bertugas dalam program."),
        table=presenters.agencies_table(Query.of(request), rows, can_add=can_add),
        crumbs=presenters.crumbs((pgettext("daftar", "Instansi"), "")),
        buttons=[Link(_("Tambah instansi"), reverse("access:agency_new"), "plus")] if can_add else [],
        form=form,
    )


@requires(policies.check_see_posts)
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency: what it is and its posts."""
    one = _agency(request, code)
    today = timezone.localdate()
    rows = queries.posts_within(one.region_code, today).filter(agency=one)
    context = {
        "agency": one,
        "facts": presenters.agency_facts(one),
        "table": presenters.posts_table(Query.of(request), rows, can_add=False),
        "can_change": policies.check_manage_agencies.can(post_of(request)),
        "crumbs": presenters.crumbs((pgettext("daftar", "Instansi"), reverse("access:agencies")), (one.short_name, "")),
    }
    return render(request, "access/agency.html", context)


@requires(policies.check_manage_agencies)
def agency_new(request: HttpRequest) -> HttpResponse:
    """Add an agency."""
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            policies.require_region(post_of(request), form.cleaned_data["region_code"])
            one = actions.create_agency(**form.cleaned_data, by=person_of(request), at=timezone.now())
            messages.success(request, _("%(name)s ditambahkan.") % {"name": one.name})
            return redirect("access:agency", code=one.code)
    return form_page(
        request,
        form,
        title=_("Tambah instansi"),
        submit=_("Tambahkan"),
        cancel_url=reverse("access:agencies"),
        crumbs=presenters.crumbs((pgettext("daftar", "Instansi"), reverse("access:agencies")), (_("Tambah"), "")),
    )


@requires(policies.check_manage_agencies)
def agency_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change an agency, or close it."""
    one = _agency(request, code)
    present = {name: getattr(one, name) for name in ("name", "short_name", "kind", "region_code", "is_active")}
    form = AgencyChangeForm(request.POST or None, initial=present)
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            policies.require_region(post_of(request), form.cleaned_data["region_code"])
            actions.change_agency(agency=one, **form.cleaned_data, by=person_of(request), at=timezone.now())
            messages.success(request, _("Perubahan disimpan."))
            return redirect("access:agency", code=one.code)
    here = reverse("access:agency", args=[one.code])
    return form_page(
        request,
        form,
        title=_("Ubah %(name)s") % {"name": one.name},
        submit=_("Simpan"),
        cancel_url=here,
        crumbs=presenters.crumbs(
            (pgettext("daftar", "Instansi"), reverse("access:agencies")), (one.short_name, here), (_("Ubah"), "")
        ),
    )
