"""How readiness is judged, as data in force for a time: parts, weights, licences needed, islands; and what people stated.

A plan keeps the rule set under which it was made; its verdicts follow that set too. Values are computed in
`queries.readiness`, never stored here.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.access.states import AgencyKind
from lontar.priority.querysets import IslandQuerySet, RuleSetQuerySet, StatementQuerySet
from lontar.priority.states import Part
from lontar.registry.states import LicenceKind, ProductCategory
from lontar.selection.models.units import OfUnit

_FROZEN = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


@pghistory.track()
class RuleSet(models.Model):
    """A version of the rules of ninety days: how long, when a target is reached, until when targets may be set.

    `reached_share` and `partly_share` are shares of the target; `least_weeks` the weeks with evidence without which there is
    no verdict on the target. Half-open: `valid_from <= day < valid_until`.
    """

    number = models.PositiveSmallIntegerField(_("versi"), unique=True)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("lama (hari)"), default=90)
    target_days = models.PositiveSmallIntegerField(_("sasaran paling lambat hari ke-"), default=14)
    reached_share = models.DecimalField(_("tercapai mulai"), max_digits=5, decimal_places=4)
    partly_share = models.DecimalField(_("tercapai sebagian mulai"), max_digits=5, decimal_places=4)
    least_weeks = models.PositiveSmallIntegerField(_("minggu berbukti paling sedikit"))
    source = models.CharField(_("sumber"), max_length=300)
    is_proposal = models.BooleanField(_("usulan"), default=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("aturan prioritas")
        verbose_name_plural = _("aturan prioritas")
        constraints = [
            models.UniqueConstraint(
                F("valid_until"),
                condition=Q(valid_until__isnull=True),
                name="priority_one_open_rule_set",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="priority_rule_set_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="priority_rule_set_source_given"),
            models.CheckConstraint(
                condition=Q(partly_share__gt=0) & Q(partly_share__lt=F("reached_share")),
                name="priority_shares_in_order",
            ),
            models.CheckConstraint(condition=Q(days__range=(7, 366)), name="priority_days_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


@pghistory.track()
class PartRule(models.Model):
    """A part in a rule set: its weight, what counts as full, what closing its gap costs, and who acts by which day.

    `full` is rupiah a month for the capacity and kilometres for the access (`reach` beyond which it is none). `levels` are
    the shares of a mentor by the region in charge (province, kabupaten/kota, kecamatan, village), and of a buyer where the
    kabupaten/kota has an outlet.
    """

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(_("bagian"), max_length=8, choices=Part.choices)
    weight = models.DecimalField(_("bobot"), max_digits=6, decimal_places=5)
    full = models.DecimalField(_("penuh pada"), max_digits=16, decimal_places=2, null=True, blank=True)
    reach = models.DecimalField(_("nol pada"), max_digits=16, decimal_places=2, null=True, blank=True)
    levels = ArrayField(
        models.DecimalField(max_digits=4, decimal_places=3), verbose_name=_("nilai bertingkat"), default=list
    )
    unit = models.CharField(_("satuan"), max_length=20, blank=True)
    gap_cost = models.DecimalField(_("biaya menutup kekurangan"), max_digits=16, decimal_places=0, default=0)
    agency_kind = models.CharField(_("bidang instansi"), max_length=20, choices=AgencyKind.choices)
    advice = models.CharField(_("tindakan"), max_length=200)
    due_day = models.PositiveSmallIntegerField(_("paling lambat hari ke-"), default=30)
    source = models.CharField(_("sumber"), max_length=300)

    class Meta:
        verbose_name = _("bagian kesiapan")
        verbose_name_plural = _("bagian kesiapan")
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "part"], name="priority_part_once"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="priority_part_known"),
            models.CheckConstraint(condition=Q(weight__range=(0, 1)), name="priority_weight_share"),
            models.CheckConstraint(condition=Q(gap_cost__gte=0), name="priority_gap_cost_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="priority_part_source_given"),
        ]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.rule_set_id} {self.part}"


@pghistory.track()
class LicenceNeed(models.Model):
    """Which licences a product of a category needs; `MD` stands in for `PIRT`, never the other way round."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="needs")
    category = models.CharField(_("kelompok"), max_length=12, choices=ProductCategory.choices)
    kinds = ArrayField(models.CharField(max_length=8, choices=LicenceKind.choices), verbose_name=_("izin"))
    without_halal = ArrayField(
        models.CharField(max_length=40), verbose_name=_("komoditas yang dikecualikan dari halal"), default=list
    )
    source = models.CharField(_("sumber"), max_length=300)

    class Meta:
        verbose_name = _("kebutuhan izin")
        verbose_name_plural = _("kebutuhan izin")
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "category"], name="priority_need_once"),
            models.CheckConstraint(condition=Q(category__in=ProductCategory.values), name="priority_need_category"),
            models.CheckConstraint(condition=~Q(source=""), name="priority_need_source_given"),
        ]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.rule_set_id} {self.category}"


@pghistory.track()
class Island(models.Model):
    """On which island a kabupaten/kota lies, by the seat of its government; a code, because regions are loaded later."""

    regency_code = models.CharField(_("kode kabupaten/kota"), max_length=5, db_collation="C")
    key = models.SlugField(_("kunci"), max_length=20)
    name = models.CharField(_("nama"), max_length=60)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    objects = IslandQuerySet.as_manager()

    class Meta:
        verbose_name = _("pulau")
        verbose_name_plural = _("pulau")
        constraints = [
            models.UniqueConstraint(
                fields=["regency_code"], condition=Q(valid_until__isnull=True), name="priority_one_open_island"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="priority_island_source_given"),
        ]

    def __str__(self) -> str:
        return f"{self.regency_code} {self.name}"


@pghistory.track(exclude=["unit_key"])
class Statement(OfUnit):
    """Somebody of the office states a part of a unit that no list tells: a buyer's order, a loan that was granted.

    Append-only; the newest one that holds on the day counts, instead of what the lists say. `share` is from 0 to 1.
    """

    part = models.CharField(_("bagian"), max_length=8, choices=Part.choices)
    share = models.DecimalField(_("nilai"), max_digits=4, decimal_places=3)
    words = models.CharField(_("keterangan"), max_length=200)
    source = models.CharField(_("bukti"), max_length=200)
    stated_on = models.DateField(_("tanggal"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    at = models.DateTimeField(_("dicatat"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta(OfUnit.Meta):
        abstract = False
        verbose_name = _("pernyataan kesiapan")
        verbose_name_plural = _("pernyataan kesiapan")
        constraints = [
            *OfUnit.Meta.constraints,
            models.CheckConstraint(condition=Q(share__range=(0, 1)), name="priority_statement_share"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="priority_statement_part"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(words=""), name="priority_statement_source_given"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("stated_on")),
                name="priority_statement_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["village", "part"], name="priority_statement_place")]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.unit_key} {self.part}"
