"""Where the making of a document stands, and the audit events of this app."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    """A request for a document: waits for a worker, is made, and ends in one of three ways."""

    QUEUED = "queued", _("Menunggu giliran")
    RUNNING = "running", _("Sedang dibuat")
    DONE = "done", _("Terbit")
    UNCHANGED = "unchanged", _("Tidak ada yang berubah")
    FAILED = "failed", _("Gagal")


OPEN = (RunState.QUEUED, RunState.RUNNING)

# A run that a dead worker left behind is taken up again, so running leads to running.
TRANSITIONS: dict[RunState, frozenset[RunState]] = {
    RunState.QUEUED: frozenset({RunState.RUNNING}),
    RunState.RUNNING: frozenset({RunState.RUNNING, RunState.DONE, RunState.UNCHANGED, RunState.FAILED}),
    RunState.DONE: frozenset(),
    RunState.UNCHANGED: frozenset(),
    RunState.FAILED: frozenset(),
}


class Stage(TextChoices):
    """What is being done, in order."""

    WAITING = "waiting", _("Menunggu pekerja")
    READING = "reading", _("Membaca angka")
    SETTING = "setting", _("Menyusun PDF dan Word")
    KEEPING = "keeping", _("Menyimpan")


class FileKind(TextChoices):
    """The two files of a document; the value is the ending of its name."""

    PDF = "pdf", "PDF/A"
    WORD = "docx", "Word"


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    REQUESTED = "mapping.document.requested", _("Dokumen pemetaan diminta")
    ISSUED = "mapping.document.issued", _("Dokumen pemetaan diterbitkan")
