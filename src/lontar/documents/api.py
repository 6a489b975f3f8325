"""API of papers that were issued and signed: what the public check tells of one, for anyone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router, Schema

from lontar.documents import queries
from lontar.documents.queries import IssuedPaper

router = Router(tags=["Surat bertanda tangan"])


class PaperFact(Schema):
    """A fact that the public check tells."""

    label: str
    value: str


class PaperEnd(Schema):
    """How a paper ended; number and code of the one that replaced it are empty when it was revoked."""

    kind: str
    reason: str
    at: datetime
    successor_number: str
    successor_code: str


class PaperTold(Schema):
    """A paper as anyone may check it."""

    code: str
    number: str
    kind: str
    title: str
    region: str
    agency: str
    issued_at: datetime
    is_in_force: bool
    is_demo: bool
    signature: str
    signer: str
    pdf_sha256: str
    docx_sha256: str
    facts: list[PaperFact]
    end: PaperEnd | None = None


def told(paper: IssuedPaper) -> PaperTold:
    """The public facts of a paper."""
    fate = paper.fate
    return PaperTold(
        code=paper.code, number=paper.number, kind=paper.kind, title=paper.title, region=paper.region_code,
        agency=paper.agency, issued_at=paper.issued_at, is_in_force=paper.is_in_force, is_demo=paper.is_demo,
        signature=paper.signature.value, signer=paper.signer, pdf_sha256=paper.pdf_sha256,
        docx_sha256=paper.docx_sha256, facts=[PaperFact(label=label, value=value) for label, value in paper.facts],
        end=None if fate is None else PaperEnd(
            kind=fate.kind.value, reason=fate.reason, at=fate.at, successor_number=fate.successor[0],
            successor_code=fate.successor[1],
        ),
    )  # fmt: skip


@router.get("/papers/{code}", response=PaperTold, summary="Periksa surat menurut kodenya")
def paper(
    request: HttpRequest, response: HttpResponse, code: Annotated[str, Path(max_length=40, description="Kode periksa.")]
) -> PaperTold:
    """Fakta umum surat, sidik berkasnya, dan apakah masih berlaku."""
    found = queries.paper(code)
    if found is None:
        raise Http404(f"Tidak ada surat berkode {code}. Periksa penulisannya.")
    response["Cache-Control"] = "no-store"  # it may be revoked at any moment
    return told(found)
