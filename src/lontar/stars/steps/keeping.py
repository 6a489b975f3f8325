"""Where the files of evidence lie: sealed, for they may show people and their papers; and the nightly taking away.

A file is taken away a day after the last line of evidence that named it was removed, or when its line was never written.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from lontar.documents.steps.keeping import FileLost, Folder
from lontar.stars.models import Evidence

FILES = Folder("bukti", is_sealed=True)
PATIENCE = timedelta(days=1)

__all__ = ["FILES", "PATIENCE", "FileLost", "sweep"]


def sweep(*, at: datetime) -> int:
    """Take away files kept for more than a day that no line names, or only lines removed for as long; how many.

    Within the scope of the whole province: a line that the present scope hides would cost a file that is needed.
    """
    old = set(FILES.older_than(at - PATIENCE))
    gone = Evidence.objects.filter(removed_at__lte=at - PATIENCE)
    named = Evidence.objects.exclude(pk__in=gone.values("pk")).values_list("sha256", flat=True)
    old.difference_update(named.iterator())
    for sha256 in old:
        FILES.path_of(sha256).unlink(missing_ok=True)
    return len(old)
