"""Issued papers: one by its code, many by kind and region, and their files. Who may have a file is in `policies`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from lontar.documents.models import Paper, PaperFate
from lontar.documents.rules import read_code
from lontar.documents.states import FateKind, FileKind, PaperKind, Signature
from lontar.documents.steps.making import FILES


@dataclass(frozen=True, slots=True)
class Fate:
    """How a paper ended; `successor` are number and code of the paper that replaced it, ("", "") when revoked."""

    kind: FateKind
    reason: str
    at: datetime
    post: str
    successor: tuple[str, str]


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper as it was issued, and its fate (None: in force). `facts` are (label, value)."""

    pk: int
    kind: str
    kind_label: str
    number: str
    code: str
    address: str
    title: str
    region_code: str
    facts: tuple[tuple[str, str], ...]
    issued_at: datetime
    post: str
    agency: str
    issued_by: str
    pdf_sha256: str
    pdf_size: int
    docx_sha256: str
    docx_size: int
    signature: Signature
    signer: str
    certificate_sha256: str
    signed_at: datetime | None
    is_demo: bool
    fate: Fate | None

    @property
    def is_in_force(self) -> bool:
        """Neither replaced nor revoked."""
        return self.fate is None

    def sha256(self, kind: FileKind) -> str:
        """The SHA-256 of one of the files; "" when the paper has no such file."""
        return self.pdf_sha256 if kind == FileKind.PDF else self.docx_sha256


def kind_label(kind: str) -> str:
    """A kind of paper in words, or its slug."""
    return str(PaperKind(kind).label) if kind in PaperKind.values else kind


def paper(written: str) -> IssuedPaper | None:
    """The paper of a code as a person writes it (small letters, spaces, no hyphens); None when no paper bears it."""
    code = read_code(written)
    found = _whole(Paper.objects.filter(code=code)).first() if code else None
    return _told(found) if found else None


def paper_row(pk: int) -> IssuedPaper | None:
    """The paper that a foreign key points at."""
    found = _whole(Paper.objects.filter(pk=pk)).first()
    return _told(found) if found else None


def papers(
    *, kinds: Iterable[str] = (), within: str = "", pks: Iterable[int] | None = None, is_in_force: bool | None = None
) -> list[IssuedPaper]:
    """Papers of these kinds (none named: all), regions and keys, newest first. For lists with pages see `listing`."""
    found = Paper.objects.all()
    if chosen := list(kinds):
        found = found.of_kind(*chosen)
    if within:
        found = found.within(within)
    if pks is not None:
        found = found.filter(pk__in=list(pks))
    if is_in_force is not None:
        found = found.filter(fate__isnull=is_in_force)
    return [_told(one) for one in _whole(found).order_by("-issued_at", "-pk")]


def read_file(found: IssuedPaper, kind: FileKind) -> bytes:
    """The file exactly as issued. Raises `steps.keeping.FileLost` when it is missing or damaged."""
    return FILES.read(found.sha256(kind))


def _whole(found: models.QuerySet[Paper]) -> models.QuerySet[Paper]:
    return found.select_related("post__agency", "issued_by", "fate__successor", "fate__post")


def _told(one: Paper) -> IssuedPaper:
    return IssuedPaper(
        pk=one.pk, kind=one.kind, kind_label=kind_label(one.kind), number=one.number, code=one.code, address=one.address,
        title=one.title, region_code=one.region_code, facts=tuple((label, value) for label, value in one.facts),
        issued_at=one.issued_at, post=one.post.title, agency=one.post.agency.name,
        issued_by=str(one.issued_by) if one.issued_by else "", pdf_sha256=one.pdf_sha256, pdf_size=one.pdf_size,
        docx_sha256=one.docx_sha256, docx_size=one.docx_size, signature=Signature(one.signature), signer=one.signer,
        certificate_sha256=one.certificate_sha256, signed_at=one.signed_at, is_demo=one.is_demo, fate=_fate(one),
    )  # fmt: skip


def _fate(one: Paper) -> Fate | None:
    found: PaperFate | None = getattr(one, "fate", None)
    if found is None:
        return None
    successor = (found.successor.number, found.successor.code) if found.successor else ("", "")
    return Fate(FateKind(found.kind), found.reason, found.at, found.post.title, successor)
