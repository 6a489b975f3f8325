"""How the building of a draft runs, and the audit events of this app: stable names, and the words that tell them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PAPER_KIND = "laporan-triwulan"


class BuildState(TextChoices):
    """A build waits for a worker, runs, and is done or failed."""

    QUEUED = "queued", pgettext_lazy("penyusunan", "Menunggu giliran")
    RUNNING = "running", pgettext_lazy("penyusunan", "Berjalan")
    DONE = "done", pgettext_lazy("penyusunan", "Selesai")
    FAILED = "failed", pgettext_lazy("penyusunan", "Gagal")


TRANSITIONS: dict[BuildState, frozenset[BuildState]] = {
    BuildState.QUEUED: frozenset({BuildState.RUNNING}),
    BuildState.RUNNING: frozenset({BuildState.RUNNING, BuildState.DONE, BuildState.FAILED}),
    BuildState.DONE: frozenset(),
    BuildState.FAILED: frozenset(),
}
OPEN = (BuildState.QUEUED, BuildState.RUNNING)


class Stage(TextChoices):
    """How far a build is."""

    WAITING = "waiting", _("Menunggu")
    GATHERING = "gathering", _("Mengumpulkan angka triwulan")
    WRITING = "writing", _("Menulis berkas paket")
    CHECKING = "checking", _("Memeriksa paket dari berkasnya")
    KEEPING = "keeping", _("Mencatat rancangan")


class Act(TextChoices):
    """A draft is asked for and built, a report is published; nothing else happens to them."""

    ASKED = "reports.draft.asked", _("Rancangan laporan diminta")
    BUILT = "reports.draft.built", _("Rancangan laporan dibuat")
    PUBLISHED = "reports.report.published", _("Laporan diterbitkan")
