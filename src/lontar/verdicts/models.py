"""Verdicts on quarters, what they found, and who changed class. Rows are added once and never changed: triggers refuse it.

Unit names and villages are repeated as they were. What is kept is what may be published; the returns behind it lie sealed
under their SHA-256 (`inputs_sha256`), and whoever has them can compute everything again.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.registry.models import Region
from lontar.verdicts.querysets import FindingQuerySet, VerdictQuerySet
from lontar.verdicts.states import Because, Called, Group, Ladder, Outcome, Said

FROZEN = pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)


class Verdict(models.Model):
    """A verdict as at the end of a quarter. A later one on the same quarter has the next number; the first stays.

    `evidence` is one document that is read as a whole and frozen with the rest: curve, balance, attrition, distribution.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(pgettext_lazy("satu", "triwulan"), max_length=7, db_collation="C")
    number = models.PositiveSmallIntegerField(_("nomor"))
    made_at = models.DateTimeField(_("dibuat"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    code_version = models.CharField(_("versi program"), max_length=60)
    inputs_sha256 = models.CharField(_("sidik masukan"), max_length=64)
    result_sha256 = models.CharField(_("sidik hasil"), max_length=64)
    returns = models.PositiveIntegerField(_("banyaknya laporan"))
    producers = models.PositiveIntegerField(_("banyaknya produsen"))
    units = models.PositiveIntegerField(_("banyaknya unit"))
    matters = models.DecimalField(_("kenaikan yang berarti"), max_digits=6, decimal_places=4)
    evidence = models.JSONField(_("bukti"))

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "putusan")
        verbose_name_plural = _("putusan")
        constraints = [
            models.UniqueConstraint(fields=["quarter", "number"], name="verdict_number_once"),
            models.CheckConstraint(condition=Q(quarter__regex=r"^\d{4}-T[1-4]$"), name="verdict_quarter_shape"),
            models.CheckConstraint(
                condition=Q(inputs_sha256__regex=r"^[0-9a-f]{64}$", result_sha256__regex=r"^[0-9a-f]{64}$"),
                name="verdict_digests_shape",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="verdict_number_from_one"),
        ]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"{self.quarter} ({self.number})"


class Finding(models.Model):
    """What was found for the programme (`unit_key` empty, `months` 0) or for a unit after 6 or 12 months.

    Effects are shares of what would have been (0.18: 18 % more); `growth` is the unit's own change against its baseline,
    `beside` that of comparable producers; `baseline` and `now` are means per producer and month (rupiah, persons). Numbers
    are null where too few producers stand behind them.
    """

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="findings")
    unit_key = models.CharField(_("unit"), max_length=40, blank=True, db_collation="C")
    unit_name = models.CharField(_("nama unit"), max_length=200, blank=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    since = models.DateField(_("ditetapkan sejak"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("bulan sesudah penetapan"), default=0)
    outcome = models.CharField(_("yang dinilai"), max_length=10, choices=Outcome.choices)
    said = models.CharField(_("putusan"), max_length=12, choices=Said.choices)
    because = models.CharField(_("alasan"), max_length=12, choices=Because.choices)
    called = models.CharField(_("sebutan"), max_length=10, choices=Called.choices)
    value = models.FloatField(_("perubahan"), null=True, blank=True)
    low = models.FloatField(_("paling rendah"), null=True, blank=True)
    high = models.FloatField(_("paling tinggi"), null=True, blank=True)
    growth = models.FloatField(_("pertumbuhan sendiri"), null=True, blank=True)
    beside = models.FloatField(_("pertumbuhan pembanding"), null=True, blank=True)
    baseline = models.FloatField(_("garis dasar"), null=True, blank=True)
    now = models.FloatField(_("sesudahnya"), null=True, blank=True)
    p = models.FloatField(_("nilai p"), null=True, blank=True)
    permutation_p = models.FloatField(_("nilai p permutasi"), null=True, blank=True)
    detectable = models.FloatField(_("perubahan terkecil yang terdeteksi"), null=True, blank=True)
    producers = models.PositiveIntegerField(_("produsen dalam program"))
    controls = models.PositiveIntegerField(_("produsen pembanding"))
    villages = models.PositiveIntegerField(_("desa pembanding"))

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("temuan")
        verbose_name_plural = _("temuan")
        constraints = [
            models.UniqueConstraint(fields=["verdict", "unit_key", "outcome", "months"], name="finding_once"),
            models.CheckConstraint(condition=Q(said__in=Said.values), name="finding_word_known"),
            models.CheckConstraint(condition=Q(because__in=Because.values), name="finding_reason_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="finding_outcome_known"),
            models.CheckConstraint(condition=Q(called__in=Called.values), name="finding_called_known"),
            models.CheckConstraint(condition=Q(low__isnull=True) | Q(low__lte=F("high")), name="finding_interval"),
            models.CheckConstraint(
                condition=Q(unit_key="", months=0) | (~Q(unit_key="") & Q(months__in=(0, 6, 12))),
                name="finding_months_known",
            ),
        ]
        indexes = [models.Index(fields=["unit_key", "verdict"], name="finding_by_unit")]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"{self.unit_key or 'program'} {self.outcome}: {self.said}"


class ClassMove(models.Model):
    """How many changed class within a year, for the programme or a unit, beside the comparison group."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="moves")
    unit_key = models.CharField(_("unit"), max_length=40, blank=True, db_collation="C")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    group = models.CharField(_("kelompok"), max_length=10, choices=Group.choices)
    ladder = models.CharField(_("kelas menurut"), max_length=4, choices=Ladder.choices)
    up = models.PositiveIntegerField(pgettext_lazy("kelas", "naik"))
    down = models.PositiveIntegerField(pgettext_lazy("kelas", "turun"))
    same = models.PositiveIntegerField(pgettext_lazy("kelas", "tetap"))

    class Meta:
        verbose_name = _("perpindahan kelas")
        verbose_name_plural = _("perpindahan kelas")
        constraints = [
            models.UniqueConstraint(fields=["verdict", "unit_key", "group", "ladder"], name="class_move_once"),
            models.CheckConstraint(condition=Q(group__in=Group.values), name="class_move_group_known"),
            models.CheckConstraint(condition=Q(ladder__in=Ladder.values), name="class_move_ladder_known"),
        ]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"{self.unit_key or self.group} {self.ladder}: +{self.up} −{self.down}"

    @property
    def net(self) -> int:
        """Those who rose less those who fell."""
        return self.up - self.down

    @property
    def seen(self) -> int:
        """Producers seen in both years."""
        return self.up + self.down + self.same
