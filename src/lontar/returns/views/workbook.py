"""The month's workbook out, prefilled, and back in: kept row by row, or returned with what is wrong marked in its cells."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.engines import tabular
from lontar.engines.periods import Month
from lontar.engines.tabular import Mark, Table, UnreadableFile
from lontar.intake.steps import reading as headers
from lontar.intake.steps import storage
from lontar.returns import actions, policies
from lontar.returns.forms import WorkbookForm
from lontar.returns.models import Producer
from lontar.returns.presenters import crumbs
from lontar.returns.presenters.workbook import SAID, write_month
from lontar.returns.rules.checks import Finding
from lontar.returns.rules.reading import months_of, read
from lontar.returns.rules.schema import RETURN, VALUES
from lontar.returns.states import Channel
from lontar.returns.views.answering import month_of

LIMIT = 20_000_000
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookRefused(ValueError):
    """A workbook that cannot be taken as a whole; the message is for the person."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """The table, which column is which, and the outcome of each row."""

    table: Table
    columns: dict[str, str]
    outcomes: list[actions.Outcome]
    is_explained: list[bool]


@require_GET
@requires(policies.check_report)
def template(request: HttpRequest, month: str) -> HttpResponse:
    """The workbook with every producer of the post's region."""
    asked, post = Month.from_date(month_of(month)), post_of(request)
    rows = Producer.objects.within(post.region_code).asked_in(asked.start).select_related("village")
    with storage.draft(suffix=".xlsx") as path:
        write_month(path, asked, list(rows.order_by("village_id", "name", "pk")[: actions.MOST_AT_ONCE]))
        content = path.read_bytes()
    return _file(content, f"laporan-{asked.label}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@requires(policies.check_report)
def workbook(request: HttpRequest, month: str) -> HttpResponse:
    """Send a filled workbook: what is right is kept, what is wrong is told; or have it back with the cells marked."""
    asked = Month.from_date(month_of(month))
    form = WorkbookForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "month": asked, "crumbs": crumbs((_("Buku kerja"), ""))}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer = _answer(request, form.cleaned_data["berkas"], context)
            except (UnreadableFile, WorkbookRefused, actions.TooMany) as refused:
                form.add_error("berkas", str(refused))
            except actions.MonthClosed as closed:
                form.add_error("berkas", closed.reason)
            else:
                if answer is not None:
                    return answer
                status = 200
    return render(request, "returns/workbook.html", context, status=status)


def _answer(request: HttpRequest, file: UploadedFile[Any], context: dict[str, Any]) -> HttpResponse | None:
    """The marked workbook where it was asked for; else the context gets what became of the rows."""
    if (file.size or 0) > LIMIT:
        raise WorkbookRefused(_("Berkas lebih besar dari 20 MB. Bagi menjadi beberapa berkas."))
    if request.POST.get("tanda"):
        with transaction.atomic():
            taken = _take(request, file)
            transaction.set_rollback(True)
        return _marked(taken)
    taken = _take(request, file)
    counts = {kind: sum(one.kind == kind for one in taken.outcomes) for kind in actions.Kind}
    context["counts"] = [
        (_("Tersimpan"), counts[actions.Kind.STORED]), (_("Sudah ada, sama"), counts[actions.Kind.SAME]),
        (_("Ditolak"), counts[actions.Kind.REFUSED]), (_("Diubah orang lain"), counts[actions.Kind.CONFLICT]),
    ]  # fmt: skip
    context["lines"] = list(_lines(taken))[:SHOWN]
    messages.success(request, _("Buku kerja selesai diperiksa."))
    return None


def _lines(taken: _Taken) -> Iterable[tuple[int, str, str, str]]:
    """Row, column, value and message of every remark that wants something done."""
    for one in taken.outcomes:
        for found in one.findings:
            if found.is_error or not taken.is_explained[one.index]:
                label = RETURN.column(found.field).label if found.field else ""
                yield int(taken.table.row_numbers[one.index]), label, found.value, found.message


