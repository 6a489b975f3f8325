"""Published reports and drafts as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lontar.engines.periods import Quarter, parse_quarter
from lontar.reports.models import Draft, Report
from lontar.reports.queries.reading import Package, package
from lontar.reports.steps import folders


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
    return _restated(held, "")


def restated_since(quarter: str) -> list[Restated]:
    """The restatements of a quarter that later reports list, newest report first."""
    found = []
    for label, sha256 in (
        Report.objects.filter(quarter__gt=quarter).newest_first().values_list("quarter", "manifest_sha256")
    ):
        try:
            found += [one for one in _restated(package(label, sha256), label) if one.quarter == quarter]
        except folders.FolderLost:
            continue
    return found


def _restated(held: Package, told: str) -> list[Restated]:
    frame = held.table("restatements")
    units = {code: str(one.get("unit", "")) for code, one in held.definitions().items()}
    return [
        Restated(
            one["quarter"], one["indicator"], one["level"], one["region"], one["by"], one["part"], one["old"], one["new"],
            one["reason"], units.get(one["indicator"], ""), told or one["restated_on"],
        )
        for one in frame.iter_rows(named=True)
    ]  # fmt: skip


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


def _told(one: Report) -> PublishedReport:
    return PublishedReport(
        quarter=one.quarter, number=one.number, manifest_sha256=one.manifest_sha256,
        previous=one.previous.quarter if one.previous else "",
        previous_sha256=one.previous.manifest_sha256 if one.previous else "",
        paper_number=one.paper.number, code=one.paper.code, paper_sha256=one.paper.pdf_sha256,
        published_at=one.published_at, post=one.post.title, agency=one.post.agency.name, figures=one.figures,
        is_demo=one.is_demo,
    )  # fmt: skip
