"""Raw uploads, kept sealed and unchanged under the SHA-256 of their contents."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from lontar.engines.sealed_files import open_file, seal_stream
from lontar.host import places


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file: SHA-256 (hexadecimal) and size in bytes of the plaintext."""

    sha256: str
    size: int


def _path(sha256: str) -> Path:
    return places.inside("kiriman", sha256[:2]) / sha256


def keep(source: BinaryIO) -> Kept:
    """Keep the contents of `source`. A crash leaves nothing half: the sealed file is moved into place when complete."""
    descriptor, draft = tempfile.mkstemp(dir=places.inside("kiriman"), prefix=".draft-")
    try:
        with os.fdopen(descriptor, "wb") as target:
            sha256, size = seal_stream(source, target, key=settings.FIELD_KEY)
            target.flush()
            os.fsync(target.fileno())
        path = _path(sha256)
        if path.exists():
            Path(draft).unlink()
        else:
            Path(draft).chmod(0o400)
            Path(draft).rename(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return Kept(sha256=sha256, size=size)


@contextmanager
def opened(sha256: str, *, suffix: str = "") -> Iterator[Path]:
    """The plaintext as a private temporary file inside the installation, removed afterwards."""
    descriptor, name = tempfile.mkstemp(dir=places.inside("tmp"), suffix=suffix)
    os.close(descriptor)
    plain = Path(name)
    try:
        open_file(_path(sha256), plain, key=settings.FIELD_KEY)
        yield plain
    finally:
        plain.unlink(missing_ok=True)
