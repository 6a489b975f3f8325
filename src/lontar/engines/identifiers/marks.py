"""Halal certificates, trademarks, geographical indications and Indonesian standards.

Of these only the standards have a documented form; the digits of a halal certificate are read from examples, so what
they say is flagged, never refused (DOMAIN §3). The label must carry the certificate number, not the number of the
ruling "KH" that precedes it (trap 12). Whether a certificate stands is asked at BPJPH, DJKI and BSN.
"""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from lontar.engines.identifiers.checked import Checked, accepted, blank, flagged, is_blank, plain, quoted, refused
from lontar.engines.identifiers.columns import COMPACT, TEXT, FastPath
from lontar.engines.identifiers.provinces import PROVINCE_PATTERN, PROVINCES
from lontar.engines.identifiers.reading import Label, compact, is_digits, is_scientific, scientific

HALAL = Label(key="halal", name="Nomor sertifikat halal")
TRADEMARK = Label(key="merek", name="Nomor merek")
INDICATION = Label(key="ig", name="Nomor indikasi geografis")
STANDARD = Label(key="sni", name="Nomor SNI")

_MARKS = re.compile("[/:]")
_HALAL = re.compile("ID[0-9]{14,18}")
_RULING = re.compile(r"^(?:NO\.?\s?)?(?:KH|KEP|KETETAPAN)(?![A-Z])|KETETAPAN HALAL")
_HALAL_WORDS = re.compile(r"^(?:(?:BPJPH|SERTIFIKAT|HALAL|NO|NOMOR)(?![A-Z])|[\s.:\-])+")


def check_halal(raw: str, *, today: date) -> Checked:
    """Check a halal certificate number; value is `ID` and its digits.

    Errors: halal.scientific, .ruling (a KH number), .format. Warnings: halal.length (14 to 18 digits, not 17),
    .id_restored (17 digits without ID), .province, .period. Parts, for 17 digits: province, applied (year-month of the
    application, last four digits MMYY).
    """
    text = plain(raw).upper()
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=HALAL)
    if _RULING.search(text):
        return refused(
            raw,
            rule="halal.ruling",
            message=(
                "Yang tertulis nomor Ketetapan Halal (KH), bukan nomor sertifikat. "
                "Tulis nomor sertifikat dari BPJPH yang diawali ID; nomor itulah yang wajib ada pada label."
            ),
        )
    number = _MARKS.sub("", compact(_HALAL_WORDS.sub("", text)))
    restored = is_digits(number) and len(number) == 17
    number = f"ID{number}" if restored else number
    if not _HALAL.fullmatch(number):
        return refused(
            raw,
            rule="halal.format",
            message=f"Nomor sertifikat halal {quoted(text)} tidak sesuai. Tulis ID diikuti 17 angka dari BPJPH.",
        )
    return _judge_halal(raw, number, today=today, restored=restored)


def _judge_halal(raw: str, number: str, *, today: date, restored: bool) -> Checked:
    digits = number[2:]
    if len(digits) != 17:
        return flagged(
            raw,
            number,
            rule="halal.length",
            message=f"Nomor sertifikat halal biasanya ID diikuti 17 angka; yang tertulis {len(digits)} angka.",
        )
    month, year = int(digits[13:15]), 2000 + int(digits[15:])
    parts = {"province": digits[:2]}
    if 1 <= month <= 12:
        parts["applied"] = f"{year}-{month:02d}"
    warning = None
    if restored:
        warning = "halal.id_restored", f"Huruf ID di depan nomor sertifikat halal tidak ada; dibaca sebagai {number}."
    elif digits[:2] not in PROVINCES:
        warning = "halal.province", f"Kode provinsi {digits[:2]} pada nomor sertifikat halal tidak dikenal."
    elif not 1 <= month <= 12 or (year, month) > (today.year, today.month):
        warning = (
            "halal.period",
            (f"Empat angka terakhir nomor sertifikat halal ({digits[13:]}) seharusnya bulan dan tahun permohonan."),
        )
    if warning is not None:
        message = f"{warning[1]} Mohon dicocokkan dengan sertifikatnya."
        return flagged(raw, number, rule=warning[0], message=message, parts=parts)
    return accepted(raw, number, parts)


