"""Which value a limit, rate or threshold has on a day, and where it comes from. Setting one is in `actions`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lontar.audit.models import Parameter
from lontar.audit.states import KnownParameter


class NoParameter(LookupError):
    """No value of this parameter is in force on the day asked for."""


@dataclass(frozen=True)
class ParameterValue:
    """One value with its time, half-open (`valid_from <= day < valid_until`), its unit and the text that set it."""

    key: str
    number: Decimal
    unit: str
    valid_from: date
    valid_until: date | None
    source: str

    @property
    def label(self) -> str:
        """The parameter in words, or its key."""
        return str(KnownParameter(self.key).label) if self.key in KnownParameter.values else self.key


def parameter_as_at(key: str, day: date) -> ParameterValue:
    """The value in force on `day`; raises `NoParameter` when there is none."""
    row = Parameter.objects.filter(key=key).as_at(day).order_by("valid_from").last()
    if row is None:
        raise NoParameter(f"{key}: tidak ada nilai yang berlaku pada {day:%d-%m-%Y}")
    return _value(row)


def parameters_with_prefix(prefix: str, day: date) -> dict[str, ParameterValue]:
    """Values in force on `day` of `prefix` and of every key beneath it (`umkm.sales` gives `umkm.sales.micro`, …), by key."""
    return {row.key: _value(row) for row in Parameter.objects.under(prefix).as_at(day).order_by("key")}


def parameters_in_force(day: date) -> list[ParameterValue]:
    """Every parameter in force on `day`, by key."""
    return [_value(row) for row in Parameter.objects.as_at(day).order_by("key")]


def parameter_history(key: str) -> list[ParameterValue]:
    """Every value that a parameter ever had or will have, newest first."""
    return [_value(row) for row in Parameter.objects.filter(key=key).order_by("-valid_from")]


def _value(row: Parameter) -> ParameterValue:
    number = row.number.normalize()
    whole = number.quantize(Decimal(1)) if number == number.to_integral_value() else number
    return ParameterValue(row.key, whole, row.unit, row.valid_from, row.valid_until, row.source)
