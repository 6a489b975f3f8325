"""What is laid down about commodities for a time: forbidden ones, storable ones, culture, geographical indications."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.selection.querysets import CommodityTraitQuerySet
from lontar.selection.states import TraitKind


@pghistory.track()
class CommodityTrait(models.Model):
    """One trait of a commodity or of a whole sector, in force from a day (half-open), everywhere or within a region.

    `code` is the commodity's in the catalogue; exactly one of it and `sector` is given, for catalogues grow. `reason` is what a
    reader is told, `source` the text that it rests on.
    """

    kind = models.CharField(_("sifat"), max_length=10, choices=TraitKind.choices)
    code = models.CharField(_("kode komoditas"), max_length=40, blank=True)
    sector = models.CharField(_("sektor"), max_length=20, blank=True)
    region_code = models.CharField(_("kode wilayah"), max_length=13, blank=True)
    reason = models.CharField(_("keterangan"), max_length=300)
    source = models.CharField(_("sumber"), max_length=300)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    made_at = models.DateTimeField(_("dicatat"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = CommodityTraitQuerySet.as_manager()

    class Meta:
        verbose_name = _("sifat komoditas")
        verbose_name_plural = _("sifat komoditas")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TraitKind.values), name="selection_trait_kind_known"),
            models.CheckConstraint(
                condition=(Q(code="") & ~Q(sector="")) | (~Q(code="") & Q(sector="")), name="selection_trait_of_one"
            ),
            models.CheckConstraint(condition=~Q(source="") & ~Q(reason=""), name="selection_trait_source_given"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="selection_trait_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["kind", "code", "sector", "region_code"], condition=Q(valid_until__isnull=True),
                name="selection_trait_open_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.code or self.sector}"
