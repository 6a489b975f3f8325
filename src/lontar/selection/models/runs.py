"""Rankings of all units at once, as a run computed them: append-only figures that nobody edits.

A run is of one version of one set over the whole programme; its rankings (one for each unit) and candidates are kept with the
weights, the day and the state of the data, so that a decision taken on them can be read again. What people decide stands in
the apps above and is never touched by a run.
"""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.registry.models import Commodity, Product, Region
from lontar.selection.models.sets import CriteriaSet, SetVersion
from lontar.selection.models.units import OfUnit, fits_kind
from lontar.selection.querysets import CandidateRunQuerySet, RankingQuerySet
from lontar.selection.states import OPEN, RunState, Stage


@pghistory.track(exclude=["stage", "done", "moved_at"])
class CandidateRun(models.Model):
    """One computation of all candidates by one version of a set: what was used, how far it is, what came of it."""

    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("set kriteria")
    )
    version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="runs", verbose_name=_("versi"))
    day = models.DateField(_("keadaan pada"))
    seed = models.PositiveIntegerField(_("benih acak"), default=0)
    draws = models.PositiveIntegerField(_("tarikan bobot"), default=2000)
    weights = ArrayField(models.FloatField(), verbose_name=_("bobot yang dipakai"), default=list)
    data_version = models.CharField(_("versi data"), max_length=60, blank=True)
    units = models.PositiveIntegerField(_("unit"), default=0)
    candidates = models.PositiveIntegerField(_("calon"), default=0)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_at = models.DateTimeField(_("diminta"))
    state = models.CharField(_("keadaan"), max_length=8, choices=RunState.choices, default=RunState.QUEUED)
    stage = models.CharField(_("tahap"), max_length=10, choices=Stage.choices, default=Stage.WAITING)
    done = models.PositiveSmallIntegerField(_("kemajuan (%)"), default=0)
    moved_at = models.DateTimeField(_("bergerak"))
    finished_at = models.DateTimeField(_("selesai dihitung"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    problem = models.TextField(_("masalah"), blank=True)
    is_current = models.BooleanField(_("yang berlaku"), default=False)

    objects = CandidateRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("hitungan peringkat")
        verbose_name_plural = _("hitungan peringkat")
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set"], condition=Q(is_current=True), name="selection_one_current_run"
            ),
            models.UniqueConstraint(
                fields=["criteria_set"], condition=Q(state__in=OPEN), name="selection_one_open_run"
            ),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="selection_run_state_known"),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(state="done", finished_at__isnull=False),
                name="selection_current_is_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criteria_set_id} {self.day} {self.state}"


