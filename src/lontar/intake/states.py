"""States of a batch and outcomes of its rows. Nothing but `TRANSITIONS` moves a batch."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    MATCHING = "matching", _("Mencocokkan dengan registri")
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


class PairState(TextChoices):
    """Where a pair of records stands. `moot`: a merge has made it one record, or another pair asks the same."""

    OPEN = "open", pgettext_lazy("pasangan", "Menunggu")
    SAME = "same", pgettext_lazy("pasangan", "Sama")
    DIFFERENT = "different", pgettext_lazy("pasangan", "Berbeda")
    MOOT = "moot", pgettext_lazy("pasangan", "Tidak perlu lagi")


PAIR_TRANSITIONS: dict[PairState, frozenset[PairState]] = {
    PairState.OPEN: frozenset({PairState.SAME, PairState.DIFFERENT, PairState.MOOT}),
    PairState.SAME: frozenset({PairState.OPEN}),
    PairState.DIFFERENT: frozenset({PairState.OPEN, PairState.MOOT}),
    PairState.MOOT: frozenset({PairState.OPEN, PairState.DIFFERENT}),
}


class PairSource(TextChoices):
    """How a pair was found."""

    LIST = "list", _("Baris kiriman dengan registri")
    SEARCH = "search", _("Pencarian kembaran")


class Verdict(TextChoices):
    """What a person says of many pairs at once."""

    SAME = "same", _("Gabungkan")
    UNDO = "undo", _("Urungkan")


class BulkState(TextChoices):
    """Where many decisions at once stand."""

    WAITING = "waiting", _("Dalam antrean")
    RUNNING = "running", _("Sedang dikerjakan")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", _("Dihentikan")


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
    MATCHED = "intake.batch.matched", _("Kiriman dicocokkan dengan registri")
    DUPLICATES_SOUGHT = "intake.duplicates.sought", _("Kembaran di registri dicari")
    PAIR_SAME = "intake.pair.same", _("Dua catatan dinyatakan usaha yang sama")
    PAIR_DIFFERENT = "intake.pair.different", _("Dua catatan dinyatakan usaha yang berbeda")
    PAIR_PASSED = "intake.pair.passed", _("Pasangan catatan diserahkan kepada orang lain")
    PAIR_UNDONE = "intake.pair.undone", _("Keputusan atas pasangan catatan diurungkan")
    BULK_ASKED = "intake.bulk.asked", _("Keputusan atas banyak pasangan diminta")
    BULK_STOPPED = "intake.bulk.stopped", _("Keputusan atas banyak pasangan dihentikan")
