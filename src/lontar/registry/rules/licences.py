"""How far a licence is in force on a day: what its dates say, and what its number says where there is no date.

Sources: PerBPOM 22/2018 (SPP-IRT: five years, the last two of fifteen digits are the year of expiry); UU 6/2023 after Perppu
2/2022 (halal certificates have no end while the recipe stays; those issued before had four years); UU 20/2016 (trademark:
ten years). Identifier formats are checked by `lontar.engines.identifiers`. The same rule stands here twice, for one row and
as SQL for long lists; a test holds them together.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lontar.registry.states import LicenceKind

HALAL_WITHOUT_END = date(2022, 12, 30)  # Perppu 2/2022 in force
_HALAL_YEARS, _MEREK_YEARS = 4, 10
_ENDLESS = (LicenceKind.NIB, LicenceKind.GEOGRAPHICAL)


class Expiry(TextChoices):
    """How far a licence is in force."""

    IN_FORCE = "in_force", _("Berlaku")
    ENDLESS = "endless", _("Berlaku tanpa batas waktu")
    EXPIRED = "expired", _("Habis masa berlaku")
    UNKNOWN = "unknown", _("Tanggal berlaku belum diketahui")


def expiry_of(kind: str, number: str, *, issued: date | None, expires: date | None, day: date) -> Expiry:
    """Berlaku sampai kapan: an explicit last day decides (it is still in force on that day); else kind and number.

    A NIB and a geographical indication have no end. A halal certificate has none, unless issued before 30 December 2022
    (four years). A trademark ends ten years after its registration. An SPP-IRT of fifteen digits ends in the year of its
    last two; in that very year only the certificate's date tells. `number` is the normalised one.
    """
    if expires is not None:
        return Expiry.IN_FORCE if expires >= day else Expiry.EXPIRED
    if kind in _ENDLESS:
        return Expiry.ENDLESS
    if kind == LicenceKind.HALAL:
        if issued is None or issued >= HALAL_WITHOUT_END:
            return Expiry.ENDLESS
        return Expiry.IN_FORCE if _years_after(issued, _HALAL_YEARS) >= day else Expiry.EXPIRED
    if kind == LicenceKind.TRADEMARK and issued is not None:
        return Expiry.IN_FORCE if _years_after(issued, _MEREK_YEARS) >= day else Expiry.EXPIRED
    if kind == LicenceKind.PIRT:
        return _pirt(number, day)
    return Expiry.UNKNOWN


def _pirt(number: str, day: date) -> Expiry:
    digits = "".join(letter for letter in number if letter in "0123456789")
    if len(digits) != 15:
        return Expiry.UNKNOWN
    year = 2000 + int(digits[-2:])
    if year == day.year:
        return Expiry.UNKNOWN
    return Expiry.IN_FORCE if year > day.year else Expiry.EXPIRED


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def expiry_sql(day: date, row: str = "r") -> str:
    """`expiry_of` as an SQL expression over a licence row (kind, number, issued_date, expires_date) on `day`."""
    today = f"DATE '{day.isoformat()}'"
    digits = f"regexp_replace({row}.number, '[^0-9]', '', 'g')"
    year = f"2000 + right({digits}, 2)::int"
    ages = f"{row}.issued_date + make_interval(years => %d) >= {today}"
    return f"""CASE
        WHEN {row}.expires_date IS NOT NULL THEN CASE WHEN {row}.expires_date >= {today} THEN 'in_force' ELSE 'expired' END
        WHEN {row}.kind IN ('nib', 'ig') THEN 'endless'
        WHEN {row}.kind = 'halal' THEN CASE
            WHEN {row}.issued_date IS NULL OR {row}.issued_date >= DATE '{HALAL_WITHOUT_END.isoformat()}' THEN 'endless'
            WHEN {ages % _HALAL_YEARS} THEN 'in_force' ELSE 'expired' END
        WHEN {row}.kind = 'merek' AND {row}.issued_date IS NOT NULL THEN CASE
            WHEN {ages % _MEREK_YEARS} THEN 'in_force' ELSE 'expired' END
        WHEN {row}.kind = 'pirt' AND length({digits}) = 15 THEN CASE
            WHEN {year} = {day.year} THEN 'unknown' WHEN {year} > {day.year} THEN 'in_force' ELSE 'expired' END
        ELSE 'unknown' END"""
