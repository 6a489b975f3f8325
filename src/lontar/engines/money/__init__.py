"""Rupiah and other figures: exact, read from messy workbooks, and written the Indonesian way.

Money is Decimal rupiah with at most two places; a float raises (`rupiah`). `check_*` reads one written figure,
`*_column` a column of them. Rates, limits and what a figure means are left to the apps.
"""

from __future__ import annotations

from lontar.engines.money.amounts import AMOUNT_LIMIT, check_amount
from lontar.engines.money.columns import (
    NumberColumnCheck,
    amount_column,
    count_column,
    decimal_column,
    detect_convention,
)
from lontar.engines.money.counts import COUNT_LIMIT, PEOPLE, check_count, check_decimal
from lontar.engines.money.figures import Convention
from lontar.engines.money.formats import format_number, format_rupiah, format_rupiah_short
from lontar.engines.money.rupiah import RupiahError, round_rupiah, rupiah
from lontar.engines.money.verdicts import CheckedNumber

__all__ = [
    "AMOUNT_LIMIT",
    "COUNT_LIMIT",
    "PEOPLE",
    "CheckedNumber",
    "Convention",
    "NumberColumnCheck",
    "RupiahError",
    "amount_column",
    "check_amount",
    "check_count",
    "check_decimal",
    "count_column",
    "decimal_column",
    "detect_convention",
    "format_number",
    "format_rupiah",
    "format_rupiah_short",
    "round_rupiah",
    "rupiah",
]
