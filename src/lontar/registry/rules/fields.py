"""What a person may write into an enterprise by hand, field by field: read, brought into form, or refused with the cure.

The same rules as for lists (`lontar.engines.identifiers`), for one record. Whether a NIB is free and a commodity exists is
asked where the records are; who may write is asked in `policies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from lontar.engines.identifiers import KbliVersion, Severity, check_coordinates, check_kbli, check_nib

EDITABLE = (
    "name", "nib", "kbli", "kbli_version", "main_product", "commodity", "start_year", "workers_paid", "workers_unpaid",
    "annual_turnover", "capital", "lat", "lon",
)  # fmt: skip
_LENGTHS = {"name": 200, "main_product": 160}
_MOST_MONEY = Decimal(10) ** 15
_MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class Fields:
    """Values as they would be stored, and per refused field what is wrong and how to put it right."""

    taken: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def read_fields(values: Mapping[str, Any], *, current: Mapping[str, Any], this_year: int) -> Fields:
    """Read the given fields; `current` are the stored values, for those that are judged together (KBLI, the point).

    Money and people are whole numbers, never floats; "" and None empty a field. `commodity` is left to the caller.
    """
    read = Fields()
    for name in values:
        if name not in EDITABLE:
            read.faults[name] = _("Isian %s tidak dapat diubah di sini.") % name
    _read_words(read, values)
    _read_numbers(read, values, this_year=this_year)
    if "nib" in values:
        nib = check_nib(str(values["nib"] or ""))
        if nib.severity is Severity.ERROR:
            read.faults["nib"] = nib.message
        else:
            read.taken["nib"] = nib.value or None
    _read_kbli(read, values, current=current)
    _read_point(read, values, current=current)
    return read


def _read_words(read: Fields, values: Mapping[str, Any]) -> None:
    for name, most in _LENGTHS.items():
        if name not in values:
            continue
        words = " ".join(str(values[name] or "").split())
        if name == "name" and not words:
            read.faults[name] = _("Nama usaha tidak boleh kosong.")
        elif len(words) > most:
            read.faults[name] = _("Paling banyak %s huruf.") % most
        elif "\x00" in words:
            read.faults[name] = _("Hapus huruf yang tidak terbaca.")
        else:
            read.taken[name] = words


def _read_numbers(read: Fields, values: Mapping[str, Any], *, this_year: int) -> None:
    bounds: dict[str, tuple[int | Decimal, int | Decimal]] = {
        "start_year": (1900, this_year),
        "workers_paid": (0, _MOST_PEOPLE),
        "workers_unpaid": (0, _MOST_PEOPLE),
        "annual_turnover": (0, _MOST_MONEY),
        "capital": (0, _MOST_MONEY),
    }
    for name, (low, high) in bounds.items():
        if name not in values:
            continue
        number = _whole(values[name])
        if isinstance(number, str):
            read.faults[name] = number
        elif number is not None and not low <= number <= high:
            read.faults[name] = _("Isi angka dari %(low)s sampai %(high)s.") % {"low": low, "high": high}
        else:
            is_money = isinstance(high, Decimal)
            read.taken[name] = number if number is None or is_money else int(number)


def _whole(value: object) -> Decimal | str | None:
    """A whole number, None for nothing, or the fault. A float is a fault: it cannot carry rupiah."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | float):
        return _("Isi bilangan bulat.")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return _("Isi bilangan bulat tanpa titik dan huruf.")
    return number if number.is_finite() and number == number.to_integral_value() else _("Isi bilangan bulat.")


def _read_kbli(read: Fields, values: Mapping[str, Any], *, current: Mapping[str, Any]) -> None:
    if "kbli" not in values and "kbli_version" not in values:
        return
    version = values.get("kbli_version", current.get("kbli_version")) or 2020
    if version not in (2020, 2025):
        read.faults["kbli_version"] = _("Versi KBLI adalah 2020 atau 2025.")
        return
    kbli = check_kbli(str(values.get("kbli", current.get("kbli")) or ""), version=KbliVersion(str(version)))
    if kbli.severity is Severity.ERROR:
        read.faults["kbli"] = kbli.message
        return
    read.taken["kbli"] = kbli.value or ""
    read.taken["kbli_version"] = version if kbli.value else None


def _read_point(read: Fields, values: Mapping[str, Any], *, current: Mapping[str, Any]) -> None:
    if "lat" not in values and "lon" not in values:
        return
    written = [values.get(name, current.get(name)) for name in ("lat", "lon")]
    point = check_coordinates(*("" if value is None else str(value) for value in written))
    if point.severity is Severity.ERROR:
        read.faults["lat"] = point.message
    else:
        read.taken["lat"], read.taken["lon"] = point.latitude, point.longitude
