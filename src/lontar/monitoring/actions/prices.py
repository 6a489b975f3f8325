"""Importing a series of consumer prices from a CSV or a workbook, with its source and the day it was issued."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines.periods import Month, PeriodError, parse_period
from lontar.engines.tabular import UnreadableFile, read_table
from lontar.monitoring import policies
from lontar.monitoring.models import PriceIndex, PriceSeries
from lontar.monitoring.states import Act

_MOST_ROWS = 2000


class PricesUnreadable(Refused):
    """Deret indeks harga tidak terbaca."""


def read_prices(cells: Sequence[Sequence[str]]) -> list[tuple[date, Decimal]]:
    """Rows of month and index, one heading allowed, as `(first day, index)`. Raises `PricesUnreadable` naming row and cure."""
    found: dict[date, Decimal] = {}
    rows = [(place, [str(cell).strip() for cell in row]) for place, row in enumerate(cells, start=1)]
    rows = [(place, row) for place, row in rows if any(row)]
    if rows and not re.search(r"\d", rows[0][1][0]):
        rows = rows[1:]
    if not rows or len(rows) > _MOST_ROWS:
        raise PricesUnreadable(_("Berkas perlu 1 sampai 2.000 baris: bulan, indeks. Contoh: 2026-07, 108,42."))
    for place, row in rows:
        month, index = _row(place, row)
        if month in found:
            raise PricesUnreadable(
                _("Baris %(row)s: bulan %(month)s tertulis dua kali. Sisakan satu.")
                % {"row": place, "month": f"{month:%Y-%m}"}
            )
        found[month] = index
    return sorted(found.items())


def _row(place: int, row: list[str]) -> tuple[date, Decimal]:
    if len(row) < 2:
        raise PricesUnreadable(_("Baris %(row)s: perlu dua kolom, bulan dan indeks.") % {"row": place})
    text = row[0][:7] if re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", row[0]) else row[0]
    try:
        period = parse_period(text)
    except PeriodError:
        period = None
    if not isinstance(period, Month):
        raise PricesUnreadable(
            _("Baris %(row)s: “%(text)s” bukan bulan. Tulis misalnya 2026-07.") % {"row": place, "text": row[0][:20]}
        )
    number = row[1].replace(" ", "")
    number = number.replace(".", "").replace(",", ".") if "," in number else number
    try:
        index = Decimal(number)
    except InvalidOperation:
        index = Decimal(0)
    if not index.is_finite() or not 0 < index < 100_000:
        raise PricesUnreadable(
            _("Baris %(row)s: indeks “%(text)s” harus lebih dari 0. Tulis misalnya 108,42.")
            % {"row": place, "text": row[1][:20]}
        )
    return period.start, index.quantize(Decimal("0.0001"))


def cells_of(path: Path, *, filename: str) -> list[list[str]]:
    """The first two columns of a CSV or a workbook, as text, without the heading. Raises `PricesUnreadable`."""
    try:
        table = read_table(path, filename=filename, known_headers=("bulan", "indeks"))
    except UnreadableFile as problem:
        raise PricesUnreadable(str(problem)) from problem
    if table.frame.width < 2:
        raise PricesUnreadable(_("Berkas perlu dua kolom dengan judul: Bulan dan Indeks."))
    rows = table.frame.select(table.frame.columns[:2]).rows()
    return [[str(cell or "") for cell in row] for row in rows]


def import_prices(
    months: Sequence[tuple[date, Decimal]],
    *,
    name: str,
    source: str,
    issued_date: date,
    by: User | None,
    post: Post | None,
    at: datetime,
) -> PriceSeries:
    """Keep a series of consumer prices; months that an earlier one held too count from this one. Raises `PricesUnreadable`."""
    if post is not None:
        policies.check_close(post)
    if not months or not name.strip() or not source.strip():
        raise PricesUnreadable(_("Isi nama deret, sumber, tanggal terbit, dan sedikitnya satu bulan."))
    with recorded(Act.PRICES_IMPORTED, by=by, at=at, post=post, months=len(months)):
        series = PriceSeries.objects.create(
            name=name.strip()[:120], source=source.strip()[:300], issued_date=issued_date, at=at, by=by, post=post
        )
        PriceIndex.objects.bulk_create([PriceIndex(series=series, month=month, index=index) for month, index in months])
    return series
