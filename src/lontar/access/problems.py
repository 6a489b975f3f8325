"""Problem documents (RFC 9457) for programs: what pages for people are to people. Which problem it is, the caller says.

`problems` is an addition to the module names of the house, beside `doors`: the answer of an API at a closed door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus

import orjson
from django.http import HttpResponse

_TITLES = {
    HTTPStatus.BAD_REQUEST: "Permintaan tidak terbaca",
    HTTPStatus.UNAUTHORIZED: "Perlu kunci API",
    HTTPStatus.FORBIDDEN: "Tidak berwenang",
    HTTPStatus.NOT_FOUND: "Tidak ditemukan",
    HTTPStatus.METHOD_NOT_ALLOWED: "Cara tidak dilayani",
    HTTPStatus.CONFLICT: "Tidak dapat dilakukan sekarang",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Berkas terlalu besar",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Isian tidak dapat diterima",
    HTTPStatus.TOO_MANY_REQUESTS: "Terlalu sering",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Gangguan",
    HTTPStatus.SERVICE_UNAVAILABLE: "Belum siap",
}


def problem(status: HTTPStatus, detail: str, **extra: object) -> HttpResponse:
    """An answer of `application/problem+json`; `extra` are further members."""
    body = {
        "type": "about:blank",
        "title": _TITLES.get(status, status.phrase),
        "status": int(status),
        "detail": detail,
        **extra,
    }
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")


def unreadable(errors: Iterable[Mapping[str, object]]) -> HttpResponse:
    """422 that names each parameter or field and what is wrong with it; no value is repeated."""
    faults = []
    for error in errors:
        place = error.get("loc", ())
        parts = [str(part) for part in place] if isinstance(place, list | tuple) else [str(place)]
        faults.append(
            {
                "name": ".".join(parts[1:]) or ".".join(parts),
                "in": parts[0] if parts else "",
                "reason": str(error.get("msg", "")),
            }
        )
    names = ", ".join(dict.fromkeys(fault["name"] for fault in faults))
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"Isian tidak dapat diterima: {names}.", errors=faults)
