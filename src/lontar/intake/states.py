"""States of a batch and outcomes of its rows. Nothing but `TRANSITIONS` moves a batch."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class BatchState(TextChoices):
    """Where a batch stands."""

    RECEIVED = "received", _("Diterima")
    NEEDS_MAPPING = "needs_mapping", _("Menunggu pencocokan kolom")
    QUEUED = "queued", _("Dalam antrean")
    RUNNING = "running", _("Sedang dikerjakan")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")
    REFUSED = "refused", _("Tidak dapat dibaca")
    FAILED = "failed", _("Gagal; dapat dilanjutkan")


TRANSITIONS: dict[BatchState, frozenset[BatchState]] = {
    BatchState.RECEIVED: frozenset({BatchState.RUNNING, BatchState.CANCELLED}),
    BatchState.NEEDS_MAPPING: frozenset({BatchState.QUEUED, BatchState.CANCELLED}),
    BatchState.QUEUED: frozenset({BatchState.RUNNING, BatchState.CANCELLED}),
    BatchState.RUNNING: frozenset(
        {
            BatchState.NEEDS_MAPPING,
            BatchState.DONE,
            BatchState.FAILED,
            BatchState.CANCELLED,
            BatchState.REFUSED,
        }
    ),
    BatchState.FAILED: frozenset({BatchState.QUEUED, BatchState.CANCELLED}),
    BatchState.CANCELLED: frozenset({BatchState.QUEUED}),
    BatchState.DONE: frozenset(),
    BatchState.REFUSED: frozenset(),
}


class Stage(TextChoices):
    """What a running batch is doing."""

    READING = "reading", _("Membaca berkas")
    CHECKING = "checking", _("Memeriksa baris")
    APPLYING = "applying", _("Memasukkan ke registri")
    FINISHED = "finished", _("Selesai")


class Channel(TextChoices):
    """How a batch came."""

    WEB = "web", _("Unggahan")
    API = "api", _("API")
    COMMAND = "command", _("Baris perintah")
    DEMO = "demo", _("Data contoh")


class Outcome(IntegerChoices):
    """What became of a row."""

    NEW = 1, _("Baru")
    UPDATED = 2, _("Diperbarui")
    UNCHANGED = 3, _("Sama dengan registri")
    WAITING = 4, _("Menunggu perbaikan")
    ALREADY = 5, _("Sudah diterima pada kiriman sebelumnya")


class Severity(TextChoices):
    """An error makes the row wait; a warning lets it pass, flagged."""

    ERROR = "error", _("Galat")
    WARNING = "warning", _("Peringatan")
