"""What every address of the API has in common, before and after its operation.

HEAD is answered like GET without a body; a parameter that the operation does not know is refused rather than ignored; a caller
who keeps trying keys waits; a wrong method or address is a problem document; what an office reads is not kept by caches, what
anyone reads is (`keeping`).
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import patch_vary_headers

from lontar.access.doors import open_to_all
from lontar.access.problems import problem
from lontar.api.keeping import kept

View = Callable[..., HttpResponseBase]
TRIES, WINDOW, WATCHED = 20, 60.0, 10_000  # wrong keys from one address within a minute, before it waits
_CONVERTER = re.compile(r"<(?:[^:>]+:)?([^>]+)>")
_lock = threading.Lock()
_wrong: OrderedDict[str, deque[float]] = OrderedDict()


def guarded(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses, each view with what all have in common."""
    return [
        URLPattern(one.pattern, _common(one.callback), one.default_args, one.name)
        if isinstance(one, URLPattern)
        else one
        for one in patterns
    ]


def _common(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        has_key = "Authorization" in request.headers
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        refused = (_must_wait(request) if has_key else None) or _unknown_parameters(request)
        found = refused or kept(request, lambda: view(request, *args, **kwargs))
        if found.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            found = _wrong_method(found)
        if has_key and found.status_code == HTTPStatus.UNAUTHORIZED:
            _note_wrong_key(request)
        patch_vary_headers(found, ["Accept", "Authorization", "Cookie"])
        if (has_key or getattr(request, "post_held", None) is not None) and not found.has_header("Cache-Control"):
            found["Cache-Control"] = "private, no-store"
        return _without_body(found) if is_head else found

    return answer


def _without_body(answer: HttpResponseBase) -> HttpResponse:
    empty = HttpResponse(status=answer.status_code)
    for name, value in answer.items():
        empty[name] = value
    if not answer.streaming and not empty.has_header("Content-Length"):
        empty["Content-Length"] = str(len(getattr(answer, "content", b"")))
    answer.close()
    return empty


def _wrong_method(answer: HttpResponseBase) -> HttpResponse:
    allowed = answer.get("Allow", "")
    told = problem(HTTPStatus.METHOD_NOT_ALLOWED, f"Alamat ini hanya melayani {allowed}.")
    told["Allow"] = allowed
    return told


@open_to_all
def no_such_address(_request: HttpRequest, rest: str = "") -> HttpResponse:
    """Anything beneath /api/ that is not there."""
    return problem(HTTPStatus.NOT_FOUND, "Tidak ada di alamat ini. Daftar alamat ada di /api/v1/docs.")


# --- parameters that an operation does not know -----------------------------------------------------------------------


@lru_cache(maxsize=1)
def _known_parameters() -> dict[tuple[str, str], frozenset[str]]:
    """Method and path of every operation → names of its query parameters, as its OpenAPI document says."""
    from lontar.api.api import api

    return {
        (method.upper(), path): frozenset(
            given["name"] for given in told.get("parameters", []) if given["in"] == "query"
        )
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, told in methods.items()
    }


def _unknown_parameters(request: HttpRequest) -> HttpResponse | None:
    if not request.GET or request.resolver_match is None:
        return None
    path = "/" + _CONVERTER.sub(r"{\1}", request.resolver_match.route)
    known = _known_parameters().get((str(request.method), path))
    unknown = [] if known is None else [name for name in request.GET if name not in known]
    if not unknown:
        return None
    names = ", ".join(sorted(known or ())) or "tidak ada"
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"Parameter tidak dikenal. Yang dikenal: {names}.",
        errors=[{"name": name[:60], "in": "query", "reason": "tidak dikenal"} for name in unknown[:20]],
    )


# --- callers who try keys ---------------------------------------------------------------------------------------------


def _caller_address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _must_wait(request: HttpRequest) -> HttpResponse | None:
    now = time.monotonic()
    with _lock:
        tries = _wrong.get(_caller_address(request))
        while tries and tries[0] < now - WINDOW:
            tries.popleft()
        if not tries or len(tries) < TRIES:
            return None
        wait = max(1, round(tries[0] + WINDOW - now))
    told = problem(HTTPStatus.TOO_MANY_REQUESTS, f"Terlalu banyak kunci yang salah. Coba lagi {wait} detik kemudian.")
    told["Retry-After"] = str(wait)
    return told


def _note_wrong_key(request: HttpRequest) -> None:
    with _lock:
        tries = _wrong.setdefault(_caller_address(request), deque(maxlen=TRIES))
        tries.append(time.monotonic())
        _wrong.move_to_end(_caller_address(request))
        while len(_wrong) > WATCHED:
            _wrong.popitem(last=False)


def forget_wrong_keys() -> None:
    """Begin anew: for tests."""
    with _lock:
        _wrong.clear()
