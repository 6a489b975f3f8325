"""Published reports and drafts as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lontar.engines.periods import Quarter, parse_quarter
from lontar.reports.models import Build, Draft, Report
from lontar.reports.queries.reading import Package
from lontar.reports.steps import gathering


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """A published report: where it stands in the chain and the paper that it was published with."""

    quarter: str
    number: int
    manifest_sha256: str
    previous: str
    previous_sha256: str
    paper_number: str
    code: str
    paper_sha256: str
    published_at: datetime
    post: str
    agency: str
    figures: int
    is_demo: bool

    @property
    def period(self) -> Quarter:
        """The quarter that it tells of."""
        return parse_quarter(self.quarter)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft: what it tells of, and whether it was published."""

    pk: int
    quarter: str
    number: int
    manifest_sha256: str
    built_at: datetime
    post: str
    figures: int
    is_published: bool


def published() -> list[PublishedReport]:
    """All reports, newest first; one query."""
    rows = Report.objects.newest_first().select_related("paper", "post__agency", "previous")
    return [_told(one) for one in rows]


def report(quarter: str) -> PublishedReport | None:
    """The report of a quarter (`2026-T3`); None while there is none."""
    found = Report.objects.filter(quarter=quarter).select_related("paper", "post__agency", "previous").first()
    return _told(found) if found else None


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure that changed after its report: what was published, what holds now, why, and where it is told (`told`)."""

    quarter: str
    indicator: str
    level: str
    region: str
    by: str
    part: str
    old: float | None
    new: float | None
    reason: str
    unit: str
    told: str


def restated_in(held: Package) -> list[Restated]:
    """The restatements of earlier quarters that a report lists."""
    return _restated(held.table("restatements").iter_rows(), held)


def _restated(rows: Iterable[Sequence[Any]], held: Package) -> list[Restated]:
    units = {code: str(one.get("unit", "")) for code, one in held.definitions().items()}
    return [
        Restated(
            quarter=row[0], indicator=row[1], level=row[2], region=row[3], by=row[4], part=row[5], old=row[6], new=row[7],
            reason=row[8], unit=units.get(row[1], ""), told=row[9],
        )
        for row in rows
    ]  # fmt: skip


def restated_since(report: PublishedReport, held: Package) -> list[Restated]:
    """What was restated after a report was published, newest first; its files do not know of it."""
    return _restated(gathering.restated_since(report.quarter, report.published_at), held)


def drafts(quarter: str = "") -> list[DraftLine]:
    """Drafts, newest first, of one quarter or of all."""
    rows = Draft.objects.newest_of(quarter) if quarter else Draft.objects.order_by("-pk")
    return [
        DraftLine(
            one.pk, one.quarter, one.number, one.manifest_sha256, one.built_at, one.post.title, one.figures,
            hasattr(one, "report"),
        )
        for one in rows.select_related("post", "report")[:200]
    ]  # fmt: skip


def builds() -> list[Build]:
    """Builds under way, oldest first, and then those that failed and were not asked for again nor published; newest first."""
    out = Report.objects.values("quarter")
    return [*Build.objects.running(), *Build.objects.newest_failed().exclude(quarter__in=out)[:8]]


def _told(one: Report) -> PublishedReport:
    return PublishedReport(
        quarter=one.quarter, number=one.number, manifest_sha256=one.manifest_sha256,
        previous=one.previous.quarter if one.previous else "",
        previous_sha256=one.previous.manifest_sha256 if one.previous else "",
        paper_number=one.paper.number, code=one.paper.code, paper_sha256=one.paper.pdf_sha256,
        published_at=one.published_at, post=one.post.title, agency=one.post.agency.name, figures=one.figures,
        is_demo=one.is_demo,
    )  # fmt: skip
