"""Consumer prices, versions of indicator definitions, runs that close or restate a quarter, and the figures they leave.

Figures are written by runs alone and are many; they carry no history of their own, for a run is never changed and what a
restatement replaces is kept beside the new figure.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.monitoring.querysets import DefinitionQuerySet, FigureQuerySet, RunQuerySet
from lontar.monitoring.states import OPEN, FigureStatus, RunKind, RunState, Stage

_FROZEN = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


@pghistory.track()
class PriceSeries(models.Model):
    """One import of a series of consumer prices (2022 = 100 or another base); the newest one that holds a month counts."""

    name = models.CharField(_("nama deret"), max_length=120)
    source = models.CharField(_("sumber"), max_length=300)
    issued_date = models.DateField(_("tanggal terbit"))
    at = models.DateTimeField(_("dimuat"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("deret indeks harga konsumen")
        verbose_name_plural = _("deret indeks harga konsumen")
        constraints = [
            models.CheckConstraint(condition=~Q(source="") & ~Q(name=""), name="monitoring_prices_source_given"),
        ]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.name} {self.issued_date}"


@pghistory.track()
class PriceIndex(models.Model):
    """The index of one month in one import."""

    series = models.ForeignKey(PriceSeries, on_delete=models.PROTECT, related_name="months")
    month = models.DateField(_("bulan"))
    index = models.DecimalField(_("indeks"), max_digits=10, decimal_places=4)

    class Meta:
        verbose_name = _("indeks harga konsumen")
        verbose_name_plural = _("indeks harga konsumen")
        constraints = [
            models.UniqueConstraint(fields=["series", "month"], name="monitoring_prices_once_a_month"),
            models.CheckConstraint(condition=Q(index__gt=0), name="monitoring_prices_positive"),
            models.CheckConstraint(condition=Q(month__day=1), name="monitoring_prices_month_first_day"),
        ]
        triggers = [_FROZEN]

    def __str__(self) -> str:
        return f"{self.month} {self.index}"


@pghistory.track()
class IndicatorDefinition(models.Model):
    """One version of an indicator's metadata (Satu Data Indonesia, MS-Ind), half-open in force. The newest has no end."""

    code = models.CharField(_("kode"), max_length=20)
    version = models.PositiveSmallIntegerField(_("versi"))
    position = models.PositiveSmallIntegerField(_("urutan"))
    name = models.CharField(_("nama"), max_length=120)
    name_en = models.CharField(_("nama dalam bahasa Inggris"), max_length=120)
    group = models.CharField(_("kelompok"), max_length=60)
    concept = models.TextField(_("konsep"))
    definition = models.TextField(_("definisi"))
    formula = models.TextField(_("rumus"))
    interpretation = models.TextField(_("interpretasi"))
    unit = models.CharField(_("satuan"), max_length=30)
    method = models.TextField(_("ketidakpastian"))
    variables = models.TextField(_("variabel pembangun"))
    disaggregation = models.TextField(_("klasifikasi penyajian"))
    level = models.TextField(_("level estimasi"))
    source = models.TextField(_("sumber data"))
    authority = models.TextField(_("penanggung jawab"))
    access = models.CharField(_("akses"), max_length=30)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    words = models.CharField(_("alasan perubahan"), max_length=300)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("definisi indikator")
        verbose_name_plural = _("definisi indikator")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="monitoring_definition_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until__isnull=True), name="monitoring_one_definition_in_force"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="monitoring_definition_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(definition="") & ~Q(formula="") & ~Q(source="") & ~Q(words=""),
                name="monitoring_definition_whole",
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


