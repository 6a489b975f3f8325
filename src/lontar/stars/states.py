"""How a rubric, a round, an assessment and a star stand, what may follow, and the audit events of this app."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(TextChoices):
    """Whose rubric it is."""

    OFFICIAL = "resmi", _("Resmi")
    EXAMPLE = "contoh", _("Contoh luar negeri")
    PROPOSAL = "usulan", _("Usulan – bukan baku Kemenperin")


class RubricState(TextChoices):
    """Where a version of a rubric stands; once in force its content is frozen."""

    DRAFT = "draft", _("Konsep")
    IN_FORCE = "in_force", _("Berlaku")
    ENDED = "ended", pgettext_lazy("rubrik", "Berakhir")


RUBRIC_TRANSITIONS: dict[RubricState, frozenset[RubricState]] = {
    RubricState.DRAFT: frozenset({RubricState.IN_FORCE}),
    RubricState.IN_FORCE: frozenset({RubricState.ENDED}),
    RubricState.ENDED: frozenset(),
}


class ItemKind(TextChoices):
    """What an item of a rubric is."""

    PART = "part", pgettext_lazy("rubrik", "Bagian")
    CRITERION = "criterion", _("Kriteria")


class RoundState(TextChoices):
    """Where an award round stands."""

    OPEN = "open", pgettext_lazy("ronde", "Dibuka")
    CLOSED = "closed", pgettext_lazy("ronde", "Ditutup")


ROUND_TRANSITIONS: dict[RoundState, frozenset[RoundState]] = {
    RoundState.OPEN: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset(),
}


class AssessmentState(TextChoices):
    """Where the assessment of a product stands."""

    SUBMITTED = "submitted", _("Diajukan")
    SCORING = "scoring", _("Sedang dinilai")
    SECOND_LOOK = "second_look", _("Perlu dilihat lagi")
    READY = "ready", _("Siap diputuskan")
    DECIDED = "decided", _("Diputuskan")
    UNFINISHED = "unfinished", _("Tidak selesai dinilai")
    WITHDRAWN = "withdrawn", _("Ditarik")


TRANSITIONS: dict[AssessmentState, frozenset[AssessmentState]] = {
    AssessmentState.SUBMITTED: frozenset(
        {AssessmentState.SCORING, AssessmentState.UNFINISHED, AssessmentState.WITHDRAWN}
    ),
    AssessmentState.SCORING: frozenset(
        {AssessmentState.READY, AssessmentState.SECOND_LOOK, AssessmentState.UNFINISHED, AssessmentState.WITHDRAWN}
    ),
    AssessmentState.SECOND_LOOK: frozenset({AssessmentState.SCORING, AssessmentState.READY, AssessmentState.WITHDRAWN}),
    AssessmentState.READY: frozenset({AssessmentState.DECIDED, AssessmentState.WITHDRAWN}),
    AssessmentState.DECIDED: frozenset(),
    AssessmentState.UNFINISHED: frozenset(),
    AssessmentState.WITHDRAWN: frozenset(),
}
UNDER_WAY = (
    AssessmentState.SUBMITTED,
    AssessmentState.SCORING,
    AssessmentState.SECOND_LOOK,
    AssessmentState.READY,
)


class EvidenceFor(TextChoices):
    """What of a rubric a piece of evidence is for."""

    CRITERION = "criterion", _("Kriteria")
    GATE = "gate", _("Gerbang")


class Halal(TextChoices):
    """How a product stands toward halal; never a yes or no (UU 33/2014 article 26, PP 42/2024)."""

    CERTIFIED = "certified", _("Bersertifikat halal")
    IN_PROCESS = "in_process", _("Sedang diproses")
    NON_HALAL = "non_halal", _("Dinyatakan tidak halal")
    NOT_APPLICABLE = "not_applicable", _("Tidak diwajibkan untuk produk ini")
    UNDECLARED = "undeclared", _("Belum dinyatakan")


class Stars(IntegerChoices):
    """The star of a product."""

    ONE = 1, _("Bintang 1")
    TWO = 2, _("Bintang 2")
    THREE = 3, _("Bintang 3")
    FOUR = 4, _("Bintang 4")
    FIVE = 5, _("Bintang 5")


class EndReason(TextChoices):
    """Why a star ended before its day."""

    REPLACED = "replaced", _("Digantikan bintang yang baru")
    WITHDRAWN = "withdrawn", _("Dicabut")


class StarStanding(TextChoices):
    """How a star stands on a day."""

    IN_FORCE = "berlaku", _("Berlaku")
    EXPIRING = "segera", _("Segera berakhir")
    LAPSED = "lewat", _("Lewat masa berlaku")
    REPLACED = "diganti", _("Digantikan")
    WITHDRAWN = "dicabut", _("Dicabut")


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    RUBRIC_DRAFTED = "stars.rubric.drafted", _("Konsep rubrik diunggah")
    RUBRIC_ENFORCED = "stars.rubric.enforced", _("Rubrik diberlakukan")
    RUBRIC_DISCARDED = "stars.rubric.discarded", _("Konsep rubrik dihapus")
    ROUND_OPENED = "stars.round.opened", _("Ronde penilaian dibuka")
    ROUND_CLOSED = "stars.round.closed", _("Ronde penilaian ditutup")
    SUBMITTED = "stars.assessment.submitted", _("Produk diajukan untuk dinilai")
    APPOINTED = "stars.assessor.appointed", _("Penilai ditunjuk")
    RECUSED = "stars.assessor.recused", _("Penilai mengundurkan diri")
    SCORED = "stars.sheet.saved", _("Lembar nilai disimpan")
    HANDED_IN = "stars.sheet.handed_in", _("Lembar nilai diserahkan")
    EVIDENCE_ATTACHED = "stars.evidence.attached", _("Bukti dilampirkan")
    EVIDENCE_REMOVED = "stars.evidence.removed", _("Bukti dihapus")
    DISCUSSED = "stars.assessment.discussed", _("Selisih nilai dibahas")
    DECIDED = "stars.assessment.decided", _("Bintang diputuskan")
    WITHDRAWN = "stars.assessment.withdrawn", _("Pengajuan ditarik")
    AWARD_RECORDED = "stars.award.recorded", _("Bintang terdahulu dicatat")
    STAR_WITHDRAWN = "stars.star.withdrawn", _("Bintang dicabut")
    CERTIFIED = "stars.star.certified", _("Piagam bintang diterbitkan")
