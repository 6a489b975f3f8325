"""Parts of readiness, states of plans, kinds of limits, evidence and verdicts, and the audit events of this app."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Part(TextChoices):
    """What readiness is made of; each is seen by itself."""

    LEGALITY = "legality", _("Legalitas")
    CAPACITY = "capacity", _("Kapasitas produksi")
    MATERIAL = "material", _("Bahan baku sekarang")
    MENTOR = "mentor", _("Pendamping")
    BUYER = "buyer", _("Pembeli")
    FINANCE = "finance", _("Pembiayaan")
    ACCESS = "access", _("Jalan dan pasar")


class Objective(TextChoices):
    """What a plan makes as great as possible."""

    SURE = "sure", _("Kesiapan yang pasti (batas bawah)")
    MIDDLE = "middle", _("Kesiapan yang diperkirakan (tengah selang)")


class PlanState(TextChoices):
    """A plan is drafted, runs, and ends with verdicts; a draft may be dropped."""

    DRAFT = "draft", _("Rancangan")
    RUNNING = "running", _("Berjalan")
    FINISHED = "finished", _("Selesai")
    DROPPED = "dropped", _("Dibatalkan")


TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.RUNNING, PlanState.DROPPED}),
    PlanState.RUNNING: frozenset({PlanState.FINISHED}),
    PlanState.FINISHED: frozenset(),
    PlanState.DROPPED: frozenset(),
}
IN_FORCE = (PlanState.RUNNING, PlanState.FINISHED)


class LimitKind(TextChoices):
    """What a plan must keep; `value` says of what: a pillar, a category, a unit; "*" is each by itself."""

    REGENCY = "regency", _("Per kabupaten/kota")
    ISLAND = "island", _("Per pulau")
    PILLAR = "pillar", _("Per pilar")
    CATEGORY = "category", _("Per kelompok produk")
    BUDGET = "budget", _("Anggaran pendampingan")
    FLAGSHIP = "flagship", _("Produk unggulan yang sudah ditetapkan")
    MUST = "must", _("Wajib ikut")
    MUST_NOT = "must_not", _("Dikecualikan")


class Pillar(TextChoices):
    """The three pillars, in the order of the units that stand for them."""

    OVOP = "ovop", _("OVOP (desa)")
    OSOP = "osop", _("OSOP (sekolah)")
    OCOP = "ocop", _("OCOP (komunitas)")


PILLARS = {"village": Pillar.OVOP, "school": Pillar.OSOP, "community": Pillar.OCOP}


class BaselineKind(TextChoices):
    """What is known of the turnover before the ninety days."""

    MEASURED = "measured", _("Ada bukti")
    NEW = "new", _("Belum pernah dijual")
    UNKNOWN = "unknown", _("Tidak ada bukti")


class Evidence(TextChoices):
    """By what a figure can be checked."""

    CASH_BOOK = "cash_book", _("Buku kas")
    RECEIPTS = "receipts", _("Nota atau kuitansi")
    TRANSFER = "transfer", _("Bukti transfer")
    TILL = "till", _("Laporan kasir NTT Mart")
    ORDER = "order", _("Pesanan tertulis")
    NONE = "none", _("Keterangan lisan saja")


CHECKED = tuple(one for one in Evidence if one is not Evidence.NONE)


class StepState(TextChoices):
    """An action of the plan."""

    OPEN = "open", _("Belum selesai")
    DONE = "done", _("Selesai dikerjakan")
    DROPPED = "dropped", _("Tidak jadi")


STEP_TRANSITIONS: dict[StepState, frozenset[StepState]] = {
    StepState.OPEN: frozenset({StepState.DONE, StepState.DROPPED}),
    StepState.DONE: frozenset(),
    StepState.DROPPED: frozenset(),
}


class BlockerState(TextChoices):
    """A blocker waits for the agency, is answered, and is closed by who raised it, or goes back to the agency."""

    OPEN = "open", _("Menunggu instansi")
    ANSWERED = "answered", _("Dijawab instansi")
    CLOSED = "closed", _("Hambatan teratasi")


BLOCKER_TRANSITIONS: dict[BlockerState, frozenset[BlockerState]] = {
    BlockerState.OPEN: frozenset({BlockerState.ANSWERED, BlockerState.CLOSED}),
    BlockerState.ANSWERED: frozenset({BlockerState.CLOSED, BlockerState.OPEN}),
    BlockerState.CLOSED: frozenset(),
}


class VerdictKind(TextChoices):
    """How a pick ended, by the rule of its plan."""

    REACHED = "reached", _("Tercapai")
    PARTLY = "partly", _("Tercapai sebagian")
    MISSED = "missed", _("Tidak tercapai")
    NO_EVIDENCE = "no_evidence", _("Tidak ada bukti")


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    PLAN_MADE = "priority.plan.made", _("Rancangan peta prioritas disimpan")
    PLAN_CHANGED = "priority.plan.changed", _("Rancangan peta prioritas diubah")
    PLAN_DROPPED = "priority.plan.dropped", _("Rancangan peta prioritas dibatalkan")
    PLAN_IN_FORCE = "priority.plan.in_force", _("Peta prioritas diberlakukan")
    PLAN_JUDGED = "priority.plan.judged", _("Hasil 90 hari ditetapkan")
    MAP_PUBLISHED = "priority.map.published", _("Lembar peta prioritas diterbitkan")
    PART_STATED = "priority.part.stated", _("Kesiapan dinyatakan")
    RULES_CHANGED = "priority.rules.changed", _("Aturan kesiapan diubah")
    BASELINE_STATED = "priority.baseline.stated", _("Omzet awal dinyatakan")
    TARGET_SET = "priority.target.set", _("Sasaran omzet ditetapkan")
    STEP_ADDED = "priority.step.added", _("Tindakan ditambahkan")
    STEP_MOVED = "priority.step.moved", _("Tindakan diselesaikan")
    CHECKED_IN = "priority.checkin.made", _("Laporan mingguan dikirim")
    BLOCKER_RAISED = "priority.blocker.raised", _("Hambatan disampaikan")
    BLOCKER_ANSWERED = "priority.blocker.answered", _("Hambatan dijawab")
    BLOCKER_CLOSED = "priority.blocker.closed", _("Hambatan ditutup")
    BLOCKER_REOPENED = "priority.blocker.reopened", _("Hambatan dibuka lagi")
    LATE_NOTED = "priority.late.noted", _("Bukti terlambat dicatat")
