"""Sets, for every request, the post that the person acts as, the database scope, and the context of the audit trail.

`middleware` and `context` are module names that Django itself asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pghistory
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lontar.access import scope
from lontar.access.models import Post, User

SESSION_KEY = "lontar_post"


def acting_post(request: HttpRequest, day: date) -> Post | None:
    """The post that the signed-in person chose to act as, else the first one held on `day`; None for a stranger."""
    user = request.user
    if not isinstance(user, User):
        return None
    held = list(Post.objects.held_by(user, day).select_related("agency").order_by("pk"))
    chosen = request.session.get(SESSION_KEY)
    return next((post for post in held if post.pk == chosen), held[0] if held else None)


class PostMiddleware:
    """Adds `request.post_held` (a Post or None); closes the database scope again when the request ends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        post = acting_post(request, timezone.localdate()) if request.user.is_authenticated else None
        request.post_held = post  # type: ignore[attr-defined]  # Django's own way of extending a request
        scope.enter(post.region_code if post else "")
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with pghistory.context(user=request.user.pk, post=post.pk if post else None, path=request.path):
            return self.get_response(request)