def halal_fast_path(*, today: date) -> FastPath:
    """Return the fast path of halal certificates: seventeen digits with a sensible province and month."""
    number = COMPACT.str.to_uppercase()
    shape = number.str.contains(f"^ID{PROVINCE_PATTERN}[0-9]{{11}}(?:0[1-9]|1[0-2])[0-9]{{2}}$")
    month = number.str.slice(15, 2).cast(pl.Int64, strict=False)
    year = number.str.slice(17, 2).cast(pl.Int64, strict=False) + 2000
    return FastPath(accepts=shape & (year * 12 + month <= today.year * 12 + today.month), value=number)


_REGISTERED = re.compile("IDM[0-9]{9}")
_APPLIED = re.compile("([DJMR])[A-Z]*([0-9]{4})([0-9]{6})")
_APPLIED_OLD = re.compile("([DJMR])00([0-9]{4})([0-9]{6})")
_MARK_KINDS = {"D": "barang", "J": "jasa", "M": "Madrid", "R": "perpanjangan"}
_MARK_WORDS = re.compile(r"^(?:(?:MEREK|HKI|DJKI|NO|NOMOR|REG|PENDAFTARAN|PERMOHONAN)(?![A-Z])|[\s.:\-])+")
_FIRST_MARK_YEAR = 1961  # the year of the first trademark law of the republic (UU 21/1961)


def check_trademark(raw: str, *, today: date) -> Checked:
    """Check a trademark number; value is `IDM000000000` (registered) or `DID2023012345` (applied for).

    Errors: merek.scientific, .format, .year. Warning: merek.old, an application in the form D00 YYYY NNNNNN.
    Parts: stage (registered, applied), kind (of an application), year.
    """
    text = plain(raw).upper()
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=TRADEMARK)
    number = _MARKS.sub("", compact(_MARK_WORDS.sub("", text)))
    if _REGISTERED.fullmatch(number):
        return accepted(raw, number, {"stage": "registered"})
    old = _APPLIED_OLD.fullmatch(number)
    found = old or _APPLIED.fullmatch(number)
    if found is None:
        return refused(
            raw,
            rule="merek.format",
            message=f"Nomor merek {quoted(text)} tidak sesuai. Nomor pendaftaran: IDM dan 9 angka; "
            "nomor permohonan: misalnya DID2023012345.",
        )
    if not _FIRST_MARK_YEAR <= int(found.group(2)) <= today.year:
        return refused(
            raw, rule="merek.year", message=f"Tahun {found.group(2)} pada nomor permohonan merek tidak mungkin."
        )
    parts = {"stage": "applied", "kind": _MARK_KINDS[found.group(1)], "year": found.group(2)}
    if old:
        return flagged(
            raw,
            number,
            rule="merek.old",
            message=f"Nomor permohonan merek {number} berbentuk lama. Bila sudah terdaftar, tulis nomor IDM-nya.",
            parts=parts,
        )
    return accepted(raw, number, parts)


def trademark_fast_path(*, today: date) -> FastPath:
    """Return the fast path of trademarks: registered, or applied for in a possible year."""
    number = COMPACT.str.to_uppercase()
    registered = number.str.contains("^IDM[0-9]{9}$")
    applied = number.str.contains("^[DJMR](?:ID)?[0-9]{10}$") & number.str.slice(-10, 4).cast(
        pl.Int64, strict=False
    ).is_between(_FIRST_MARK_YEAR, today.year)
    return FastPath(accepts=registered | applied, value=number)


_INDICATION = re.compile("IDG[0-9]{9}")
_INDICATION_APPLIED = re.compile("IG[0-9]{6,}")
_INDICATION_WORDS = re.compile(r"^(?:(?:NO|NOMOR|SERTIFIKAT|INDIKASI|GEOGRAFIS)(?![A-Z0-9])|IG(?=[\s:]*ID)|[\s.:\-])+")


