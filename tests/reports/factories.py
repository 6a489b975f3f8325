"""One factory per model of this app; the files do not exist."""

from __future__ import annotations

from tests.documents.factories import make_paper
from tests.factories import MORNING, Member

from lontar.reports.models import Build, Draft, Report


def make_draft(member: Member, **over: object) -> Draft:
    """A draft of the third quarter of 2026."""
    values: dict[str, object] = {
        "quarter": "2026-T3", "number": 1, "stamp": "contoh", "manifest_sha256": "a" * 64, "figures": 12, "built_at": MORNING,
    }  # fmt: skip
    return Draft.objects.create(post=member.held, built_by=member.user, **(values | over))


def make_report(member: Member, **over: object) -> Report:
    """Its report, the first of the chain."""
    values: dict[str, object] = {
        "quarter": "2026-T3", "number": 1, "manifest_sha256": "a" * 64, "figures": 12, "published_at": MORNING,
    }  # fmt: skip
    if "draft" not in over:
        values["draft"] = make_draft(member)
    if "paper" not in over:
        values["paper"] = make_paper(member, kind="laporan-triwulan", sequence=9, region_code="53")
    return Report.objects.create(post=member.held, published_by=member.user, **(values | over))


def make_build(member: Member, **over: object) -> Build:
    """A build of the same quarter that waits for a worker."""
    values: dict[str, object] = {"quarter": "2026-T3", "asked_at": MORNING, "moved_at": MORNING}
    return Build.objects.create(post=member.held, asked_by=member.user, **(values | over))