class Ranking(OfUnit):
    """How one unit's candidates stand in one run; the first one and its certainty repeated here for lists.

    A unit without any candidate has a ranking too, with what is missing. `lead` is the first score less the second;
    `agreement` the mean of Kendall's τ between the methods (null: fewer than two candidates).
    """

    run = models.ForeignKey(CandidateRun, on_delete=models.CASCADE, related_name="rankings", verbose_name=_("hitungan"))
    name = models.CharField(_("nama unit"), max_length=200)
    candidates = models.PositiveSmallIntegerField(_("calon"))
    ranked = models.PositiveSmallIntegerField(_("calon yang lolos syarat"))
    first_label = models.CharField(_("calon pertama"), max_length=160, blank=True)
    first_commodity = models.ForeignKey(
        Commodity,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("komoditas pertama"),
    )
    first_score = models.FloatField(_("nilai pertama"), null=True, blank=True)
    first_share = models.FloatField(_("kepastian"), null=True, blank=True)
    lead = models.FloatField(_("selisih dengan kedua"), null=True, blank=True)
    agreement = models.FloatField(_("kesesuaian cara"), null=True, blank=True)
    known = models.FloatField(_("bagian data yang ada"), default=0)
    missing = ArrayField(models.CharField(max_length=40), verbose_name=_("data yang belum ada"), default=list)

    objects = RankingQuerySet.as_manager()

    class Meta:
        verbose_name = _("peringkat unit")
        verbose_name_plural = _("peringkat unit")
        constraints = [
            fits_kind(),
            models.UniqueConstraint(fields=["run", "unit_key"], name="selection_unit_once_a_run"),
            models.CheckConstraint(condition=Q(ranked__lte=F("candidates")), name="selection_ranked_within_all"),
            models.CheckConstraint(
                condition=Q(first_share__isnull=True) | Q(first_share__range=(0, 1)), name="selection_share_of_one"
            ),
        ]
        indexes = [
            models.Index(fields=["run", "village"], name="selection_by_village"),
            models.Index(fields=["run", "kind", "village"], name="selection_by_kind"),
            # The order in which the list opens; other orders are of few rows or rare.
            models.Index("run", F("first_score").desc(nulls_last=True), "village", "id", name="selection_by_score"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_key}: {self.first_label}"


class Candidate(models.Model):
    """One candidate of a unit in a run: a commodity, or a product that no commodity of the catalogue covers.

    `rank` 1 is the best; equal ones share the mean, null: a gate is closed. `low` and `high` are values in the criteria's
    units, `worth_low` and `worth_high` the same on the common scale of 0 to 1, all in the order of the version's criteria;
    they differ where a value is missing or rough, and `low` is NaN where nothing is known. `passed` answers the gates in
    their order (1 yes, 0 no, −1 not known) and `figures` is what each of them looked at (NaN: not known).
    `counts` says from how many records of the registry each value was taken (empty in runs of old).
    """

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="rows", verbose_name=_("peringkat"))
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField(_("urutan"))
    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False,
        verbose_name=pgettext_lazy("satu", "komoditas"),
    )  # fmt: skip
    product = models.ForeignKey(
        Product, on_delete=models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=pgettext_lazy("satu", "produk"),
    )  # fmt: skip
    label = models.CharField(_("calon"), max_length=160)
    rank = models.FloatField(_("peringkat"), null=True, blank=True)
    score = models.FloatField(_("nilai"), null=True, blank=True)
    score_low = models.FloatField(_("nilai terendah"), null=True, blank=True)
    score_high = models.FloatField(_("nilai tertinggi"), null=True, blank=True)
    first_share = models.FloatField(_("bagian tarikan sebagai pertama"), null=True, blank=True)
    three_share = models.FloatField(_("bagian tarikan di tiga pertama"), null=True, blank=True)
    method_scores = ArrayField(models.FloatField(), verbose_name=_("nilai menurut cara"), default=list)
    method_ranks = ArrayField(models.FloatField(), verbose_name=_("peringkat menurut cara"), default=list)
    is_compromise = models.BooleanField(_("dalam set kompromi VIKOR"), default=False)
    low = ArrayField(models.FloatField(), verbose_name=_("nilai terendah kriteria"), default=list)
    high = ArrayField(models.FloatField(), verbose_name=_("nilai tertinggi kriteria"), default=list)
    worth_low = ArrayField(models.FloatField(), verbose_name=_("skala terendah"), default=list)
    worth_high = ArrayField(models.FloatField(), verbose_name=_("skala tertinggi"), default=list)
    passed = ArrayField(models.SmallIntegerField(), verbose_name=_("syarat"), default=list)
    figures = ArrayField(models.FloatField(), verbose_name=_("angka syarat"), default=list)
    counts = ArrayField(models.IntegerField(), verbose_name=_("banyaknya catatan"), default=list, db_default=[])

    class Meta:
        verbose_name = _("calon")
        verbose_name_plural = _("calon")
        constraints = [
            models.UniqueConstraint(fields=["ranking", "place"], name="selection_place_once"),
            models.CheckConstraint(
                condition=Q(commodity__isnull=False) | ~Q(label=""), name="selection_candidate_named"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class PublicStanding(models.Model):
    """What anyone may read of the rankings in force: which candidates stand in a village, in order, and how surely.

    A database view with the rights of the tables' owner; no measured value of anybody is in it.
    """

    village = models.ForeignKey(Region, on_delete=models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=9)
    unit_key = models.TextField()
    name = models.CharField(max_length=200)
    label = models.CharField(max_length=160)
    place = models.PositiveSmallIntegerField()
    rank = models.FloatField()
    first_share = models.FloatField()
    set_key = models.CharField(max_length=40)
    set_version = models.PositiveSmallIntegerField()
    day = models.DateField()

    class Meta:
        managed = False
        db_table = "selection_publicstanding"

    def __str__(self) -> str:
        return f"{self.unit_key} {self.place}"
