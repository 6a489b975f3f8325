"""Plans of ninety days, their limits, and the units that they picked, each with the readiness of that day.

The picks of a plan in force are frozen by a trigger: whoever wants others makes the next plan.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.documents.models import Paper
from lontar.priority.models.readiness import RuleSet
from lontar.priority.querysets import PickQuerySet, PlanQuerySet
from lontar.priority.states import IN_FORCE, LimitKind, Objective, Part, PlanState
from lontar.registry.models import Commodity, Region
from lontar.registry.states import ProductCategory
from lontar.selection.models.units import OfUnit


def _frozen(column: str) -> pgtrigger.Trigger:
    """A row of a plan that is no draft any more cannot be changed or removed, nor can one be added."""
    through = "SELECT plan_id INTO number FROM priority_pick WHERE id = number;" if column == "pick_id" else ""
    return pgtrigger.Trigger(
        name="frozen_with_plan",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("number", "bigint"), ("found", "text")],
        func=f"""
            IF TG_OP = 'DELETE' THEN number := OLD.{column}; ELSE number := NEW.{column}; END IF;
            {through}
            SELECT state INTO found FROM priority_plan WHERE id = number;
            IF found IS DISTINCT FROM 'draft' THEN
                RAISE EXCEPTION 'priority: the plan % is %, its picks are frozen', number, found;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants of this module
    )


@pghistory.track()
class Plan(models.Model):
    """A 90-day priority map of a region. Days are half-open: `start_date <= day < end_date`, on the calendar of WITA."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("satu", "wilayah")
    )
    name = models.CharField(_("nama"), max_length=120)
    start_date = models.DateField(_("hari pertama"))
    end_date = models.DateField(_("berakhir sebelum"))
    size = models.PositiveSmallIntegerField(_("jumlah yang dipilih"), default=10)
    objective = models.CharField(_("tujuan"), max_length=6, choices=Objective.choices, default=Objective.SURE)
    state = models.CharField(_("keadaan"), max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("aturan"))
    worth = models.DecimalField(_("jumlah kesiapan"), max_digits=10, decimal_places=6, null=True, blank=True)
    bound = models.DecimalField(_("batas teratas"), max_digits=10, decimal_places=6, null=True, blank=True)
    is_proven = models.BooleanField(_("optimum terbukti"), default=False)
    offers = models.PositiveIntegerField(_("banyaknya calon"), default=0)
    solved_at = models.DateTimeField(_("dihitung"), null=True, blank=True)
    made_at = models.DateTimeField(_("dibuat"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan pembuat"))
    decided_at = models.DateTimeField(_("diberlakukan"), null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("lembar peta")
    )
    judged_at = models.DateTimeField(_("hasil ditetapkan"), null=True, blank=True)
    is_demo = models.BooleanField(_("data contoh"), default=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("peta prioritas")
        verbose_name_plural = _("peta prioritas")
        constraints = [
            models.UniqueConstraint(
                fields=["region"], condition=Q(state=PlanState.RUNNING), name="priority_one_running_plan"
            ),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="priority_plan_state_known"),
            models.CheckConstraint(condition=Q(objective__in=Objective.values), name="priority_objective_known"),
            models.CheckConstraint(condition=Q(end_date__gt=F("start_date")), name="priority_plan_ends_after_start"),
            models.CheckConstraint(condition=Q(size__range=(1, 100)), name="priority_plan_size"),
            models.CheckConstraint(condition=~Q(name=""), name="priority_plan_name_given"),
            models.CheckConstraint(
                condition=~Q(state__in=IN_FORCE) | Q(decided_at__isnull=False, decided_post__isnull=False),
                name="priority_in_force_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class PlanLimit(models.Model):
    """One limit of a plan: at least, at most, of what."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="limits")
    kind = models.CharField(_("batas"), max_length=8, choices=LimitKind.choices)
    value = models.CharField(_("dari"), max_length=40, default="*")
    least = models.DecimalField(_("paling sedikit"), max_digits=16, decimal_places=0, null=True, blank=True)
    most = models.DecimalField(_("paling banyak"), max_digits=16, decimal_places=0, null=True, blank=True)

    class Meta:
        verbose_name = _("batas rencana")
        verbose_name_plural = _("batas rencana")
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "value"], name="priority_limit_once"),
            models.CheckConstraint(condition=Q(kind__in=LimitKind.values), name="priority_limit_known"),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
                name="priority_limit_in_order",
            ),
        ]
        triggers = [_frozen("plan_id")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


@pghistory.track(exclude=["unit_key"])
class Pick(OfUnit):
    """A unit and its product in a plan, as they were when it was picked: names, readiness from `low` to `high`, cost."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="picks")
    place = models.PositiveSmallIntegerField(_("nomor"))
    unit_name = models.CharField(_("nama unit"), max_length=200)
    product = models.CharField(_("produk"), max_length=160)
    commodity = models.ForeignKey(Commodity, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    category = models.CharField(_("kelompok"), max_length=12, choices=ProductCategory.choices)
    island = models.CharField(_("pulau"), max_length=60, blank=True)
    low = models.DecimalField(_("kesiapan paling sedikit"), max_digits=7, decimal_places=6)
    high = models.DecimalField(_("kesiapan paling banyak"), max_digits=7, decimal_places=6)
    cost = models.DecimalField(_("perkiraan biaya"), max_digits=16, decimal_places=0)

    objects = PickQuerySet.as_manager()

    class Meta(OfUnit.Meta):
        abstract = False
        verbose_name = _("pilihan prioritas")
        verbose_name_plural = _("pilihan prioritas")
        constraints = [
            *OfUnit.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "place"], name="priority_place_once"),
            models.UniqueConstraint(fields=["plan", "unit_key"], name="priority_unit_once"),
            models.CheckConstraint(
                condition=Q(low__gte=0) & Q(low__lte=F("high")) & Q(high__lte=1), name="priority_pick_interval"
            ),
        ]
        triggers = [_frozen("plan_id")]

    def __str__(self) -> str:
        return f"{self.place}. {self.product}, {self.unit_name}"


@pghistory.track()
class PickPart(models.Model):
    """A part of a pick's readiness as it was computed: the interval, the weight, and what it was computed from."""

    pick = models.ForeignKey(Pick, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(_("bagian"), max_length=8, choices=Part.choices)
    low = models.DecimalField(_("paling sedikit"), max_digits=7, decimal_places=6)
    high = models.DecimalField(_("paling banyak"), max_digits=7, decimal_places=6)
    weight = models.DecimalField(_("bobot"), max_digits=6, decimal_places=5)
    words = models.CharField(_("dihitung dari"), max_length=300)

    class Meta:
        verbose_name = _("bagian kesiapan pilihan")
        verbose_name_plural = _("bagian kesiapan pilihan")
        constraints = [
            models.UniqueConstraint(fields=["pick", "part"], name="priority_pick_part_once"),
            models.CheckConstraint(
                condition=Q(low__gte=0) & Q(low__lte=F("high")) & Q(high__lte=1), name="priority_pick_part_interval"
            ),
        ]
        triggers = [_frozen("pick_id")]

    def __str__(self) -> str:
        return f"{self.pick_id} {self.part}"
