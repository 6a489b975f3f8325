"""The check code of a paper and its number: how they are drawn, written and read.

A code says nothing of the document and cannot be guessed: twelve of 31 letters and digits that cannot be taken for one
another are 59 bits; the page that answers tells public figures only, so finding a code by guessing would gain nothing.
A number is written after the pattern of its kind, which is effective-dated data.
"""

from __future__ import annotations

import re
import secrets
from datetime import date

from django.utils.translation import gettext as _

from lontar.access.policies import Refused

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12


def draw_code() -> str:
    """A fresh code, such as `K7QF-2M9A-X3TB`."""
    letters = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return _grouped(letters)


def read_code(written: str) -> str:
    """The code as it is kept, from whatever a person typed (small letters, spaces, no hyphens); "" when it is none."""
    letters = "".join(letter for letter in written.upper()[:60] if letter.isalnum())
    if len(letters) != LENGTH or any(letter not in ALPHABET for letter in letters):
        return ""
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


_PLACE = re.compile(r"\{([a-z]*)(?::(\d))?\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LETTERS = re.compile(r"[A-Za-z0-9 ./_–-]*")


class PatternUnclear(Refused):
    """A number pattern has an unknown place, or lacks one without which numbers would repeat."""


def check_pattern(pattern: str) -> None:
    """Raise `PatternUnclear` for a pattern that cannot number papers; says which part and the cure."""
    known = {"urut", "tahun", "bulan", "wilayah"}
    found = [match.group(1) for match in _PLACE.finditer(pattern)]
    for name in found:
        if name not in known:
            raise PatternUnclear(
                _("Isian {%(name)s} tidak dikenal. Yang dapat dipakai: {urut}, {urut:4}, {tahun}, {bulan}, {wilayah}.")
                % {"name": name}
            )
    if not _LETTERS.fullmatch(_PLACE.sub("", pattern)):
        raise PatternUnclear(_("Pola nomor hanya memuat huruf, angka, titik, garis miring, strip, spasi, dan isian."))
    if found.count("urut") != 1 or "tahun" not in found:
        raise PatternUnclear(_("Pola nomor memuat {urut} satu kali dan {tahun}, supaya tidak ada nomor yang berulang."))


def write_number(pattern: str, *, sequence: int, day: date, region_code: str) -> str:
    """`500.3.2/12/DPMD/2026` from `500.3.2/{urut}/DPMD/{tahun}`, sequence 12, a day of 2026 (WITA)."""
    check_pattern(pattern)
    words = {"urut": str(sequence), "tahun": str(day.year), "bulan": _ROMAN[day.month - 1], "wilayah": region_code}
    return _PLACE.sub(lambda match: words[match.group(1)].zfill(int(match.group(2) or 0)), pattern)
