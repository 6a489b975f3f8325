"""Reading the digits of an identifier out of a cell, and recognising what Excel did to them on the way.

Excel keeps 15 digits, drops leading zeros, appends `.0` and writes long numbers as 5,30312E+15. This module says so
with the cure, once for all identifiers. What the digits must look like is left to each identifier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lontar.engines.identifiers.checked import Checked, blank, is_blank, mask, plain, quoted, refused

AS_TEXT = "Ubah format kolom menjadi Teks (Text), lalu ketik ulang nomornya"

# A double keeps every integer up to here; Excel shows, and saves, 15 significant digits.
EXACT_INTEGERS = 2**53
EXCEL_DIGITS = 15

_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
_NUMBER_TAIL = re.compile(r"([0-9]+)[.,]0")
_SEPARATORS = re.compile("[\\s.\\-\u2010-\u2015\u2212]")


@dataclass(frozen=True, slots=True)
class Label:
    """How an identifier is called: `key` begins its rules, `name` its messages; `personal` ones are masked."""

    key: str
    name: str
    personal: bool = False

    def show(self, text: str) -> str:
        """Return the text as a message may show it."""
        return mask(text) if self.personal else quoted(text)


@dataclass(frozen=True, slots=True)
class Digits:
    """Digits without separators, and whether they went through a number on their way."""

    text: str
    from_number: bool


def is_scientific(text: str) -> bool:
    """Tell whether a text is a number that a spreadsheet shortened, such as `5,30312E+15`."""
    return not text.isdigit() and _SCIENTIFIC.fullmatch(text) is not None


def without_tail(text: str) -> tuple[str, bool]:
    """Drop the `.0` that a number leaves behind; the second value tells whether there was one."""
    tail = _NUMBER_TAIL.fullmatch(text)
    return (tail.group(1), True) if tail else (text, False)


def compact(text: str) -> str:
    """Drop spaces, dots and all kinds of dashes."""
    return text if is_digits(text) else _SEPARATORS.sub("", text)


def is_digits(text: str) -> bool:
    """Tell whether a text is made of the digits 0 to 9 alone."""
    return text.isascii() and text.isdigit()


def scientific(raw: str, *, label: Label) -> Checked:
    """Refuse a number in scientific notation: its last digits are gone."""
    return refused(
        raw,
        rule=f"{label.key}.scientific",
        message=f"{label.name} tertulis dalam bentuk ilmiah sehingga angka akhirnya hilang. {AS_TEXT}.",
    )


def rounded(raw: str, digits: str, *, label: Label) -> Checked:
    """Refuse a number longer than a spreadsheet cell can keep."""
    return refused(
        raw,
        rule=f"{label.key}.rounded",
        message=(
            f"{label.name} {label.show(digits)} tersimpan sebagai angka, padahal Excel hanya menyimpan "
            f"{EXCEL_DIGITS} angka; angka terakhirnya sudah berubah menjadi 0. {AS_TEXT} dari dokumen aslinya."
        ),
    )


def lost_precision(digits: Digits) -> bool:
    """Tell whether digits that went through a number cannot be trusted to the last place."""
    if not digits.from_number or len(digits.text) <= EXCEL_DIGITS:
        return False
    return digits.text.endswith("0") or int(digits.text) > EXACT_INTEGERS


def read_digits(raw: str, *, label: Label, was_number: bool) -> Digits | Checked:
    """Return the digits of `raw`, or the verdict when it is blank, shortened, rounded or no number at all."""
    text = plain(raw)
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=label)
    text, tail = without_tail(text)
    digits = Digits(text=compact(text), from_number=was_number or tail)
    if not is_digits(digits.text):
        return refused(
            raw,
            rule=f"{label.key}.characters",
            message=f"{label.name} {label.show(text)} memuat huruf atau tanda lain. Tulis angkanya saja.",
        )
    if lost_precision(digits):
        return rounded(raw, digits.text, label=label)
    return digits


def wrong_length(raw: str, digits: str, *, label: Label, wanted: str) -> Checked:
    """Refuse a number with too few or too many digits."""
    return refused(
        raw,
        rule=f"{label.key}.length",
        message=(
            f"{label.name} harus {wanted} angka; yang tertulis {len(digits)} angka ({label.show(digits)}). "
            "Cocokkan dengan dokumen aslinya lalu ketik ulang."
        ),
    )


def zero_restored(name: str, shown: str) -> str:
    """Return the warning text for a leading zero that a number cell dropped."""
    return f"Angka 0 di depan {name} hilang karena sel berformat angka; dibaca sebagai {shown}. Mohon diperiksa."
