"""Where this installation keeps things. Everything lives beneath one folder, `LONTAR_DATA`, and never outside it."""

from __future__ import annotations

import hashlib
import os
import stat
from functools import lru_cache
from pathlib import Path

from lontar import environment

CHECKOUT = Path(__file__).resolve().parents[3]


def is_open_to_others(path: Path) -> bool:
    """Whether another user of the machine may pass through every existing folder above `path`."""
    return all(
        parent.stat().st_mode & stat.S_IXOTH for parent in (path, *path.parents) if parent.exists() and parent.is_dir()
    )


def _default_data() -> Path:
    """`var` in the checkout; when started as root from a closed home, a folder of its own under /var/lib.

    PostgreSQL refuses to run as root and therefore runs as another user, who must be able to reach its data.
    """
    inside = CHECKOUT / "var"
    if os.geteuid() != 0 or is_open_to_others(CHECKOUT):
        return inside
    mark = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
    return Path(f"/var/lib/lontar-{mark}")


@lru_cache(maxsize=1)
def data() -> Path:
    """The folder of this installation (`LONTAR_DATA`), created on first use."""
    path = environment.folder("LONTAR_DATA", _default_data())
    path.mkdir(parents=True, exist_ok=True)
    return path


def inside(*parts: str) -> Path:
    """A private folder beneath the installation's data, created on first use with mode 0700."""
    path = data().joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
