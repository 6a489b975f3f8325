"""Directions of trade, units of its figures, stages and levels of what is counted, and the audit events of this app."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    """Whether goods come into NTT or leave it."""

    INWARD = "in", _("Masuk NTT")
    OUTWARD = "out", _("Keluar NTT")


class MoneyUnit(TextChoices):
    """How the source writes its rupiah."""

    ONE = "Rp", _("Rp")
    MILLION = "juta", _("juta Rp")
    BILLION = "miliar", _("miliar Rp")
    TRILLION = "triliun", _("triliun Rp")


TIMES = {
    MoneyUnit.ONE: Decimal(1),
    MoneyUnit.MILLION: Decimal(10) ** 6,
    MoneyUnit.BILLION: Decimal(10) ** 9,
    MoneyUnit.TRILLION: Decimal(10) ** 12,
}


class Step(TextChoices):
    """How far the product has come when it is sold."""

    RAW = "raw", pgettext_lazy("harga", "Mentah")
    PROCESSED = "processed", pgettext_lazy("harga", "Olahan")
    PACKED = "packed", pgettext_lazy("harga", "Kemasan")


class Level(TextChoices):
    """Of which part of the country a line speaks."""

    PROVINCE = "province", _("Provinsi")
    REGENCY = "regency", _("Kabupaten/kota")
    VILLAGE = "village", _("Desa/kelurahan")


class Status(TextChoices):
    """Whether a line has numbers; a hidden one has none at all."""

    SHOWN = "A", _("Ditampilkan")
    HIDDEN = "S", _("Disembunyikan")


class Act(TextChoices):
    """Stable names of audit events, and the words in which a history tells them."""

    COUNTED = "value.quarter.counted", _("Nilai tambah triwulan dihitung")
    LOADED = "value.trade.loaded", _("Angka perdagangan dimuat")