def check_indication(raw: str) -> Checked:
    """Check the number of a geographical indication; value is `IDG000000014`.

    Errors: ig.scientific, .application, .format.
    """
    text = plain(raw).upper()
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=INDICATION)
    number = _MARKS.sub("", compact(_INDICATION_WORDS.sub("", text)))
    if _INDICATION.fullmatch(number):
        return accepted(raw, number)
    if _INDICATION_APPLIED.fullmatch(number):
        return refused(
            raw,
            rule="ig.application",
            message="Yang tertulis nomor permohonan IG. Tulis nomor sertifikatnya, misalnya ID G 000000014.",
        )
    return refused(
        raw,
        rule="ig.format",
        message=f"Nomor indikasi geografis {quoted(text)} tidak sesuai. Tulis ID G dan 9 angka, misalnya "
        "ID G 000000014.",
    )


def format_indication(number: str) -> str:
    """Return the number of a geographical indication as the certificate shows it: `ID G 000000014`."""
    return f"ID G {number.removeprefix('IDG')}"


def indication_fast_path() -> FastPath:
    """Return the fast path of geographical indications."""
    number = COMPACT.str.to_uppercase()
    return FastPath(accepts=number.str.contains("^IDG[0-9]{9}$"), value=number)


_SNI = re.compile(r"SNI ?((?:[0-9]{2}-)?)([0-9]{3,5}(?:\.[0-9]+)?)[:\-]([0-9]{4})")
_SNI_ADOPTED = re.compile(r"SNI ?((?:ISO|IEC)(?:/[A-Z]{2,3})?) ?([0-9]{1,6}(?:-[0-9]{1,2})*):([0-9]{4})")
_SNI_WITHOUT_YEAR = re.compile(r"SNI ?(?:(?:ISO|IEC)(?:/[A-Z]{2,3})? ?)?(?:[0-9]{2}-)?[0-9]{3,5}(?:\.[0-9]+)?")


def check_standard(raw: str, *, today: date) -> Checked:
    """Check the number of an Indonesian standard; value is `SNI 8964:2021`, `SNI 01-3542-2004` or `SNI ISO 22000:2018`.

    Errors: sni.scientific, .year_missing, .format, .year (in the future). Parts: number, year.
    """
    text = re.sub(r"\s*([:\-])\s*", r"\1", plain(raw).upper())
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=STANDARD)
    text = re.sub(r"^SNI(?:NO(?:MOR)?|\s|[.:\-])+", "SNI ", text)
    found = _SNI.fullmatch(text)
    adopted = _SNI_ADOPTED.fullmatch(text)
    if found is not None:
        number = f"{found.group(1)}{found.group(2)}"
        value = f"SNI {number}{'-' if found.group(1) else ':'}{found.group(3)}"
    elif adopted is not None:
        number = f"{adopted.group(1)} {adopted.group(2)}"
        value = f"SNI {number}:{adopted.group(3)}"
    else:
        return _refuse_standard(raw, text)
    year = value[-4:]
    if int(year) > today.year:
        return refused(raw, rule="sni.year", message=f"Tahun {year} pada nomor SNI belum tiba. Periksa kembali.")
    return accepted(raw, value, {"number": number, "year": year})


def _refuse_standard(raw: str, text: str) -> Checked:
    if _SNI_WITHOUT_YEAR.fullmatch(text):
        return refused(
            raw,
            rule="sni.year_missing",
            message=f"Nomor SNI {quoted(text)} belum menyebut tahun. Tulis lengkap, misalnya SNI 8964:2021.",
        )
    return refused(
        raw, rule="sni.format", message=f"Nomor SNI {quoted(text)} tidak sesuai. Tulis seperti SNI 8964:2021."
    )


def standard_fast_path(*, today: date) -> FastPath:
    """Return the fast path of standards: the plain form with a colon."""
    shape = TEXT.str.contains(r"^SNI [0-9]{3,5}(?:\.[0-9]+)?:[0-9]{4}$")
    year = TEXT.str.tail(4).cast(pl.Int64, strict=False)
    return FastPath(accepts=shape & (year <= today.year), value=TEXT)
