"""Products with stage, capacity and price, their photos, and the licences that enterprises and products hold."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.registry.models.enterprises import Enterprise, Organization, School
from lontar.registry.models.potential import Commodity
from lontar.registry.models.provenance import Sourced
from lontar.registry.models.regions import Region
from lontar.registry.querysets import LicenceQuerySet
from lontar.registry.states import LicenceKind, ProductCategory, Stage


@pghistory.track(exclude=["search"])
class Product(Sourced):
    """Something made and sold, by an enterprise, an organisation or a school of a village."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="products")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="products", null=True, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="products", null=True, blank=True
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="products", null=True, blank=True)
    commodity = models.ForeignKey(Commodity, on_delete=models.PROTECT, related_name="products", null=True, blank=True)
    name = models.CharField(_("nama produk"), max_length=160)
    category = models.CharField(_("kelompok"), max_length=12, choices=ProductCategory.choices)
    stage = models.CharField(_("tahap"), max_length=10, choices=Stage.choices)
    capacity_month = models.DecimalField(_("kapasitas sebulan"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=20, blank=True)
    price = models.DecimalField(_("harga"), max_digits=16, decimal_places=2, null=True, blank=True)
    gtin = models.CharField(_("GTIN"), max_length=14, null=True, blank=True, unique=True)
    description = models.TextField(_("keterangan"), blank=True)
    source_key = models.CharField(_("ID pada sumber"), max_length=60, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("name", "description", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = pgettext_lazy("satu", "produk")
        verbose_name_plural = _("produk")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="product_name_given"),
            models.CheckConstraint(
                condition=Q(enterprise__isnull=True, organization__isnull=True)
                | Q(enterprise__isnull=True, school__isnull=True)
                | Q(organization__isnull=True, school__isnull=True),
                name="product_one_maker",
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="product_price_not_negative"
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="product_stage_known"),
            models.CheckConstraint(condition=Q(category__in=ProductCategory.values), name="product_category_known"),
        ]
        indexes = [GinIndex(fields=["search"], name="product_search")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class ProductPhoto(models.Model):
    """A photo of a product, as uploaded; served re-encoded."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="produk/")
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(_("keterangan"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("foto produk")
        verbose_name_plural = _("foto produk")
        constraints = [models.UniqueConstraint(fields=["product", "sha256"], name="photo_once_per_product")]

    def __str__(self) -> str:
        return self.caption or str(self.product_id)


@pghistory.track()
class Licence(Sourced):
    """A licence or mark held by an enterprise or for a product. A right format is not yet a verified licence."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="licences")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="licences", null=True, blank=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="licences", null=True, blank=True)
    kind = models.CharField(_("jenis"), max_length=8, choices=LicenceKind.choices)
    number = models.CharField(_("nomor"), max_length=60)
    number_raw = models.CharField(_("nomor sebagaimana ditulis"), max_length=120)
    is_format_ok = models.BooleanField(_("bentuk nomor benar"))
    issued_date = models.DateField(_("tanggal terbit"), null=True, blank=True)
    expires_date = models.DateField(_("berlaku sampai"), null=True, blank=True)
    verified_at = models.DateTimeField(_("diverifikasi"), null=True, blank=True)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("izin dan sertifikat")
        verbose_name_plural = _("izin dan sertifikat")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number", "enterprise", "product"], name="licence_once_per_holder", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False) | Q(product__isnull=False), name="licence_has_holder"
            ),
            models.CheckConstraint(
                condition=Q(expires_date__isnull=True)
                | Q(issued_date__isnull=True)
                | Q(expires_date__gte=F("issued_date")),
                name="licence_expires_after_issue",
            ),
            models.CheckConstraint(condition=Q(kind__in=LicenceKind.values), name="licence_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
