"""A unit: a village, a school or a community. Whatever belongs to a unit inherits `OfUnit`, here and in the apps above."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from lontar.registry.models import Organization, Region, School
from lontar.selection.states import UnitKind


def _key(kind: str) -> Concat:
    """`school:12`"""
    text = models.TextField()
    return Concat(Value(f"{kind}:", output_field=text), Cast(F(kind), text), output_field=text)


def fits_kind() -> models.CheckConstraint:
    """The constraint of every row of a unit: school and community are given exactly where the kind says so."""
    return models.CheckConstraint(
        condition=Q(kind="village", school__isnull=True, community__isnull=True)
        | Q(kind="school", school__isnull=False, community__isnull=True)
        | Q(kind="community", school__isnull=True, community__isnull=False),
        name="%(app_label)s_%(class)s_unit",
    )


class OfUnit(models.Model):
    """A row of one unit. `village` is where it lies, also for a school or community; `unit_key` names it in one word.

    `unit_key` is kept by the database: `village:53.09.02.2010`, `school:12`, `community:7`; constraints such as "one at a
    time" speak of it. A subclass with constraints of its own repeats the one of the unit: `constraints = [fits_kind(), …]`.
    """

    kind = models.CharField(_("jenis unit"), max_length=9, choices=UnitKind.choices, default=UnitKind.VILLAGE)
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
            When(kind="school", then=_key("school")),
            When(kind="community", then=_key("community")),
            default=_key("village"),
            output_field=models.TextField(),
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
        verbose_name=_("kunci unit"),
    )

    class Meta:
        abstract = True
        constraints = [fits_kind()]
