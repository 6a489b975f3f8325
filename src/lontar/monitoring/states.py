"""How a closing or a restatement runs, which checks come before it, and the audit events of this app."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunKind(TextChoices):
    """A quarter is closed once; what comes later restates it."""

    CLOSE = "close", _("Penutupan")
    RESTATE = "restate", _("Pernyataan ulang")


class RunState(TextChoices):
    """A run waits for a worker, runs, and is done or failed."""

    QUEUED = "queued", pgettext_lazy("penutupan", "Menunggu giliran")
    RUNNING = "running", pgettext_lazy("penutupan", "Berjalan")
    DONE = "done", pgettext_lazy("penutupan", "Selesai")
    FAILED = "failed", pgettext_lazy("penutupan", "Gagal")


TRANSITIONS: dict[RunState, frozenset[RunState]] = {
    RunState.QUEUED: frozenset({RunState.RUNNING}),
    RunState.RUNNING: frozenset({RunState.RUNNING, RunState.DONE, RunState.FAILED}),
    RunState.DONE: frozenset(),
    RunState.FAILED: frozenset(),
}
OPEN = (RunState.QUEUED, RunState.RUNNING)


class Stage(TextChoices):
    """How far a run is."""

    WAITING = "waiting", _("Menunggu")
    LOCKING = "locking", _("Mengunci laporan bulanan")
    READING = "reading", _("Menyimpan salinan data")
    COMPUTING = "computing", _("Menghitung indikator")
    KEEPING = "keeping", _("Menyimpan angka")


class FigureStatus(TextChoices):
    """Whether a figure has numbers (SDMX OBS_STATUS)."""

    SHOWN = "A", _("Ditunjukkan")
    MISSING = "M", _("Tidak ada data")
    HIDDEN = "S", _("Dirahasiakan")


class Check(TextChoices):
    """What is looked at before a quarter is closed."""

    COVERAGE = "coverage", _("Cakupan laporan")
    WAITING = "waiting", _("Menunggu verifikasi atau penerimaan")
    OUTLIERS = "outliers", _("Nilai mencolok tanpa penjelasan")
    PRICES = "prices", _("Indeks harga konsumen")


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    PRICES_IMPORTED = "monitoring.prices.imported", _("Indeks harga konsumen dimuat")
    INDICATOR_DEFINED = "monitoring.indicator.defined", _("Definisi indikator diperbarui")
    CLOSING_ASKED = "monitoring.closing.asked", _("Penutupan triwulan diminta")
    CLOSING_OVERRIDDEN = "monitoring.closing.overridden", _("Penutupan triwulan diminta meski syarat belum terpenuhi")
    CLOSED = "monitoring.closing.done", _("Triwulan ditutup")
    RESTATEMENT_ASKED = "monitoring.restatement.asked", _("Pernyataan ulang diminta")
    RESTATED = "monitoring.restatement.done", _("Angka triwulan dinyatakan ulang")
