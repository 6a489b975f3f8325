"""Issuing papers: numbers and codes first, then drawn with both, signed, kept, recorded; all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.documents import policies
from lontar.documents.models import Paper
from lontar.documents.queries.marks import has_demo_data
from lontar.documents.rules import draw_code
from lontar.documents.states import Act, Signature
from lontar.documents.steps.making import Job, Made, make_all
from lontar.documents.steps.numbering import Numbered, allot
from lontar.engines.papers.marks import Drawn, Marks
from lontar.engines.papers.signing import Signer

LOCAL = "http://localhost:8000"


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper before it has a number. `facts` are (label, value) for the public check: no personal data.

    `draw` is called once, in another thread, with number and code; it must not touch the database, so read everything
    beforehand into plain values.
    """

    kind: str
    title: str
    region_code: str
    facts: Sequence[tuple[str, str]]
    draw: Callable[[Marks], Drawn]


def publish(
    *,
    drafts: Sequence[Draft],
    post: Post,
    by: User | None,
    at: datetime,
    base: str = "",
    signer: Signer | None = None,
) -> list[Paper]:
    """Issue all drafts, in their order, or none of them; the papers.

    Belongs to the caller's transaction where there is one, so that a decree and what it changes commit together. Numbers
    of a kind are locked from here to the end of that transaction: that is what leaves no gaps. `base` is the address of the
    site (else LONTAR_PUBLIC_ADDRESS); `signer` else the one that the installation is configured with. The connection's
    scope must cover the drafts' regions.

    Raises Refused for a post that may not, `UnknownKind` for a kind without a number pattern, `SigningProblem` and
    `PaperProblem` when a paper cannot be signed or laid out; nothing is then issued.
    """
    for draft in drafts:
        policies.check_publish(post, draft.region_code)
    if not drafts:
        return []
    address = (base or settings.PUBLIC_ADDRESS or LOCAL).rstrip("/")
    with recorded(Act.PUBLISHED, by=by, at=at, post=post, papers=len(drafts)):
        numbered = allot([(draft.kind, draft.region_code) for draft in drafts], at=at)
        jobs = [_job(draft, one.number, address) for draft, one in zip(drafts, numbered, strict=True)]
        made = make_all(jobs, signer=signer, at=at)
        is_demo = has_demo_data()
        return Paper.objects.bulk_create(
            _row(draft, numbered=one, job=job, made=files, post=post, by=by, at=at, is_demo=is_demo)
            for draft, one, job, files in zip(drafts, numbered, jobs, made, strict=True)
        )


def _job(draft: Draft, number: str, address: str) -> Job:
    code = draw_code()
    return Job(draft.draw, number=number, code=code, address=f"{address}/periksa/{code}", title=draft.title)


def _row(
    draft: Draft,
    *,
    numbered: Numbered,
    job: Job,
    made: Made,
    post: Post,
    by: User | None,
    at: datetime,
    is_demo: bool,
) -> Paper:
    return Paper(
        kind=draft.kind, year=numbered.year, sequence=numbered.sequence, number=numbered.number, code=job.code,
        address=job.address, title=draft.title, region_code=draft.region_code,
        facts=[[str(label), str(value)] for label, value in draft.facts], issued_at=at, post=post, issued_by=by,
        pdf_sha256=made.pdf_sha256, pdf_size=made.pdf_size, docx_sha256=made.docx_sha256, docx_size=made.docx_size,
        signature=made.means or Signature.NONE, signer=made.signer, certificate_sha256=made.certificate_sha256,
        signed_at=made.signed_at, is_demo=is_demo,
    )  # fmt: skip
