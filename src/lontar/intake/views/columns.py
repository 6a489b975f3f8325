"""Matching the columns of a file: suggestions, what is lacking, and the person's word."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, requires
from lontar.access.views.replies import RefusalsIn
from lontar.intake import actions, policies, presenters
from lontar.intake.datasets import DATASETS
from lontar.intake.forms import MappingForm
from lontar.intake.models import Batch
from lontar.intake.presenters.columns import in_use
from lontar.intake.states import BatchState
from lontar.intake.views.finding import batch_for
from lontar.ui import formats


@requires(policies.check_submit)
def mapping(request: HttpRequest, number: int) -> HttpResponse:
    """Each column of the file beside the dataset's; a GET with choices shows what they would lack, a POST settles them."""
    batch = batch_for(request, number, policies.check_move_batch)
    is_retry = batch.state == BatchState.DONE and batch.rows_waiting > 0
    if batch.state != BatchState.NEEDS_MAPPING and not is_retry:
        messages.info(request, _("Kolom kiriman #%(number)s tidak perlu dicocokkan lagi.") % {"number": number})
        return redirect("intake:batch", number)
    form = _form(request, batch)
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            actions.confirm_mapping(batch=batch, mapping=form.chosen(), by=person_of(request), at=timezone.now())
            messages.success(request, _("Kolom dicocokkan; data sedang diperiksa."))
            return redirect("intake:batch", number)
    context = {
        "form": form,
        "page": presenters.mapping_page(batch, form),
        "batch_number": batch.pk,
        "file_name": batch.file_name,
        "dataset": _(DATASETS[batch.dataset].title),
        "rows": formats.number(batch.rows_total),
        "waiting": formats.number(batch.rows_waiting) if is_retry else "",
        "notes": batch.notes,
        "cancel_url": reverse("intake:cancel", args=[number])
        if not is_retry
        else reverse("intake:batch", args=[number]),
        "is_retry": is_retry,
        "crumbs": presenters.crumbs(
            (f"#{batch.pk}", reverse("intake:batch", args=[number])), (_("Cocokkan kolom"), "")
        ),
    }
    return render(request, "intake/mapping.html", context, status=422 if form.is_bound and form.errors else 200)


def _form(request: HttpRequest, batch: Batch) -> MappingForm:
    dataset, columns = DATASETS[batch.dataset], batch.columns
    if request.method == "POST":
        return MappingForm(request.POST, dataset=dataset, columns=columns)
    asked = {name: value for name, value in request.GET.items() if name.startswith("kolom-")}
    return MappingForm(dataset=dataset, columns=columns, initial=asked or in_use(batch))
