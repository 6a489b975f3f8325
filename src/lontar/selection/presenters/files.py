"""The list as a file: CSV as a stream, or a workbook; and the figures of a unit's chart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from lontar.engines.tabular import stream_csv
from lontar.engines.tabular.export import Kind
from lontar.engines.tabular.flowing import stream_xlsx
from lontar.selection.presenters.lists import sheet_rows
from lontar.selection.queries.listing import Listed
from lontar.selection.queries.sheet import UnitSheet
from lontar.ui.charts import csv_text
from lontar.ui.charts.frame import Sheet

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "calon-unggulan"
_TEXT: tuple[Kind, ...] = ("text",) * 6
_KINDS: tuple[Kind, ...] = (*_TEXT, "decimal", "decimal", "decimal", "decimal", "integer", "integer", "text")


def answer(rows: Iterable[Listed], kind: str) -> HttpResponseBase:
    """The whole list as CSV or Excel, streamed."""
    heads, plain = sheet_rows([])[0], _plain(rows)
    blocks = stream_xlsx(plain, heads, kinds=_KINDS, title=NAME) if kind == "xlsx" else stream_csv(plain, heads)
    done = StreamingHttpResponse(blocks, content_type=_XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    done["Content-Disposition"] = f'attachment; filename="{NAME}.{kind}"'
    return done


def csv_blocks(rows: Iterable[Listed]) -> Iterator[bytes]:
    """The list as blocks of CSV for machines."""
    return stream_csv(_plain(rows), sheet_rows([])[0], bom=False)


def _plain(rows: Iterable[Listed]) -> Iterator[Sequence[object]]:
    held = iter(rows)
    while block := list(islice(held, 500)):
        yield from sheet_rows(block)[1]


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
