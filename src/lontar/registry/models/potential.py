"""What a village has, by year: commodities with area, production and season; natural resources; facilities."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.registry.models.provenance import Sourced
from lontar.registry.models.regions import Region
from lontar.registry.states import CommoditySector, FacilityKind, ResourceKind


@pghistory.track()
class Commodity(models.Model):
    """A commodity of the catalogue, with the usual unit and season as start values."""

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=80, unique=True)
    name_en = models.CharField(_("nama Inggris"), max_length=80, blank=True)
    sector = models.CharField(
        _("sektor"), max_length=14, choices=CommoditySector.choices, default=CommoditySector.OTHER
    )
    unit = models.CharField(_("satuan"), max_length=20)
    harvest_months = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("bulan panen"), default=list)
    kbli = models.CharField(_("KBLI 2020"), max_length=5, blank=True)
    hs = models.CharField(_("HS"), max_length=8, blank=True)
    nice_class = models.CharField(_("kelas merek"), max_length=12, blank=True)
    source = models.CharField(_("sumber"), max_length=200)

    class Meta:
        verbose_name = pgettext_lazy("satu", "komoditas")
        verbose_name_plural = _("komoditas")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class VillagePotential(Sourced):
    """One commodity in one village in one year."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="potential")
    commodity = models.ForeignKey(Commodity, on_delete=models.PROTECT, related_name="potential")
    year = models.PositiveSmallIntegerField(_("tahun"))
    area_ha = models.DecimalField(_("luas (ha)"), max_digits=12, decimal_places=2, null=True, blank=True)
    production = models.DecimalField(_("produksi"), max_digits=16, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=20)
    harvest_months = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("bulan panen"), default=list)
    sold_raw_share = models.DecimalField(_("dijual mentah (%)"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("potensi desa")
        verbose_name_plural = _("potensi desa")
        constraints = [
            models.UniqueConstraint(fields=["village", "commodity", "year"], name="potential_once_a_year"),
            models.CheckConstraint(condition=Q(year__range=(1990, 2100)), name="potential_year_sane"),
            models.CheckConstraint(
                condition=Q(sold_raw_share__isnull=True) | Q(sold_raw_share__range=(0, 100)),
                name="potential_share_percent",
            ),
            models.CheckConstraint(
                condition=(Q(area_ha__isnull=True) | Q(area_ha__gte=0))
                & (Q(production__isnull=True) | Q(production__gte=0)),
                name="potential_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.commodity_id} {self.year}"


@pghistory.track()
class VillageResource(Sourced):
    """A natural resource of a village in a year."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="resources")
    year = models.PositiveSmallIntegerField(_("tahun"))
    kind = models.CharField(_("jenis"), max_length=10, choices=ResourceKind.choices)
    name = models.CharField(_("nama"), max_length=120)

    class Meta:
        verbose_name = _("sumber daya alam")
        verbose_name_plural = _("sumber daya alam")
        constraints = [
            models.UniqueConstraint(fields=["village", "year", "kind", "name"], name="resource_once_a_year"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class VillageFacility(Sourced):
    """How many of a facility a village has in a year."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="facilities")
    year = models.PositiveSmallIntegerField(_("tahun"))
    kind = models.CharField(_("jenis"), max_length=12, choices=FacilityKind.choices)
    number = models.PositiveIntegerField(_("jumlah"))

    class Meta:
        verbose_name = _("sarana")
        verbose_name_plural = _("sarana")
        constraints = [models.UniqueConstraint(fields=["village", "year", "kind"], name="facility_once_a_year")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.number}"
