"""Template context: the public menu, for the error pages that are rendered outside this app.

`context` is a module name that Django itself asks for.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from lontar.portal.presenters.frame import navigation


def public(request: HttpRequest) -> dict[str, Any]:
    """`public_nav`: the entries of the public menu."""
    return {"public_nav": navigation()}