def _take(request: HttpRequest, file: UploadedFile[Any]) -> _Taken:
    name = file.name or "laporan.xlsx"
    with storage.draft(suffix="." + name.rpartition(".")[2].lower()[:5]) as path:
        path.write_bytes(file.read())
        known = {word: key for key, words in RETURN.synonyms.items() for word in words}
        table = tabular.read_table(path, filename=name, known_headers=known)
    columns = {str(found["target"]): column for column, found in headers.suggest(RETURN, table).items()
               if float(str(found["score"])) >= headers.LIKELY}  # fmt: skip
    lacking = [RETURN.column(key).label for key in ("producer_id", "month", "turnover") if key not in columns]
    if lacking:
        words = _("Kolom %(columns)s tidak ditemukan. Pakailah buku kerja yang diunduh dari halaman ini.")
        raise WorkbookRefused(words % {"columns": ", ".join(lacking)})
    return _received(request, table, columns)


def _received(request: HttpRequest, table: Table, columns: dict[str, str]) -> _Taken:
    texts = table.frame.select(pl.col(columns[key]).alias(key) for key in columns)
    numeric = table.numeric.select(pl.col(columns[key]).alias(key) for key in columns)
    values, unread = read(
        texts.select(one for one in VALUES if one in columns), today=timezone.localdate(), numeric=numeric
    )
    number = texts["producer_id"].str.strip_chars().str.replace(r"\.0+$", "").cast(pl.Int64, strict=False).fill_null(0)
    rows = values.with_columns(
        number.alias("producer_id"), months_of(texts["month"]), client_key=pl.lit(None, dtype=pl.String),
        base_version=pl.lit(None, dtype=pl.Int32), justifications=pl.lit(None, dtype=pl.String),
    ).select(*actions.ARRIVING)  # fmt: skip
    said = table.frame[SAID] if SAID in table.frame.columns else pl.Series(SAID, [None] * rows.height, dtype=pl.String)
    who: dict[str, Any] = {"by": person_of(request), "post": post_of(request), "at": timezone.now()}
    outcomes = _with_unread(rows, unread, who)
    outcomes = _explained(rows, outcomes, said, who)
    return _Taken(table, columns, outcomes, [bool(words and len(words.strip()) >= 3) for words in said.to_list()])


def _with_unread(rows: pl.DataFrame, unread: list[Finding], who: dict[str, Any]) -> list[actions.Outcome]:
    """Rows with a cell that cannot be read are refused with its remark; the others are received."""
    bad: dict[int, list[Finding]] = {}
    for found in unread:
        bad.setdefault(found.index, []).append(found)
    places = [place for place in range(rows.height) if place not in bad]
    outcomes = {
        place: actions.Outcome(
            place, rows["producer_id"][place], rows["month"][place], actions.Kind.REFUSED, findings=tuple(found)
        )
        for place, found in bad.items()
    }  # fmt: skip
    if places:
        for place, one in zip(
            places, actions.receive_returns(rows[places], channel=Channel.WORKBOOK, **who), strict=True
        ):
            outcomes[place] = replace(one, index=place)
    return [outcomes[place] for place in range(rows.height)]


def _explained(
    rows: pl.DataFrame, outcomes: list[actions.Outcome], said: pl.Series, who: dict[str, Any]
) -> list[actions.Outcome]:
    """What the row says in its column of justifications counts for every value of it that was flagged."""
    places = [
        one.index for one in outcomes
        if one.kind == actions.Kind.STORED and one.findings and len((said[one.index] or "").strip()) >= 3
    ]  # fmt: skip
    if not places:
        return outcomes
    words = [json.dumps({found.field: said[place].strip() for found in outcomes[place].findings}) for place in places]
    again = rows[places].with_columns(justifications=pl.Series(words, dtype=pl.String))
    actions.receive_returns(again, channel=Channel.WORKBOOK, **who)
    return outcomes


def _marked(taken: _Taken) -> HttpResponse:
    marks = [
        Mark(
            sheet=taken.table.row_sheets[one.index], row=int(taken.table.row_numbers[one.index]),
            column=taken.columns.get(found.field), severity="error" if found.is_error else "warning",
            message=found.message, rule=found.rule,
        )
        for one in taken.outcomes
        for found in one.findings
        if found.is_error or not taken.is_explained[one.index]
    ]  # fmt: skip
    keys = pl.Series([str(number) for number in range(taken.table.frame.height)], dtype=pl.String)
    with storage.draft(suffix=".xlsx") as path:
        tabular.write_marked(path, taken.table, marks=marks, row_keys=keys)
        content = path.read_bytes()
    return _file(content, "laporan-bertanda.xlsx")
