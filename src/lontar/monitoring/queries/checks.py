"""The check-list before a quarter is closed: coverage, returns that still wait, remarkable values, consumer prices.

Thresholds are parameters (`monitoring.close.*`). Whether a quarter may be closed although one is missed is left to
who closes it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from lontar.access.scope import bounds
from lontar.audit.queries import parameter_as_at
from lontar.engines.periods import Quarter
from lontar.monitoring.queries.facts import prices_of
from lontar.monitoring.states import Check

PER_CENT = Decimal(100)
_LETTERS = (5, 8, 13)  # of the code of a kabupaten/kota, a kecamatan, a village


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: what was found of how many, the limit, and whether it is met. `share` and `limit` are per cent."""

    check: str
    found: int
    among: int
    share: str
    limit: str
    is_met: bool
    words: str

    def as_json(self) -> dict[str, Any]:
        """As a run keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A kabupaten/kota, kecamatan or village in the check-list, with its producer-months.

    Asked for, accepted, waiting to be verified or accepted, unanswered, accepted with a remarkable value.
    """

    region: str
    asked: int
    accepted: int
    waiting: int
    unanswered: int
    outliers: int


# Remarkable: many times as much as, or a fraction of, the producer's mean month of the same quarter last year.
_ASKED = """
WITH month AS (SELECT generate_series(%(first)s::date, %(last)s::date, interval '1 month')::date AS month),
asked AS (
    SELECT p.village_id, p.id, p.name, m.month FROM returns_producer p JOIN month m
      ON p.from_month <= m.month AND (p.until_month IS NULL OR p.until_month > m.month)
    WHERE p.unit_key <> '' AND p.village_id >= %(low)s AND p.village_id < %(high)s),
usual AS (
    SELECT producer_id, avg(turnover) AS mean FROM returns_return
    WHERE month >= %(before)s AND month < %(before_end)s AND state = 'accepted' GROUP BY producer_id),
told AS (
    SELECT a.village_id, a.id, a.name, a.month, r.id AS return_id, coalesce(r.state = 'accepted', false) AS is_accepted,
           coalesce(r.state IN ('submitted', 'verified'), false) AS is_waiting,
           r.id IS NULL OR r.state = 'draft' AS is_unanswered,
           coalesce(r.state = 'accepted' AND NOT r.justifications ? 'turnover' AND u.mean > 0
                    AND (r.turnover > u.mean * %(jump)s OR r.turnover * %(jump)s < u.mean), false) AS is_outlier
    FROM asked a LEFT JOIN returns_return r ON r.producer_id = a.id AND r.month = a.month
    LEFT JOIN usual u ON u.producer_id = a.id)
"""
_PLACES = (
    _ASKED
    + """
SELECT left(village_id, %(letters)s), count(*), count(*) FILTER (WHERE is_accepted), count(*) FILTER (WHERE is_waiting),
       count(*) FILTER (WHERE is_unanswered), count(*) FILTER (WHERE is_outlier)
FROM told GROUP BY 1 ORDER BY 1
"""
)
_OPEN = (
    _ASKED
    + """
SELECT id, name, month, return_id, is_waiting, is_unanswered, is_outlier FROM told
WHERE is_waiting OR is_unanswered OR is_outlier ORDER BY name, id, month
"""
)


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """A month of a producer that keeps a check from being met: `return_id` is None where nothing was begun."""

    producer_id: int
    name: str
    month: date
    return_id: int | None
    is_waiting: bool
    is_unanswered: bool
    is_outlier: bool


def places_of(quarter: Quarter, within: str = "") -> list[Place]:
    """What lies right beneath a region, with somebody asked, by code; within the scope of the caller.

    Of the whole programme ("") the kabupaten/kota, of one of those its kecamatan, of a kecamatan its villages; of a village
    there is nothing beneath.
    """
    deeper = next((letters for letters in _LETTERS if letters > len(within)), None)
    if deeper is None:
        return []
    return [Place(*row) for row in _rows(_PLACES, quarter, within, letters=deeper)]


def open_months(quarter: Quarter, village: str) -> list[OpenMonth]:
    """Months of a village's producers that are unanswered, wait, or hold a remarkable value, by name and month."""
    return [OpenMonth(*row) for row in _rows(_OPEN, quarter, village)]


def _rows(sql: str, quarter: Quarter, within: str, **more: int) -> list[tuple[Any, ...]]:
    before = quarter.same_last_year()
    low, high = bounds(within or settings.PROGRAMME_ROOT)
    values: dict[str, date | Decimal | str | int] = {
        "first": quarter.start, "last": quarter.months()[-1].start, "before": before.start, "before_end": before.end,
        "jump": parameter_as_at("monitoring.close.jump", quarter.last_day).number, "low": low, "high": high, **more,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def check_list(quarter: Quarter, places: list[Place] | None = None) -> list[Checked]:
    """The checks of a quarter by the limits in force on its last day."""
    places = places_of(quarter) if places is None else places
    asked, accepted = sum(one.asked for one in places), sum(one.accepted for one in places)
    waiting, outliers = sum(one.waiting for one in places), sum(one.outliers for one in places)
    day = quarter.last_day
    least = parameter_as_at("monitoring.close.coverage", day).number
    most_waiting = parameter_as_at("monitoring.close.waiting", day).number
    most_outliers = parameter_as_at("monitoring.close.outliers", day).number
    months = [*quarter.same_last_year().months(), *quarter.months()]
    known = set(prices_of(months[0].start, quarter.end)["month"].to_list())
    prices = sum(one.start in known for one in months)
    return [
        _least(Check.COVERAGE, accepted, asked, least, _("bulan-produsen yang laporannya diterima, dari yang diminta")),
        _most(Check.WAITING, waiting, asked, most_waiting, _("laporan dikirim tetapi belum diterima")),
        _most(Check.OUTLIERS, outliers, accepted, most_outliers, _("omzet jauh dari tahun lalu tanpa penjelasan")),
        _least(Check.PRICES, prices, len(months), PER_CENT, _("bulan yang indeks harganya ada")),
    ]


def _share(found: int, among: int) -> Decimal:
    return (PER_CENT * found / among).quantize(Decimal("0.1")) if among else Decimal(0)


def _least(check: Check, found: int, among: int, limit: Decimal, words: str) -> Checked:
    met = among > 0 and PER_CENT * found >= limit * among
    return Checked(check.value, found, among, str(_share(found, among)), f"{limit.normalize():f}", met, words)


def _most(check: Check, found: int, among: int, limit: Decimal, words: str) -> Checked:
    met = PER_CENT * found <= limit * among
    return Checked(check.value, found, among, str(_share(found, among)), f"{limit.normalize():f}", met, words)
