"""Files of issued papers, kept unchanged under the SHA-256 of their contents, one folder for each sort of paper.

Files with names of people are sealed, as uploads are; others lie plain. What a file is, and who may have it, is left to the
rows that name it. Uploads, which are large and come as streams, are kept by `intake`.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from lontar.engines.sealed_files import open_stream, seal_stream
from lontar.engines.sealing import SealBroken
from lontar.host import places


class FileLost(Exception):
    """A file is no longer there, or is not what it was when it was kept."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the installation whose files are named by their contents."""

    name: str
    is_sealed: bool = False

    def path_of(self, sha256: str) -> Path:
        """Where a file of this content lies."""
        return places.inside(self.name, sha256[:2]) / sha256

    def keep(self, content: bytes) -> str:
        """Keep the content; its SHA-256. A crash leaves nothing half, and the same content is kept once.

        A kept file that the disk has damaged is replaced.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path_of(sha256)
        if path.exists() and self._is_whole(sha256):
            os.utime(path)  # what is kept anew is young for `sweeping`, too
            return sha256
        descriptor, draft = tempfile.mkstemp(dir=places.inside(self.name), prefix=".draft-")
        try:
            with os.fdopen(descriptor, "wb") as target:
                if self.is_sealed:
                    seal_stream(io.BytesIO(content), target, key=settings.FIELD_KEY)
                else:
                    target.write(content)
                target.flush()
                os.fsync(target.fileno())
            Path(draft).chmod(0o440)
            Path(draft).rename(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        return sha256

    def read(self, sha256: str) -> bytes:
        """The content. Raises `FileLost` when it is missing or was changed."""
        try:
            with self.path_of(sha256).open("rb") as kept:
                content = b"".join(open_stream(kept, key=settings.FIELD_KEY)) if self.is_sealed else kept.read()
        except (FileNotFoundError, SealBroken):
            raise FileLost(sha256) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FileLost(sha256)
        return content

    def older_than(self, instant: datetime) -> Iterator[str]:
        """The SHA-256 of every file that was kept before `instant`."""
        for path in places.inside(self.name).glob("??/*"):
            if path.stat().st_mtime < instant.timestamp():
                yield path.name

    def _is_whole(self, sha256: str) -> bool:
        try:
            self.read(sha256)
        except FileLost:
            return False
        return True