@pghistory.track(exclude=["stage", "done", "moved_at"])
class QuarterRun(models.Model):
    """One closing of a quarter, or one restatement of it: who asked, what the checks said, and what came of it.

    `number` is 0 for the closing, then 1, 2, … for restatements. `words` is the reason: of the override where a check
    was missed, of the restatement always. `checks` is the check-list as it stood.
    """

    quarter = models.CharField(_("triwulan"), max_length=7, db_collation="C")
    kind = models.CharField(_("jenis"), max_length=8, choices=RunKind.choices)
    number = models.PositiveSmallIntegerField(_("nomor"), default=0)
    words = models.TextField(_("alasan"), blank=True)
    is_override = models.BooleanField(_("meski syarat belum terpenuhi"), default=False)
    checks = models.JSONField(_("daftar periksa"), default=list)
    asked_at = models.DateTimeField(_("diminta"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(_("keadaan"), max_length=8, choices=RunState.choices, default=RunState.QUEUED)
    stage = models.CharField(_("tahap"), max_length=10, choices=Stage.choices, default=Stage.WAITING)
    done = models.PositiveSmallIntegerField(_("kemajuan (%)"), default=0)
    moved_at = models.DateTimeField(_("bergerak"))
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    problem = models.TextField(_("masalah"), blank=True)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    returns = models.PositiveIntegerField(_("laporan bulanan"), default=0)
    figures = models.PositiveIntegerField(_("angka"), default=0)
    held_back = models.PositiveIntegerField(_("angka yang ditahan"), default=0)
    returns_sha256 = models.CharField(_("sidik laporan yang dibekukan"), max_length=64, blank=True, default="")

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("penutupan triwulan")
        verbose_name_plural = _("penutupan triwulan")
        constraints = [
            models.UniqueConstraint(fields=["quarter"], condition=Q(state__in=OPEN), name="monitoring_one_open_run"),
            models.UniqueConstraint(
                fields=["quarter", "number"], condition=Q(state="done"), name="monitoring_run_number_once"
            ),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="monitoring_run_state_known"),
            models.CheckConstraint(
                condition=Q(kind="close", number=0) | Q(kind="restate", number__gte=1), name="monitoring_run_numbered"
            ),
            models.CheckConstraint(
                condition=Q(kind="close", is_override=False) | ~Q(words=""), name="monitoring_run_reason_given"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False), name="monitoring_run_done_whole"
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.quarter} {self.kind} {self.number}"


class _Cell(models.Model):
    """The key and the numbers of a figure (adr/0016). A number that is not there, or not shown, is null."""

    quarter = models.CharField(_("triwulan"), max_length=7, db_collation="C")
    indicator = models.CharField(_("indikator"), max_length=20)
    level = models.CharField(_("tingkat"), max_length=8)
    region = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    by = models.CharField(_("rincian"), max_length=8, blank=True)
    part = models.CharField(_("bagian"), max_length=20, blank=True)
    value = models.DecimalField(_("nilai"), max_digits=24, decimal_places=6, null=True, blank=True)
    low = models.DecimalField(_("batas bawah"), max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(_("batas atas"), max_digits=24, decimal_places=6, null=True, blank=True)
    numerator = models.BigIntegerField(_("pembilang"), null=True, blank=True)
    denominator = models.BigIntegerField(_("penyebut"), null=True, blank=True)
    n = models.BigIntegerField("n", null=True, blank=True)
    missing = models.DecimalField(
        _("bagian yang tidak menjawab"), max_digits=7, decimal_places=6, null=True, blank=True
    )
    status = models.CharField(_("keadaan"), max_length=1, choices=FigureStatus.choices)
    unit = models.CharField(_("satuan"), max_length=30)

    class Meta:
        abstract = True


class Figure(_Cell):
    """A figure in force. `restated` is the number of the restatement that last changed it, 0 for none."""

    restated = models.PositiveSmallIntegerField(_("dinyatakan ulang"), default=0)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "angka triwulan")
        verbose_name_plural = _("angka triwulan")
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "indicator", "by", "region", "part"], name="monitoring_figure_once"
            ),
            models.CheckConstraint(condition=Q(status__in=FigureStatus.values), name="monitoring_figure_status_known"),
            models.CheckConstraint(
                condition=~Q(status="S")
                | Q(value__isnull=True, low__isnull=True, high__isnull=True, numerator__isnull=True,
                    denominator__isnull=True, n__isnull=True),
                name="monitoring_hidden_has_no_number",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["quarter", "region", "by"], name="monitoring_figure_place")]

    def __str__(self) -> str:
        return f"{self.quarter} {self.indicator} {self.region} {self.by}{self.part}"


class RestatedFigure(_Cell):
    """The figure as it was before a restatement, whose new numbers are in force until the next one."""

    run = models.ForeignKey(QuarterRun, on_delete=models.PROTECT, related_name="changed")
    new_value = models.DecimalField(_("nilai baru"), max_digits=24, decimal_places=6, null=True, blank=True)
    new_n = models.BigIntegerField(_("n baru"), null=True, blank=True)
    new_status = models.CharField(_("keadaan baru"), max_length=1, choices=FigureStatus.choices)

    class Meta:
        verbose_name = _("angka sebelum pernyataan ulang")
        verbose_name_plural = _("angka sebelum pernyataan ulang")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "indicator", "by", "region", "part"], name="monitoring_restated_once"
            ),
            models.CheckConstraint(
                condition=Q(new_status__in=FigureStatus.values), name="monitoring_restated_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.indicator} {self.region} {self.by}{self.part}"
