"""Draws, signs and keeps many papers at once, in threads: typst and the signing library work outside Python's lock.

Leaves what is drawn to the drafts and what is recorded to the action. Files of papers that were not issued after all are
taken away by `sweeping`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from lontar.documents.steps.keeping import Folder
from lontar.engines.papers.marks import Drawn, Marks
from lontar.engines.papers.pdf import qr_svg
from lontar.engines.papers.signing import Signer

FILES = Folder("terbitan", is_sealed=True)
PLACE = "Nusa Tenggara Timur"


@dataclass(frozen=True, slots=True)
class Job:
    """A paper to be made: how it is drawn, and what it bears."""

    draw: Callable[[Marks], Drawn]
    number: str
    code: str
    address: str
    title: str


@dataclass(frozen=True, slots=True)
class Made:
    """The kept files of a paper and its signature; empty where there is none."""

    pdf_sha256: str
    pdf_size: int
    docx_sha256: str = ""
    docx_size: int = 0
    means: str = ""
    signer: str = ""
    certificate_sha256: str = ""
    signed_at: datetime | None = None


def make_all(jobs: Sequence[Job], *, signer: Signer | None, at: datetime) -> list[Made]:
    """Every paper, in the order of the jobs; the first problem ends it."""
    workers = max(1, min(len(jobs), os.cpu_count() or 1))
    made: list[Made] = []
    with ThreadPoolExecutor(workers, thread_name_prefix="surat") as pool:
        running = [pool.submit(_make, job, signer=signer, at=at) for job in jobs]
        try:
            made.extend(one.result() for one in running)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return made


def _make(job: Job, *, signer: Signer | None, at: datetime) -> Made:
    marks = Marks(number=job.number, code=job.code, address=job.address, qr=qr_svg(job.address))
    with _without_database():
        drawn = job.draw(marks)
    signed = signer.sign(drawn.pdf, reason=f"{job.title} – {job.number}", place=PLACE, at=at) if signer else None
    pdf = signed.pdf if signed else drawn.pdf
    kept = {"pdf_sha256": FILES.keep(pdf), "pdf_size": len(pdf)}
    word = {"docx_sha256": FILES.keep(drawn.docx), "docx_size": len(drawn.docx)} if drawn.docx else {}
    if signed is None:
        return Made(**kept, **word)  # type: ignore[arg-type]  # two dictionaries of known keys
    return Made(
        **kept, **word,  # type: ignore[arg-type]  # as above
        means=signed.means, signer=signed.name, certificate_sha256=signed.certificate_sha256, signed_at=signed.signed_at,
    )  # fmt: skip


class DrawingReadsDatabase(RuntimeError):
    """A draft asked the database while it was drawn, on a connection that sees no rows and no transaction."""


@contextmanager
def _without_database() -> Iterator[None]:
    def refuse(*_args: Any) -> None:
        raise DrawingReadsDatabase("a draft reads all it needs before it is published")

    try:
        with connection.execute_wrapper(refuse):
            yield
    finally:
        connection.close()
