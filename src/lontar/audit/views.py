"""Screens of audit: the reveal log, parameters in force and their history, the history of a record of access."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access import policies as access_policies
from lontar.access import queries as access_queries
from lontar.access.doors import person_of, post_of, requires
from lontar.access.views.replies import RefusalsIn, csv_reply, list_page
from lontar.audit import actions, policies, presenters, queries
from lontar.audit.forms import DayForm, ParameterForm, RevealFilter
from lontar.audit.models import Reveal
from lontar.ui.presenters import Pager, Query

_PAGE = 50


@requires(policies.check_read_reveals)
def reveals(request: HttpRequest) -> HttpResponseBase:
    """Who looked at which masked value, newest first; the database shows those of the reader's region."""
    form = RevealFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = _chosen(chosen)
    if request.GET.get("format") == "csv":
        header = ["waktu", "orang", "jabatan", "instansi", "data", "catatan", "nomor", "kode_wilayah", "alasan"]
        return csv_reply("pembukaan-data-pribadi", header, (_line(one) for one in rows.iterator(chunk_size=2000)))
    query, count = Query.of(request), rows.count()
    asked = int(query.get("hal", "1")) if query.get("hal", "1").isdecimal() else 1
    page = min(max(asked, 1), max(1, -(-count // _PAGE)))
    shown = list(rows[(page - 1) * _PAGE : page * _PAGE])
    words = {key: query.get(key) for key in ("orang", "instansi", "wilayah", "dari", "sampai")}
    words["jenis"] = presenters.kind_label(query.get("jenis"))
    return list_page(
        request,
        title=_("Pembukaan data pribadi"),
        lead=_(
            "Setiap kali NIK, telepon atau alamat dibuka, tercatat siapa, untuk siapa, dan mengapa. Catatan tidak dapat diubah."
        ),
        table=presenters.reveals_table(query, shown, Pager(query, count, page, _PAGE), words),
        crumbs=presenters.crumbs((_("Pembukaan data pribadi"), "")),
        form=form,
    )


def _chosen(chosen: dict[str, Any]) -> QuerySet[Reveal]:
    rows = Reveal.objects.between(chosen.get("dari"), chosen.get("sampai")).select_related("user", "post__agency")
    if chosen.get("orang"):
        rows = rows.filter(user=chosen["orang"])
    if chosen.get("instansi"):
        rows = rows.filter(post__agency=chosen["instansi"])
    if chosen.get("wilayah"):
        rows = rows.within(chosen["wilayah"])
    if chosen.get("jenis"):
        rows = rows.filter(kind=chosen["jenis"])
    return rows.order_by("-at", "-pk")


def _line(one: Reveal) -> list[object]:
    at = timezone.localtime(one.at).isoformat(timespec="seconds")
    who = [one.user.full_name, one.post.title, one.post.agency.name]
    return [at, *who, one.kind, one.subject, one.subject_id, one.region_code, one.reason]


@requires(policies.check_see_parameters)
def parameters(request: HttpRequest) -> HttpResponseBase:
    """Limits, rates and thresholds in force today, or on the day asked for."""
    form = DayForm(request.GET or None)
    asked = form.cleaned_data.get("pada") if form.is_valid() else None
    day: date = asked or timezone.localdate()
    values = queries.parameters_in_force(day)
    if request.GET.get("format") == "csv":
        header = ["kunci", "parameter", "nilai", "satuan", "berlaku_mulai", "berlaku_sampai", "sumber"]
        lines = ([v.key, v.label, v.number, v.unit, v.valid_from, v.valid_until, v.source] for v in values)
        return csv_reply("parameter", header, lines)
    return list_page(
        request,
        title=pgettext("daftar", "Parameter"),
        lead=_("Batas, tarif dan ambang yang dipakai program, masing-masing dengan sumber dan masa berlakunya."),
        table=presenters.parameters_table(Query.of(request), values),
        crumbs=presenters.crumbs((pgettext("daftar", "Parameter"), "")),
        form=form,
    )


@requires(policies.check_see_parameters)
def parameter(request: HttpRequest, key: str) -> HttpResponse:
    """One parameter: every value it had; province administrators add the next one."""
    values = queries.parameter_history(key)
    if not values:
        raise Http404
    may_set = policies.check_set_parameters.can(post_of(request))
    form = ParameterForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST":
        policies.check_set_parameters(post_of(request))
        if form.is_valid():
            with RefusalsIn(form):
                actions.set_parameter(key=key, **form.cleaned_data, by=person_of(request), at=timezone.now())
                messages.success(request, _("Nilai baru ditetapkan; nilai lama berakhir pada hari itu."))
                return redirect("audit:parameter", key=key)
    context = {
        "label": values[0].label,
        "key": key,
        "unit": presenters.unit_words(values[0].unit),
        "rows": presenters.parameter_rows(values),
        "form": form if may_set else None,
        "crumbs": presenters.crumbs(
            (pgettext("daftar", "Parameter"), reverse("audit:parameters")), (values[0].label, "")
        ),
    }
    return render(request, "audit/parameter.html", context)


@requires(access_policies.check_see_posts)
def history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What happened to an agency, a post or a person's account."""
    record, title, back = _record(request, kind, pk)
    context = {
        "title": title,
        "entries": presenters.history_entries(queries.history_of(record, post_of(request))),
        "crumbs": presenters.crumbs((title, back), (_("Riwayat"), "")),
    }
    return render(request, "audit/history.html", context)


def _record(request: HttpRequest, kind: str, pk: int) -> tuple[models.Model, str, str]:
    """The record within the reader's region, its name and its page; 404 for any other."""
    reader, today = post_of(request), timezone.localdate()
    if kind == "instansi":
        agency = get_object_or_404(access_queries.agencies_within(reader.region_code), pk=pk)
        return agency, agency.name, reverse("access:agency", args=[agency.code])
    if kind == "jabatan":
        post = get_object_or_404(access_queries.posts_within(reader.region_code, today), pk=pk)
        return post, post.title, reverse("access:post", args=[pk])
    access_policies.check_manage_users(reader)
    everybody = access_policies.check_see_unposted.can(reader)
    people = access_queries.users_within(reader.region_code, today, with_strangers=everybody)
    user = get_object_or_404(people, pk=pk)
    access_policies.check_manage_user(reader, user, access_queries.posts_held_by(user, today))
    return user, user.full_name, reverse("access:person", args=[pk])
