"""Producers: enterprises, organisations and schools that were asked to report every month."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.registry.models import Commodity, Enterprise, Organization, Region, School
from lontar.registry.states import ProductCategory
from lontar.returns.querysets import ProducerQuerySet
from lontar.returns.states import Maker


@pghistory.track()
class Producer(models.Model):
    """Who is asked, from month to month (half-open), and for which unit it is counted.

    `unit_key` is of the unit whose flagship it makes (`village:53.09.02.2010`, `school:12`, `community:7`); empty for the
    comparison group. `designated_from` is since when the unit has its flagship where a decree from before this system says so;
    else the flagship's own day counts. `reason` and `end_reason` say why somebody of the comparison group is in it, and no
    more. `name` is the maker's as it was enrolled, `unit` that of its quantities and prices.
    """

    maker = models.CharField(_("jenis produsen"), max_length=12, choices=Maker.choices)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("usaha")
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("organisasi")
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("sekolah")
    )
    village = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("desa/kelurahan")
    )
    name = models.CharField(_("nama"), max_length=200)
    reason = models.CharField(_("alasan dipilih"), max_length=300, blank=True)
    end_reason = models.CharField(_("alasan tidak diminta lagi"), max_length=300, blank=True)
    unit_key = models.CharField(_("unit yang dihitung"), max_length=40, blank=True, db_collation="C")
    category = models.CharField(_("kelompok produk"), max_length=12, choices=ProductCategory.choices)
    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=pgettext_lazy("satu", "komoditas"),
    )  # fmt: skip
    unit = models.CharField(_("satuan"), max_length=20)
    designated_from = models.DateField(_("ditetapkan sejak"), null=True, blank=True)
    from_month = models.DateField(_("melapor mulai bulan"))
    until_month = models.DateField(_("sampai sebelum bulan"), null=True, blank=True)
    enrolled_at = models.DateTimeField(_("didaftarkan"))

    objects = ProducerQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "produsen")
        verbose_name_plural = _("produsen")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    maker="enterprise", enterprise__isnull=False, organization__isnull=True, school__isnull=True
                )
                | Q(maker="organization", enterprise__isnull=True, organization__isnull=False, school__isnull=True)
                | Q(maker="school", enterprise__isnull=True, organization__isnull=True, school__isnull=False),
                name="producer_is_one_maker",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(unit=""), name="producer_named"),
            models.CheckConstraint(condition=Q(category__in=ProductCategory.values), name="producer_category_known"),
            models.CheckConstraint(
                condition=Q(unit_key="") | Q(unit_key__regex=r"^(village|school|community):.+"),
                name="producer_unit_key_shape",
            ),
            models.CheckConstraint(
                condition=Q(designated_from__isnull=True) | ~Q(unit_key=""), name="producer_designated_with_unit"
            ),
            models.CheckConstraint(
                condition=Q(from_month__day=1)
                & (Q(until_month__isnull=True) | Q(until_month__day=1, until_month__gte=F("from_month"))),
                name="producer_months_in_order",
            ),
            *(
                models.UniqueConstraint(
                    fields=[maker], condition=Q(until_month__isnull=True), name=f"producer_{maker}_asked_once"
                )
                for maker in ("enterprise", "organization", "school")
            ),
        ]
        indexes = [
            models.Index(fields=["village", "id"], name="producer_by_village"),
            models.Index(fields=["unit_key"], condition=~Q(unit_key=""), name="producer_by_unit"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def maker_id(self) -> int:
        """The key of the enterprise, organisation or school."""
        return int(self.enterprise_id or self.organization_id or self.school_id or 0)
