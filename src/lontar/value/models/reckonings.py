"""What was counted from the returns of a quarter: prices along the chain, and where the turnover stays.

Lines are written once with their reckoning and never changed; counted again, the newest reckoning of the quarter counts. A
hidden line holds no number, so these tables may be read by everyone.
"""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.value.querysets import ReckoningQuerySet
from lontar.value.states import Level, Status, Step

FROZEN = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
_SUMS = ("turnover", "counted", "material", "others", "labour", "margin", "village", "regency", "ntt", "outside")
_PRICES = ("n", "low", "price", "high")


def _money(label: Any) -> models.DecimalField:  # type: ignore[type-arg]  # a plain column of rupiah
    return models.DecimalField(label, max_digits=24, decimal_places=2, null=True, blank=True)


def _price(label: Any) -> models.DecimalField:  # type: ignore[type-arg]  # a plain column of rupiah
    return models.DecimalField(label, max_digits=16, decimal_places=2, null=True, blank=True)


@pghistory.track()
class Reckoning(models.Model):
    """One counting of a quarter: when, by whom, from how many returns of how many producers."""

    quarter = models.CharField(_("triwulan"), max_length=7)
    counted_at = models.DateTimeField(_("dihitung"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    returns = models.PositiveIntegerField(_("laporan"))
    producers = models.PositiveIntegerField(_("pelaku usaha"))
    newest_at = models.DateTimeField(_("laporan terakhir diterima"), null=True, blank=True)
    is_demo = models.BooleanField(_("contoh"), default=False)

    objects = ReckoningQuerySet.as_manager()

    class Meta:
        verbose_name = _("perhitungan nilai tambah")
        verbose_name_plural = _("perhitungan nilai tambah")
        constraints = [
            models.CheckConstraint(condition=Q(quarter__regex=r"^\d{4}-T[1-4]$"), name="value_quarter_written_so"),
        ]
        indexes = [models.Index(fields=["quarter", "-id"], name="value_reckoning_newest")]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"{self.quarter} #{self.pk}"


@pghistory.track()
class Assumed(models.Model):
    """A number that the reckoning assumed, as it was in force, with its source."""

    reckoning = models.ForeignKey(Reckoning, on_delete=models.CASCADE, related_name="assumed")
    key = models.CharField(_("kunci"), max_length=80)
    number = models.DecimalField(_("nilai"), max_digits=24, decimal_places=6)
    unit = models.CharField(_("satuan"), max_length=20, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    class Meta:
        verbose_name = _("anggapan perhitungan")
        verbose_name_plural = _("anggapan perhitungan")
        constraints = [models.UniqueConstraint(fields=["reckoning", "key"], name="value_assumed_once")]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"{self.key} = {self.number}"


class _Line(models.Model):
    """A line of a reckoning: of which place, of which commodity ("" all, "-" none named), with or without numbers."""

    level = models.CharField(_("tingkat"), max_length=8, choices=Level.choices)
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    commodity = models.CharField(_("komoditas"), max_length=40, blank=True)
    status = models.CharField(_("keadaan"), max_length=1, choices=Status.choices)

    class Meta:
        abstract = True


class ChainPrice(_Line):
    """The median price of one step of the chain per unit, with its quartiles and the number of producers that told one."""

    reckoning = models.ForeignKey(Reckoning, on_delete=models.CASCADE, related_name="prices")
    unit = models.CharField(_("satuan"), max_length=20)
    step = models.CharField(_("tahap"), max_length=10, choices=Step.choices)
    n = models.PositiveIntegerField(_("pelaku usaha"), null=True, blank=True)
    low = _price(_("kuartil bawah"))
    price = _price(_("harga tengah"))
    high = _price(_("kuartil atas"))

    class Meta:
        verbose_name = _("harga rantai")
        verbose_name_plural = _("harga rantai")
        constraints = [
            models.UniqueConstraint(
                fields=["reckoning", "region_code", "commodity", "unit", "step"], name="value_price_once"
            ),
            models.CheckConstraint(
                condition=Q(status="S", **{f"{name}__isnull": True for name in _PRICES})
                | Q(status="A", **{f"{name}__isnull": False for name in _PRICES}),
                name="value_hidden_price_has_no_number",
            ),
        ]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"{self.region_code} {self.commodity} {self.step}"


class KeptLine(_Line):
    """The turnover of a quarter taken apart: what it paid, and where that stays; rupiah.

    `counted` is the part of the turnover whose material is known: the four parts, and the four places, add up to it.
    `sold_outside` is what was sold outside NTT, of `sold_known`, the turnover whose channels are known.
    """

    reckoning = models.ForeignKey(Reckoning, on_delete=models.CASCADE, related_name="lines")
    n = models.PositiveIntegerField(_("pelaku usaha"), null=True, blank=True)
    returns = models.PositiveIntegerField(_("laporan"), null=True, blank=True)
    turnover = _money(_("omzet"))
    counted = _money(_("omzet yang dapat diurai"))
    material = _money(_("bahan baku"))
    material_outside = _money(_("bahan baku dari luar NTT"))
    others = _money(_("masukan lain"))
    labour = _money(_("tenaga kerja"))
    margin = _money(_("sisa bagi pemilik"))
    village = _money(_("tinggal di desa"))
    regency = _money(_("tinggal di kabupaten, luar desa"))
    ntt = _money(_("tinggal di NTT, luar kabupaten"))
    outside = _money(_("keluar NTT"))
    sold_known = _money(_("omzet dengan saluran diketahui"))
    sold_outside = _money(_("dijual ke luar NTT"))

    class Meta:
        verbose_name = _("nilai yang tinggal")
        verbose_name_plural = _("nilai yang tinggal")
        constraints = [
            models.UniqueConstraint(fields=["reckoning", "region_code", "commodity"], name="value_line_once"),
            models.CheckConstraint(
                condition=Q(
                    status="S", n__isnull=True, sold_outside__isnull=True, **{f"{name}__isnull": True for name in _SUMS}
                )
                | Q(status="A", n__isnull=False, **{f"{name}__isnull": False for name in _SUMS}),
                name="value_hidden_line_has_no_number",
            ),
        ]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"{self.region_code} {self.commodity}"
