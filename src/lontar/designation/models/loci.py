"""The locus list: rounds of selection with a quota per kabupaten/kota, how villages stood in them, and the loci decreed."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.designation.querysets import LocusQuerySet
from lontar.designation.states import LocusGate, Place, RoundState
from lontar.registry.models import Region


@pghistory.track()
class LocusRound(models.Model):
    """A round of the strict selection: which criteria set ranks, which gates stand, and how far it has come."""

    name = models.CharField(_("nama putaran"), max_length=120, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    set_key = models.CharField(_("kunci set kriteria"), max_length=40)
    set_name = models.CharField(_("set kriteria"), max_length=160)
    gates = ArrayField(models.CharField(max_length=12, choices=LocusGate.choices), verbose_name=_("syarat"))
    quota = models.PositiveSmallIntegerField(_("kuota per kabupaten/kota"))
    source = models.CharField(_("dasar kuota"), max_length=300)
    state = models.CharField(_("keadaan"), max_length=8, choices=RoundState.choices, default=RoundState.DRAFT)
    ranked_on = models.DateField(_("peringkat per"), null=True, blank=True)
    opened_at = models.DateTimeField(_("dibuka"))
    moved_at = models.DateTimeField(_("sejak"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("dibuka oleh"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))

    class Meta:
        verbose_name = _("putaran lokus")
        verbose_name_plural = _("putaran lokus")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="locus_round_state_known"),
            models.CheckConstraint(condition=Q(quota__gte=1), name="round_quota_at_least_one"),
            models.CheckConstraint(condition=~Q(source=""), name="round_source_given"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class RoundQuota(models.Model):
    """A quota of one kabupaten/kota that differs from the round's."""

    round = models.ForeignKey(LocusRound, on_delete=models.CASCADE, related_name="quotas")
    regency = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("kabupaten/kota"))
    quota = models.PositiveSmallIntegerField(_("kuota"))

    class Meta:
        verbose_name = _("kuota kabupaten/kota")
        verbose_name_plural = _("kuota kabupaten/kota")
        constraints = [models.UniqueConstraint(fields=["round", "regency"], name="round_quota_once")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.regency_id}: {self.quota}"


@pghistory.track()
class LocusEntry(models.Model):
    """How a village stands in a round: score and rank within its kabupaten/kota, gates it failed, chosen or waiting.

    `position` numbers the chosen and then the waiting of a kabupaten/kota, from one; those out have none.
    """

    round = models.ForeignKey(LocusRound, on_delete=models.PROTECT, related_name="entries")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("desa/kelurahan"))
    regency = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("kabupaten/kota"), db_index=False
    )
    best = models.CharField(_("calon terbaik"), max_length=160, blank=True)
    score = models.DecimalField(_("nilai"), max_digits=9, decimal_places=6, null=True, blank=True)
    position = models.PositiveIntegerField(_("urutan"), null=True, blank=True)
    failed = ArrayField(models.CharField(max_length=12), verbose_name=_("syarat yang tidak dipenuhi"), default=list)
    place = models.CharField(_("kedudukan"), max_length=8, choices=Place.choices)
    is_moved = models.BooleanField(_("dipindahkan"), default=False)

    class Meta:
        verbose_name = _("desa dalam putaran lokus")
        verbose_name_plural = _("desa dalam putaran lokus")
        constraints = [
            models.UniqueConstraint(fields=["round", "village"], name="entry_once_per_round"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="entry_place_known"),
            models.CheckConstraint(condition=~Q(place="out") | ~Q(failed=[]), name="entry_out_says_why"),
        ]
        indexes = [models.Index(fields=["round", "regency", "place", "position"], name="entry_in_order")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.village_id} {self.place}"


class LocusMove(models.Model):
    """A village moved by hand within a round, and why. Append-only."""

    entry = models.ForeignKey(LocusEntry, on_delete=models.PROTECT, related_name="moves")
    from_place = models.CharField(_("dari"), max_length=8, choices=Place.choices)
    to_place = models.CharField(_("ke"), max_length=8, choices=Place.choices)
    reason = models.TextField(_("alasan"))
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("oleh"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))

    class Meta:
        verbose_name = _("pemindahan dalam putaran lokus")
        verbose_name_plural = _("pemindahan dalam putaran lokus")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="locus_move_reason_given")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.from_place} → {self.to_place}"


@pghistory.track()
class Locus(models.Model):
    """A village of the locus list, opened by a decree and in force half-open until another decree ends it."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("desa/kelurahan"))
    entry = models.OneToOneField(LocusEntry, on_delete=models.PROTECT, related_name="locus")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True,
        verbose_name=_("menggantikan"),
    )  # fmt: skip
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = LocusQuerySet.as_manager()

    class Meta:
        verbose_name = _("lokus")
        verbose_name_plural = _("lokus")
        constraints = [
            models.UniqueConstraint(
                fields=["village"], condition=Q(valid_until__isnull=True), name="locus_one_lasting_per_village"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="locus_ends_after_start",
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.village_id} {self.valid_from}"
