"""Carries one request from figures to an issued document; a run that died half-way is taken up again from the start.

Nothing is seen until the last step, which records the version and ends the request in one transaction. A run is claimed by
an update that only one worker can win; a claim is renewed at each stage and counts as lost after `QUIET`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from lontar.access import scope
from lontar.access.trail import recorded
from lontar.documents.queries.marks import has_demo_data
from lontar.documents.rules import draw_code
from lontar.engines.papers import MappingPaper, PaperProblem, Papers, make_papers
from lontar.mapping.models import MappingDocument, MappingRun
from lontar.mapping.queries import run_region
from lontar.mapping.queries.figures import Figures, figures_of
from lontar.mapping.states import Act, RunState, Stage
from lontar.mapping.steps import freezing, keeping
from lontar.mapping.steps.drawing import picture_of
from lontar.registry.presenters import titled
from lontar.registry.states import Level

log = structlog.get_logger("mapping")
QUIET = timedelta(seconds=60)
MOST_ATTEMPTS = 3
Clock = Callable[[], datetime]


class ClaimLost(Exception):
    """Another worker carries the run now."""


def run(run_id: int, *, clock: Clock = timezone.now) -> MappingDocument | None:
    """Make the document of a request; None when there is nothing to do or it failed (the request then says why)."""
    with scope.acting_in(run_region(run_id)):
        if not _claim(run_id, at=clock()):
            return None
        found = MappingRun.objects.select_related("region", "post__agency").get(pk=run_id)
        if found.attempts > MOST_ATTEMPTS:
            _end(found, RunState.FAILED, at=clock(), problem="Pekerja berhenti tiga kali ketika menyusun dokumen ini.")
            return None
        try:
            return _make(found, clock=clock)
        except PaperProblem as problem:
            log.warning("mapping.paper_failed", run=run_id, problem=str(problem)[:200])
            _end(found, RunState.FAILED, at=clock(), problem="Dokumen tidak dapat disusun; operator sudah diberi tahu.")
        except ClaimLost:
            log.info("mapping.claim_lost", run=run_id)
    return None


def _claim(run_id: int, *, at: datetime) -> bool:
    free = Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING, moved_at__lt=at - QUIET)
    mine = MappingRun.objects.filter(free, pk=run_id)
    return mine.update(state=RunState.RUNNING, stage=Stage.READING, moved_at=at, attempts=F("attempts") + 1) == 1


def _advance(found: MappingRun, stage: Stage, *, at: datetime) -> None:
    """Renew the claim; raises `ClaimLost` when somebody took it over."""
    mine = MappingRun.objects.filter(pk=found.pk, state=RunState.RUNNING, attempts=found.attempts)
    if mine.update(stage=stage, moved_at=at) != 1:
        raise ClaimLost


def _end(
    found: MappingRun, state: RunState, *, at: datetime, document: MappingDocument | None = None, problem: str = ""
) -> None:
    mine = MappingRun.objects.filter(pk=found.pk, state=RunState.RUNNING, attempts=found.attempts)
    if mine.update(state=state, moved_at=at, document=document, problem=problem) != 1:
        raise ClaimLost


@contextmanager
def _snapshot() -> Iterator[None]:
    """All figures as at one instant, whatever is taken in meanwhile; inside a caller's transaction its own view counts."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _make(found: MappingRun, *, clock: Clock) -> MappingDocument | None:
    with _snapshot():
        figures = figures_of(found.region)
    held = freezing.frozen(figures)
    before = MappingDocument.objects.of(found.region_id).first()
    told = freezing.changes(keeping.read(before.figures_sha256), held) if before else []
    if before and not told:
        _end(found, RunState.UNCHANGED, at=clock(), document=before)
        return None
    _advance(found, Stage.SETTING, at=clock())
    paper = paper_of(found, figures, version=before.version + 1 if before else 1, changes=tuple(told), at=clock())
    papers = make_papers(paper)
    _advance(found, Stage.KEEPING, at=clock())
    return _record(found, paper, papers=papers, held=held)


def paper_of(
    found: MappingRun, figures: Figures, *, version: int, changes: tuple[str, ...], at: datetime
) -> MappingPaper:
    """The paper of a request: figures, map, and a fresh check code."""
    code = draw_code()
    return MappingPaper(
        region_code=found.region_id,
        region_name=titled(found.region.name, found.region.kind),
        beneath="kabupaten/kota" if found.region.level == Level.PROVINCE else "kecamatan",
        number=f"PEMETAAN/{found.region_id}/{version}",
        version=version,
        issued_at=at,
        post=found.post.title,
        agency=found.post.agency.name,
        code=code,
        address=f"{found.base.rstrip('/')}/periksa/{code}",
        total=figures.total,
        lines=figures.lines,
        groups=figures.groups,
        leading=figures.leading,
        picture=picture_of(figures),
        sources=figures.sources,
        official_source=figures.official_source,
        data_as_of=figures.data_as_of,
        changes=changes,
        is_demo=has_demo_data(),
    )


def _record(found: MappingRun, paper: MappingPaper, *, papers: Papers, held: bytes) -> MappingDocument:
    total = paper.total
    kept = {
        "pdf_sha256": keeping.keep(papers.pdf),
        "docx_sha256": keeping.keep(papers.docx),
        "figures_sha256": keeping.keep(held),
    }
    with recorded(Act.ISSUED, by=found.asked_by, at=paper.issued_at, post=found.post, region=found.region_id):
        document = MappingDocument.objects.create(
            region=found.region, version=paper.version, number=paper.number, code=paper.code, address=paper.address,
            issued_at=paper.issued_at, post=found.post, issued_by=found.asked_by, data_as_of=paper.data_as_of,
            pdf_size=len(papers.pdf), docx_size=len(papers.docx), villages=total.villages, official=total.official,
            registered=total.registered, verified=total.verified, without_potential=total.bare,
            changes=list(paper.changes), is_demo=paper.is_demo, **kept,
        )  # fmt: skip
        _end(found, RunState.DONE, at=paper.issued_at, document=document)
    return document
