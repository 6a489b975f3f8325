"""Template context: who is signed in and as which post. Leaves what they may do to `policies`."""

from __future__ import annotations

from django.http import HttpRequest


def acting(request: HttpRequest) -> dict[str, object]:
    """`post_held`: the post that the reader acts as, or None; `posts_held`: every post that they could act as."""
    return {"post_held": getattr(request, "post_held", None), "posts_held": getattr(request, "posts_held", [])}
