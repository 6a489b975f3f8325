"""How sign-in behaves here: accounts are made by an administrator, never by a visitor; a locked account says for how long."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No self sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always False: an account comes with a post, and an administrator gives it."""
        return False


def locked_out(request: HttpRequest, _credentials: Any = None, *_rest: Any, **_more: Any) -> HttpResponse:
    """The page shown after five failed sign-ins within fifteen minutes."""
    return render(request, "access/locked.html", status=429)
