"""The two-digit province codes that identifiers may begin with.

A closed set since 2022 (Kemendagri, DOMAIN §3): Sumatra 11–21, Jawa 31–36, Bali and Nusa Tenggara 51–53, Kalimantan
61–65, Sulawesi 71–76, Maluku 81–82, Papua 91–96. Regions below the province are data of the registry, not of engines.
"""

from __future__ import annotations

from collections.abc import Collection

PROVINCES = frozenset(
    f"{code}"
    for low, high in ((11, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(low, high + 1)
)

# The same set as an alternative for regular expressions.
PROVINCE_PATTERN = "(?:" + "|".join(sorted(PROVINCES)) + ")"

# Regency numbers: 01–69 kabupaten, 71–99 kota. 00 and 70 were never given.
REGENCY_PATTERN = "(?:0[1-9]|[1-6][0-9]|7[1-9]|[89][0-9])"


def is_regency_number(two_digits: str) -> bool:
    """Tell whether two digits can number a kabupaten (01–69) or a kota (71–99)."""
    return two_digits not in {"00", "70"}


def is_strange_regency(code: str, *, known: Collection[str] | None) -> bool:
    """Tell whether a dotted regency code such as `53.12` cannot be, or is missing from the `known` ones.

    `known` speaks only for the provinces that it covers; None knows nothing.
    """
    if not is_regency_number(code[3:]):
        return True
    if not known or code in known:
        return False
    return any(other.startswith(code[:3]) for other in known)
