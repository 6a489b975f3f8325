"""Numbers of a business and of a school: NIB, KBLI, NPSN.

None of them has a public checksum, so a sound format is not yet a registered business; that is verified at OSS or at
the ministry's reference pages. The tax number has a module of its own. KBLI changed in December 2025 (DOMAIN trap 7):
a code means nothing without its version, and which codes exist within a division is data, not format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from types import MappingProxyType

import polars as pl

from lontar.engines.identifiers.checked import Checked, accepted, blank, flagged, is_blank, plain, quoted, refused
from lontar.engines.identifiers.columns import COMPACT, TEXT, ColumnCheck, FastPath, check_column
from lontar.engines.identifiers.provinces import PROVINCES
from lontar.engines.identifiers.reading import (
    Label,
    compact,
    is_scientific,
    read_digits,
    scientific,
    without_tail,
    wrong_length,
    zero_restored,
)

NIB = Label(key="nib", name="NIB")
KBLI = Label(key="kbli", name="Kode KBLI")
NPSN = Label(key="npsn", name="NPSN")


def check_nib(raw: str, *, was_number: bool = False) -> Checked:
    """Check a business identification number (NIB); value is 13 digits.

    Errors: nib.scientific, .rounded, .characters, .length, .filler, .is_nik. Warning: nib.zero_restored, for a leading
    zero that a number cell dropped.
    """
    digits = read_digits(raw, label=NIB, was_number=was_number)
    if isinstance(digits, Checked):
        return digits
    number = digits.text
    if len(number) == 16 and number[:2] in PROVINCES:
        return refused(
            raw,
            rule="nib.is_nik",
            message="Yang tertulis 16 angka, tampaknya NIK. NIB terdiri dari 13 angka dan ada pada dokumen OSS.",
        )
    restored = digits.from_number and len(number) == 12
    number = number.zfill(13) if restored else number
    if len(number) != 13:
        return wrong_length(raw, number, label=NIB, wanted="13")
    if len(set(number)) == 1:
        return refused(
            raw, rule="nib.filler", message="NIB berisi angka pengisi yang sama semua. Kosongkan bila belum ada."
        )
    if restored:
        return flagged(raw, number, rule="nib.zero_restored", message=zero_restored("NIB", number))
    return accepted(raw, number)


def nib_column(series: pl.Series, *, was_number: pl.Series | None = None) -> ColumnCheck:
    """Check a column of NIB; see `check_nib`."""
    return check_column(series, was_number=was_number, fast=nib_fast_path(), scalar=check_nib)


def nib_fast_path() -> FastPath:
    """Return the fast path of NIB: thirteen digits that are not all the same."""
    fillers = [str(digit) * 13 for digit in range(10)]
    return FastPath(accepts=COMPACT.str.contains("^[0-9]{13}$") & ~COMPACT.is_in(fillers), value=COMPACT)


class KbliVersion(StrEnum):
    """KBLI 2020 follows ISIC Rev.4; KBLI 2025 (Peraturan BPS 7/2025, from 18 December 2025) follows ISIC Rev.5."""

    V2020 = "2020"
    V2025 = "2025"


def _divisions(spans: Mapping[str, str]) -> Mapping[str, str]:
    """Return division → category from spans such as `10-33`."""
    table = {}
    for category, span in spans.items():
        low, _, high = span.partition("-")
        for division in range(int(low), int(high or low) + 1):
            table[f"{division:02d}"] = category
    return MappingProxyType(table)


_GOODS = {"A": "01-03", "B": "05-09", "C": "10-33", "D": "35", "E": "36-39", "F": "41-43"}

# Two-digit divisions (golongan pokok) and their category; the divisions are those of ISIC. 04, 34 … were never used.
KBLI_DIVISIONS: Mapping[KbliVersion, Mapping[str, str]] = MappingProxyType(
    {
        KbliVersion.V2020: _divisions(
            _GOODS
            | {"G": "45-47", "H": "49-53", "I": "55-56", "J": "58-63", "K": "64-66", "L": "68", "M": "69-75"}
            | {"N": "77-82", "O": "84", "P": "85", "Q": "86-88", "R": "90-93", "S": "94-96", "T": "97-98", "U": "99"}
        ),
        KbliVersion.V2025: _divisions(
            _GOODS
            | {"G": "46-47", "H": "49-53", "I": "55-56", "J": "58-60", "K": "61-63", "L": "64-66", "M": "68"}
            | {"N": "69-75", "O": "77-82", "P": "84", "Q": "85", "R": "86-88", "S": "90-93", "T": "94-96"}
            | {"U": "97-98", "V": "99"}
        ),
    }
)

# "C10761", "10761", "10761 - Industri Pengolahan Kopi", "C.10.761".
_KBLI = re.compile(r"(?:[A-Va-v][ .\-]?)?([0-9][0-9.]*[0-9])(?:[ .:\-–]*[^\W\d_(].*|\s*\(.*)?")


def check_kbli(raw: str, *, version: KbliVersion, was_number: bool = False) -> Checked:
    """Check a five-digit KBLI code of one version; value is 5 digits.

    Errors: kbli.scientific, .several, .characters, .length, .division (in neither version). Warnings: kbli.version (the
    division is of the other version), kbli.zero_restored. Parts: version, division, category.
    """
    text = plain(raw)
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=KBLI)
    text, tail = without_tail(text)
    if len(re.findall(r"(?<![0-9])[0-9]{5}(?![0-9])", text)) > 1:
        return refused(
            raw,
            rule="kbli.several",
            message="Sel ini berisi lebih dari satu kode KBLI. Tulis satu kode, yaitu kegiatan utamanya.",
        )
    found = _KBLI.fullmatch(text)
    if found is None:
        return refused(
            raw,
            rule="kbli.characters",
            message=f"Kode KBLI {quoted(text)} tidak terbaca. Tulis 5 angka, misalnya 10761.",
        )
    return _judge_kbli(raw, compact(found.group(1)), version=version, from_number=was_number or tail)


def _judge_kbli(raw: str, code: str, *, version: KbliVersion, from_number: bool) -> Checked:
    restored = from_number and len(code) == 4 and f"0{code[0]}" in KBLI_DIVISIONS[version]
    code = f"0{code}" if restored else code
    if len(code) != 5:
        return wrong_length(raw, code, label=KBLI, wanted="5")
    division = code[:2]
    category = KBLI_DIVISIONS[version].get(division)
    if category is None:
        return _foreign_division(raw, code, version=version)
    parts = {"version": version.value, "division": division, "category": category}
    if restored:
        return flagged(raw, code, rule="kbli.zero_restored", message=zero_restored("kode KBLI", code), parts=parts)
    return accepted(raw, code, parts)


def _foreign_division(raw: str, code: str, *, version: KbliVersion) -> Checked:
    """Judge a code whose division this version does not have."""
    for other, divisions in KBLI_DIVISIONS.items():
        if code[:2] in divisions:
            return flagged(
                raw,
                code,
                rule="kbli.version",
                message=(
                    f"Kode {code} ada pada KBLI {other}, tidak pada KBLI {version}. Periksa versi KBLI yang dipakai."
                ),
                parts={"version": other.value, "division": code[:2], "category": divisions[code[:2]]},
            )
    return refused(
        raw,
        rule="kbli.division",
        message=f"Golongan pokok {code[:2]} tidak ada dalam KBLI. Periksa kode {code} pada daftar KBLI {version}.",
    )


def kbli_column(series: pl.Series, *, version: KbliVersion, was_number: pl.Series | None = None) -> ColumnCheck:
    """Check a column of KBLI codes of one version; see `check_kbli`."""
    divisions = "|".join(KBLI_DIVISIONS[version])
    fast = FastPath(accepts=TEXT.str.contains(f"^(?:{divisions})[0-9]{{3}}$"), value=TEXT)
    return check_column(series, was_number=was_number, fast=fast, scalar=partial(check_kbli, version=version))


_NPSN = re.compile("[0-9A-Z]{8}")


def check_npsn(raw: str, *, was_number: bool = False) -> Checked:
    """Check a national school number (NPSN); value is 8 characters, letters in capitals.

    Errors: npsn.scientific, .format, .filler. Warning: npsn.letters, for all but a few are digits only.
    """
    text = plain(raw)
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=NPSN)
    number = compact(without_tail(text)[0]).upper()
    if not _NPSN.fullmatch(number) or number.isalpha():
        return refused(
            raw,
            rule="npsn.format",
            message=f"NPSN {quoted(text)} tidak sesuai: NPSN terdiri dari 8 angka. Cocokkan dengan data referensi.",
        )
    if len(set(number)) == 1:
        return refused(
            raw, rule="npsn.filler", message="NPSN berisi angka pengisi yang sama semua. Kosongkan bila belum ada."
        )
    if not number.isdecimal():
        return flagged(
            raw, number, rule="npsn.letters", message=f"NPSN {number} memuat huruf; hampir semua NPSN hanya angka."
        )
    return accepted(raw, number)


def npsn_column(series: pl.Series, *, was_number: pl.Series | None = None) -> ColumnCheck:
    """Check a column of NPSN; see `check_npsn`."""
    fillers = [str(digit) * 8 for digit in range(10)]
    fast = FastPath(accepts=COMPACT.str.contains("^[0-9]{8}$") & ~COMPACT.is_in(fillers), value=COMPACT)
    return check_column(series, was_number=was_number, fast=fast, scalar=check_npsn)
