"""Tables to take away: CSV for machines and XLSX for people, from the same sheet. Codes stay text in both."""

from __future__ import annotations

import io

import xlsxwriter
from django.http import HttpResponse

from lontar.ui.charts import Sheet, csv_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(sheet: Sheet, name: str) -> HttpResponse:
    """The sheet as UTF-8 CSV with a byte-order mark, so that spreadsheets read its letters right."""
    body = "\ufeff" + csv_text(sheet)
    return HttpResponse(
        body.encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def xlsx_response(sheet: Sheet, name: str) -> HttpResponse:
    """The sheet as a workbook: headings bold and frozen, text never read as formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    tab = book.add_worksheet("Data")
    tab.write_row(0, 0, [str(head) for head in sheet.heads], book.add_format({"bold": True}))
    for place, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                tab.write_string(place, column, cell)
            elif cell is not None:
                tab.write(place, column, cell)
    tab.freeze_panes(1, 0)
    tab.autofilter(0, 0, len(sheet.rows), max(0, len(sheet.heads) - 1))
    tab.autofit()
    book.close()
    return HttpResponse(
        out.getvalue(), content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )
