"""Files of issued documents, kept unchanged under the SHA-256 of their contents. They hold no personal data: not sealed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from lontar.host import places

FOLDER = "dokumen"


class FileLost(Exception):
    """A file is no longer there, or is not what it was when it was kept."""


def path_of(sha256: str) -> Path:
    """Where a file of this content lies."""
    return places.inside(FOLDER, sha256[:2]) / sha256


def keep(content: bytes) -> str:
    """Keep the content; its SHA-256. A crash leaves nothing half, and the same content is kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if path.exists():
        return sha256
    descriptor, draft = tempfile.mkstemp(dir=places.inside(FOLDER), prefix=".draft-")
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        Path(draft).chmod(0o440)
        Path(draft).rename(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return sha256


def read(sha256: str) -> bytes:
    """The content. Raises `FileLost` when it is missing or was changed."""
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError:
        raise FileLost(sha256) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileLost(sha256)
    return content
