"""Typed readers of environment variables; each failure names the variable and what it should hold.

Leaves to `settings` which variables exist, and to `lontar.host.secrets` where generated secrets are kept.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


class EnvironmentProblem(Exception):
    """A variable of the environment is missing or cannot be read."""


def text(name: str, default: str) -> str:
    """The variable `name`, or `default` when unset or empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool) -> bool:
    """A yes/no variable: 1, true, yes, on / 0, false, no, off."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise EnvironmentProblem(f"{name}={raw!r}: expected 1 or 0")


def whole(name: str, default: int) -> int:
    """A whole number, for example a port."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise EnvironmentProblem(f"{name}={raw!r}: expected a whole number") from None


def one_of(name: str, allowed: tuple[str, ...], *, default: str) -> str:
    """One of a few words."""
    raw = os.environ.get(name, "").strip().lower() or default
    if raw not in allowed:
        raise EnvironmentProblem(f"{name}={raw!r}: expected one of {', '.join(allowed)}")
    return raw


def words(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute folder; it is not created here."""
    return Path(text(name, str(default))).expanduser().resolve()


def address(name: str) -> str:
    """The `https://name` or `http://name:port` of a site, without a slash at its end; empty when unset."""
    raw = os.environ.get(name, "").strip().rstrip("/")
    parts = urlsplit(raw)
    if raw and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query):
        raise EnvironmentProblem(f"{name}={raw!r}: expected https://name, for example https://lontar.example")
    return raw


def postgres(url: str) -> dict[str, object]:
    """Django's database settings from a `postgresql://user:password@host:port/name?host=/socket` address."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvironmentProblem("DATABASE_URL: expected postgresql://user:password@host:port/name")
    query = parse_qs(parts.query)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise EnvironmentProblem("DATABASE_URL: the database name is missing after the last /")
    options: dict[str, object] = {key: values[0] for key, values in query.items() if key not in {"host", "port"}}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": query.get("port", [str(parts.port or "")])[0],
        "OPTIONS": options,
    }
