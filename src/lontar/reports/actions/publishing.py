"""Publishing a draft by decree: the end of the chain is held, the draft must still be right, the paper is signed, written.

One transaction: number, paper, signature and report commit together or not at all.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.documents import actions as documents
from lontar.documents.queries.marks import has_demo_data
from lontar.engines.papers.signing import Signer
from lontar.engines.periods import Quarter, parse_quarter
from lontar.reports import policies
from lontar.reports.models import Draft, Report
from lontar.reports.states import Act
from lontar.reports.steps import folders, gathering, papers

_LOCK = 7_316_001  # the one advisory lock of this app: whoever adds to the chain holds it


class AlreadyPublished(Refused):
    """The quarter has its report."""


class DraftStale(Refused):
    """The draft no longer tells the state of the quarter or the end of the chain."""


def publish_report(
    *, draft: Draft, post: Post, by: User | None, at: datetime, base: str = "", signer: Signer | None = None
) -> Report:
    """Publish a draft for good.

    Raises Refused for a post that may not, `AlreadyPublished`, `DraftStale` (restated since, or another report was published
    since), and what `documents.actions.publish` raises when the paper cannot be signed.
    """
    policies.check_publish_report(post)
    quarter = parse_quarter(draft.quarter)
    with recorded(Act.PUBLISHED, by=by, at=at, post=post, quarter=draft.quarter):
        hold_chain()
        check_unpublished(quarter)
        last = Report.objects.newest_first().first()
        _check_current(draft, quarter, last, at)
        folder = folders.draft_folder(draft.manifest_sha256)
        paper_draft = papers.report_draft(folder, draft, post=post, at=at)
        (paper,) = documents.publish(drafts=[paper_draft], post=post, by=by, at=at, base=base, signer=signer)
        report = Report.objects.create(
            quarter=draft.quarter, number=draft.number, draft=draft, previous=last, paper=paper,
            manifest_sha256=draft.manifest_sha256, figures=draft.figures, published_at=at, post=post,
            published_by=by, is_demo=has_demo_data(),
        )  # fmt: skip
        gathering.mark_published(quarter, by=by, at=at)
        transaction.on_commit(lambda: folders.place(draft.quarter, draft.manifest_sha256))
    return report


def hold_chain() -> None:
    """Wait for whoever else adds to the chain, until the transaction ends."""
    if not connection.in_atomic_block:
        raise RuntimeError("the chain is held within a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def check_unpublished(quarter: Quarter) -> None:
    """Refuse a quarter that has its report."""
    found = Report.objects.filter(quarter=quarter.label).first()
    if found is not None:
        raise AlreadyPublished(
            _("%(quarter)s sudah terbit sebagai laporan nomor %(number)s dan tidak dapat diubah.")
            % {"quarter": quarter, "number": found.number}
        )


def _check_current(draft: Draft, quarter: Quarter, last: Report | None, at: datetime) -> None:
    if draft.previous_sha256 != (last.manifest_sha256 if last else ""):
        raise DraftStale(_("Laporan lain terbit sejak rancangan ini dibuat. Buat rancangan sekali lagi."))
    if gathering.stamp_of(quarter, at=at) != draft.stamp:
        raise DraftStale(
            _("Data %(quarter)s diperbarui sejak rancangan ini dibuat. Buat rancangan sekali lagi.")
            % {"quarter": quarter}
        )
