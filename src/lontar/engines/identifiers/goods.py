"""Codes of goods: GTIN on the barcode, HS in the customs tariff.

A GTIN carries a check digit; 899 is Indonesia, and the numbers that a shop may use inside its own walls must not be
published (DOMAIN §3). HS codes are only checked for form: which exist is data of the tariff in force.
"""

from __future__ import annotations

import re

import polars as pl

from lontar.engines.identifiers.checked import Checked, accepted, blank, flagged, is_blank, plain, quoted, refused
from lontar.engines.identifiers.columns import COMPACT, NUMBER, ColumnCheck, FastPath, check_column, gs1_is_zero
from lontar.engines.identifiers.reading import (
    Label,
    compact,
    is_digits,
    is_scientific,
    read_digits,
    scientific,
    without_tail,
    zero_restored,
)

GTIN = Label(key="gtin", name="Kode batang (GTIN)")
HS = Label(key="hs", name="Kode HS")

INDONESIA_PREFIX = "899"

_GTIN_LENGTHS = (8, 12, 13, 14)
# GS1 restricted circulation: 02, 04 and 20–29 at the head of a GTIN-13; 0 and 2 at the head of a GTIN-8.
_INTERNAL_13 = re.compile("02|04|2[0-9]")


def check_gtin(raw: str, *, was_number: bool = False) -> Checked:
    """Check a trade item number of 8, 12, 13 or 14 digits; value is the digits as written.

    Errors: gtin.scientific, .rounded, .characters, .length, .zero, .checksum. Warnings: gtin.zero_restored,
    gtin.internal (restricted to one shop, not for publication). Parts: gtin14, prefix (GS1, three digits), origin (ID
    where the number was issued in Indonesia).
    """
    digits = read_digits(raw, label=GTIN, was_number=was_number)
    if isinstance(digits, Checked):
        return digits
    restored = _with_lost_zero(digits.text) if digits.from_number else None
    number = restored or digits.text
    if len(number) not in _GTIN_LENGTHS:
        return refused(
            raw,
            rule="gtin.length",
            message=f"Kode batang harus 8, 12, 13, atau 14 angka; yang tertulis {len(number)} angka.",
        )
    if not number.strip("0"):
        return refused(raw, rule="gtin.zero", message="Kode batang berisi angka nol saja. Kosongkan bila belum ada.")
    if not passes_gs1(number):
        return refused(
            raw,
            rule="gtin.checksum",
            message=f"Angka pemeriksa kode batang {quoted(number)} tidak cocok. Pindai ulang kodenya.",
        )
    parts = _gtin_parts(number)
    if restored:
        return flagged(
            raw, number, rule="gtin.zero_restored", message=zero_restored("kode batang", number), parts=parts
        )
    if is_internal_gtin(number):
        return flagged(
            raw,
            number,
            rule="gtin.internal",
            message=f"Kode batang {number} hanya berlaku di dalam satu toko dan tidak boleh dipublikasikan.",
            parts=parts,
        )
    return accepted(raw, number, parts)


def _with_lost_zero(number: str) -> str | None:
    """Return a UPC (12) or GTIN-8 whose leading zero a number cell dropped, if its check digit agrees."""
    if len(number) not in (7, 11):
        return None
    whole = f"0{number}"
    return whole if passes_gs1(whole) else None


def passes_gs1(digits: str) -> bool:
    """Tell whether digits, check digit last, pass the GS1 check (mod 10, weights 1, 3, 1, 3 … from the right)."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits))) % 10 == 0


def gs1_check_digit(digits: str) -> str:
    """Return the check digit that completes `digits`."""
    return str(next(check for check in range(10) if passes_gs1(f"{digits}{check}")))


def is_internal_gtin(number: str) -> bool:
    """Tell whether a GTIN is for use inside one shop only."""
    if len(number) == 8:
        return number[0] in "02"
    return _INTERNAL_13.match(number.zfill(14)[1:]) is not None


def _gtin_parts(number: str) -> dict[str, str]:
    whole = number.zfill(14)
    prefix = number[:3] if len(number) == 8 else whole[1:4]
    return {"gtin14": whole, "prefix": prefix} | ({"origin": "ID"} if prefix == INDONESIA_PREFIX else {})


def gtin_column(series: pl.Series, *, was_number: pl.Series | None = None) -> ColumnCheck:
    """Check a column of GTIN; see `check_gtin`."""
    number = COMPACT.cast(pl.Int64, strict=False)
    length = COMPACT.str.len_bytes()
    thirteen = COMPACT.str.contains("^[0-9]{12,14}$") & ~(number // 10**11 % 100).is_in([2, 4, *range(20, 30)])
    eight = COMPACT.str.contains("^[13-9][0-9]{7}$")
    accepts = (thirteen | eight) & (number > 0) & gs1_is_zero(number, length=14) & ~(NUMBER & (length > 15))
    return check_column(series, was_number=was_number, fast=FastPath(accepts=accepts, value=COMPACT), scalar=check_gtin)


_HS = re.compile("[0-9]{4}(?:[0-9]{2}){0,2}")
_FRACTION = re.compile(r"[0-9]+[.,][0-9]+")


def check_hs(raw: str, *, was_number: bool = False) -> Checked:
    """Check a tariff code of 4, 6 (WCO) or 8 digits (BTKI); value is the digits.

    Errors: hs.scientific, .characters, .damaged (a number cell swallowed zeros), .length, .chapter. Warning:
    hs.zero_restored. Parts: chapter, heading, level (4, 6, 8).
    """
    text = plain(raw)
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=HS)
    text, tail = without_tail(text)
    from_number = was_number or tail
    if from_number and _FRACTION.fullmatch(text):
        return refused(
            raw,
            rule="hs.damaged",
            message=f"Kode HS {quoted(text)} terbaca sebagai bilangan, angka nolnya bisa hilang. "
            "Ubah format kolom menjadi Teks (Text), lalu ketik ulang.",
        )
    code = compact(text)
    if not is_digits(code):
        return refused(
            raw, rule="hs.characters", message=f"Kode HS {quoted(text)} memuat huruf atau tanda lain. Tulis angkanya."
        )
    restored = from_number and len(code) in (3, 5, 7)
    return _judge_hs(raw, f"0{code}" if restored else code, restored=restored)


def _judge_hs(raw: str, code: str, *, restored: bool) -> Checked:
    if not _HS.fullmatch(code):
        return refused(
            raw, rule="hs.length", message=f"Kode HS harus 4, 6, atau 8 angka; yang tertulis {len(code)} angka."
        )
    chapter = code[:2]
    if chapter in {"00", "77"}:
        return refused(
            raw, rule="hs.chapter", message=f"Bab {chapter} tidak ada dalam tarif kepabeanan. Periksa kode HS-nya."
        )
    parts = {"chapter": chapter, "heading": code[:4], "level": str(len(code))}
    if restored:
        return flagged(raw, code, rule="hs.zero_restored", message=zero_restored("kode HS", code), parts=parts)
    return accepted(raw, code, parts)


def format_hs(code: str) -> str:
    """Return a tariff code as the tariff prints it: `0901.21.10`."""
    return ".".join(piece for piece in (code[:4], code[4:6], code[6:8]) if piece)
