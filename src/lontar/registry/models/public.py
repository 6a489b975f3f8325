"""What anyone may read of an enterprise: a database view that passes the wall with the public columns only."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from lontar.registry.models.potential import Commodity
from lontar.registry.models.regions import Region
from lontar.registry.querysets import PublicEnterpriseQuerySet
from lontar.registry.states import ImkClass


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
