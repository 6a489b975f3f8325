"""Building a draft: gathered from the closed quarter, written as a package, verified at once, recorded.

What was gathered is compared with the state of the quarter again before the draft is recorded: a restatement that came in
between makes it stale, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.documents.queries.marks import has_demo_data
from lontar.engines.periods import Quarter
from lontar.engines.reporting import Contents, verify, write_package
from lontar.reports import policies
from lontar.reports.models import Draft, Report
from lontar.reports.states import Act, Stage
from lontar.reports.steps import folders, gathering, versions

LOCAL = "http://localhost:8000"
DEMO = "Data contoh: wilayahnya nyata, usaha dan angkanya rekaan."
Step = Callable[[Stage], None]


class BuildStale(Refused):
    """The quarter was restated while its report was being built."""


class BuildBroken(Refused):
    """The package that was written does not verify: nothing is kept."""


def build_report(
    *,
    quarter: Quarter,
    post: Post,
    by: User | None,
    at: datetime,
    base: str = "",
    step: Step = lambda _stage: None,
    kept: Callable[[Draft], None] = lambda _draft: None,
) -> Draft:
    """Build the package of a closed quarter as a draft.

    `base` is the address of the site, else LONTAR_PUBLIC_ADDRESS. `step` is told each stage as it begins, `kept` the draft
    within the transaction that records it; what either raises leaves no draft. Raises Refused for a post that may not,
    `AlreadyPublished`, `gathering.NotClosed` for a quarter that is not closed, `BuildStale` when it was restated meanwhile.
    """
    from lontar.reports.actions.publishing import check_unpublished  # the two actions share one refusal

    policies.check_build_report(post)
    check_unpublished(quarter)
    stamp = gathering.stamp_of(quarter, at=at)
    written = folders.fresh()
    try:
        step(Stage.GATHERING)
        contents = _contents(quarter, stamp, post, at, base)
        step(Stage.WRITING)
        sha256 = write_package(written, contents)
        step(Stage.CHECKING)
        _check(written, contents)
        step(Stage.KEEPING)
        with recorded(Act.BUILT, by=by, at=at, post=post, quarter=quarter.label):
            _check_same(quarter, stamp, at)
            folders.keep_draft(written, sha256)
            draft = _recorded(contents, sha256, stamp, post=post, by=by, at=at)
            kept(draft)
            return draft
    except BaseException:
        folders.drop(written)
        raise


def _check_same(quarter: Quarter, stamp: str, at: datetime) -> None:
    if gathering.stamp_of(quarter, at=at) != stamp:
        raise BuildStale(
            _("Data %(quarter)s diperbarui selagi rancangan dibuat. Buat rancangan sekali lagi.") % {"quarter": quarter}
        )


def _contents(quarter: Quarter, stamp: str, post: Post, at: datetime, base: str) -> Contents:
    last = Report.objects.newest_first().first()
    gathered = gathering.gather(quarter, at=at)
    address = (base or settings.PUBLIC_ADDRESS or LOCAL).rstrip("/")
    return Contents(
        quarter=quarter.label,
        number=last.number + 1 if last else 1,
        previous=(last.quarter, last.manifest_sha256) if last else None,
        made_at=timezone.localtime(at).isoformat(timespec="seconds"),
        code_version=versions.code_version(),
        address=f"{address}/laporan/{quarter.label}",
        publisher=post.agency.name,
        tables=gathered.tables,
        definitions=gathered.definitions,
        basis={**gathered.basis, "stamp": stamp},
        notice=DEMO if has_demo_data() else "",
    )


def _check(written: Path, contents: Contents) -> None:
    found = verify(written, contents.previous[1] if contents.previous else None, formats=("parquet", "csv"))
    if not found.is_sound:
        raise BuildBroken(_("Paket laporan tidak lulus pemeriksaan sendiri: %(what)s") % {"what": found.findings[0]})


def _recorded(contents: Contents, sha256: str, stamp: str, *, post: Post, by: User | None, at: datetime) -> Draft:
    figures = next(frame.height for table, frame in contents.tables if table.name == "figures")
    known = Draft.objects.filter(manifest_sha256=sha256).first()
    return known or Draft.objects.create(
        quarter=contents.quarter, number=contents.number, stamp=stamp, manifest_sha256=sha256, figures=figures,
        previous_sha256=contents.previous[1] if contents.previous else "", built_at=at, post=post, built_by=by,
    )  # fmt: skip
