"""The one door through which a value becomes money: Decimal rupiah with two places, never a float.

Reading what people typed is left to `amounts`; rounding is never done silently, it has a function of its own.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_CANONICAL = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,2})?")
_SEN = Decimal("0.01")
# numeric(20, 2) in the database.
_GREATEST = Decimal(10) ** 18


class RupiahError(ValueError):
    """A value that is not an exact amount of rupiah."""


def rupiah(value: Decimal | int | str) -> Decimal:
    """Return the value as rupiah with two places.

    Takes Decimal, int, or text in canonical form (`1250000` or `1250000.50`). Raises TypeError for float and bool,
    RupiahError for other text, for NaN and infinities, for more than two places and from 10¹⁸ on.
    """
    if isinstance(value, float | bool):
        raise TypeError("Rupiah dihitung dengan Decimal, bukan float.")
    if isinstance(value, str):
        if not _CANONICAL.fullmatch(value):
            raise RupiahError("Teks ini bukan jumlah rupiah yang baku.")
        value = Decimal(value)
    amount = Decimal(value)
    if not amount.is_finite() or abs(amount) >= _GREATEST:
        raise RupiahError("Jumlah rupiah di luar jangkauan.")
    exact = amount.quantize(_SEN)
    if exact != amount:
        raise RupiahError("Jumlah rupiah memuat lebih dari dua angka desimal; bulatkan dahulu.")
    return exact


def round_rupiah(value: Decimal, *, places: int = 0) -> Decimal:
    """Return an amount rounded half up to whole rupiah, or to `places` (0 to 2), with two places as `rupiah` gives."""
    if places not in range(3):
        raise RupiahError("Pembulatan rupiah paling banyak dua angka desimal.")
    return rupiah(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
