"""Days, years and months as people write them in lists: `27/11/2025`, `27 November 2025`, `Mei–September`.

Verdicts are those of `identifiers`; periods for reporting are left to `periods`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import polars as pl

from lontar.engines.identifiers import Checked
from lontar.engines.identifiers.checked import accepted, blank, flagged, is_blank, plain, quoted, refused
from lontar.engines.identifiers.columns import TEXT, ColumnCheck, FastPath, check_column

MONTH_NAMES = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
_OTHER = {
    "jan": 1, "feb": 2, "peb": 2, "pebruari": 2, "mar": 3, "mrt": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "agu": 8,
    "ags": 8, "agt": 8, "agust": 8, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "oct": 10, "nop": 11, "nov": 11,
    "nopember": 11, "des": 12, "dec": 12, "january": 1, "february": 2, "march": 3, "june": 6, "july": 7, "august": 8,
    "october": 10, "december": 12,
}  # fmt: skip
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)} | _OTHER
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})|(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})[ ./-]*([a-z]+)[ .,/-]*(\d{4}|\d{2})")
# What may stand around a date: the day of the week or the place of birth before it, the time of day behind it.
_BEFORE = re.compile(r"^(?:[^\d,;]{3,40}[,;]\s*|(?:tgl|tanggal|tertanggal)\.?\s*)")
_BEHIND = re.compile(r"[ t]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s*(?:am|pm|wita|wib|wit))?$")
_ENDLESS = {
    "seumur hidup", "selamanya", "tidak terbatas", "tanpa batas", "tanpa batas waktu", "tidak ada batas", "tidak kedaluwarsa",
    "tidak kadaluarsa", "berlaku selamanya", "berlaku seumur hidup", "selama usaha berjalan",
    "selama menjalankan kegiatan usaha", "selama perusahaan menjalankan kegiatan usaha", "selama menjalankan usaha",
}  # fmt: skip
_SINCE = re.compile(
    r"^(?:sejak|mulai|berdiri|dari|thn|th|tahun|±|sekitar|kira-kira|kurang lebih|awal|akhir)\b\.?\s*|^[±~]\s*"
)
_WHOLE_YEAR = {"sepanjang tahun", "setiap bulan", "tiap bulan", "setahun penuh", "sepanjang thn", "januari-desember"}
_FILLING = re.compile(r"\b(?:bulan|bln|musim panen|panen)\b\.?\s*(?=\S)")
_EXCEL_EPOCH = date(1899, 12, 30)


def _refused_date(raw: str, label: str) -> Checked:
    return refused(
        raw,
        rule="date.unreadable",
        message=f"{label} {quoted(raw)} tidak terbaca sebagai tanggal. Tulis hari/bulan/tahun, misalnya 27/11/2025.",
    )


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month, day of a written date, not yet checked against the calendar."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.fullmatch(text):
        day, month_number, year = (part for part in found.groups() if part is not None)
        return _full_year(year), int(month_number), int(day)
    if found := _WORDS.fullmatch(text):
        month = MONTHS.get(found[2])
        return (_full_year(found[3]), month, int(found[1])) if month else None
    return None


def _full_year(written: str) -> int:
    """Four digits of a year: two below 50 are this century's."""
    year = int(written)
    return year if len(written) == 4 else 2000 + year if year < 50 else 1900 + year


def check_date(raw: str, *, label: str = "Tanggal", was_number: bool = False) -> Checked:
    """A day as ISO text. Day comes before month, as written in Indonesia; a bare number from a cell is Excel's serial day.

    A weekday or place before it and a time behind it are left out; "seumur hidup" and the like are no date, so blank.
    """
    text = plain(raw).casefold()
    if is_blank(text) or text.rstrip(".") in _ENDLESS:
        return blank(raw)
    if was_number and text.isdigit() and 20_000 <= int(text) <= 80_000:
        day = _EXCEL_EPOCH + timedelta(days=int(text))
        return flagged(
            raw,
            day.isoformat(),
            rule="date.serial",
            message=f"{label} tersimpan sebagai angka {text}; dibaca sebagai {day:%d/%m/%Y}. Mohon diperiksa.",
        )
    parts = _parts(_BEFORE.sub("", _BEHIND.sub("", text)))
    if parts is None:
        return _refused_date(raw, label)
    try:
        return accepted(raw, date(*parts).isoformat())
    except ValueError:
        return refused(
            raw,
            rule="date.impossible",
            message=f"{label} {quoted(raw)} tidak ada dalam kalender. Tulis hari/bulan/tahun, misalnya 27/11/2025.",
        )


