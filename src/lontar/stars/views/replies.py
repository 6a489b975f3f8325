"""What the views of this app share: who acts when, and a list as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from lontar.access.doors import person_of, post_of
from lontar.engines.tabular import stream_csv


def acting(request: HttpRequest) -> dict[str, Any]:
    """`by`, `post` and `at` for an action."""
    return {"by": person_of(request), "post": post_of(request), "at": timezone.now()}


def csv_reply(lines: Iterable[Sequence[object]], name: str) -> HttpResponseBase:
    """Lines as a streamed CSV; the first one is the header."""
    source = iter(lines)
    header = [str(text) for text in next(iter(islice(source, 1)))]
    reply = StreamingHttpResponse(stream_csv(source, header), content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.csv"'
    return reply
