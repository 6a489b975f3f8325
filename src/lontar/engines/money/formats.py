"""Figures as Indonesians read them: `168.002`, `3,03`, `Rp1.250.000`, `Rp1,25 juta`.

Rounding is half up, as on paper. Percent signs, units and colours are left to the templates.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_SCALES = ((Decimal(10) ** 12, "triliun"), (Decimal(10) ** 9, "miliar"), (Decimal(10) ** 6, "juta"))
_NEXT = Decimal(1000)
_HUNDREDTH = Decimal("0.01")


def format_number(value: Decimal | int, *, places: int | None = None) -> str:
    """Return a figure with points between thousands and a decimal comma.

    `places` fixes the decimals (rounded half up); None writes those there are, without trailing zeros. A float raises
    TypeError.
    """
    if isinstance(value, float | bool):
        raise TypeError("Angka ditulis dari Decimal atau bilangan bulat, bukan float.")
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(number):,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    swapped = text.replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"−{swapped}" if number < 0 else swapped


def format_rupiah(value: Decimal | int) -> str:
    """Return `Rp1.250.000`, or `Rp1.250.000,50` where there are sen."""
    whole = format_number(value, places=0)
    text = whole if value == int(value) else format_number(value, places=2)
    return f"−Rp{text[1:]}" if text.startswith("−") else f"Rp{text}"


def format_rupiah_short(value: Decimal | int) -> str:
    """Return an amount in words of scale with at most two decimals: `Rp1,25 juta`, `Rp12,76 miliar`.

    Below a million it is written out in whole rupiah.
    """
    whole = format_number(value, places=0)
    sign = "−" if value < 0 else ""
    amount = abs(Decimal(value))
    for index, (scale, word) in enumerate(_SCALES):
        if amount < scale:
            continue
        scaled = (amount / scale).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
        if scaled == _NEXT and index > 0:
            # 999.999.999 rounds up into the next word.
            return f"{sign}Rp1 {_SCALES[index - 1][1]}"
        return f"{sign}Rp{format_number(scaled)} {word}"
    return f"{sign}Rp{whole.removeprefix('−')}"