def check_year(raw: str, *, label: str, low: int, high: int, was_number: bool = False) -> Checked:
    """A year as four digits; a whole date gives its year. Bounds are inclusive."""
    text = plain(raw).casefold()
    if is_blank(text):
        return blank(raw)
    year = re.sub(r"[.,]0$", "", _SINCE.sub("", text))
    if not re.fullmatch(r"\d{4}", year):
        day = check_date(raw, label=label, was_number=was_number)
        if day.value is None:
            return refused(
                raw,
                rule="year.unreadable",
                message=f"{label} {quoted(raw)} tidak terbaca sebagai tahun. Tulis empat angka, misalnya 2015.",
            )
        year = day.value[:4]
    if not low <= int(year) <= high:
        return refused(
            raw,
            rule="year.range",
            message=f"{label} {year} di luar kewajaran ({low}–{high}). Periksa kembali tahunnya.",
        )
    return accepted(raw, year)


def check_months(raw: str, *, label: str = "Bulan panen", was_number: bool = False) -> Checked:
    """Months 1–12 as `5,6,7`. Reads names, numbers, lists and ranges that may pass the turn of the year."""
    text = plain(raw).casefold()
    if is_blank(text):
        return blank(raw)
    text = _FILLING.sub("", re.sub(r"(?<=[a-z])\.(?=\s|$|[-–—,;/&])", "", text)).strip()
    text = re.sub(r"\s*(?:\bs\s?\.?\s?/?\s?d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\bke\b|–|—|-)\s*", "-", text)
    if text in _WHOLE_YEAR:
        return accepted(raw, ",".join(map(str, range(1, 13))))
    months: set[int] = set()
    for piece in re.split(r"\s*(?:[,;/&+]|\bdan\b)\s*", text):
        ends = [MONTHS.get(end) or (int(end) if end.isdigit() else 0) for end in piece.split("-")]
        if not piece or len(ends) > 2 or not all(1 <= end <= 12 for end in ends):
            return refused(
                raw,
                rule="months.unreadable",
                message=f"{label} {quoted(raw)} tidak terbaca. Tulis nama bulan, misalnya “Mei–September” atau “5, 6, 7”.",
            )
        first, last = ends[0], ends[-1]
        months |= {(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)}
    return accepted(raw, ",".join(map(str, sorted(months))))


def date_column(series: pl.Series, *, label: str, was_number: pl.Series | None = None) -> ColumnCheck:
    """`check_date` over a column."""
    fast = FastPath(
        accepts=TEXT.str.contains(r"^\d{4}-\d{2}-\d{2}$") & TEXT.str.to_date("%Y-%m-%d", strict=False).is_not_null(),
        value=TEXT,
    )

    def scalar(raw: str, *, was_number: bool) -> Checked:
        return check_date(raw, label=label, was_number=was_number)

    return check_column(series, was_number=was_number, fast=fast, scalar=scalar)


def year_column(
    series: pl.Series, *, label: str, low: int, high: int, was_number: pl.Series | None = None
) -> ColumnCheck:
    """`check_year` over a column."""
    fast = FastPath(
        accepts=TEXT.str.contains(r"^\d{4}$") & TEXT.str.to_integer(strict=False).is_between(low, high), value=TEXT
    )

    def scalar(raw: str, *, was_number: bool) -> Checked:
        return check_year(raw, label=label, low=low, high=high, was_number=was_number)

    return check_column(series, was_number=was_number, fast=fast, scalar=scalar)


def months_column(series: pl.Series, *, label: str, was_number: pl.Series | None = None) -> ColumnCheck:
    """`check_months` over a column; there are few distinct ways of writing, so each is read once."""

    def scalar(raw: str, *, was_number: bool) -> Checked:
        return check_months(raw, label=label)

    return check_column(
        series, was_number=was_number, fast=FastPath(accepts=pl.lit(value=False), value=TEXT), scalar=scalar
    )
