"""Raw uploads, kept sealed and unchanged under the SHA-256 of their contents."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from lontar.engines.sealed_files import open_file, open_stream, seal_stream
from lontar.engines.sealing import SealBroken
from lontar.host import places

# The names of drafts carry the process that makes them.
_END_OF_NAME = "~"
_PLAIN = f"baca{_END_OF_NAME}"
_DRAFT = f".draft{_END_OF_NAME}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file: SHA-256 (hexadecimal) and size in bytes of the plaintext."""

    sha256: str
    size: int


def _path(sha256: str) -> Path:
    return places.inside("kiriman", sha256[:2]) / sha256


def keep(source: BinaryIO) -> Kept:
    """Keep the contents of `source`. A crash leaves nothing half: the sealed file is moved into place when complete.

    The same contents are kept once; a kept file that the disk has damaged, or that was sealed with a key since lost, is
    replaced by the one that was just sent.
    """
    descriptor, unfinished = tempfile.mkstemp(dir=places.inside("kiriman"), prefix=f"{_DRAFT}{os.getpid()}-")
    try:
        with os.fdopen(descriptor, "wb") as target:
            sha256, size = seal_stream(source, target, key=settings.FIELD_KEY)
            target.flush()
            os.fsync(target.fileno())
        path = _path(sha256)
        if path.exists() and _is_whole(path, sha256):
            Path(unfinished).unlink()
        else:
            Path(unfinished).chmod(0o400)
            Path(unfinished).rename(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return Kept(sha256=sha256, size=size)


def _is_whole(path: Path, sha256: str) -> bool:
    """Whether a kept file can still be opened and holds what its name says."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as sealed:
            for chunk in open_stream(sealed, key=settings.FIELD_KEY):
                digest.update(chunk)
    except (SealBroken, OSError):
        return False
    return digest.hexdigest() == sha256


@contextmanager
def opened(sha256: str, *, suffix: str = "") -> Iterator[Path]:
    """The plaintext as a private temporary file inside the installation, removed afterwards."""
    with draft(suffix=suffix) as plain:
        open_file(_path(sha256), plain, key=settings.FIELD_KEY)
        yield plain


@contextmanager
def draft(*, suffix: str = "") -> Iterator[Path]:
    """A private temporary file inside the installation, removed afterwards; `sweep` removes those of killed processes."""
    descriptor, name = tempfile.mkstemp(dir=places.inside("tmp"), prefix=f"{_PLAIN}{os.getpid()}-", suffix=suffix)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def sweep() -> int:
    """Remove what processes that were killed have left: plaintext drafts, and sealed drafts of uploads. Returns how many."""
    left = [*places.inside("tmp").glob(f"{_PLAIN}*-*"), *places.inside("kiriman").glob(f"{_DRAFT}*-*")]
    dead = [path for path in left if not _is_alive(path.name.partition(_END_OF_NAME)[2].partition("-")[0])]
    for path in dead:
        path.unlink(missing_ok=True)
    return len(dead)


def _is_alive(number: str) -> bool:
    """Whether the process that made a draft still runs; what cannot be told counts as running."""
    if not number.isdecimal():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
