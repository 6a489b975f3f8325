"""Gives each request its language: the one chosen by the reader, otherwise Indonesian.

`?bahasa=en` sets Django's language cookie and leads to the same address without it: a plain link, so that public
pages carry no form and no token. The language of the browser is not asked: many phones here speak English although
their owners do not, and a page that depends on nothing but its address and one cookie can be kept by caches. Stands
where Django's `LocaleMiddleware` would.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from lontar.ui.languages import PARAMETER
from lontar.ui.presenters.query import Query

YEAR = 365 * 24 * 60 * 60


class ChosenLanguage:
    """Middleware: turns the language parameter of a GET into a cookie, and speaks the language of the cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers with the redirect, or passes the request on in its language. Unknown languages are ignored."""
        known = dict(settings.LANGUAGES)
        wanted = request.GET.get(PARAMETER, "") if request.method == "GET" else ""
        if wanted in known:
            return _remembering(request, wanted)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _remembering(request: HttpRequest, language: str) -> HttpResponse:
    response = HttpResponseRedirect(Query.of(request).without(PARAMETER))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response
