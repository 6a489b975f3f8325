"""Criteria sets as data: versions in force for a time, their criteria with weight and direction, their gates with limits.

What a criterion measures is declared once in code (`rules.measures`), what a gate asks in `rules.gates`; a version names them
by key. A version that a run has used never changes: new weights are the next version.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.selection.querysets import SetVersionQuerySet
from lontar.selection.states import Direction, WeightSource
from lontar.ui import formats


@pghistory.track()
class CriteriaSet(models.Model):
    """A way of judging candidates, by a stable key such as `kpju`; what it says stands in its versions."""

    key = models.SlugField(_("kunci"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    name_en = models.CharField(_("nama Inggris"), max_length=120, blank=True)
    purpose = models.TextField(_("kegunaan"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("set kriteria")
        verbose_name_plural = _("set kriteria")

    def __str__(self) -> str:
        return self.name

    @property
    def shown(self) -> str:
        """The name in the reader's language, the Indonesian one where no other was given."""
        return (self.name_en or self.name) if formats.language() == "en" else self.name


@pghistory.track()
class SetVersion(models.Model):
    """One version of a set, in force from a day (half-open); the next version ends it. `source` is the text it rests on."""

    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.PROTECT, related_name="versions", verbose_name=_("set kriteria")
    )
    number = models.PositiveSmallIntegerField(_("versi"))
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    weights_from = models.CharField(
        _("asal bobot"), max_length=8, choices=WeightSource.choices, default=WeightSource.EQUAL
    )
    consistency = models.DecimalField(_("rasio konsistensi"), max_digits=6, decimal_places=4, null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)
    is_proposal = models.BooleanField(_("usulan"), default=False)
    made_at = models.DateTimeField(_("dibuat"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = SetVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versi set kriteria")
        verbose_name_plural = _("versi set kriteria")
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "number"], name="selection_version_once"),
            models.UniqueConstraint(
                fields=["criteria_set"], condition=Q(valid_until__isnull=True), name="selection_one_open_version"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="selection_version_from_one"),
            models.CheckConstraint(condition=~Q(source=""), name="selection_version_source_given"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="selection_version_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(weights_from="ahp") | Q(consistency__isnull=False, consistency__lt=0.1),
                name="selection_ahp_is_consistent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criteria_set} {self.number}"


@pghistory.track()
class Criterion(models.Model):
    """A measure with its weight and direction within a version; weights of a version sum to 1."""

    version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="criteria", verbose_name=_("versi"))
    position = models.PositiveSmallIntegerField(_("urutan"))
    measure = models.CharField(_("ukuran"), max_length=40)
    goal = models.CharField(_("tujuan"), max_length=80, blank=True)
    direction = models.SmallIntegerField(_("arah"), choices=Direction.choices, default=Direction.MORE)
    weight = models.DecimalField(_("bobot"), max_digits=9, decimal_places=8)

    class Meta:
        verbose_name = _("kriteria")
        verbose_name_plural = _("kriteria")
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="selection_criterion_place"),
            models.UniqueConstraint(fields=["version", "measure"], name="selection_measure_once"),
            models.CheckConstraint(condition=Q(weight__range=(0, 1)), name="selection_weight_share"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.measure} {self.weight}"


@pghistory.track()
class Gate(models.Model):
    """A hard question before any score, with its limit; a candidate that fails it is not ranked, and the reason is shown."""

    version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="gates", verbose_name=_("versi"))
    position = models.PositiveSmallIntegerField(_("urutan"))
    rule = models.CharField(_("syarat"), max_length=40)
    limit = models.DecimalField(_("batas"), max_digits=12, decimal_places=3, null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    class Meta:
        verbose_name = _("syarat mutlak")
        verbose_name_plural = _("syarat mutlak")
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="selection_gate_place"),
            models.UniqueConstraint(fields=["version", "rule"], name="selection_gate_once"),
            models.CheckConstraint(condition=~Q(source=""), name="selection_gate_source_given"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.rule} {self.limit or ''}".strip()
