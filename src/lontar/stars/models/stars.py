"""Stars: a product's award in one round, in force for a time, ended early only by a newer one or by withdrawal."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.documents.models import Paper
from lontar.registry.models import Product, Region
from lontar.stars.models.assessing import Assessment
from lontar.stars.querysets import StarQuerySet
from lontar.stars.states import EndReason, Stars


@pghistory.track()
class Star(models.Model):
    """Open to the public: the star of a product under one rubric, half-open `valid_from <= day < valid_until`.

    An award that was given before, elsewhere, has no assessment here and names its `source` instead.
    Names are as they were at the decision. At most one star of a product and rubric has not been ended; renewal ends the
    one before, also one that had lapsed.
    """

    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, related_name="star", null=True, blank=True, verbose_name=_("penilaian")
    )
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="stars")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    product_name = models.CharField(pgettext_lazy("satu", "produk"), max_length=160)
    maker_name = models.CharField(_("pembuat"), max_length=200)
    rubric_key = models.SlugField(_("rubrik"), max_length=40, db_index=False)
    rubric_name = models.CharField(_("nama rubrik"), max_length=120)
    rubric_version = models.PositiveSmallIntegerField(_("versi rubrik"))
    round_name = models.CharField(_("ronde"), max_length=120)
    year = models.PositiveSmallIntegerField(_("tahun"))
    stars = models.PositiveSmallIntegerField(pgettext_lazy("penilaian", "bintang"), choices=Stars.choices)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"))
    renews = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="renewals", null=True, blank=True, verbose_name=_("memperbarui")
    )
    ended_date = models.DateField(_("berakhir lebih awal"), null=True, blank=True)
    end_reason = models.CharField(_("sebab berakhir"), max_length=10, choices=EndReason.choices, blank=True)
    end_words = models.TextField(_("alasan"), blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("diakhiri oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan"))
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("diputuskan oleh"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))

    paper = models.OneToOneField(
        Paper, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("piagam")
    )

    objects = StarQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("penilaian", "bintang")
        verbose_name_plural = pgettext_lazy("penilaian", "bintang")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "rubric_key"], condition=Q(ended_date__isnull=True), name="star_one_open"
            ),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="star_from_one_to_five"),
            models.CheckConstraint(
                condition=Q(assessment__isnull=False, source="") | (Q(assessment__isnull=True) & ~Q(source="")),
                name="star_assessed_or_sourced",
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="star_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ended_date__isnull=True, end_reason="", end_words="")
                | (Q(ended_date__isnull=False, end_reason__in=EndReason.values) & ~Q(end_words="")),
                name="star_end_whole",
            ),
        ]
        indexes = [models.Index(fields=["village", "valid_until"], name="star_by_village")]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.product_name} ★{self.stars} {self.year}"
