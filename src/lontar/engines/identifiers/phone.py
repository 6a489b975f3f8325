"""Telephone numbers as Indonesians write them, normalised to `+62…` (E.164).

Mobile numbers are 08 and more, landlines of Nusa Tenggara Timur begin with 0380 to 0389 (DOMAIN §3). A number of
another country or province is taken with a warning. Whether anybody answers is left to the people who call.
"""

from __future__ import annotations

import re
from types import MappingProxyType

import polars as pl

from lontar.engines.identifiers.checked import (
    Checked,
    accepted,
    blank,
    flagged,
    is_blank,
    mask_personal,
    plain,
    refused,
)
from lontar.engines.identifiers.columns import COMPACT, ColumnCheck, FastPath, check_column
from lontar.engines.identifiers.reading import Label, compact, is_digits, is_scientific, scientific, without_tail

PHONE = Label(key="phone", name="Nomor telepon", personal=True)

# Landline areas of the province.
LANDLINE_AREAS = MappingProxyType(
    {
        "380": "Kupang",
        "381": "Ende",
        "382": "Maumere",
        "383": "Larantuka",
        "384": "Bajawa",
        "385": "Ruteng, Labuan Bajo",
        "386": "Kalabahi",
        "387": "Waingapu, Waikabubak",
        "388": "Kefamenanu, SoE",
        "389": "Atambua",
    }
)

_LABELS = re.compile(
    r"^(?:\s|:|no\.?(?=[\s:+0-9])|nomor|hp\.?|h\.p\.?|wa\.?|whatsapp|telp?\.?|tlp\.?|telepon|kontak)+", re.IGNORECASE
)
_SEVERAL = re.compile(r"[;,/&|]|\batau\b|\bdan\b", re.IGNORECASE)
_MOBILE = re.compile(r"8[1-9][0-9]{6,10}")
_LANDLINE = re.compile(r"38[0-9][0-9]{5,8}")
_ELSEWHERE = re.compile(r"[2-79][0-9]{7,10}")
_FOREIGN = re.compile(r"[1-9][0-9]{6,14}")
_BRACKETS = re.compile("[()]")


def check_phone(raw: str, *, was_number: bool = False) -> Checked:
    """Check a telephone number; value is E.164 (`+6281234567890`).

    Accepts 08…, 628…, +628…, and 8… where a number cell dropped the zero. Errors: phone.scientific, .several,
    .characters, .prefix, .length. Warnings: phone.area (a landline outside the province), phone.foreign. Parts: kind
    (mobile, landline, foreign), area.
    """
    text = plain(raw)
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=PHONE)
    text = _LABELS.sub("", without_tail(text)[0])
    if _has_several(text):
        return refused(
            raw,
            rule="phone.several",
            message="Sel ini berisi lebih dari satu nomor telepon. Tulis satu nomor saja, yang paling mudah dihubungi.",
        )
    number = compact(_BRACKETS.sub("", text))
    if not is_digits(number.removeprefix("+")):
        return refused(
            raw,
            rule="phone.characters",
            message="Nomor telepon memuat huruf atau tanda lain. Tulis angkanya saja, misalnya 081234567890.",
        )
    abroad = _abroad(number)
    return _judge_foreign(raw, abroad) if abroad is not None else _judge_national(raw, _national(number))


def _has_several(text: str) -> bool:
    pieces = [piece for piece in _SEVERAL.split(text) if sum(letter.isdigit() for letter in piece) >= 6]
    return len(pieces) > 1


def _abroad(number: str) -> str | None:
    """Return a number of another country, with its country code, or None."""
    for prefix in ("+", "00"):
        if number.startswith(prefix):
            rest = number.removeprefix(prefix)
            return None if rest.startswith("62") else rest
    return None


def _national(number: str) -> str:
    """Return what follows 0 or +62; empty where the number begins like neither."""
    for prefix in ("+62", "0062"):
        if number.startswith(prefix):
            return number.removeprefix(prefix).removeprefix("0")
    if number.startswith(("628", "6238", "620")):
        return number.removeprefix("62").removeprefix("0")
    if number.startswith("0"):
        return number[1:]
    return number if number.startswith(("8", "38")) else ""


def _judge_foreign(raw: str, number: str) -> Checked:
    if not _FOREIGN.fullmatch(number):
        return _wrong_length(raw, number)
    return flagged(
        raw,
        f"+{number}",
        rule="phone.foreign",
        message=f"Nomor telepon {mask_phone('+' + number)} berasal dari luar Indonesia. Pastikan memang demikian.",
        parts={"kind": "foreign"},
    )


def _judge_national(raw: str, national: str) -> Checked:
    number = f"+62{national}"
    if _MOBILE.fullmatch(national):
        return accepted(raw, number, {"kind": "mobile"})
    if _LANDLINE.fullmatch(national):
        return accepted(raw, number, {"kind": "landline", "area": LANDLINE_AREAS[national[:3]]})
    if national.startswith(("81", "82", "83", "84", "85", "86", "87", "88", "89", "38")):
        return _wrong_length(raw, national)
    if _ELSEWHERE.fullmatch(national):
        return flagged(
            raw,
            number,
            rule="phone.area",
            message=f"Nomor telepon {mask_phone(number)} bukan nomor seluler atau telepon tetap NTT. Mohon diperiksa.",
            parts={"kind": "landline"},
        )
    return refused(
        raw,
        rule="phone.prefix",
        message="Nomor telepon harus diawali 08, +628, atau kode area (0380–0389). Tulis lengkap dengan awalannya.",
    )


def _wrong_length(raw: str, number: str) -> Checked:
    return refused(
        raw,
        rule="phone.length",
        message=f"Panjang nomor telepon tidak wajar ({len(number)} angka). Periksa angka yang kurang atau lebih.",
    )


def mask_phone(number: str) -> str:
    """Return an E.164 number as screens show it: `0812*****890`."""
    return mask_personal(_with_zero(number))


def format_phone(number: str) -> str:
    """Return an E.164 number as people dial it: `0812-3456-7890`; foreign ones stay as they are."""
    if not number.startswith("+62"):
        return number
    local = _with_zero(number)
    return "-".join(piece for piece in (local[:4], local[4:8], local[8:]) if piece)


def _with_zero(number: str) -> str:
    return "0" + number[3:] if number.startswith("+62") else number


def phone_column(series: pl.Series, *, was_number: pl.Series | None = None) -> ColumnCheck:
    """Check a column of telephone numbers; see `check_phone`."""
    mobile = COMPACT.str.extract(r"^(?:\+62|62|0)?(8[1-9][0-9]{6,10})$")
    fast = FastPath(accepts=mobile.is_not_null(), value="+62" + mobile)
    return check_column(series, was_number=was_number, fast=fast, scalar=check_phone)
