"""Sets, for every request, the post that the person acts as, the database scope, and the context of the audit trail.

`middleware` and `context` are module names that Django itself asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pghistory
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lontar.access import scope
from lontar.access.actions.posts import SESSION_KEY
from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.queries import posts_held_by

SEEN_EVERY = timedelta(minutes=5)


def acting_post(request: HttpRequest, day: date) -> tuple[Post | None, list[Post]]:
    """The post that the signed-in person chose to act as, else the first one held on `day`; and all posts held."""
    user = request.user
    if not isinstance(user, User):
        return None, []
    held = posts_held_by(user, day)
    chosen = request.session.get(SESSION_KEY)
    return next((post for post in held if post.pk == chosen), held[0] if held else None), held


class PostMiddleware:
    """Adds `request.post_held` (a Post or None) and `request.posts_held`.

    Every request sets the database scope anew before anything is read, so the scope of the last one never reaches the next;
    it stays open behind the response, because a streamed export still reads then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        post, held = acting_post(request, timezone.localdate()) if request.user.is_authenticated else (None, [])
        request.post_held = post  # type: ignore[attr-defined]  # Django's own way of extending a request
        request.posts_held = held  # type: ignore[attr-defined]  # as above
        scope.enter(post.region_code if post else "")
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with pghistory.context(user=request.user.pk, post=post.pk if post else None, path=request.path):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A refusal that no view turned into words of its own: the page that says why, status 403."""
        if not isinstance(problem, Refused):
            return None
        return render(request, "access/refused.html", {"reason": problem.reason}, status=403)


class LastSeenMiddleware:
    """Notes when a session was last used, for the list of sessions, with one statement that writes every five minutes.

    Stands where allauth's own middleware would, which reads and writes three times at every request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and request.user.is_authenticated:
            now = timezone.now()
            stale = UserSession.objects.filter(session_key=key, last_seen_at__lt=now - SEEN_EVERY)
            stale.update(last_seen_at=now)
        return self.get_response(request)
