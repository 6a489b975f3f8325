"""Monthly returns: one producer, one month, one row; and the sums per village and month that triggers keep."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.registry.models import Region
from lontar.returns.models.producers import Producer
from lontar.returns.querysets import ReturnQuerySet
from lontar.returns.states import WRITTEN, Channel, ReturnState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CHANNELS = ("mart", "catalogue", "marketplace", "fair", "direct", "outside")
_Words: TypeAlias = "str | _StrPromise"
WORKERS = ("paid_women", "paid_men", "unpaid_women", "unpaid_men")


def _money(words: _Words) -> models.DecimalField[Decimal | int | str | None, Decimal | None]:
    return models.DecimalField(words, max_digits=16, decimal_places=0, null=True, blank=True)


def _count(words: _Words) -> models.PositiveIntegerField[int | None, int | None]:
    return models.PositiveIntegerField(words, null=True, blank=True)


def _known(*names: str) -> models.expressions.Combinable:
    """The sum of columns, an unknown one as nothing."""
    terms = [Coalesce(name, Value(0)) for name in names]
    total: models.expressions.Combinable = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _not_negative(*names: str) -> Q:
    return Q(*(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}) for name in names))


@pghistory.track()
class Return(models.Model):
    """What a producer sold, made, paid and employed in a month. Everything but turnover may be unknown; unknown is not 0.

    `flags` are the checks that found a value remarkable (`turnover.jump_month`), `justifications` what who reports says to
    it, by field. `client_key` is that of the draft which was sent last, `version` counts the changes of values. `village`
    repeats the producer's for the wall.
    """

    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, related_name="returns", db_index=False, verbose_name=_("produsen")
    )
    village = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("desa/kelurahan")
    )
    month = models.DateField(_("bulan"))
    state = models.CharField(_("keadaan"), max_length=9, choices=ReturnState.choices, default=ReturnState.DRAFT)
    schema_version = models.PositiveSmallIntegerField(_("versi skema"))
    channel = models.CharField(_("jalur masuk"), max_length=8, choices=Channel.choices)
    client_key = models.UUIDField(_("nomor kiriman perangkat"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versi"), default=1)

    turnover = models.DecimalField(_("omzet"), max_digits=16, decimal_places=0, null=True, blank=True)
    quantity = models.DecimalField(_("banyaknya"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=20, blank=True)
    price_raw = _money(_("harga mentah"))
    price_processed = _money(_("harga olahan"))
    price_packed = _money(_("harga kemasan"))
    channel_mart = _money(_("penjualan lewat NTT Mart"))
    channel_catalogue = _money(_("penjualan lewat e-katalog"))
    channel_marketplace = _money(_("penjualan lewat lokapasar"))
    channel_fair = _money(_("penjualan di pameran"))
    channel_direct = _money(_("penjualan langsung"))
    channel_outside = _money(_("penjualan ke luar NTT"))
    paid_women = _count(_("pekerja perempuan dibayar"))
    paid_men = _count(_("pekerja laki-laki dibayar"))
    unpaid_women = _count(_("pekerja perempuan tidak dibayar"))
    unpaid_men = _count(_("pekerja laki-laki tidak dibayar"))
    youth = _count(_("pekerja muda 16–30 tahun"))
    worker_days = _count(_("hari kerja semua pekerja"))
    material_inside = _money(_("bahan dari dalam NTT"))
    material_outside = _money(_("bahan dari luar NTT"))
    problems = models.CharField(_("kendala"), max_length=500, blank=True)

    flags = ArrayField(models.CharField(max_length=40), verbose_name=_("tanda"), default=list, blank=True)
    justifications = models.JSONField(_("penjelasan"), default=dict, blank=True)
    changed_at = models.DateTimeField(_("diubah"))
    submitted_at = models.DateTimeField(_("dikirim"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    submitted_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    verified_at = models.DateTimeField(_("diverifikasi"), null=True, blank=True)
    verified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    accepted_at = models.DateTimeField(_("diterima"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    restated_at = models.DateTimeField(_("diperbaiki setelah ditutup"), null=True, blank=True)
    restated_words = models.CharField(_("alasan perbaikan"), max_length=300, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "laporan bulanan")
        verbose_name_plural = _("laporan bulanan")
        constraints = [
            models.UniqueConstraint(fields=["producer", "month"], name="returns_once_a_month"),
            models.CheckConstraint(condition=Q(state__in=WRITTEN), name="returns_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="returns_channel_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="returns_month_first_day"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(turnover__isnull=False, submitted_at__isnull=False),
                name="returns_submitted_has_turnover",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "verified"]) | Q(accepted_at__isnull=False),
                name="returns_accepted_whole",
            ),
            models.CheckConstraint(
                condition=_not_negative(
                    "turnover",
                    "quantity",
                    "price_raw",
                    "price_processed",
                    "price_packed",
                    "material_inside",
                    "material_outside",
                    *(f"channel_{one}" for one in CHANNELS),
                ),
                name="returns_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(turnover__gte=_known(*(f"channel_{one}" for one in CHANNELS))),
                name="returns_channels_within_turnover",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(youth__isnull=True) | Q(youth__lte=_known(*WORKERS)),
                name="returns_youth_among_workers",
            ),
            models.CheckConstraint(condition=Q(quantity__isnull=True) | ~Q(unit=""), name="returns_quantity_has_unit"),
        ]
        indexes = [
            models.Index(fields=["month", "village"], include=["state"], name="returns_by_month"),
            models.Index(
                fields=["village", "month"],
                condition=Q(state__in=["draft", "submitted", "verified"]),
                name="returns_waiting",
            ),
            models.Index(fields=["month"], condition=Q(restated_at__isnull=False), name="returns_restated"),
        ]

    def __str__(self) -> str:
        return f"{self.producer_id} {self.month:%Y-%m}"


class ReturnTally(models.Model):
    """Per village and month how many returns stand where, and the sum of what they sold. Kept by triggers only."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField(_("bulan"))
    drafts = models.IntegerField(default=0)
    submitted = models.IntegerField(default=0)
    verified = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    turnover = models.DecimalField(max_digits=20, decimal_places=0, default=0)

    class Meta:
        verbose_name = _("hitungan laporan bulanan")
        verbose_name_plural = _("hitungan laporan bulanan")
        constraints = [models.UniqueConstraint(fields=["month", "village"], name="returns_tally_once")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.month:%Y-%m}"
