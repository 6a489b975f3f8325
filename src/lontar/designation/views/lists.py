"""What the lists have in common: a page of rows, the rows that a bulk act was asked for, and a list as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.http import HttpRequest, StreamingHttpResponse

from lontar.designation.forms import ProposalFilter
from lontar.designation.models import Proposal
from lontar.designation.queries.proposals import Asked
from lontar.engines.tabular import stream_csv
from lontar.ui.presenters import Chip, Pager, Query
from lontar.ui.presenters.query import PAGE, PAGE_SIZE

SIZES = (25, 50, 100)
MANY = 2_000  # rows of one bulk act: more than one decree of a whole province has had


def pager_of(query: Query, count: int) -> Pager:
    """The page that the address asks for, kept within the list."""
    size = next((one for one in SIZES if str(one) == query.get(PAGE_SIZE)), 50)
    last = max(1, -(-count // size))
    asked = query.get(PAGE, "1")
    page = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    return Pager(query, count, min(max(page, 1), last), size)


def asked_of(form: ProposalFilter, region: str) -> Asked:
    """What the filter asks for within the post's region."""
    form.is_valid()
    return Asked(
        region=form.value("wilayah") or region,
        words=form.value("q"),
        state=form.value("keadaan"),
        kind=form.value("jenis"),
    )


def chips_of(form: ProposalFilter, query: Query) -> list[Chip]:
    """What is filtered, each with the address without it."""
    found = []
    for name, bound in form.fields.items():
        value = form.value(name)
        if value:
            labels = dict(getattr(bound, "choices", ()))
            found.append(Chip(f"{bound.label}: {labels.get(value, value)}", query.without(name)))
    return found


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """Record numbers out of an address or a form; anything else is left out."""
    return [int(one) for one in texts if one.isascii() and one.isdecimal() and len(one) < 19][:MANY]


def picked(request: HttpRequest, region: str) -> list[int]:
    """The proposals that a bulk act was asked for: the picked ones, or all that the filter of the address finds."""
    if request.POST.get("semua"):
        rows = asked_of(ProposalFilter(request.GET, within=region), region).rows()
        return list(rows.order_by("pk").values_list("pk", flat=True)[:MANY])
    found = whole_numbers(request.POST.getlist("pilih"))
    return list(Proposal.objects.filter(pk__in=found).values_list("pk", flat=True))


def csv_of(name: str, columns: Sequence[str], lines: Iterable[Mapping[str, object]]) -> StreamingHttpResponse:
    """A list as a CSV that leaves while it is made."""
    rows = ([line[column] for column in columns] for line in lines)
    reply = StreamingHttpResponse(stream_csv(rows, list(columns)), content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return reply
