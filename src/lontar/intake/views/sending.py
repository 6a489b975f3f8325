"""Sending a file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from lontar.access.doors import person_of, post_of, requires
from lontar.access.views.replies import RefusalsIn
from lontar.intake import actions, policies, presenters
from lontar.intake.datasets import DATASETS
from lontar.intake.forms import UploadForm
from lontar.intake.forms.receiving import prepare
from lontar.intake.models import Batch
from lontar.intake.states import Channel
from lontar.intake.views.finding import batch_for


# The token of the form is checked by the inner view, because reading it reads the body, and how the body is received has
# to be settled before that, for people who may send at all.
@csrf_exempt
@requires(policies.check_submit)
def upload(request: HttpRequest) -> HttpResponseBase:
    """Choose what the rows are and send a file; afterwards the page of the batch."""
    if request.method == "POST":
        prepare(request)
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    corrected = _corrected(request)
    form = _form(request, corrected)
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            try:
                batch = _submit(request, form.cleaned_data, corrected)
            except actions.SameFile as same:
                messages.info(request, same.reason)
                return redirect("intake:batch", same.batch.pk)
            messages.success(request, _("Berkas diterima sebagai kiriman #%(number)s.") % {"number": batch.pk})
            return redirect("intake:batch", batch.pk)
    post = post_of(request)
    title = _("Kirim perbaikan") if corrected else _("Kirim berkas")
    context = {
        "form": form,
        "title": title,
        "datasets": presenters.dataset_choices(),
        "chosen": str(form["jenis"].value() or ""),
        "corrected": corrected,
        "corrected_title": _(DATASETS[corrected.dataset].title) if corrected else "",
        "agency": post.agency.name,
        "limit": settings.UPLOAD_LIMIT,
        "crumbs": presenters.crumbs((title, "")),
    }
    return render(request, "intake/upload.html", context, status=422 if form.is_bound and form.errors else 200)


def _form(request: HttpRequest, corrected: Batch | None) -> UploadForm:
    known = corrected.dataset if corrected else request.GET.get("jenis", "")
    if request.method != "POST":
        return UploadForm(initial={"jenis": known})
    handler: Any = request.upload_handlers[0]
    data = request.POST.copy()
    if corrected:
        data["jenis"] = corrected.dataset
    return UploadForm(data, request.FILES, is_too_large=handler.too_large)


def _corrected(request: HttpRequest) -> Batch | None:
    """The batch that the file is to correct, when the address names one that the reader may move."""
    number = request.GET.get("memperbaiki", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    return batch_for(request, int(number), policies.check_move_batch)


def _submit(request: HttpRequest, given: dict[str, Any], corrected: Batch | None) -> Batch:
    post = post_of(request)
    return actions.submit_file(
        dataset=given["jenis"],
        agency=corrected.agency if corrected else post.agency,
        post=post,
        by=person_of(request),
        source=given["berkas"],
        file_name=given["berkas"].name,
        channel=Channel.WEB,
        at=timezone.now(),
        corrects=corrected,
    )
