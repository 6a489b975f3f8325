"""What can be said of a file that somebody holds: is it one that was issued, byte for byte, and what of its signatures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import structlog
from django.db.models import Q

from lontar.documents.models import Paper
from lontar.documents.queries.papers import IssuedPaper, paper_row
from lontar.documents.states import FileKind, Signature
from lontar.documents.steps.keeping import FileLost
from lontar.documents.steps.making import FILES
from lontar.documents.steps.signing import demo_roots, trusted_roots
from lontar.engines.papers.signing import FoundSignature, SignaturesUnread, check_signatures
from lontar.engines.papers.signing.apart import check_apart

log = structlog.get_logger("documents")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was brought: its SHA-256, the paper whose very file it is (None: no issued one), and which of its files.

    `signatures` is None when the file is no PDF that can be read; empty for a PDF without.
    """

    sha256: str
    paper: IssuedPaper | None
    kind: FileKind | None
    signatures: tuple[FoundSignature, ...] | None


def check_file(content: bytes) -> CheckedFile:
    """Look the file up by its SHA-256 and check its signatures in a bounded process. Nothing of it is kept."""
    sha256 = hashlib.sha256(content).hexdigest()
    row = Paper.objects.filter(Q(pdf_sha256=sha256) | Q(docx_sha256=sha256)).values_list("pk", "pdf_sha256").first()
    kind = None if row is None else FileKind.PDF if row[1] == sha256 else FileKind.WORD
    try:
        found = (
            tuple(check_apart(content, trusted=trusted_roots(), demo=demo_roots())) if content[:5] == b"%PDF-" else None
        )
    except SignaturesUnread:
        found = None
    return CheckedFile(sha256, paper_row(row[0]) if row else None, kind, found)


def signature_of(paper: IssuedPaper) -> FoundSignature | None:
    """The signature in the kept file of a paper, checked; None for an unsigned paper and for a file that is lost."""
    if paper.signature == Signature.NONE:
        return None
    return _signature_of(paper.pdf_sha256, tuple(trusted_roots()), tuple(demo_roots()))


@lru_cache(maxsize=512)
def _signature_of(sha256: str, trusted: tuple[bytes, ...], demo: tuple[bytes, ...]) -> FoundSignature | None:
    try:
        found = check_signatures(FILES.read(sha256), trusted=trusted, demo=demo)
    except (FileLost, SignaturesUnread):
        log.error("documents.file_unreadable", sha256=sha256)
        return None
    return found[-1] if found else None
