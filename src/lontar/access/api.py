"""Who calls the API: a key (`Authorization: Bearer …`), else the session's post, else a stranger.

The row scope of the connection follows the key's post. What the caller may do is asked of each app's policies.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import AuthenticationError

from lontar.access import scope
from lontar.access.actions import find_token
from lontar.access.models import ApiToken, Post, User
from lontar.access.policies import Refused
from lontar.access.states import TokenScope


def caller(request: HttpRequest) -> Post | None:
    """The post that a request acts as; None for a stranger. Raises AuthenticationError for a key that is no good."""
    token = token_of(request)
    if token is not None:
        return token.post
    post: Post | None = getattr(request, "post_held", None)
    return post


def token_of(request: HttpRequest) -> ApiToken | None:
    """The key that a request shows, usable now; None when it shows none."""
    given = request.headers.get("Authorization", "")
    if not given:
        return None
    kind, _, secret = given.partition(" ")
    token = find_token(secret.strip(), timezone.now()) if kind.lower() == "bearer" else None
    if token is None:
        scope.enter("")
        raise AuthenticationError
    request.post_held = token.post  # type: ignore[attr-defined]  # as PostMiddleware does for sessions
    return token


def sender(request: HttpRequest) -> tuple[Post, User]:
    """The post and person behind a request that changes something; a key needs the scope to submit."""
    token = token_of(request)
    if token is not None:
        if TokenScope.SUBMIT not in token.scopes:
            raise Refused("Kunci ini hanya untuk membaca. Buat kunci dengan izin mengirim data.")
        return token.post, token.created_by
    post: Post | None = getattr(request, "post_held", None)
    if post is None or not isinstance(request.user, User):
        raise AuthenticationError
    return post, request.user
