"""Two database views on enterprises: what anyone may read, and what an office reads of its own region, fast.

Both run with the rights of the tables' owner. `PublicEnterprise` passes the wall with the public columns only.
`OfficeEnterprise` holds the wall itself: it shows the rows of the connection's scope (`lontar.access.scope`) and no others,
but in words that let the planner use every index (docs/adr/0003-wall-and-speed.md).
"""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from lontar.registry.models.potential import Commodity
from lontar.registry.models.regions import Region
from lontar.registry.querysets import OfficeEnterpriseQuerySet, PublicEnterpriseQuerySet
from lontar.registry.states import EnterpriseStatus, ImkClass, UmkmClass


class PublicEnterprise(models.Model):
    """An enterprise without its owner, money or numbers. Read-only; closed enterprises are left out."""

    village = models.ForeignKey(Region, on_delete=models.DO_NOTHING, related_name="+")
    name = models.CharField(max_length=200)
    main_product = models.CharField(max_length=160)
    kbli = models.CharField(max_length=5)
    kbli_version = models.PositiveSmallIntegerField(null=True)
    imk_class = models.CharField(max_length=8, choices=ImkClass.choices)
    commodity = models.ForeignKey(Commodity, on_delete=models.DO_NOTHING, related_name="+", null=True)
    is_verified = models.BooleanField()
    search = SearchVectorField()

    objects = PublicEnterpriseQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "registry_publicenterprise"

    def __str__(self) -> str:
        return self.name


class OfficeEnterprise(models.Model):
    """An enterprise as the lists of the office show it: no sealed value, no NPWP. Read-only, within the scope."""

    village = models.ForeignKey(Region, on_delete=models.DO_NOTHING, related_name="+")
    owner_id = models.BigIntegerField(null=True)
    owner_name = models.CharField(max_length=160)
    name = models.CharField(max_length=200)
    nib = models.CharField(max_length=13, null=True)  # noqa: DJ001 - as in Enterprise: NULL is "none known", and unique
    kbli = models.CharField(max_length=5)
    kbli_version = models.PositiveSmallIntegerField(null=True)
    main_product = models.CharField(max_length=160)
    commodity = models.ForeignKey(Commodity, on_delete=models.DO_NOTHING, related_name="+", null=True)
    start_year = models.PositiveSmallIntegerField(null=True)
    workers = models.IntegerField(null=True)
    imk_class = models.CharField(max_length=8, choices=ImkClass.choices)
    annual_turnover = models.DecimalField(max_digits=18, decimal_places=0, null=True)
    umkm_class = models.CharField(max_length=8, choices=UmkmClass.choices)
    status = models.CharField(max_length=8, choices=EnterpriseStatus.choices)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    verified_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    source_agency_id = models.BigIntegerField(null=True)
    search = SearchVectorField()

    objects = OfficeEnterpriseQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "registry_officeenterprise"

    def __str__(self) -> str:
        return self.name
