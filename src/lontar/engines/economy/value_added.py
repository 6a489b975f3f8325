"""Value added of processing by the method of Hayami et al. (1987), per kilogram of raw material, in whole rupiah."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from lontar.engines.economy.quotients import TableInvalid

#: The bounds of the ratio of value added to output value: below the first it is low, above the second high.
LOW, HIGH = Decimal("0.15"), Decimal("0.40")
_CENT: Final = Decimal("0.01")


class Level(StrEnum):
    """How much of the output's value the processing adds."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class ValueAdded:
    """Per kilogram of raw material, in rupiah: `output` is worth `raw` + `others` + `added`; `labour` is part of `added`.

    `ratio` is added/output, `labour_share` labour/added (None where nothing is added), `profit` added − labour.
    """

    output: Decimal
    raw: Decimal
    others: Decimal
    added: Decimal
    labour: Decimal
    ratio: Decimal
    labour_share: Decimal | None
    profit: Decimal
    level: Level


def value_added(
    *,
    raw_kg: Decimal,
    output_kg: Decimal,
    price_output: Decimal,
    price_raw: Decimal,
    others_per_kg: Decimal,
    labour_days: Decimal = Decimal(0),
    wage_per_day: Decimal = Decimal(0),
) -> ValueAdded:
    """Value added of turning `raw_kg` into `output_kg`; prices per kg, `others_per_kg` per kg of raw material.

    Raises `TableInvalid` for amounts that cannot be: nothing put in, nothing got out, negative prices.
    """
    given = {"raw_kg": raw_kg, "output_kg": output_kg, "price_output": price_output}
    for name, amount in given.items():
        if amount <= 0:
            raise TableInvalid(f"{name}: {amount}; perlu lebih dari 0.")
    for name, amount in {
        "price_raw": price_raw,
        "others_per_kg": others_per_kg,
        "labour_days": labour_days,
        "wage_per_day": wage_per_day,
    }.items():
        if amount < 0:
            raise TableInvalid(f"{name}: {amount}; tidak boleh negatif.")
    output = output_kg / raw_kg * price_output
    added = output - price_raw - others_per_kg
    labour = labour_days / raw_kg * wage_per_day
    ratio = added / output
    return ValueAdded(
        output=output.quantize(_CENT),
        raw=price_raw.quantize(_CENT),
        others=others_per_kg.quantize(_CENT),
        added=added.quantize(_CENT),
        labour=labour.quantize(_CENT),
        ratio=ratio.quantize(Decimal("0.0001")),
        labour_share=(labour / added).quantize(Decimal("0.0001")) if added > 0 else None,
        profit=(added - labour).quantize(_CENT),
        level=Level.LOW if ratio < LOW else Level.HIGH if ratio > HIGH else Level.MEDIUM,
    )
