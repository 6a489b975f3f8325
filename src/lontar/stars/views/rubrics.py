"""Rubrics: the list of versions, reading one, taking it away, bringing a draft, putting it in force, discarding it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import post_of, requires
from lontar.access.policies import Refused
from lontar.engines import rubrics as engine
from lontar.engines.tabular import UnreadableFile
from lontar.stars import actions, policies
from lontar.stars.forms import RubricFile
from lontar.stars.models import Rubric
from lontar.stars.presenters import crumbs, lists
from lontar.stars.presenters.rubrics import rubric_page
from lontar.stars.queries.rubrics import content_of
from lontar.stars.views.replies import acting
from lontar.ui.presenters import Query

_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "json": "application/json"}


@require_GET
@requires(policies.check_see_assessments)
def rubrics(request: HttpRequest) -> HttpResponse:
    """Every version of every rubric."""
    rows = list(Rubric.objects.order_by("name", "-version"))
    may = policies.check_manage_rubrics.can(post_of(request))
    context = {
        "title": _("Rubrik penilaian"),
        "lead": _("Setiap versi menyebut sumbernya, dan apakah ia resmi, contoh, atau usulan."),
        "tabs": lists.tabs("rubrics"),
        "table": lists.rubrics_table(Query.of(request), rows),
        "buttons": [(_("Unggah versi baru"), reverse("stars:rubric_new"), "upload")] if may else [],
        "crumbs": crumbs((pgettext("daftar", "Rubrik"), "")),
    }
    return render(request, "stars/list.html", context)


def _crumbs(name: str) -> object:
    return crumbs((pgettext("daftar", "Rubrik"), reverse("stars:rubrics")), (name, ""))


@require_GET
@requires(policies.check_see_assessments)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One version to read."""
    rubric = get_object_or_404(Rubric, pk=pk)
    page = rubric_page(rubric, content_of(rubric))
    may = policies.check_manage_rubrics.can(post_of(request))
    return render(request, "stars/rubric.html", {"page": page, "may_manage": may, "crumbs": _crumbs(page.title)})


@require_GET
@requires(policies.check_see_assessments)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A version as a workbook or JSON, which can be changed and brought back."""
    rubric = get_object_or_404(Rubric, pk=pk)
    content = content_of(rubric)
    body = engine.as_workbook(content) if kind == "xlsx" else engine.as_json(content)
    name = f"rubrik-{rubric.key}-v{rubric.version}.{kind}"
    return HttpResponse(
        body, content_type=_TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@requires(policies.check_manage_rubrics)
def rubric_new(request: HttpRequest) -> HttpResponse:
    """Bring a version as a draft; every fault is told with row, column, value and cure."""
    form = RubricFile(request.POST or None, request.FILES or None)
    faults: tuple[engine.Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(form.cleaned_data["file"])
            faults = read.faults
            if read.rubric is not None:
                found = actions.draft_rubric(content=read.rubric, **acting(request))
                messages.success(request, _("Konsep disimpan. Bacalah sekali lagi, lalu berlakukan."))
                return redirect("stars:rubric", pk=found.pk)
        except actions.RubricRefused as problem:
            faults = problem.faults
        except UnreadableFile as problem:
            form.add_error("file", problem.message)
    title = _("Unggah versi baru")
    context = {"title": title, "form": form, "faults": faults, "crumbs": _crumbs(title)}
    return render(request, "stars/rubric_new.html", context, status=422 if form.errors or faults else 200)


def _read(uploaded: Any) -> engine.Read:
    name = str(uploaded.name)
    content = uploaded.read()
    if name.lower().endswith(".json"):
        return engine.read_json(content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rubrik.xlsx"
        path.write_bytes(content)
        return engine.read_workbook(path, name)


@requires(policies.check_manage_rubrics)
@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Put a draft in force, or discard it."""
    get_object_or_404(Rubric, pk=pk)
    try:
        if act == "hapus":
            actions.discard_draft(rubric_id=pk, **acting(request))
            messages.success(request, _("Konsep dihapus."))
            return redirect("stars:rubrics")
        actions.enforce_rubric(rubric_id=pk, **acting(request))
        messages.success(request, _("Rubrik berlaku; isinya tidak dapat diubah lagi."))
    except Refused as problem:
        messages.error(request, problem.reason)
    return redirect("stars:rubric", pk=pk)
