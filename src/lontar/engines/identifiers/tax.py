"""NPWP, the number of a taxpayer, in its old form of 15 digits and its new one of 16.

The old form carries a Luhn check over its first nine digits. The new form is the NIK for a person and "0" before the
old number for an entity; a branch has 22 digits (NITKU). All zeros pass Luhn and are refused here (DOMAIN trap 4).
Whether the number is active is known to the tax office alone.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial

import polars as pl

from lontar.engines.identifiers.checked import Checked, Severity, accepted, flagged, mask, plain, refused
from lontar.engines.identifiers.columns import COMPACT, NUMBER, ColumnCheck, FastPath, check_column, luhn_is_zero
from lontar.engines.identifiers.nik import judge_nik, nik_fast_path
from lontar.engines.identifiers.reading import Digits, Label, read_digits, wrong_length, zero_restored

NPWP = Label(key="npwp", name="NPWP", personal=True)

# "2.183.241.5-000.000": the first of the two digits was dropped.
_FIRST_ZERO_LOST = re.compile(r"[0-9]\.[0-9]{3}\.[0-9]{3}\.[0-9][\-.][0-9]{3}(?:\.[0-9]{3})?")


def check_npwp(raw: str, *, today: date, was_number: bool = False) -> Checked:
    """Check a taxpayer number; value is 15 or 16 digits, as written.

    Twelve digits (without branch) are completed by 000. Errors: npwp.scientific, .rounded, .characters, .length,
    .zero, .checksum, .person (16 digits, not a possible NIK). Warnings: npwp.zero_restored, npwp.branch (22 digits;
    value is the taxpayer's 16). Parts: form (15, 16), holder (entity, person, where the form tells), office, branch,
    npwp15 and npwp16 where one gives the other.
    """
    text = plain(raw)
    lost = _FIRST_ZERO_LOST.fullmatch(text) is not None
    digits = read_digits(f"0{text}" if lost else raw, label=NPWP, was_number=was_number)
    if isinstance(digits, Checked):
        return Checked(raw=raw, value=digits.value, severity=digits.severity, rule=digits.rule, message=digits.message)
    if len(digits.text) == 22:
        return _judge_branch(raw, digits.text, today=today)
    if len(digits.text) == 16:
        return _judge_new(raw, digits.text, today=today)
    number = _completed(digits)
    if len(number) != 15:
        return wrong_length(raw, digits.text, label=NPWP, wanted="15 atau 16")
    problem = _old_problem(raw, number)
    if problem is not None:
        return problem
    if lost or (digits.from_number and number != digits.text and not number.startswith(digits.text)):
        message = zero_restored("NPWP", mask(number))
        return flagged(raw, number, rule="npwp.zero_restored", message=message, parts=_old_parts(number))
    return accepted(raw, number, _old_parts(number))


def _completed(digits: Digits) -> str:
    """Return the old form of a number that lost its branch (12 digits) or, in a number cell, its leading zeros."""
    number = digits.text
    if len(number) == 12:
        whole = f"{number}000"
        return number.zfill(15) if digits.from_number and not passes_luhn(whole[:9]) else whole
    if digits.from_number and len(number) in (13, 14):
        return number.zfill(15)
    return number


def _old_problem(raw: str, number: str) -> Checked | None:
    """Return what is wrong with an old number of 15 digits."""
    if number[2:8] == "000000":
        return refused(
            raw, rule="npwp.zero", message="NPWP berisi angka nol saja. Kosongkan bila pelaku usaha belum ber-NPWP."
        )
    if not passes_luhn(number[:9]):
        return refused(
            raw,
            rule="npwp.checksum",
            message=f"Angka pemeriksa NPWP {mask(number)} tidak cocok; ada angka yang salah ketik. "
            "Cocokkan dengan kartu NPWP.",
        )
    return None


def _old_parts(number: str) -> dict[str, str]:
    return {"form": "15", "office": number[9:12], "branch": number[12:]}


def _judge_new(raw: str, number: str, *, today: date) -> Checked:
    """Judge sixteen digits: a NIK, or 0 and an old number."""
    if number.startswith("0"):
        old = number[1:]
        problem = _old_problem(raw, old)
        return problem or accepted(raw, number, _old_parts(old) | {"form": "16", "holder": "entity", "npwp15": old})
    person = judge_nik(raw, Digits(text=number, from_number=False), today=today)
    if person.severity is Severity.ERROR:
        return refused(
            raw,
            rule="npwp.person",
            message=f"NPWP 16 angka milik orang pribadi sama dengan NIK, sedangkan {mask(number)} bukan NIK yang "
            "mungkin. Cocokkan dengan KTP.",
        )
    return accepted(raw, number, {"form": "16", "holder": "person"})


def _judge_branch(raw: str, number: str, *, today: date) -> Checked:
    """Judge the number of a place of business (NITKU): the taxpayer's 16 digits and six more."""
    holder = _judge_new(raw, number[:16], today=today)
    if holder.value is None:
        return holder
    return flagged(
        raw,
        holder.value,
        rule="npwp.branch",
        message="Yang tertulis NITKU (22 angka, nomor tempat usaha); yang disimpan 16 angka pertamanya, yaitu NPWP.",
        parts={**holder.parts, "place": number[16:]},
    )


def passes_luhn(digits: str) -> bool:
    """Tell whether digits pass the Luhn check (mod 10, doubling every second from the right, ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def format_npwp(number: str) -> str:
    """Return an NPWP as papers show it: `02.183.241.5-000.000`, or sixteen digits in fours."""
    if len(number) == 15:
        return f"{number[:2]}.{number[2:5]}.{number[5:8]}.{number[8]}-{number[9:12]}.{number[12:]}"
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def npwp_column(series: pl.Series, *, was_number: pl.Series | None = None, today: date) -> ColumnCheck:
    """Check a column of NPWP; see `check_npwp`."""
    number = COMPACT.cast(pl.Int64, strict=False)
    old = COMPACT.str.contains("^0?[0-9]{15}$") & (number // 10**7 % 10**6 != 0)
    old = old & luhn_is_zero(number // 10**6, length=9)
    person = nik_fast_path(today=today, minimum_age=0)
    accepts = (old | person.accepts) & ~(NUMBER & (COMPACT.str.len_bytes() > 15))
    fast = FastPath(accepts=accepts, value=COMPACT)
    return check_column(series, was_number=was_number, fast=fast, scalar=partial(check_npwp, today=today))
