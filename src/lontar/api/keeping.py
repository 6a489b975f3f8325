"""Answers to strangers are kept as long as the data does not change: the same question is answered from memory, or by 304.

What anyone may read depends on the address, the day and the version of the data (`lontar.portal.queries.version`), and on
nothing that belongs to the caller. What an office reads is never kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from lontar.portal.queries import version
from lontar.portal.views.delivery import Kept, Shelf

KIND = "application/json"
shelf = Shelf(16 * 1024 * 1024)


def kept(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer to a stranger's question, from memory while it still holds; anyone else's question is simply answered."""
    if not _is_stranger(request):
        return answer()
    key = repr((
        connection.settings_dict["NAME"],
        version.current().number,
        timezone.localdate(),
        request.get_full_path(),
        request.headers.get("Accept", ""),
    ))  # fmt: skip
    found = shelf.get(key)
    if found is None:
        made = answer()
        if not (isinstance(made, HttpResponse) and made.status_code == HTTPStatus.OK and made["Content-Type"] == KIND):
            return made
        found = _remembered(key, made.content)
    told = HttpResponse(found.body, headers=found.headers)
    return get_conditional_response(request, etag=told["ETag"], response=told) or told


def _is_stranger(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and "Authorization" not in request.headers
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def _remembered(key: str, body: bytes) -> Kept:
    mark = hashlib.sha256(body).hexdigest()[:20]
    fresh = Kept(body, is_gzip=False, headers={"Content-Type": KIND, "ETag": f'"{mark}"', "Cache-Control": "no-cache"})
    shelf.put(key, fresh)
    return fresh
