"""Template context: who is signed in and as which post. Leaves what they may do to `policies`."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.ui.presenters import Link


def acting(request: HttpRequest) -> dict[str, object]:
    """What the office's header and the pages need.

    `post_held` (or None) and `posts_held`; `account_name`, the person, and `account_links`, first of them the post held.
    """
    post, held = getattr(request, "post_held", None), getattr(request, "posts_held", [])
    context: dict[str, object] = {"post_held": post, "posts_held": held}
    person = getattr(request, "user", None)
    if isinstance(person, User):
        context["account_name"] = str(person)
        context["account_links"] = _links(post, len(held))
    return context


def _links(post: Post | None, posts: int) -> list[Link]:
    links = []
    if post is not None:
        page = "access:choose_post" if posts > 1 else "access:account"
        links.append(Link(_("Bertugas sebagai %(post)s") % {"post": post.title}, reverse(page), "shield"))
    account = Link(_("Akun saya"), reverse("access:account"), "user")
    return [*links, account, Link(_("Keluar"), reverse("account_logout"), "return")]
