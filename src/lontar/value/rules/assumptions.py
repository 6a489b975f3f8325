"""What is assumed where returns do not tell: shares of places, other inputs, the wage of a day, how much is lost in processing.

Every number is a parameter in force on a day, with its source; here they only get their names and become spreads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lontar.engines.economy import Part, Spread, assumed_spreads

CONVERSION = "value.conversion"
USED_IN_SUMS = (
    "value.others",
    "value.others.regency",
    "value.others.ntt",
    "value.material.village",
    "value.material.regency",
    "value.labour.village",
    "value.labour.regency",
    "value.margin.village",
    "value.wage",
)


def conversion_key(commodity: str) -> str:
    """The parameter of a commodity's own conversion; keys of parameters hold no hyphen."""
    return f"{CONVERSION}.{commodity.replace('-', '_')}"


class AssumptionMissing(LookupError):
    """Parameter yang diperlukan untuk menghitung nilai tambah belum ditetapkan; tetapkan pada halaman parameter."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Numbers by key (`value.…`) as in force on one day."""

    numbers: Mapping[str, Decimal]

    def of(self, key: str) -> Decimal:
        """One number; raises `AssumptionMissing` that names the key."""
        if key not in self.numbers:
            raise AssumptionMissing(f"{key}: belum ditetapkan. Tetapkan pada halaman parameter.")
        return self.numbers[key]

    def conversion(self, commodity: str) -> tuple[Decimal, bool]:
        """Kg processed of a kg raw, and whether it is this commodity's own number."""
        own = conversion_key(commodity)
        return (self.numbers[own], True) if own in self.numbers else (self.of(CONVERSION), False)

    def spreads(self, material_ntt: Decimal = Decimal(1)) -> dict[Part, Spread]:
        """Where each part goes; `material_ntt` is the share of raw material that comes from NTT. Raises `TableInvalid`."""
        return assumed_spreads(self.of, material_ntt=material_ntt)
