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
    BatchState.QUEUED: frozenset({BatchState.RUNNING, BatchState.CANCELLED, BatchState.DONE}),
    BatchState.RUNNING: frozenset(
        {
            BatchState.NEEDS_MAPPING,
            BatchState.DONE,
            BatchState.FAILED,
            BatchState.CANCELLED,
            BatchState.REFUSED,
        }
    ),
    BatchState.FAILED: frozenset({BatchState.QUEUED, BatchState.CANCELLED, BatchState.DONE}),
    BatchState.CANCELLED: frozenset({BatchState.QUEUED}),
    # The rows that wait may be looked at again; giving that up leaves the batch as done as it was.
    BatchState.DONE: frozenset({BatchState.QUEUED}),
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
    CORRECTED = 6, _("Diperbaiki pada kiriman lain")


class Severity(TextChoices):
    """An error makes the row wait; a warning lets it pass, flagged."""

    ERROR = "error", _("Galat")
    WARNING = "warning", _("Peringatan")


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    SUBMITTED = "intake.batch.submitted", _("Berkas dikirim")
    MAPPED = "intake.batch.mapped", _("Kolom dicocokkan")
    APPLIED = "intake.batch.applied", _("Baris kiriman dimasukkan")
    CANCELLED = "intake.batch.cancelled", _("Kiriman dibatalkan")
    RESUMED = "intake.batch.resumed", _("Kiriman dilanjutkan")
    RETRIED = "intake.batch.retried", _("Baris yang menunggu diperiksa ulang")
    PLACE_DECIDED = "intake.place.decided", _("Arti nama tempat ditetapkan")
    WORKBOOK_TAKEN = "intake.workbook.taken", _("Buku kerja kiriman diunduh")
