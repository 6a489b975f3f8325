"""Stands in for the unit of the app beneath until it is there."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from lontar.registry.models import Organization, Region, School


class OfUnit(models.Model):
    """A row of one unit."""

    kind = models.CharField(_("jenis unit"), max_length=9, default="village")
    village = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("desa/kelurahan"), db_index=False
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("sekolah")
    )
    community = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("komunitas")
    )
    unit_key = models.GeneratedField(
        expression=Case(
            When(
                kind="school",
                then=Concat(Value("school:"), Cast(F("school"), models.TextField()), output_field=models.TextField()),
            ),
            When(
                kind="community",
                then=Concat(
                    Value("community:"), Cast(F("community"), models.TextField()), output_field=models.TextField()
                ),
            ),
            default=Concat(Value("village:"), Cast(F("village"), models.TextField()), output_field=models.TextField()),
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
        verbose_name=_("kunci unit"),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="village", school__isnull=True, community__isnull=True)
                | Q(kind="school", school__isnull=False, community__isnull=True)
                | Q(kind="community", school__isnull=True, community__isnull=False),
                name="%(app_label)s_%(class)s_unit",
            )
        ]
