"""Value kept of a quarter, prices along the chain, their workbooks, and counting a quarter anew."""

from __future__ import annotations

import io
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.engines.periods import PeriodError, Quarter, parse_quarter
from lontar.engines.tabular import write_xlsx_rows
from lontar.registry.models import Commodity, Region
from lontar.ui.charts import Sheet
from lontar.ui.presenters import Export, Query
from lontar.value import actions, policies
from lontar.value.forms import KeptForm
from lontar.value.presenters import crumbs, kept, quarter_words
from lontar.value.queries import chains, kept_lines, newest_quarters, provisional, reckoning_of
from lontar.value.rules.assumptions import AssumptionMissing
from lontar.value.rules.counting import NOT_NAMED

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def region_names() -> dict[str, str]:
    """Names of the province and its kabupaten by code."""
    rows = Region.objects.filter(level__in=["province", "regency"])
    return dict(rows.values_list("code", "name"))


def commodity_names() -> dict[str, str]:
    """Names of the catalogue by code; "-" is what names none."""
    return {
        **dict(Commodity.objects.values_list("code", "name")),
        NOT_NAMED: _("Tanpa komoditas"),
        "": _("Semua komoditas"),
    }


def kept_form(request: HttpRequest) -> KeptForm:
    """The filter of the pages of a quarter."""
    labels = [one.quarter for one in newest_quarters()]
    open_ones = provisional(labels)
    quarters = [(one, quarter_words(one, is_provisional=one in open_ones)) for one in labels]
    newest = quarters[0][0] if quarters else ""
    told = reckoning_of(str(request.GET.get("triwulan") or newest))
    codes = set(told.lines.exclude(commodity="").values_list("commodity", flat=True)) if told else set()
    names = commodity_names()
    goods = sorted(((code, names.get(code, code)) for code in codes), key=lambda one: one[1])
    return KeptForm(request.GET, quarters=quarters, commodities=goods)


def sheet_of(form: KeptForm) -> Sheet:
    """Every line of the quarter that the form asks for, whatever the commodity."""
    lines = kept_lines(form.quarter(), commodity=None)
    return kept.sheet(lines, form.quarter(), names=region_names(), goods=commodity_names())


@require_GET
@requires(policies.check_see_value)
def kept_page(request: HttpRequest) -> HttpResponse:
    """Value kept of a quarter by kabupaten, with the flow of the money."""
    form, query = kept_form(request), Query.of(request)
    made = reckoning_of(form.quarter())
    page = None
    if made is not None:
        exports = [Export("Excel", Query(reverse("value:kept_sheet"), query.pairs).but({}))]
        lines = kept_lines(made.quarter, commodity=form.commodity())
        page = kept.kept_page(lines, made, names=region_names(), query=query, exports=exports)
    context = {
        "form": form, "query": query, "page": page, "may_count": policies.check_count.can(post_of(request)),
        "crumbs": crumbs((_("Nilai tambah"), "")),
    }  # fmt: skip
    return render(request, "value/kept.html", context)


@require_GET
@requires(policies.check_see_value)
def kept_sheet(request: HttpRequest) -> HttpResponse:
    """Every line of the quarter as a workbook."""
    form = kept_form(request)
    return workbook(sheet_of(form), f"nilai-tambah-{form.quarter() or 'kosong'}")


@require_GET
@requires(policies.check_see_value)
def chain_page(request: HttpRequest) -> HttpResponse:
    """Prices raw, processed and packed of a quarter, in the province."""
    form, query = kept_form(request), Query.of(request)
    found = [one for one in chains(form.quarter()) if form.commodity() in ("", one.commodity)]
    exports = [Export("Excel", Query(reverse("value:chain_sheet"), query.pairs).but({}))]
    context = {
        "form": form, "query": query, "table": kept.chain_table(found, query=query, exports=exports if found else ()),
        "crumbs": crumbs((_("Nilai tambah"), reverse("value:kept")), (_("Harga rantai"), "")),
    }  # fmt: skip
    return render(request, "value/chains.html", context)


@require_GET
@requires(policies.check_see_value)
def chain_sheet(request: HttpRequest) -> HttpResponse:
    """The prices as a workbook."""
    form = kept_form(request)
    rows = [
        [form.quarter(), one.region_code, one.commodity, one.name, one.unit, step.step.value, "S" if step.is_hidden else "A",
         step.n, step.low, step.price, step.high]
        for one in chains(form.quarter())
        for step in one.steps
    ]  # fmt: skip
    heads = ["quarter", "region", "commodity", "name", "unit", "step", "status", "n", "low", "price", "high"]
    return workbook(Sheet(heads, rows), f"harga-rantai-{form.quarter() or 'kosong'}")


@requires(policies.check_count)
def count(request: HttpRequest) -> HttpResponse:
    """Count a quarter anew; the newest one that is over unless the form names another."""
    if request.method == "POST":
        today = timezone.localdate()
        try:
            asked = request.POST.get("triwulan", "")
            quarter = parse_quarter(asked) if asked else Quarter.from_date(today).shift(-1)
            made = actions.count_quarter(
                quarter=quarter, by=person_of(request), at=timezone.now(), post=post_of(request)
            )
        except (PeriodError, AssumptionMissing) as problem:
            messages.error(request, str(problem))
        except actions.NothingToCount as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("Triwulan %(quarter)s dihitung.") % {"quarter": made.quarter})
    return redirect("value:kept")


def workbook(sheet: Sheet, name: str) -> HttpResponse:
    """A sheet as XLSX; money columns are those that hold decimals."""
    out = io.BytesIO()
    width = range(len(sheet.heads))
    money = [any(isinstance(row[at], Decimal) for row in sheet.rows) for at in width]
    whole = [any(isinstance(row[at], int) for row in sheet.rows) for at in width]
    kinds = ["decimal" if money[at] else "integer" if whole[at] else "text" for at in width]
    write_xlsx_rows(out, [str(head) for head in sheet.heads], [list(row) for row in sheet.rows], kinds=kinds)  # type: ignore[arg-type]  # names of kinds
    return HttpResponse(
        out.getvalue(), content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )
