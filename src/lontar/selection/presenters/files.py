"""The list as a file: CSV as a stream, or a workbook; and the figures of a unit's chart."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse

from lontar.selection.presenters.lists import sheet_rows
from lontar.selection.queries.listing import Listed
from lontar.selection.queries.sheet import UnitSheet
from lontar.ui.charts import csv_text
from lontar.ui.charts.frame import Sheet

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "calon-unggulan"


def answer(rows: Iterable[Listed], kind: str) -> HttpResponseBase:
    """The whole list as CSV or Excel."""
    return _workbook(rows) if kind == "xlsx" else _stream(rows)


def csv_blocks(rows: Iterable[Listed]) -> Iterator[bytes]:
    """The list as blocks of CSV, five hundred rows at a time; no cell begins a formula."""
    yield _lines([sheet_rows([])[0]])
    held = iter(rows)
    while block := list(islice(held, 500)):
        yield _lines(sheet_rows(block)[1])


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _stream(rows: Iterable[Listed]) -> HttpResponseBase:
    done = StreamingHttpResponse(csv_blocks(rows), content_type="text/csv; charset=utf-8")
    done["Content-Disposition"] = f'attachment; filename="{NAME}.csv"'
    return done


def _workbook(rows: Iterable[Listed]) -> HttpResponseBase:
    import xlsxwriter  # only who asks for a workbook waits for it

    target = tempfile.TemporaryFile()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("peringkat")
    sheet.write_row(0, 0, sheet_rows([])[0], book.add_format({"bold": True}))
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, sheet_rows([row])[1][0])
    book.close()
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{NAME}.xlsx", content_type=_XLSX)


def chart_csv(found: UnitSheet) -> HttpResponse:
    """The candidates of a unit with their scores and bounds (0 to 1)."""
    rows = [
        [
            one.standing.label,
            one.standing.score,
            one.standing.score_low,
            one.standing.score_high,
            one.standing.first_share,
        ]
        for one in found.rows
        if one.standing.rank is not None
    ]
    text = csv_text(Sheet(["calon", "nilai", "nilai_terendah", "nilai_tertinggi", "bagian_pertama"], rows))
    name = found.standing.unit.key.replace(":", "-")
    headers = {"Content-Disposition": f'attachment; filename="calon-{name}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
