"""Series of goods that come into NTT and leave it, as their sources tell them: loaded whole, never changed, revised by a newer
row of the same direction, period and commodity."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.value.models.reckonings import FROZEN
from lontar.value.querysets import TradeFigureQuerySet
from lontar.value.states import Direction, MoneyUnit


@pghistory.track()
class TradeLoad(models.Model):
    """A file of figures that was taken in as a whole."""

    file_name = models.CharField(_("berkas"), max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(_("dimuat"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("muatan angka perdagangan")
        verbose_name_plural = _("muatan angka perdagangan")
        triggers = [FROZEN]

    def __str__(self) -> str:
        return self.file_name


@pghistory.track()
class TradeFigure(models.Model):
    """Worth of goods in one direction in a half-open period, of one commodity or (`commodity_key` "") of all.

    `stated` in `unit` is what the source writes, `amount` the same in rupiah. `is_quoted`: told by somebody who quotes the
    source, not read in the source itself.
    """

    load = models.ForeignKey(TradeLoad, on_delete=models.PROTECT, related_name="figures")
    direction = models.CharField(_("arah"), max_length=3, choices=Direction.choices)
    from_date = models.DateField(_("dari"))
    until_date = models.DateField(_("sampai sebelum"))
    period = models.CharField(_("periode"), max_length=7)
    commodity_key = models.CharField(_("komoditas"), max_length=40, blank=True)
    stated = models.DecimalField(_("nilai menurut sumber"), max_digits=20, decimal_places=4)
    unit = models.CharField(_("satuan"), max_length=8, choices=MoneyUnit.choices)
    amount = models.DecimalField(_("nilai"), max_digits=24, decimal_places=2)
    source = models.CharField(_("sumber"), max_length=300)
    source_date = models.DateField(_("tanggal sumber"))
    is_quoted = models.BooleanField(_("kutipan"), default=False)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    objects = TradeFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("angka perdagangan")
        verbose_name_plural = _("angka perdagangan")
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="value_direction_known"),
            models.CheckConstraint(condition=Q(unit__in=MoneyUnit.values), name="value_unit_known"),
            models.CheckConstraint(condition=Q(amount__gte=0) & Q(stated__gte=0), name="value_trade_not_negative"),
            models.CheckConstraint(condition=Q(until_date__gt=F("from_date")), name="value_period_ends_after_start"),
            models.CheckConstraint(condition=~Q(source=""), name="value_trade_source_given"),
            models.UniqueConstraint(
                fields=["load", "direction", "from_date", "until_date", "commodity_key"], name="value_figure_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["direction", "from_date", "until_date", "commodity_key", "-id"], name="value_figure_newest"
            )
        ]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"{self.direction} {self.period} {self.amount}"
