"""Marketing numbers of food, herbal products and cosmetics: P-IRT of the regency, MD, ML, TR and others of BPOM.

The structure of a P-IRT number is published (PerBPOM 22/2018); that of MD and ML is the reading of others, so their
parts are shown but never judged, and BPOM's own province numbers are not those of Kemendagri (DOMAIN §3). Which
licence a product needs, and whether one is still in force, is left to the legality rules; the date decides here only
what the number itself says about its expiry.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from types import MappingProxyType

import polars as pl

from lontar.engines.identifiers.checked import Checked, accepted, blank, flagged, is_blank, plain, quoted, refused
from lontar.engines.identifiers.columns import COMPACT, NUMBER, TEXT, FastPath
from lontar.engines.identifiers.provinces import PROVINCE_PATTERN, PROVINCES
from lontar.engines.identifiers.reading import (
    Digits,
    Label,
    compact,
    is_digits,
    is_scientific,
    lost_precision,
    rounded,
    scientific,
    without_tail,
    wrong_length,
)

PIRT = Label(key="pirt", name="Nomor P-IRT")
BPOM = Label(key="bpom", name="Nomor izin edar BPOM")

PIRT_PACKAGES = MappingProxyType(
    {
        "1": "kaca",
        "2": "plastik",
        "3": "karton/kertas",
        "4": "kaleng",
        "5": "aluminium foil",
        "6": "lain-lain",
        "7": "komposit",
        "8": "ganda",
    }
)

PIRT_FOOD_TYPES = MappingProxyType(
    {
        "01": "hasil olahan daging kering",
        "02": "hasil olahan ikan kering",
        "03": "hasil olahan unggas kering",
        "04": "hasil olahan sayur",
        "05": "hasil olahan kelapa",
        "06": "tepung dan hasil olahannya",
        "07": "minyak dan lemak",
        "08": "selai, jeli, dan sejenisnya",
        "09": "gula, kembang gula, dan madu",
        "10": "kopi dan teh kering",
        "11": "bumbu",
        "12": "rempah-rempah",
        "13": "minuman serbuk",
        "14": "hasil olahan buah",
        "15": "hasil olahan biji-bijian, kacang-kacangan, dan umbi",
    }
)

# A P-IRT certificate is valid five years, so its last year cannot lie further ahead.
PIRT_YEARS = 5

_PIRT_WORDS = re.compile(r"^.*?I\.?\s?R\.?\s?T\.?\s*(?:NO(?:MOR)?\b\.?)?[\s:.\-]*")
_PIRT_MARKS = re.compile("[/:]")


def check_pirt(raw: str, *, today: date, was_number: bool = False) -> Checked:
    """Check a P-IRT number; value is 15 digits, or 12 of the old form.

    Errors: pirt.scientific, .rounded, .characters, .length, .package, .food_type, .province. Warnings: pirt.old (12
    digits), .expired, .expires_this_year (the certificate's date decides), .far_expiry (more than five years ahead).
    Parts: package, food_type (words), region (province and regency digits, system not stated), product, producer,
    expiry_year.
    """
    text = plain(raw).upper()
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=PIRT)
    text, tail = without_tail(text)
    number = compact(_PIRT_MARKS.sub("", _PIRT_WORDS.sub("", text)))
    if not is_digits(number):
        return refused(
            raw,
            rule="pirt.characters",
            message=f"Nomor P-IRT {quoted(text)} tidak terbaca. Tulis 15 angkanya, misalnya 1234567890123-45.",
        )
    if lost_precision(Digits(text=number, from_number=was_number or tail)):
        return rounded(raw, number, label=PIRT)
    if len(number) == 12:
        return flagged(
            raw,
            number,
            rule="pirt.old",
            message=f"Nomor P-IRT {number} berbentuk lama (12 angka). Periksa apakah sudah diperbarui di OSS.",
            parts={"form": "12"},
        )
    return _judge_pirt(raw, number, today=today)


def _judge_pirt(raw: str, number: str, *, today: date) -> Checked:
    if len(number) != 15:
        return wrong_length(raw, number, label=PIRT, wanted="15")
    for rule, known, digits, message in (
        ("pirt.package", PIRT_PACKAGES, number[0], "kode kemasan {} (angka pertama) tidak ada; yang ada 1 sampai 8"),
        ("pirt.food_type", PIRT_FOOD_TYPES, number[1:3], "jenis pangan {} (angka ke-2 dan ke-3) tidak ada; 01–15"),
        ("pirt.province", PROVINCES, number[3:5], "kode provinsi {} (angka ke-4 dan ke-5) tidak dikenal"),
    ):
        if digits not in known:
            fault = message.format(digits)
            return refused(raw, rule=rule, message=f"Pada nomor P-IRT {number}, {fault}. Cocokkan dengan sertifikat.")
    year = 2000 + int(number[13:])
    parts = {
        "form": "15",
        "package": PIRT_PACKAGES[number[0]],
        "food_type": PIRT_FOOD_TYPES[number[1:3]],
        "region": number[3:7],
        "product": number[7:9],
        "producer": number[9:13],
        "expiry_year": str(year),
    }
    warning = _pirt_warning(year, today=today)
    if warning is not None:
        return flagged(raw, number, rule=warning[0], message=warning[1], parts=parts)
    return accepted(raw, number, parts)


def _pirt_warning(year: int, *, today: date) -> tuple[str, str] | None:
    if year < today.year:
        return "pirt.expired", f"Menurut nomornya, P-IRT ini berakhir tahun {year}. Perpanjang melalui OSS."
    if year == today.year:
        return "pirt.expires_this_year", (
            f"Menurut nomornya, P-IRT ini berakhir tahun {year}. Isi tanggal berakhir dari sertifikatnya."
        )
    if year > today.year + PIRT_YEARS:
        return "pirt.far_expiry", (
            f"Menurut nomornya, P-IRT ini berakhir tahun {year}, padahal masa berlakunya {PIRT_YEARS} tahun. "
            "Periksa dua angka terakhir."
        )
    return None


def format_pirt(number: str) -> str:
    """Return a P-IRT number as the label shows it: `P-IRT 1234567890123-45`."""
    return f"P-IRT {number[:13]}-{number[13:]}" if len(number) == 15 else f"P-IRT {number}"


def pirt_fast_path(*, today: date) -> FastPath:
    """Return the fast path of P-IRT: fifteen digits, in force by their last two."""
    number = COMPACT.str.to_uppercase().str.replace("^(?:SPP)?PIRT", "")
    shape = f"^[1-8](?:0[1-9]|1[0-5]){PROVINCE_PATTERN}[0-9]{{10}}$"
    year = number.str.tail(2).cast(pl.Int64, strict=False) + 2000
    in_force = (year > today.year) & (year <= today.year + PIRT_YEARS)
    return FastPath(accepts=number.str.contains(shape) & in_force, value=number)


BPOM_KINDS = MappingProxyType(
    {
        "MD": "pangan olahan dalam negeri",
        "ML": "pangan olahan impor",
        "TR": "obat tradisional dalam negeri",
        "TI": "obat tradisional impor",
        "HT": "obat herbal terstandar",
        "FF": "fitofarmaka",
        "SD": "suplemen kesehatan dalam negeri",
        "SI": "suplemen kesehatan impor",
        "SL": "suplemen kesehatan lisensi",
        **dict.fromkeys(("NA", "NB", "NC", "ND", "NE"), "kosmetik"),
    }
)

FOOD_PREFIXES = frozenset({"MD", "ML"})
HERBAL_PREFIXES = frozenset({"TR", "TI", "HT", "FF"})

_BPOM_WORDS = re.compile(r"^(?:(?:BADAN|B?POM|RI|NIE|NO|NOMOR|REG|REGISTRASI|IZIN|EDAR)(?![A-Z])|[\s.:\-/])+")
_BPOM_GLUED = re.compile("^(?:BPOM)?(?:RI)?(?=[A-Z]{2}[0-9])")
_BPOM_FORMS = {
    "food": re.compile("(?:MD|ML)(?:[0-9]{12}|[0-9]{15})"),
    "cosmetic": re.compile("N[A-E][0-9]{11}"),
    "drug": re.compile("[DG][BTKNP][LIEX][0-9]{10}[A-Z][0-9]"),
    "other": re.compile("[A-Z]{2}[0-9]{9}"),
}
_PREFIX = re.compile("[A-Z]{2,3}")
_RISKS = MappingProxyType({"0": "menengah rendah", "1": "menengah tinggi"})


def check_bpom(raw: str, *, prefixes: Collection[str] | None = None) -> Checked:
    """Check a BPOM marketing number; value is prefix and digits without spaces.

    `prefixes` are those that the column is for (`FOOD_PREFIXES`, `HERBAL_PREFIXES`); None takes all. Errors:
    bpom.scientific, .prefix (none), .length, .other_kind. Warning: bpom.unknown_prefix. Parts: prefix, kind, and for
    food form (12, 15), package, risk, bpom_province, food_type, company, product or serial.
    """
    text = plain(raw).upper()
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=BPOM)
    number = _BPOM_GLUED.sub("", compact(_BPOM_WORDS.sub("", text)).replace("/", ""))
    prefix_found = _PREFIX.match(number)
    if prefix_found is None:
        return refused(
            raw,
            rule="bpom.prefix",
            message=f"Nomor izin edar {quoted(text)} harus diawali huruf, misalnya MD, TR, atau NA.",
        )
    form = next((name for name, pattern in _BPOM_FORMS.items() if pattern.fullmatch(number)), None)
    if form is None or (form == "other" and number[:2] in FOOD_PREFIXES):
        return refused(
            raw,
            rule="bpom.length",
            message=f"Nomor izin edar {quoted(number)} tidak lengkap: MD dan ML 12 atau 15 angka, TR 9 angka, NA 11.",
        )
    return _judge_bpom(raw, number, form=form, prefixes=prefixes)


def _judge_bpom(raw: str, number: str, *, form: str, prefixes: Collection[str] | None) -> Checked:
    prefix = number[:3] if form == "drug" else number[:2]
    kind = "obat" if form == "drug" else BPOM_KINDS.get(prefix)
    if prefixes is not None and prefix not in prefixes:
        return refused(
            raw,
            rule="bpom.other_kind",
            message=f"Nomor {quoted(number)} berawalan {prefix}{f' ({kind})' if kind else ''}; "
            f"kolom ini untuk {', '.join(sorted(prefixes))}. Pindahkan ke kolom yang sesuai.",
        )
    if kind is None:
        return flagged(
            raw,
            number,
            rule="bpom.unknown_prefix",
            message=f"Awalan {prefix} pada nomor izin edar {quoted(number)} tidak dikenal. Mohon diperiksa.",
            parts={"prefix": prefix},
        )
    return accepted(raw, number, {"prefix": prefix, "kind": kind} | (_food_parts(number[2:]) if form == "food" else {}))


def _food_parts(digits: str) -> dict[str, str]:
    """Split the digits of MD and ML after github.com/perlancar/perl-Business-ID-POM; not an official reading."""
    if len(digits) == 12:
        return {
            "form": "12",
            "package": digits[0],
            "food_type": digits[1:4],
            "bpom_province": digits[4:6],
            "company": digits[6:9],
            "product": digits[9:],
        }
    return {
        "form": "15",
        "risk": _RISKS.get(digits[0], "tinggi"),
        "package": digits[1],
        "bpom_province": digits[2:4],
        "food_type": digits[4:6],
        "serial": digits[6:10],
        "company": digits[10:],
    }


def format_bpom(number: str) -> str:
    """Return a BPOM number as the label shows it: `BPOM RI MD 240935001200027`."""
    found = _PREFIX.match(number)
    prefix = found.group() if found else ""
    return f"BPOM RI {prefix} {number[len(prefix) :]}"


def bpom_fast_path(*, prefixes: Collection[str]) -> FastPath:
    """Return the fast path of a column of the given two-letter prefixes."""
    number = COMPACT.str.to_uppercase().str.replace("^BPOM(?:RI)?", "")
    prefix = number.str.head(2)
    fits = (
        pl.when(prefix.is_in(sorted(FOOD_PREFIXES)))
        .then(number.str.contains("^[A-Z]{2}(?:[0-9]{12}|[0-9]{15})$"))
        .when(prefix.str.starts_with("N"))
        .then(number.str.contains("^[A-Z]{2}[0-9]{11}$"))
        .otherwise(number.str.contains("^[A-Z]{2}[0-9]{9}$"))
    )
    known = sorted(set(prefixes) & set(BPOM_KINDS))
    return FastPath(accepts=prefix.is_in(known) & fits & ~NUMBER & TEXT.is_not_null(), value=number)
