"""Numbers, money, dates and times as people of the programme write them, in the language of the page.

Indonesian first: `168.002`, `Rp1.250.000`, `3,03 %`, `27 November 2025`, `14.05 WITA`. Pure functions over values that
are already right; rounding of money for the ledger, periods and time arithmetic belong to the engines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal
from django.utils import translation
from django.utils.translation import gettext as _

WITA = ZoneInfo("Asia/Makassar")
NONE = "–"
NBSP = "\u00a0"
MINUS = "\u2212"

Number = int | float | Decimal

_LOCALES = {"id": Locale.parse("id_ID"), "en": Locale.parse("en_GB")}
_SCALES = ((Decimal(10) ** 12, "triliun"), (Decimal(10) ** 9, "miliar"), (Decimal(10) ** 6, "juta"))


def language() -> str:
    """Language of the page, `id` or `en`; anything else counts as Indonesian."""
    active = (translation.get_language() or "id")[:2]
    return active if active in _LOCALES else "id"


def locale() -> Locale:
    """Babel locale of the page; English dates follow the British order, day first."""
    return _LOCALES[language()]


def _quantum(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def number(value: Number | None, decimals: int | None = None) -> str:
    """`168.002` or `1.283,5`. `decimals` fixes the places (half up); None keeps up to two. None gives a dash."""
    if value is None:
        return NONE
    if isinstance(value, int) and not decimals:
        text = f"{value:,}"
        text = text.replace(",", ".") if language() == "id" else text
        return text.replace("-", MINUS)
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        return NONE
    pattern = "#,##0.##"
    if decimals is not None:
        exact = exact.quantize(_quantum(decimals), rounding=ROUND_HALF_UP)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    if exact == 0:
        exact = abs(exact)
    return format_decimal(exact, format=pattern, locale=locale()).replace("-", MINUS)


def _money(value: int | Decimal) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"money is a Decimal or whole rupiah, not {type(value).__name__}")
    return Decimal(value)


def rupiah(value: int | Decimal | None) -> str:
    """`Rp1.250.000`; cents are shown only where there are any. A float raises TypeError. None gives a dash."""
    if value is None:
        return NONE
    amount = _money(value)
    whole = amount == amount.to_integral_value()
    text = number(abs(amount), 0 if whole else 2)
    return f"{MINUS if amount < 0 else ''}Rp{text}"


def rupiah_short(value: int | Decimal | None) -> str:
    """`Rp1,25 miliar`: for figures that are read, not added up. Under a million it is `rupiah`."""
    if value is None:
        return NONE
    amount = _money(value)
    words = {"triliun": _("triliun"), "miliar": _("miliar"), "juta": _("juta")}
    for scale, word in _SCALES:
        if abs(amount) >= scale:
            return f"{MINUS if amount < 0 else ''}Rp{number(abs(amount) / scale, None)}{NBSP}{words[word]}"
    return rupiah(amount)


def percent(ratio: Number | None, decimals: int = 2) -> str:
    """A ratio as per cent: 0.0303 is `3,03 %` in Indonesian and `3.03%` in English. None gives a dash."""
    if ratio is None:
        return NONE
    exact = ratio if isinstance(ratio, Decimal) else Decimal(str(ratio))
    if not exact.is_finite():
        return NONE
    return number(exact * 100, decimals) + (f"{NBSP}%" if language() == "id" else "%")


def share(part: int, whole: int, decimals: int = 1) -> str:
    """`44 dari 3.442 (1,3 %)`; of nothing only the count."""
    if whole == 0:
        return number(part)
    return _("%(part)s dari %(whole)s (%(percent)s)") % {
        "part": number(part),
        "whole": number(whole),
        "percent": percent(Decimal(part) / whole, decimals),
    }


def change(value: Number | None, decimals: int | None = None) -> str:
    """A difference with its sign: `+12`, `−3,5`, `0`."""
    text = number(value, decimals)
    return f"+{text}" if value is not None and value > 0 else text


def size(count: int | None) -> str:
    """Bytes as `812 byte`, `14,3 kB`, `60,0 MB` (powers of a thousand)."""
    if count is None:
        return NONE
    for limit, unit in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= limit:
            return f"{number(Decimal(count) / limit, 1)}{NBSP}{unit}"
    return f"{number(count)}{NBSP}byte"


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return value.astimezone(WITA).date() if value.tzinfo else value.date()
    return value


def long_date(value: date | datetime | None) -> str:
    """`27 November 2025`; an instant is taken on the calendar of WITA."""
    return NONE if value is None else format_date(_day(value), format="d MMMM y", locale=locale())


def short_date(value: date | datetime | None) -> str:
    """`27 Nov 2025`, for tables."""
    return NONE if value is None else format_date(_day(value), format="d MMM y", locale=locale())


def month(value: date | datetime | None) -> str:
    """`November 2025`."""
    return NONE if value is None else format_date(_day(value), format="MMMM y", locale=locale())


def month_names() -> tuple[str, ...]:
    """The twelve months in the language of the page, January first."""
    names = locale().months["format"]["wide"]
    return tuple(names[number] for number in range(1, 13))


def months(numbers: Iterable[int]) -> str:
    """`Mei–September, Desember`; the whole year as `sepanjang tahun`; nothing for none.

    A season over the turn of the year is one: `November–Februari`.
    """
    known = sorted(set(numbers))
    if len(known) == 12:
        return _("sepanjang tahun")
    runs: list[list[int]] = []
    for one in known:
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    if len(runs) > 1 and runs[0][0] == 1 and runs[-1][-1] == 12:
        runs = [*runs[1:-1], runs[-1] + runs[0]]
    return ", ".join(_run(run) for run in runs)


def _run(run: Sequence[int]) -> str:
    names = month_names()
    first, last = names[run[0] - 1], names[run[-1] - 1]
    return first if len(run) == 1 else f"{first}–{last}"


def clock(value: datetime) -> str:
    """`14.05 WITA` (Indonesian writes a full stop), from an aware instant; a naive one raises ValueError."""
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone cannot be shown in WITA")
    local = value.astimezone(WITA)
    return f"{local.hour:02d}{'.' if language() == 'id' else ':'}{local.minute:02d}{NBSP}WITA"


def moment(value: datetime | None) -> str:
    """`27 November 2025 pukul 14.05 WITA`."""
    if value is None:
        return NONE
    return _("%(date)s pukul %(time)s") % {"date": long_date(value), "time": clock(value)}


def ago(value: datetime, *, now: datetime) -> str:
    """`3 hari yang lalu`; older than thirty days it is the date."""
    passed = now - value
    if passed > timedelta(days=30):
        return long_date(value)
    if abs(passed) < timedelta(seconds=45):
        return _("baru saja")
    return format_timedelta(-passed, add_direction=True, threshold=1.2, locale=locale())


def duration(seconds: float | None) -> str:
    """Time left or taken, rounded for people: `5 detik`, `3 menit`, `2 jam`."""
    if seconds is None:
        return NONE
    return format_timedelta(timedelta(seconds=max(1.0, seconds)), threshold=1.2, locale=locale())
