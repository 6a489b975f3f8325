"""What a scan or photo of a document is, told by its first bytes and never by its name: PDF, JPEG or PNG.

How large one may be, who may have it and where it lies is left to the apps that take them.
"""

from __future__ import annotations

HEAD = 16
_MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
ACCEPTED = ",".join(SUFFIXES)


def media_type_of(head: bytes) -> str:
    """The media type of a file that begins with `head` (`HEAD` bytes are enough); "" for anything else."""
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
