"""Consumer prices: what was imported, and importing more."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.monitoring import actions, policies
from lontar.monitoring.forms import PricesForm
from lontar.monitoring.models import PriceIndex
from lontar.monitoring.presenters import crumbs
from lontar.monitoring.presenters.figures import prices_table
from lontar.ui.presenters import Query

MOST_BYTES = 1_000_000


@requires(policies.check_see_quarters)
def prices(request: HttpRequest) -> HttpResponse:
    """The index of every month as it counts; a file of more by POST."""
    form = PricesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        policies.check_close(post_of(request))
        if form.is_valid() and _imported(request, form):
            return redirect("monitoring:prices")
    rows = PriceIndex.objects.select_related("series").order_by("-month", "-series_id").distinct("month")
    context = {
        "table": prices_table(Query.of(request), list(rows)), "form": form, "crumbs": crumbs((_("Indeks harga"), "")),
        "may": policies.check_close.can(post_of(request)),
    }  # fmt: skip
    return render(request, "monitoring/prices.html", context, status=422 if form.errors else 200)


def _imported(request: HttpRequest, form: PricesForm) -> bool:
    """Whether the file was taken; else the form says why."""
    given = form.cleaned_data
    sent = given["berkas"]
    if sent.size > MOST_BYTES:
        form.add_error("berkas", _("Berkas lebih dari 1 MB. Kirim hanya kolom Bulan dan Indeks."))
        return False
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"harga{Path(sent.name).suffix.lower()[:6]}"
            path.write_bytes(sent.read())
            months = actions.read_prices(actions.cells_of(path, filename=sent.name))
        actions.import_prices(
            months, name=given["nama"], source=given["sumber"], issued_date=given["terbit"], by=person_of(request),
            post=post_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        form.add_error("berkas", refused.reason)
        return False
    messages.success(request, _("%s bulan dimuat.") % len(months))
    return True
