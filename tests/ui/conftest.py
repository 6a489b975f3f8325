"""The gallery as a small site of its own: the look under the project's policy, without database or other apps."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
SITE: dict[str, Any] = {
    "ROOT_URLCONF": "tests.ui.gallery",
    "ALLOWED_HOSTS": ["*"],
    "DEBUG": False,
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
    "WHITENOISE_AUTOREFRESH": True,
    "MIDDLEWARE": [
        "csp.middleware.CSPMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "lontar.ui.middleware.ChosenLanguage",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.messages.context_processors.messages",
                    "tests.ui.gallery.navigation",
                ]
            },
        }
    ],
}


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def gallery() -> Iterator[None]:
    """Django's own test client serves the gallery."""
    with override_settings(**SITE):
        yield


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Address of the gallery on a real port of this machine."""
    with override_settings(**SITE):
        server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or the test is skipped with the reason."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages were not seen by a browser")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(Path(CHROMIUM)), args=FLAGS)
        yield running
        running.close()
