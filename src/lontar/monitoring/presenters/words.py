"""Figures, regions and parts of breakdowns in words."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.monitoring.queries.stored import Figure
from lontar.registry.states import ProductCategory
from lontar.returns.states import Pillar
from lontar.ui import formats

_SMALL = {"kali", "hari", "orang setara penuh"}


def number(value: Decimal | None, unit: str, *, sign: bool = False) -> str:
    """A value with its unit: a ratio in per cent, rupiah shortened, people whole; `sign` for changes."""
    if value is None:
        return ""
    if unit == "rasio":
        text = formats.percent(value)
        return f"+{text}" if sign and value > 0 else text
    if unit == "Rp":
        return str(formats.rupiah_short(Decimal(value)))
    return f"{formats.number(value, 1 if unit in _SMALL else 0)} {unit}"


def is_change(code: str) -> bool:
    """Whether the figure is a growth or a difference, shown with its sign."""
    return code in {"O1", "O1R", "O2G", "O3.pp", "O3.bps", "O3.rung"}


def told(one: Figure) -> str:
    """The value, or why there is none."""
    if one.status == "S":
        return _("dirahasiakan")
    if one.status == "M":
        return _("tidak ada data")
    return number(one.value, one.unit, sign=is_change(one.indicator))


def interval(one: Figure) -> str:
    """The 95 % interval, or nothing where there is none."""
    if one.low is None or one.high is None:
        return ""
    sign = is_change(one.indicator)
    low, high = number(one.low, one.unit, sign=sign), number(one.high, one.unit, sign=sign)
    return _("%(low)s sampai %(high)s") % {"low": low, "high": high}


def part(by: str, key: str) -> str:
    """A part of a breakdown."""
    if key == "unknown":
        return _("tidak diketahui")
    if by == "pillar" and key in Pillar.values:
        return str(Pillar(key).label)
    if by == "category" and key in ProductCategory.values:
        return str(ProductCategory(key).label)
    if by == "sex":
        return {"F": _("Perempuan"), "M": _("Laki-laki")}.get(key, key)
    if by == "star":
        return pgettext("penilaian", "tanpa bintang") if key == "0" else "★" * int(key)
    return key
