"""What follows a pick through its ninety days: baseline, target, actions, weekly check-ins, blockers, verdict, late notes.

Baselines, targets, check-ins, verdicts and notes are only ever added; the newest baseline, target and check-in of a week
counts. The verdict is written once, by the job of day 90.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Agency, Post, User
from lontar.priority.models.plans import Pick
from lontar.priority.querysets import BlockerQuerySet, OfPickQuerySet, StepQuerySet
from lontar.priority.states import BaselineKind, BlockerState, Evidence, StepState, VerdictKind
from lontar.registry.models import Region

_FROZEN = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class _OfPick(models.Model):
    """A row about a pick; the village is repeated for the wall."""

    pick = models.ForeignKey(Pick, on_delete=models.PROTECT, related_name="%(class)ss")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("dicatat"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        abstract = True


@pghistory.track()
class Baseline(_OfPick):
    """Turnover before the ninety days: how much in which half-open period, by which evidence, stated by whom."""

    kind = models.CharField(_("yang diketahui"), max_length=8, choices=BaselineKind.choices)
    amount = models.DecimalField(_("omzet"), max_digits=16, decimal_places=0, null=True, blank=True)
    from_date = models.DateField(_("dari"), null=True, blank=True)
    until_date = models.DateField(_("sampai sebelum"), null=True, blank=True)
    evidence = models.CharField(_("jenis bukti"), max_length=10, choices=Evidence.choices, blank=True)
    words = models.CharField(_("bukti dan siapa yang menyatakan"), max_length=300)

    objects = OfPickQuerySet.as_manager()

    class Meta:
        verbose_name = _("omzet awal")
        verbose_name_plural = _("omzet awal")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="measured", amount__gte=0, from_date__isnull=False, until_date__gt=F("from_date"))
                    & ~Q(evidence="")
                )
                | Q(
                    kind__in=["new", "unknown"],
                    amount__isnull=True,
                    from_date__isnull=True,
                    until_date__isnull=True,
                    evidence="",
                ),
                name="priority_baseline_whole",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="priority_baseline_words_given"),
        ]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.pick_id} {self.kind}"


@pghistory.track(exclude=["extra"])
class Target(_OfPick):
    """Extra turnover wanted, with its arithmetic: quantity × (price then − price now); the product is kept by the database."""

    quantity = models.DecimalField(_("banyaknya"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("satuan"), max_length=20)
    price_before = models.DecimalField(_("harga sekarang"), max_digits=14, decimal_places=0)
    price_after = models.DecimalField(_("harga nanti"), max_digits=14, decimal_places=0)
    extra = models.GeneratedField(
        expression=F("quantity") * (F("price_after") - F("price_before")),
        output_field=models.DecimalField(max_digits=24, decimal_places=2),
        db_persist=True,
    )
    words = models.CharField(_("penjelasan"), max_length=300)

    objects = OfPickQuerySet.as_manager()

    class Meta:
        verbose_name = _("sasaran tambahan omzet")
        verbose_name_plural = _("sasaran tambahan omzet")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(price_before__gte=0) & Q(price_after__gt=F("price_before")),
                name="priority_target_adds",
            ),
            models.CheckConstraint(condition=~Q(words="") & ~Q(unit=""), name="priority_target_words_given"),
        ]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.pick_id} {self.extra}"


@pghistory.track()
class Step(_OfPick):
    """An action: what, by which agency, until which day."""

    words = models.CharField(_("tindakan"), max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("instansi"))
    due_date = models.DateField(_("paling lambat"))
    state = models.CharField(_("keadaan"), max_length=8, choices=StepState.choices, default=StepState.OPEN)
    moved_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("tindakan prioritas")
        verbose_name_plural = _("tindakan prioritas")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="priority_step_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", moved_at__isnull=True) | (~Q(state="open") & Q(moved_at__isnull=False)),
                name="priority_step_end_whole",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="priority_step_words_given"),
        ]

    def __str__(self) -> str:
        return self.words


@pghistory.track()
class CheckIn(_OfPick):
    """The turnover of one week, by which evidence. Sent again, the newer one counts and the older stays."""

    week = models.PositiveSmallIntegerField(_("minggu ke-"))
    turnover = models.DecimalField(_("omzet minggu ini"), max_digits=16, decimal_places=0)
    evidence = models.CharField(_("jenis bukti"), max_length=10, choices=Evidence.choices)
    words = models.CharField(_("bukti"), max_length=300, blank=True)

    objects = OfPickQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan mingguan")
        verbose_name_plural = _("laporan mingguan")
        constraints = [
            models.CheckConstraint(condition=Q(week__gte=1), name="priority_week_from_one"),
            models.CheckConstraint(condition=Q(turnover__gte=0), name="priority_turnover_not_negative"),
            models.CheckConstraint(condition=Q(evidence__in=Evidence.values), name="priority_evidence_known"),
            models.CheckConstraint(condition=Q(evidence="none") | ~Q(words=""), name="priority_evidence_said"),
        ]
        indexes = [models.Index(fields=["pick", "week", "-id"], name="priority_checkin_newest")]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.pick_id} {self.week}"


@pghistory.track()
class Blocker(_OfPick):
    """What stands in the way, put before an agency; the agency replies, who raised it closes it or gives it back."""

    words = models.CharField(_("hambatan"), max_length=300)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("instansi"))
    state = models.CharField(_("keadaan"), max_length=8, choices=BlockerState.choices, default=BlockerState.OPEN)
    moved_at = models.DateTimeField(_("bergerak"))
    reply = models.CharField(_("jawaban"), max_length=300, blank=True)
    replied_at = models.DateTimeField(_("dijawab"), null=True, blank=True)
    replied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = BlockerQuerySet.as_manager()

    class Meta:
        verbose_name = _("hambatan")
        verbose_name_plural = _("hambatan")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BlockerState.values), name="priority_blocker_state_known"),
            models.CheckConstraint(
                condition=~Q(state="answered") | (Q(replied_at__isnull=False) & ~Q(reply="")),
                name="priority_blocker_reply_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="priority_blocker_end_whole",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="priority_blocker_words_given"),
        ]
        indexes = [
            models.Index(fields=["agency"], condition=Q(state="open"), name="priority_blocker_waiting"),
        ]

    def __str__(self) -> str:
        return self.words


@pghistory.track()
class Verdict(_OfPick):
    """How a pick ended: once, by the rule of its plan, with the figures that it was judged by."""

    kind = models.CharField(_("hasil"), max_length=11, choices=VerdictKind.choices)
    weeks = models.PositiveSmallIntegerField(_("minggu berbukti"))
    turnover = models.DecimalField(_("omzet berbukti"), max_digits=18, decimal_places=0)
    usual = models.DecimalField(_("omzet biasa selama itu"), max_digits=18, decimal_places=2, null=True, blank=True)
    achieved = models.DecimalField(_("tambahan omzet"), max_digits=18, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("sasaran"), max_digits=18, decimal_places=2, null=True, blank=True)
    words = models.CharField(_("mengapa"), max_length=300)

    objects = OfPickQuerySet.as_manager()

    class Meta:
        verbose_name = _("hasil 90 hari")
        verbose_name_plural = _("hasil 90 hari")
        constraints = [
            models.UniqueConstraint(fields=["pick"], name="priority_one_verdict"),
            models.CheckConstraint(condition=Q(kind__in=VerdictKind.values), name="priority_verdict_known"),
            models.CheckConstraint(
                condition=Q(kind="no_evidence") | Q(achieved__isnull=False, target__isnull=False),
                name="priority_verdict_has_figures",
            ),
        ]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.pick_id} {self.kind}"


@pghistory.track()
class LateNote(_OfPick):
    """Evidence that came after the verdict: noted, the verdict stays."""

    turnover = models.DecimalField(_("omzet menurut bukti"), max_digits=16, decimal_places=0, null=True, blank=True)
    words = models.CharField(_("bukti terlambat"), max_length=300)

    objects = OfPickQuerySet.as_manager()

    class Meta:
        verbose_name = _("bukti terlambat")
        verbose_name_plural = _("bukti terlambat")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="priority_late_words_given")]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.pick_id}"
