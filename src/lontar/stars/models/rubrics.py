"""Rubrics: a version with its tree of items, its options, bands and gates. What is no longer a draft is frozen by triggers."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.stars.querysets import RubricQuerySet
from lontar.stars.states import ItemKind, RubricState, Standing, Stars

_FROZEN = """
    IF EXISTS (SELECT FROM stars_rubric r WHERE r.id = coalesce(NEW.rubric_id, OLD.rubric_id) AND r.state <> 'draft') THEN
        RAISE EXCEPTION 'rubric % is in force and frozen', coalesce(NEW.rubric_id, OLD.rubric_id);
    END IF;
    RETURN coalesce(NEW, OLD);
"""

_HEAD_FROZEN = """
    IF OLD.state <> 'draft' AND (NEW.key, NEW.version, NEW.name, NEW.name_en, NEW.standing, NEW.maximum, NEW.valid_from,
        NEW.source, NEW.note) IS DISTINCT FROM (OLD.key, OLD.version, OLD.name, OLD.name_en, OLD.standing, OLD.maximum,
        OLD.valid_from, OLD.source, OLD.note) THEN
        RAISE EXCEPTION 'rubric % is in force and frozen', OLD.id;
    END IF;
    RETURN NEW;
"""


def _frozen() -> list[pgtrigger.Trigger]:
    """Refuses every write to a part of a rubric that is not a draft."""
    writes = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    return [pgtrigger.Trigger(name="frozen", when=pgtrigger.Before, operation=writes, func=_FROZEN)]


@pghistory.track()
class Rubric(models.Model):
    """One version of a rubric, in force for a time, half-open, with its source and standing."""

    key = models.SlugField(_("kunci"), max_length=40)
    version = models.PositiveSmallIntegerField(_("versi"))
    name = models.CharField(_("nama"), max_length=120)
    name_en = models.CharField(_("nama Inggris"), max_length=120, blank=True)
    standing = models.CharField(_("asal"), max_length=10, choices=Standing.choices)
    state = models.CharField(_("keadaan"), max_length=10, choices=RubricState.choices, default=RubricState.DRAFT)
    maximum = models.DecimalField(_("jumlah nilai tertinggi"), max_digits=6, decimal_places=2)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=500)
    note = models.TextField(_("catatan"), blank=True)
    drafted_at = models.DateTimeField(_("diunggah"), null=True, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    enforced_at = models.DateTimeField(_("diberlakukan"), null=True, blank=True)
    enforced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("jabatan")
    )

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = _("rubrik")
        verbose_name_plural = _("rubrik")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="rubric_version_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="in_force", valid_until__isnull=True), name="rubric_one_open"
            ),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="rubric_standing_known"),
            models.CheckConstraint(condition=Q(state__in=RubricState.values), name="rubric_state_known"),
            models.CheckConstraint(condition=~Q(source=""), name="rubric_source_given"),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="rubric_maximum_positive"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="rubric_ends_after_start",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(name="head_frozen", when=pgtrigger.Before, operation=pgtrigger.Update, func=_HEAD_FROZEN)
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


@pghistory.track()
class RubricItem(models.Model):
    """A part or a criterion, in reading order. `is_known` False: the source names the points, not what they are for."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField(_("urutan"))
    code = models.CharField(_("kode"), max_length=20)
    parent_code = models.CharField(_("induk"), max_length=20, blank=True)
    kind = models.CharField(_("jenis"), max_length=10, choices=ItemKind.choices)
    name = models.CharField(_("nama"), max_length=200)
    name_en = models.CharField(_("nama Inggris"), max_length=200, blank=True)
    hint = models.TextField(_("petunjuk"), blank=True)
    low = models.DecimalField(_("nilai terendah"), max_digits=6, decimal_places=2)
    high = models.DecimalField(_("nilai tertinggi"), max_digits=6, decimal_places=2)
    step = models.DecimalField(_("langkah"), max_digits=6, decimal_places=2)
    is_known = models.BooleanField(_("uraian diketahui"), default=True)

    class Meta:
        verbose_name = _("butir rubrik")
        verbose_name_plural = _("butir rubrik")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "code"], name="rubric_item_code_once"),
            models.UniqueConstraint(fields=["rubric", "position"], name="rubric_item_position_once"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="rubric_item_kind_known"),
            models.CheckConstraint(condition=Q(low__gte=0, low__lte=F("high"), high__gt=0), name="rubric_item_range"),
            models.CheckConstraint(condition=Q(step__gt=0), name="rubric_item_step_positive"),
        ]
        triggers = _frozen()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class RubricOption(models.Model):
    """One answer to a criterion and its points."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="options", db_index=False)
    item_code = models.CharField(_("kriteria"), max_length=20)
    points = models.DecimalField(_("nilai"), max_digits=6, decimal_places=2)
    label = models.CharField(_("uraian"), max_length=300)
    label_en = models.CharField(_("uraian Inggris"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("pilihan nilai")
        verbose_name_plural = _("pilihan nilai")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "item_code", "points"], name="rubric_option_once"),
        ]
        triggers = _frozen()

    def __str__(self) -> str:
        return f"{self.item_code} {self.points}"


@pghistory.track()
class RubricBand(models.Model):
    """`stars` for a mean of `low` or more, up to the next band."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="bands", db_index=False)
    stars = models.PositiveSmallIntegerField(pgettext_lazy("penilaian", "bintang"), choices=Stars.choices)
    low = models.DecimalField(_("batas bawah"), max_digits=6, decimal_places=2)
    label = models.CharField(_("sebutan"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("batas bintang")
        verbose_name_plural = _("batas bintang")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "stars"], name="rubric_band_once"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="rubric_band_stars"),
        ]
        triggers = _frozen()

    def __str__(self) -> str:
        return f"{self.stars} ≥ {self.low}"


@pghistory.track()
class RubricGate(models.Model):
    """A condition (`rules.GATES`) that caps the star while it holds."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="gates", db_index=False)
    condition = models.SlugField(_("syarat"), max_length=40)
    cap = models.PositiveSmallIntegerField(_("bintang tertinggi"), choices=Stars.choices)
    reason = models.CharField(_("alasan"), max_length=300)

    class Meta:
        verbose_name = _("gerbang")
        verbose_name_plural = _("gerbang")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "condition"], name="rubric_gate_once"),
            models.CheckConstraint(condition=Q(cap__range=(1, 5)), name="rubric_gate_cap"),
        ]
        triggers = _frozen()

    def __str__(self) -> str:
        return f"{self.condition} ≤ {self.cap}"
