"""NIK and KK: the sixteen digits of a person and of a family card.

PPRRSS is the region at first registration (Kemendagri, so old codes must pass), then the date of birth, women with
forty added to the day, then a serial (DOMAIN §3, trap 3). There is no checksum: a sound format is not a verified person.
Storage, encryption and who may see a number are left to the registry.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from lontar.engines.identifiers.checked import Checked, accepted, flagged, mask, refused
from lontar.engines.identifiers.columns import COMPACT, NUMBER, ColumnCheck, FastPath, check_column
from lontar.engines.identifiers.provinces import (
    PROVINCE_PATTERN,
    PROVINCES,
    REGENCY_PATTERN,
    is_strange_regency,
)
from lontar.engines.identifiers.reading import EXACT_INTEGERS, Digits, Label, read_digits, wrong_length

NIK = Label(key="nik", name="NIK", personal=True)
KK = Label(key="kk", name="Nomor KK", personal=True)

# An identity card is given at 17 (UU 24/2013); nobody registered is older than this.
ADULT_AGE = 17
GREATEST_AGE = 110

_FEMALE_DAY = 40
_DOCUMENT = "Cocokkan dengan KTP atau Kartu Keluarga lalu ketik ulang"


@dataclass(frozen=True, slots=True)
class Birth:
    """What a NIK says of its person; `female` from the day, the century chosen by age."""

    day: date
    female: bool


def birth_of(six_digits: str, *, today: date) -> Birth | None:
    """Return date and sex from DDMMYY, the latest past date that gives an age of 0 to 110; None if there is none."""
    day, month, year = int(six_digits[:2]), int(six_digits[2:4]), int(six_digits[4:])
    female = day > _FEMALE_DAY
    century = today.year // 100 * 100
    for base in (century, century - 100):
        try:
            born = date(base + year, month, day - _FEMALE_DAY if female else day)
        except ValueError:
            continue
        if born <= today and age_on(born, today) <= GREATEST_AGE:
            return Birth(day=born, female=female)
    return None


def age_on(born: date, day: date) -> int:
    """Return the age in completed years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def check_nik(
    raw: str,
    *,
    today: date,
    was_number: bool = False,
    minimum_age: int = ADULT_AGE,
    known_regencies: Collection[str] | None = None,
) -> Checked:
    """Check a NIK; value is 16 digits.

    Errors: nik.scientific, .rounded, .characters, .length, .filler, .province, .birth, .serial. Warnings: nik.minor
    (younger than `minimum_age`), nik.regency and nik.district (never refused: codes of old regions are right).
    `known_regencies` are dotted codes (`53.12`). Parts: province, regency, district (dotted), sex (L or P),
    birth_date (ISO), age, serial.
    """
    digits = read_digits(raw, label=NIK, was_number=was_number)
    if isinstance(digits, Checked):
        return digits
    return judge_nik(raw, digits, today=today, minimum_age=minimum_age, known_regencies=known_regencies)


def judge_nik(
    raw: str,
    digits: Digits,
    *,
    today: date,
    minimum_age: int = ADULT_AGE,
    known_regencies: Collection[str] | None = None,
) -> Checked:
    """Check digits already read; for numbers that are a NIK under another name, such as the NPWP of a person."""
    number = digits.text
    problem = _structure_problem(raw, number, label=NIK)
    if problem is not None:
        return problem
    birth = birth_of(number[6:12], today=today)
    if birth is None:
        return refused(
            raw,
            rule="nik.birth",
            message=f"Tanggal lahir pada NIK {mask(number)} (angka ke-7 sampai ke-12) tidak mungkin. {_DOCUMENT}.",
        )
    parts = _region_parts(number) | {
        "sex": "P" if birth.female else "L",
        "birth_date": birth.day.isoformat(),
        "age": str(age_on(birth.day, today)),
        "serial": number[12:],
    }
    warning = _nik_warning(number, parts=parts, minimum_age=minimum_age, known_regencies=known_regencies)
    if warning is not None:
        return flagged(raw, number, rule=warning[0], message=warning[1], parts=parts)
    return accepted(raw, number, parts)


def _structure_problem(raw: str, number: str, *, label: Label) -> Checked | None:
    """Return what NIK and KK share: length, filler, province, serial."""
    if len(number) != 16:
        return wrong_length(raw, number, label=label, wanted="16")
    if len(set(number)) == 1:
        return refused(
            raw,
            rule=f"{label.key}.filler",
            message=f"{label.name} berisi angka pengisi yang sama semua. Kosongkan bila belum ada.",
        )
    if number[:2] not in PROVINCES:
        return refused(
            raw,
            rule=f"{label.key}.province",
            message=f"Kode provinsi {number[:2]} pada {label.name} {mask(number)} tidak dikenal. {_DOCUMENT}.",
        )
    if number[12:] == "0000":
        return refused(
            raw,
            rule=f"{label.key}.serial",
            message=(
                f"Empat angka terakhir {label.name} {mask(number)} adalah 0000. Bila berkas pernah dibuka di Excel, "
                f"angka aslinya sudah hilang. {_DOCUMENT}."
            ),
        )
    return None


