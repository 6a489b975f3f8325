"""Template context: who is signed in and as which post. Leaves what they may do to `policies`."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import User
from lontar.ui.presenters import Link


def acting(request: HttpRequest) -> dict[str, object]:
    """What the office's header and the pages need.

    `post_held` (or None) and `posts_held`; `account_name`, the person with the post they act as, and `account_links`.
    """
    post, held = getattr(request, "post_held", None), getattr(request, "posts_held", [])
    context: dict[str, object] = {"post_held": post, "posts_held": held}
    person = getattr(request, "user", None)
    if isinstance(person, User):
        context["account_name"] = f"{person} · {post.title}" if post else str(person)
        context["account_links"] = _links(len(held))
    return context


def _links(posts: int) -> list[Link]:
    links = [Link(_("Akun saya"), reverse("access:account"), "user")]
    if posts > 1:
        links.append(Link(_("Ganti jabatan"), reverse("access:choose_post"), "shield"))
    return [*links, Link(_("Keluar"), reverse("account_logout"), "return")]
