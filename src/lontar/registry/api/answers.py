"""How lists and records are sent: JSON as bytes without a model per row, CSV as a stream, few streams at a time.

What is sent is asked of `lontar.registry.queries`; which problem document answers a fault, of `lontar.api`.
"""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from lontar.access.problems import problem

STREAMS = 4  # at once in one process: each holds a connection and a thread
_WAIT = 5
_free = threading.BoundedSemaphore(STREAMS)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return int(value) if whole else float(value)
    raise TypeError(type(value).__name__)


def send(content: object) -> HttpResponse:
    """One record as JSON; dataclasses, dates and Decimal included."""
    return HttpResponse(orjson.dumps(content, default=_plain), content_type="application/json")


def send_list(items: Sequence[Mapping[str, Any]], count: int) -> HttpResponse:
    """A page of a list and the exact count of all."""
    return send({"items": items, "count": count})


def wants_csv(request: HttpRequest, asked: str | None) -> bool:
    """Whether the caller wants the whole list as CSV: by the parameter, else by preferring it in Accept."""
    if asked is not None:
        return asked == "csv"
    return request.get_preferred_type(["application/json", "text/csv"]) == "text/csv"


class _Stream:
    """An iterator that gives its place back when it is read to the end, closed or forgotten."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._is_open = True

    def __iter__(self) -> _Stream:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._blocks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the statement beneath and give the place back, once."""
        if self._is_open:
            self._is_open = False
            close = getattr(self._blocks, "close", None)
            try:
                if close is not None:
                    close()
            finally:
                _free.release()


def send_csv(blocks: Iterator[bytes], name: str) -> HttpResponseBase:
    """A list as a streamed file; 429 when this process streams four already."""
    if not _free.acquire(blocking=False):
        busy = problem(
            HTTPStatus.TOO_MANY_REQUESTS, "Terlalu banyak unduhan sekaligus. Coba lagi beberapa detik kemudian."
        )
        busy["Retry-After"] = str(_WAIT)
        return busy
    answer = StreamingHttpResponse(_Stream(blocks), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def rows_as_csv(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Iterator[bytes]:
    """A few rows that are in memory already, as one block of CSV; no cell begins a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([_guarded(row[name]) for name in names] for row in rows)
    yield text.getvalue().encode()


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
