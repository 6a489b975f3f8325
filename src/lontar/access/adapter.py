"""How sign-in behaves: an administrator opens accounts, failures are counted, secrets of the second factor lie sealed.

allauth and axes ask for these by the names in the settings. A name of its own beside the module names of the house, for that
reason.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lontar.access.models import User
from lontar.engines.sealing import Sealer

_SECOND_FACTOR = "access.second_factor"


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No self sign-up; refusals in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Nama pengguna atau kata sandi tidak cocok. Periksa, lalu coba lagi."),
        "email_password_mismatch": _("Alamat surel atau kata sandi tidak cocok. Periksa, lalu coba lagi."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok."),
        "too_many_login_attempts": _("Terlalu banyak percobaan gagal. Tunggu lima belas menit, lalu coba lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always False: an account comes with a post, and an administrator gives it."""
        return False


class SealedMFA(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of authenticator apps and recovery codes lie sealed in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode tidak cocok. Tunggu kode berikutnya di aplikasi, lalu coba lagi."),
    }

    def encrypt(self, text: str) -> str:
        """The text sealed, as base64."""
        return b64encode(_sealer().seal(text, context=_SECOND_FACTOR)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text in clear; raises `SealBroken` when it was not sealed here."""
        return _sealer().open(b64decode(encrypted_text), context=_SECOND_FACTOR)

    def _get_site_name(self) -> str:
        return "Lontar"


@lru_cache(maxsize=1)
def _sealer() -> Sealer:
    return Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY)


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account that a failed sign-in is counted against: its user name, whether typed so or as e-mail address.

    A name that no account has is counted as typed, so that the answer tells nothing about which accounts exist.
    """
    given = credentials or {}
    typed = given.get("username") or given.get("email") or given.get("login") or request.POST.get("login") or ""
    name = str(typed).strip().lower()[:150]
    if "@" in name:
        found = User.objects.filter(email__iexact=name).values_list("username", flat=True).first()
        return found or name
    return name


def client_ip(request: HttpRequest) -> str | None:
    """The address of the client; behind proxies the one that the outermost trusted proxy saw (`LONTAR_PROXIES`)."""
    found: str | None = get_client_ip(request)
    return found


def is_locked(user: User) -> bool:
    """Whether the account is locked for the client of this request."""
    return not AxesProxyHandler.is_allowed(context.request, {"username": user.username})


def count_failure(user: User) -> None:
    """Count a wrong second factor like a wrong password; the fifth failure locks."""
    user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=context.request)


def locked_out(request: HttpRequest, *_rest: Any, **_more: Any) -> HttpResponse:
    """The page shown after five failed sign-ins; the client may come back after the cool-off."""
    wait = get_cool_off(request)
    response = render(request, "access/locked.html", {"minutes": int(wait.total_seconds() // 60)}, status=429)
    response["Retry-After"] = str(int(wait.total_seconds()))
    return response
