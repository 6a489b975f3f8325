"""Sending a list that anyone may read whole: as a page of JSON, or streamed as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from lontar.registry.api.answers import send_csv, send_list, wants_csv
from lontar.registry.queries import open_lists
from lontar.registry.queries.listing import Listing
from lontar.registry.queries.open_lists import Asked


def send_open(
    request: HttpRequest,
    listing: Listing,
    asked: Asked,
    *,
    name: str,
    sort: str,
    limit: int,
    offset: int,
    kind: str | None,
) -> HttpResponseBase:
    """A page with its count, or everything that is asked for as the file `name`.csv."""
    if wants_csv(request, kind):
        return send_csv(open_lists.csv_rows(listing, asked, sort=sort), name)
    return send_list(*open_lists.rows(listing, asked, sort=sort, limit=limit, offset=offset))
