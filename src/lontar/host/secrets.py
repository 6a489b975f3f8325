"""Secrets: from the environment; an installation on the embedded database makes its own, once, readable by its user only."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable

from lontar import environment
from lontar.host import places


def secret(name: str, *, generate: bool) -> str:
    """The secret `name` from the environment, else from the installation's own file.

    With `generate`, a missing one is created (64 hexadecimal digits, mode 0600, created exclusively so that two
    processes that start together agree). Without it, a missing one is an error that names the variable.
    """
    given = os.environ.get(name)
    if given:
        return given
    path = places.data() / "secrets" / name.lower()
    if path.exists():
        return path.read_text().strip()
    if not generate:
        raise environment.EnvironmentProblem(f"{name} is not set; give 64 hexadecimal digits (openssl rand -hex 32)")
    return made_once(name.lower(), lambda: secrets.token_hex(32).encode()).decode().strip()


def made_once(name: str, make: Callable[[], bytes]) -> bytes:
    """The installation's own file `secrets/name`; where it is missing, `make` gives its contents (mode 0600).

    Of two processes that make it at once, one wins and both read its file.
    """
    path = places.inside("secrets") / name
    if path.exists():
        return path.read_bytes()
    draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(make())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_bytes()
