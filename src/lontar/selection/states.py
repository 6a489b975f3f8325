"""Kinds of unit, where a ranking run and a panel of experts stand, and the audit events of this app."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(TextChoices):
    """Who has one flagship: a village (OVOP), a school (OSOP), a community (OCOP)."""

    VILLAGE = "village", _("Desa/kelurahan")
    SCHOOL = "school", _("Sekolah")
    COMMUNITY = "community", _("Komunitas")


class TraitKind(TextChoices):
    """What is laid down about a commodity."""

    UNLAWFUL = "unlawful", _("Terlarang atau berbahaya")
    STORABLE = "storable", _("Dapat disimpan")
    CULTURE = "culture", _("Kerajinan budaya")
    IG = "ig", _("Indikasi geografis")


class Direction(IntegerChoices):
    """Which way a criterion points."""

    MORE = 1, _("makin besar makin baik")
    LESS = -1, _("makin kecil makin baik")


class WeightSource(TextChoices):
    """Where the weights of a set's version come from."""

    EQUAL = "equal", _("Bobot sama")
    ENTERED = "entered", _("Diisi")
    AHP = "ahp", _("Penilaian ahli (AHP)")
    ENTROPY = "entropy", _("Dihitung: entropi")
    CRITIC = "critic", _("Dihitung: CRITIC")


class RunState(TextChoices):
    """A ranking run: waits for a worker, computes, and ends in one of two ways."""

    QUEUED = "queued", _("Menunggu giliran")
    RUNNING = "running", _("Sedang dihitung")
    DONE = "done", pgettext_lazy("hitungan", "Selesai")
    FAILED = "failed", _("Gagal")


OPEN = (RunState.QUEUED, RunState.RUNNING)

# A run that a dead worker left behind is taken up again, so running leads to running.
TRANSITIONS: dict[RunState, frozenset[RunState]] = {
    RunState.QUEUED: frozenset({RunState.RUNNING}),
    RunState.RUNNING: frozenset({RunState.RUNNING, RunState.DONE, RunState.FAILED}),
    RunState.DONE: frozenset(),
    RunState.FAILED: frozenset(),
}


class Stage(TextChoices):
    """What is being done, in order."""

    WAITING = "waiting", _("Menunggu pekerja")
    READING = "reading", _("Membaca data induk")
    MEASURING = "measuring", _("Menghitung ukuran")
    RANKING = "ranking", _("Menyusun peringkat")
    SHAKING = "shaking", _("Menguji kekukuhan")
    KEEPING = "keeping", _("Menyimpan")


class PanelState(TextChoices):
    """Elicitation of weights by experts: a draft until its weights are in force or it is dropped."""

    DRAFT = "draft", _("Sedang dinilai")
    IN_FORCE = "in_force", _("Berlaku")
    DROPPED = "dropped", _("Dihentikan")


PANEL_TRANSITIONS: dict[PanelState, frozenset[PanelState]] = {
    PanelState.DRAFT: frozenset({PanelState.IN_FORCE, PanelState.DROPPED}),
    PanelState.IN_FORCE: frozenset(),
    PanelState.DROPPED: frozenset(),
}


class Passed(TextChoices):
    """What a gate says of a candidate; what is not known neither opens nor closes it."""

    YES = "yes", _("Lolos")
    NO = "no", _("Tidak lolos")
    UNKNOWN = "unknown", _("Belum diketahui")


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    RUN_REQUESTED = "selection.run.requested", _("Peringkat diminta")
    RUN_DONE = "selection.run.done", _("Peringkat dihitung")
    WEIGHTS_SET = "selection.weights.set", _("Bobot diberlakukan")
    SETS_SHIPPED = "selection.sets.shipped", _("Set kriteria bawaan dicatat")
    PANEL_OPENED = "selection.panel.opened", _("Penilaian bobot dibuka")
    PANEL_ANSWERED = "selection.panel.answered", _("Penilaian ahli disimpan")
    TRAIT_SET = "selection.trait.set", _("Sifat komoditas dicatat")
    TRAIT_ENDED = "selection.trait.ended", _("Sifat komoditas diakhiri")
    PANEL_DROPPED = "selection.panel.dropped", _("Penilaian bobot dihentikan")
