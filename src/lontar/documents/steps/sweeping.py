"""Takes away files that no paper names: their transaction failed, or the process was killed before it ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from lontar.documents.models import Paper
from lontar.documents.steps.making import FILES

PATIENCE = timedelta(days=1)


def sweep(*, at: datetime) -> int:
    """Remove files that are older than a day and that no row names; how many."""
    old = set(FILES.older_than(at - PATIENCE))
    named = Paper.objects.values_list("pdf_sha256", "docx_sha256")
    for pair in named.iterator():
        old.difference_update(pair)
    for sha256 in old:
        FILES.path_of(sha256).unlink(missing_ok=True)
    return len(old)
