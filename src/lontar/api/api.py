"""API v1: collects the routers of the apps, speaks problem documents (RFC 9457), and serves its own OpenAPI document.

Every list answers `{"items": […], "count": n}` with `limit` and `offset`, and CSV on `Accept: text/csv` or
`?format=csv`. Without a key a caller reads what anyone may read; with a key or a session, what its post may read. Personal
values are never sent.
"""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja.errors import AuthenticationError, HttpError, ValidationError

from lontar.access.policies import Refused
from lontar.access.problems import problem, unreadable
from lontar.api.document import DocumentedAPI
from lontar.api.search import router as search
from lontar.designation.api import router as designation
from lontar.documents.api import router as documents
from lontar.intake.api import router as intake
from lontar.monitoring.api import router as monitoring
from lontar.priority.api import router as priority
from lontar.registry.api import router as registry
from lontar.reports.api import router as reports
from lontar.returns.api import router as returns
from lontar.selection.api import router as selection
from lontar.stars.api import router as stars
from lontar.value.api import router as value
from lontar.verdicts.api import router as verdicts

api = DocumentedAPI(
    title="Lontar",
    version="1",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
    description=(
        "Data program One Village One Product: wilayah, desa, usaha, produk, izin, cakupan. Tanpa kunci: data terbuka. "
        "Dengan kunci (Authorization: Bearer …): data kantor dalam wilayah jabatan pemegang kunci."
    ),
)
api.add_router("", registry)
api.add_router("", search)
api.add_router("", intake)
for _choosing in (selection, designation, stars, priority, documents):
    api.add_router("", _choosing)
for _measuring in (returns, monitoring, verdicts, value, reports):
    api.add_router("", _measuring)


@api.exception_handler(Refused)
def _refused(_request: HttpRequest, refused: Refused) -> HttpResponse:
    return problem(HTTPStatus.FORBIDDEN, refused.reason)


@api.exception_handler(AuthenticationError)
def _unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    answer = problem(HTTPStatus.UNAUTHORIZED, "Kunci API tidak ada, tidak dikenal, dicabut, atau sudah lewat masanya.")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return unreadable(error.errors)


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, str(error) or "Tidak ada di alamat ini.")


@api.exception_handler(HttpError)
def _failed(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(HTTPStatus(error.status_code), error.message)


@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def _misshapen(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(HTTPStatus.BAD_REQUEST, "Isi permintaan tidak terbaca. Periksa Content-Type dan bagian-bagiannya.")


@api.exception_handler(Exception)
def _broken(_request: HttpRequest, error: Exception) -> HttpResponse:
    if settings.DEBUG:
        raise error
    import structlog  # only when something broke

    structlog.get_logger("api").exception("api.failed", exc_info=error)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR, "Ada gangguan pada sistem. Coba lagi; bila berulang, hubungi pengelola."
    )
