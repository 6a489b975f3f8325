"""How a public page leaves the house: one ETag per state of the data, made once, kept compressed, shown to everyone alike.

A public page depends on its address, the language, the day and the version of the data, and on nothing that belongs to the
reader: templates are rendered without context processors, so neither a session nor a message can enter a kept page. What a
page says is left to the other views of this package.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from lontar.access.doors import open_to_all
from lontar.portal.presenters.frame import frame
from lontar.portal.queries import activity, version
from lontar.ui import assets, formats

View = Callable[..., HttpResponse]
PACKAGE = Path(__file__).resolve().parents[2]
KEEP_BYTES = 48 * 1024 * 1024
_WORTH_SQUEEZING = 512


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished answer: `body` compressed unless it is too small to gain from it; `headers` besides the general ones."""

    body: bytes
    is_gzip: bool
    headers: Mapping[str, str]


class Shelf:
    """Finished answers by key, the least recently used dropped beyond `limit` bytes. Safe between threads."""

    def __init__(self, limit: int = KEEP_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Kept | None:
        """The answer under `key`, now the most recently used; None when there is none."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def put(self, key: str, kept: Kept) -> None:
        """Keep an answer; one larger than an eighth of the shelf is not worth its place."""
        if len(kept.body) * 8 > self._limit:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self._size += len(kept.body) - (len(old.body) if old else 0)
            self._kept[key] = kept
            while self._size > self._limit:
                _key, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped.body)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._size = 0


shelf = Shelf()


@lru_cache(maxsize=1)
def _code_stamp() -> int:
    """The newest change of the code and the templates that make pages; a new release makes new ETags."""
    parts = (PACKAGE / "portal", PACKAGE / "ui", PACKAGE / "registry", PACKAGE / "locale")
    files = (file for part in parts for ending in ("*.py", "*.html", "*.mo") for file in part.rglob(ending))
    return max((file.stat().st_mtime_ns for file in files), default=0)


def _build_stamp() -> int:
    manifest = assets.BUILD / "manifest.json"
    return manifest.stat().st_mtime_ns if manifest.exists() else 0


def public_page(view: View) -> View:
    """Serve a view's answer to everybody: GET and HEAD only, 304 for an ETag that still holds, kept while it holds.

    Costs one query when the answer is kept. Only answers with status 200 are kept.
    """

    @wraps(view)
    def delivered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        now = version.current()
        seed = (request.get_host(), request.get_full_path(), formats.language(), timezone.localdate(), now.number)
        key = hashlib.sha256(repr((*seed, _code_stamp(), _build_stamp())).encode()).hexdigest()[:24]
        etag = f'W/"{key}"'
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            return _headed(unchanged, etag=etag, now=now)
        kept = shelf.get(key)
        if kept is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            kept = _squeezed(response)
            shelf.put(key, kept)
        return _headed(_unpacked(request, kept), etag=etag, now=now)

    return open_to_all(delivered)  # type: ignore[return-value]  # the guard keeps the view's own answer


def page(request: HttpRequest, template: str, *, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A rendered page without context processors; `request` is there for addresses only."""
    around = frame(request, is_demo=activity.has_demo_data())
    return HttpResponse(render_to_string(template, {**around, **context, "request": request}), status=status)


def _squeezed(response: HttpResponse) -> Kept:
    body = response.content
    small = len(body) < _WORTH_SQUEEZING
    packed = body if small else gzip.compress(body, compresslevel=6, mtime=0)
    return Kept(packed, not small, dict(response.headers))


def _unpacked(request: HttpRequest, kept: Kept) -> HttpResponse:
    if not kept.is_gzip:
        return HttpResponse(kept.body, headers=kept.headers)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(kept.body), headers=kept.headers)
    return HttpResponse(kept.body, headers={**kept.headers, "Content-Encoding": "gzip"})


def _headed(response: HttpResponse, *, etag: str, now: version.DataVersion) -> HttpResponse:
    response["ETag"] = etag
    if now.at is not None:
        response["Last-Modified"] = http_date(now.at.timestamp())
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
