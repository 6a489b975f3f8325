"""The trade balance with its sources and history, loading a list, and the example of a list."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.engines.tabular import UnreadableFile
from lontar.registry.models import Commodity
from lontar.ui.presenters import Export, Query
from lontar.value import actions, policies
from lontar.value.forms import LIST_BYTES, ListForm
from lontar.value.models import TradeFigure
from lontar.value.presenters import crumbs, trade
from lontar.value.queries import balance, figures_in_force, kept_lines, newest_quarters, revisions_of
from lontar.value.rules.trade import COLUMNS, FIRST, Reading, read_file
from lontar.value.views.findings import sealed
from lontar.value.views.kept import commodity_names, workbook


def _path(*steps: tuple[str, str]) -> Any:
    return crumbs((_("Neraca perdagangan"), reverse("value:trade") if steps else ""), *steps)


@require_GET
@requires(policies.check_see_value)
def trade_page(request: HttpRequest) -> HttpResponse:
    """Goods in and out with their sources, the programme beside them, local shares; one figure's history by `angka`."""
    query, goods, rows = Query.of(request), commodity_names(), figures_in_force()
    found = balance()
    newest = newest_quarters(1)
    lines = kept_lines(newest[0].quarter, commodity=None, region=None) if newest else []
    exports = [Export("Excel", reverse("value:trade_sheet"))]
    context = {
        "figures": trade.figures(found), "beside": trade.beside_words(found) if found else (),
        "picture": trade.picture(found),
        "table": trade.table(rows, goods=goods, query=query, exports=exports if rows else ()),
        "revised": [(one, trade.stated(one)) for one in rows],
        "local": trade.local_table([one for one in lines if one.level == "province"], goods=goods, figures=rows, query=query),
        "may_load": policies.check_load.can(post_of(request)), "crumbs": _path(),
    }  # fmt: skip
    return render(request, "value/trade.html", context)


@require_GET
@requires(policies.check_see_value)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure that was ever loaded for the same direction, period and commodity."""
    figure = TradeFigure.objects.filter(pk=pk).first()
    if figure is None:
        raise Http404
    title = _("Riwayat: %(direction)s %(period)s") % {
        "direction": figure.get_direction_display(), "period": figure.period,
    }  # fmt: skip
    table = trade.table(revisions_of(figure), goods=commodity_names(), query=Query.of(request))
    return render(request, "value/history.html", {"title": title, "table": table, "crumbs": _path((title, ""))})


@require_GET
@requires(policies.check_see_value)
def trade_sheet(request: HttpRequest) -> HttpResponse:
    """The figures in force as a workbook."""
    return workbook(trade.sheet(figures_in_force()), "neraca-perdagangan")


@require_GET
@requires(policies.check_load)
def example(request: HttpRequest) -> HttpResponse:
    """A list as it should be, with the figure that the programme began with."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerows(FIRST)
    headers = {"Content-Disposition": 'attachment; filename="contoh-neraca.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@requires(policies.check_load)
def load(request: HttpRequest) -> HttpResponse:
    """Send a list: taken whole, or answered with every fault."""
    form = ListForm(request.POST or None, request.FILES or None)
    table, told = None, ""
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            reading = reading_of(content, file.name)
            made = actions.load_trade(
                reading=reading, file_name=file.name, sha256=hashlib.sha256(content).hexdigest(), by=person_of(request),
                at=timezone.now(), post=post_of(request),
            )  # fmt: skip
        except UnreadableFile as problem:
            form.add_error("file", problem.message)
        except actions.FaultyList as refused:
            form.add_error("file", refused.reason)
            table, told = trade.faults_table(refused.faults, Query.of(request)), sealed(refused.faults)
        except actions.SameList as refused:
            form.add_error("file", refused.reason)
        else:
            messages.success(request, _("%(number)s angka dimuat.") % {"number": made.figures.count()})
            return redirect("value:trade")
    context = {
        "form": form, "limit": LIST_BYTES, "table": table, "findings": told, "columns": ", ".join(COLUMNS),
        "crumbs": _path((_("Muat daftar"), "")),
    }  # fmt: skip
    return render(request, "value/load.html", context, status=422 if form.errors else 200)


def reading_of(content: bytes, name: str) -> Reading:
    """The rows of an uploaded list. Raises `UnreadableFile`."""
    codes = list(Commodity.objects.values_list("code", flat=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar"
        path.write_bytes(content)
        return read_file(path, file_name=name, commodities=codes, today=timezone.localdate())