def _region_parts(number: str) -> dict[str, str]:
    province, regency, district = number[:2], number[2:4], number[4:6]
    return {"province": province, "regency": f"{province}.{regency}", "district": f"{province}.{regency}.{district}"}


def _nik_warning(
    number: str, *, parts: dict[str, str], minimum_age: int, known_regencies: Collection[str] | None
) -> tuple[str, str] | None:
    """Return rule and message of the first thing worth a second look."""
    if int(parts["age"]) < minimum_age:
        return "nik.minor", (
            f"Menurut NIK {mask(number)} pemiliknya berumur {parts['age']} tahun, "
            f"di bawah {minimum_age} tahun. Pastikan NIK ini bukan milik anak."
        )
    if is_strange_regency(parts["regency"], known=known_regencies):
        return "nik.regency", (
            f"Kode kabupaten/kota {parts['regency']} pada NIK {mask(number)} tidak dikenal. "
            "Bila sama dengan KTP, biarkan: NIK memakai kode wilayah saat pertama kali didaftarkan."
        )
    if number[4:6] == "00":
        return "nik.district", f"Kode kecamatan pada NIK {mask(number)} adalah 00. Mohon dicocokkan dengan KTP."
    return None


def check_kk(raw: str, *, today: date, was_number: bool = False) -> Checked:
    """Check the number of a family card (KK); value is 16 digits.

    Errors as for a NIK, under `kk.`; a date of issue that cannot be is only the warning kk.date, for its rule is less
    certain (DOMAIN §3). Parts: province, regency, district (dotted), issue_date (ISO, where it can be read), serial.
    """
    digits = read_digits(raw, label=KK, was_number=was_number)
    if isinstance(digits, Checked):
        return digits
    number = digits.text
    problem = _structure_problem(raw, number, label=KK)
    if problem is not None:
        return problem
    parts = _region_parts(number) | {"serial": number[12:]}
    issue = birth_of(number[6:12], today=today)
    if issue is None or issue.female:
        return flagged(
            raw,
            number,
            rule="kk.date",
            message=f"Tanggal terbit pada Nomor KK {mask(number)} tidak wajar. Pastikan ini bukan NIK.",
            parts=parts,
        )
    return accepted(raw, number, parts | {"issue_date": issue.day.isoformat()})


def mask_nik(number: str) -> str:
    """Return a NIK or KK as screens show it: `5303********0001`."""
    return mask(number)


def nik_fast_path(*, today: date, minimum_age: int, known_regencies: Collection[str] | None = None) -> FastPath:
    """Return the fast path of NIK: sure dates and sure ages only; 29 February and the youngest go the slow way."""
    structure = COMPACT.str.contains(
        f"^{PROVINCE_PATTERN}{REGENCY_PATTERN}(?:0[1-9]|[1-9][0-9])"
        "(?:[04][1-9]|[15][0-9]|[26][0-8])(?:0[1-9]|1[0-2])[0-9]{6}$"
        f"|^{PROVINCE_PATTERN}{REGENCY_PATTERN}(?:0[1-9]|[1-9][0-9])"
        "(?:29|30|69|70)(?:0[13-9]|1[0-2])[0-9]{6}$"
        f"|^{PROVINCE_PATTERN}{REGENCY_PATTERN}(?:0[1-9]|[1-9][0-9])"
        "(?:31|71)(?:0[13578]|1[02])[0-9]{6}$"
    )
    number = COMPACT.cast(pl.Int64, strict=False)
    year = number // 10_000 % 100
    this_year = today.year % 100
    # A lower year is this century's, a higher one the last's; whatever the birthday, old enough and not too old.
    grown = ((year < this_year) & (this_year - year > minimum_age)) | (
        (year > this_year) & (100 + this_year - year > minimum_age)
    )
    accepts = structure & grown & (number % 10_000 != 0) & (number != int("1" * 16))
    if known_regencies:
        covered = {code[:2] for code in known_regencies}
        regency = COMPACT.str.head(4)
        accepts = accepts & (
            regency.is_in([code.replace(".", "") for code in known_regencies])
            | ~COMPACT.str.head(2).is_in(sorted(covered))
        )
    accepts = accepts & ~(NUMBER & ((number % 10 == 0) | (number > EXACT_INTEGERS)))
    return FastPath(accepts=accepts, value=COMPACT)


def nik_column(
    series: pl.Series,
    *,
    was_number: pl.Series | None = None,
    today: date,
    minimum_age: int = ADULT_AGE,
    known_regencies: Collection[str] | None = None,
) -> ColumnCheck:
    """Check a column of NIK; see `check_nik`."""
    scalar = partial(check_nik, today=today, minimum_age=minimum_age, known_regencies=known_regencies)
    fast = nik_fast_path(today=today, minimum_age=minimum_age, known_regencies=known_regencies)
    return check_column(series, was_number=was_number, fast=fast, scalar=scalar)
