"""Rounds, assessments of products, who assesses them, and the scores, which stay sealed until all have handed in.

`village` stands on each row for the wall; scores have none and follow their assessor (docs/adr/0014-*).
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.registry.models import Product, Region
from lontar.stars.models.rubrics import Rubric
from lontar.stars.querysets import AssessmentQuerySet, AssessorQuerySet
from lontar.stars.states import AssessmentState, Halal, RoundState, Stars

_LOCKED = """
    IF EXISTS (SELECT FROM stars_assessor a WHERE a.id = coalesce(NEW.assessor_id, OLD.assessor_id)
               AND (a.handed_in_at IS NOT NULL OR a.dropped_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'the sheet of assessor % is handed in', coalesce(NEW.assessor_id, OLD.assessor_id);
    END IF;
    RETURN coalesce(NEW, OLD);
"""


@pghistory.track()
class Round(models.Model):
    """An award round: one year, one rubric version."""

    name = models.CharField(_("nama"), max_length=120)
    year = models.PositiveSmallIntegerField(_("tahun"))
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("rubrik"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    state = models.CharField(_("keadaan"), max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    opened_at = models.DateTimeField(_("dibuka"))
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))

    class Meta:
        verbose_name = _("ronde penilaian")
        verbose_name_plural = _("ronde penilaian")
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "name"], name="round_name_once"),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(condition=Q(year__range=(2000, 2200)), name="round_year_plausible"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | Q(state="closed", closed_at__isnull=False),
                name="round_end_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Assessment(models.Model):
    """One product in one round. Names are kept as they were submitted; the result stands once all sheets are open.

    The exact mean is `points_sum` ÷ `sheets`. `gates_held` are the conditions that held on the day of the decision.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessments", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="assessments")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    product_name = models.CharField(pgettext_lazy("satu", "produk"), max_length=160)
    maker_name = models.CharField(_("pembuat"), max_length=200)
    halal = models.CharField(_("status halal"), max_length=15, choices=Halal.choices, default=Halal.UNDECLARED)
    note = models.TextField(_("catatan pengajuan"), blank=True)
    state = models.CharField(
        _("keadaan"), max_length=12, choices=AssessmentState.choices, default=AssessmentState.SUBMITTED
    )
    submitted_at = models.DateTimeField(_("diajukan"))
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("diajukan oleh"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan pengaju"))
    moved_at = models.DateTimeField(_("bergerak"))
    revealed_at = models.DateTimeField(_("lembar nilai dibuka"), null=True, blank=True)
    points_sum = models.DecimalField(_("jumlah nilai"), max_digits=9, decimal_places=2, null=True, blank=True)
    sheets = models.PositiveSmallIntegerField(_("lembar nilai"), null=True, blank=True)
    points_low = models.DecimalField(_("nilai terendah"), max_digits=6, decimal_places=2, null=True, blank=True)
    points_high = models.DecimalField(_("nilai tertinggi"), max_digits=6, decimal_places=2, null=True, blank=True)
    discussion = models.TextField(_("hasil pembahasan"), blank=True)
    gates_held = ArrayField(models.SlugField(max_length=40), verbose_name=_("gerbang yang mengikat"), default=list)
    band_stars = models.PositiveSmallIntegerField(
        _("bintang menurut nilai"), choices=Stars.choices, null=True, blank=True
    )
    stars = models.PositiveSmallIntegerField(
        pgettext_lazy("penilaian", "bintang"), choices=Stars.choices, null=True, blank=True
    )
    closed_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("diselesaikan oleh")
    )
    reason = models.TextField(_("alasan"), blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("penilaian")
        verbose_name_plural = _("penilaian")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "product"], condition=~Q(state="withdrawn"), name="assessment_once_per_round"
            ),
            models.CheckConstraint(condition=Q(state__in=AssessmentState.values), name="assessment_state_known"),
            models.CheckConstraint(condition=Q(halal__in=Halal.values), name="assessment_halal_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["second_look", "ready", "decided"])
                | Q(
                    revealed_at__isnull=False, points_sum__isnull=False, sheets__gte=1, points_low__isnull=False,
                    points_high__isnull=False,
                ),
                name="assessment_result_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", stars__range=(1, 5), band_stars__gte=models.F("stars"))
                | (~Q(state="decided") & Q(stars__isnull=True, band_stars__isnull=True)),
                name="assessment_star_when_decided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["decided", "unfinished", "withdrawn"], closed_at__isnull=False)
                | (~Q(state__in=["decided", "unfinished", "withdrawn"]) & Q(closed_at__isnull=True)),
                name="assessment_end_whole",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["state", "village"], name="assessment_by_state"),
            models.Index(fields=["round", "village"], name="assessment_by_round"),
        ]

    def __str__(self) -> str:
        return f"{self.product_name} – {self.maker_name}"


@pghistory.track()
class Assessor(models.Model):
    """A post that assesses one product. Dropped when it recuses itself or the round closes over an unfinished sheet."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assessors", db_index=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    appointed_at = models.DateTimeField(_("ditunjuk"))
    appointed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("ditunjuk oleh"))
    handed_in_at = models.DateTimeField(_("diserahkan"), null=True, blank=True)
    handed_in_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("diserahkan oleh")
    )
    dropped_at = models.DateTimeField(_("tidak dihitung sejak"), null=True, blank=True)
    dropped_because = models.CharField(_("alasan tidak dihitung"), max_length=300, blank=True)

    objects = AssessorQuerySet.as_manager()

    class Meta:
        verbose_name = _("penilai")
        verbose_name_plural = _("penilai")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "post"], name="assessor_once"),
            models.UniqueConstraint(
                fields=["assessment", "handed_in_by"],
                condition=Q(handed_in_by__isnull=False),
                name="assessor_one_sheet_per_person",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True, handed_in_by__isnull=True)
                | Q(handed_in_at__isnull=False, handed_in_by__isnull=False, dropped_at__isnull=True),
                name="assessor_hand_in_whole",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_because="")
                | (Q(dropped_at__isnull=False) & ~Q(dropped_because="")),
                name="assessor_drop_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["post", "handed_in_at"], name="assessor_by_post")]

    def __str__(self) -> str:
        return str(self.post)


@pghistory.track()
class Score(models.Model):
    """The points that one assessor gives for one criterion, with the ground for them. A sheet handed in is locked."""

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="scores", db_index=False)
    criterion_code = models.CharField(_("kriteria"), max_length=20)
    points = models.DecimalField(_("nilai"), max_digits=6, decimal_places=2, null=True, blank=True)
    note = models.TextField(_("bukti dan catatan"), blank=True)
    at = models.DateTimeField(_("disimpan"))

    class Meta:
        verbose_name = _("nilai")
        verbose_name_plural = _("nilai")
        constraints = [
            models.UniqueConstraint(fields=["assessor", "criterion_code"], name="score_once_per_criterion"),
            models.CheckConstraint(condition=Q(points__isnull=True) | Q(points__gte=0), name="score_not_negative"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_LOCKED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion_code} {self.points}"
