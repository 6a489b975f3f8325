"""Links to the same page in another language, and the address parameter that remembers the choice.

Translations themselves are gettext's; which language a request gets is decided by `lontar.ui.middleware`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from lontar.ui import formats
from lontar.ui.presenters.query import Query

PARAMETER = "bahasa"
NAMES = {"id": ("ID", "Bahasa Indonesia"), "en": ("EN", "English")}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language of the switch; the current one has no address."""

    code: str
    short: str
    name: str
    url: str = ""


def links(request: HttpRequest | None) -> tuple[LanguageLink, ...]:
    """Every language of the installation in the order of the settings; nothing without a request."""
    if request is None:
        return ()
    query = Query.of(request)
    current = formats.language()
    return tuple(
        LanguageLink(
            code,
            *NAMES.get(code, (code.upper(), str(name))),
            url="" if code == current else query.but({PARAMETER: code}),
        )
        for code, name in settings.LANGUAGES
    )
