"""Secrets: from the environment; an installation on the embedded database makes its own, once, readable by its user only."""

from __future__ import annotations

import os
import secrets

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
    places.inside("secrets")
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_hex(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
