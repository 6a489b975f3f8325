"""The comparison group: who is in it and since when, how its returns come in beside the programme's, and who was lost.

Everything is of one region and below. Who may be added comes from `enrolling.makers_in`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from lontar.access.scope import bounds
from lontar.engines.periods import Month
from lontar.registry.models import Commodity, Region
from lontar.returns.models import Period, Producer, Return
from lontar.returns.queries.standing import due_month
from lontar.returns.states import ANSWERED, TAKING

_ASKED = """
SELECT m.month::date, left(p.village_id, %(length)s), p.unit_key = '', count(*)
FROM returns_producer p JOIN unnest(%(months)s::date[]) AS m(month)
     ON p.from_month <= m.month AND (p.until_month IS NULL OR p.until_month > m.month)
WHERE p.village_id >= %(low)s AND p.village_id < %(high)s GROUP BY 1, 2, 3
"""
_TOLD = """
SELECT r.month, left(p.village_id, %(length)s), p.unit_key = '', count(*)
FROM returns_return r JOIN returns_producer p ON p.id = r.producer_id
WHERE r.month = ANY(%(months)s) AND r.state = ANY(%(states)s) AND p.village_id >= %(low)s AND p.village_id < %(high)s
      AND p.from_month <= r.month AND (p.until_month IS NULL OR p.until_month > r.month)
GROUP BY 1, 2, 3
"""
_KEPT = """
SELECT p.unit_key = '', count(*), count(later.id)
FROM returns_return first JOIN returns_producer p ON p.id = first.producer_id
LEFT JOIN returns_return later
     ON later.producer_id = first.producer_id AND later.month = %(last)s AND later.state = ANY(%(states)s)
WHERE first.month = %(first)s AND first.state = ANY(%(states)s) AND p.village_id >= %(low)s AND p.village_id < %(high)s
GROUP BY 1
"""
_VILLAGES = """
SELECT p.village_id, v.name, k.name, string_agg(DISTINCT c.name, ', ' ORDER BY c.name), min(p.from_month),
       count(*) FILTER (WHERE p.until_month IS NULL), count(*) FILTER (WHERE p.until_month IS NOT NULL),
       count(r.id) FILTER (WHERE p.until_month IS NULL), coalesce(max(p.reason), '')
FROM returns_producer p JOIN registry_region v ON v.code = p.village_id
JOIN registry_region k ON k.code = left(p.village_id, 5)
LEFT JOIN registry_commodity c ON c.id = p.commodity_id
LEFT JOIN returns_return r ON r.producer_id = p.id AND r.month = %(month)s AND r.state = ANY(%(states)s)
WHERE p.unit_key = '' AND p.village_id >= %(low)s AND p.village_id < %(high)s
GROUP BY 1, 2, 3 ORDER BY 1
"""
_ELSEWHERE = """
SELECT v.code, v.name, v.kind, count(*), count(p.id), coalesce(max(s.word), '')
FROM registry_enterprise e JOIN registry_region v ON v.code = e.village_id
LEFT JOIN returns_producer p ON p.enterprise_id = e.id AND p.until_month IS NULL
LEFT JOIN LATERAL (
    SELECT word FROM registry_regionattribute a
    WHERE a.region_id = v.code AND a.key IN ('status', 'idm') AND a.word <> '' ORDER BY a.as_of DESC, a.key DESC LIMIT 1
) s ON true
WHERE e.status = 'active' AND e.village_id >= %(low)s AND e.village_id < %(high)s
      AND (e.commodity_id = %(commodity)s OR (e.kbli = %(kbli)s AND e.kbli <> ''))
      AND NOT EXISTS (
          SELECT FROM designation_flagship f
          WHERE f.village_id = e.village_id AND (f.valid_until IS NULL OR f.valid_until > %(day)s)
      )
GROUP BY 1, 2, 3 HAVING count(p.id) < count(*) ORDER BY 4 DESC, 1 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Cover:
    """How many were asked and how many answered, in the comparison group and in the programme."""

    asked: int = 0
    answered: int = 0
    programme_asked: int = 0
    programme_answered: int = 0

    @property
    def share(self) -> float | None:
        """Of the comparison group, None where nobody was asked."""
        return self.answered / self.asked if self.asked else None

    @property
    def programme_share(self) -> float | None:
        """Of the programme."""
        return self.programme_answered / self.programme_asked if self.programme_asked else None


@dataclass(frozen=True, slots=True)
class Kept:
    """Who answered a year ago, and how many of these still do."""

    before: int
    after: int

    @property
    def lost(self) -> float | None:
        """The share that is lost, None where there was nobody."""
        return 1 - self.after / self.before if self.before else None


@dataclass(frozen=True, slots=True)
class Village:
    """A village of the comparison group: products, since when, asked now, ended, answered for the month, a reason given."""

    code: str
    name: str
    regency: str
    products: str
    since: date
    asked: int
    ended: int
    answered: int
    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A village without a flagship that makes a product: its makers, how many of them are asked, its index status."""

    code: str
    name: str
    kind: str
    makers: int
    asked: int
    status: str


def told_month(today: date) -> Month | None:
    """The newest month that takes no more returns, else the one that is due."""
    closed = (
        Period.objects.months().exclude(state__in=TAKING).order_by("-start").values_list("start", flat=True).first()
    )
    return Month.from_date(closed) if closed else due_month(today)


def cover_by_month(region: str, *, last: Month, months: int = 12) -> dict[Month, Cover]:
    """Coverage of the newest months, the oldest first."""
    spans = list(last.shift(1 - months).until(last.shift(1)))
    found = _cover(region, spans, length=2)
    return {one: found.get((one.start, region[:2]), Cover()) for one in spans}


def cover_by_regency(region: str, month: Month) -> dict[str, Cover]:
    """Coverage of one month by kabupaten/kota (code), where anybody was asked."""
    return {code: cover for (_month, code), cover in sorted(_cover(region, [month], length=5).items())}


def _cover(region: str, months: Sequence[Month], *, length: int) -> dict[tuple[date, str], Cover]:
    values = _values(region) | {"months": [one.start for one in months], "length": length}
    numbers: dict[tuple[date, str], list[int]] = {}
    for at, sql in enumerate((_ASKED, _TOLD)):
        for month, code, is_comparison, count in _rows(sql, values):
            numbers.setdefault((month, code), [0, 0, 0, 0])[at + (0 if is_comparison else 2)] = count
    return {key: Cover(*four) for key, four in numbers.items()}


def kept_since(region: str, *, last: Month) -> tuple[Kept, Kept]:
    """Attrition over the year up to a month: of the comparison group, and of the programme."""
    rows = _rows(_KEPT, _values(region) | {"first": last.shift(-12).start, "last": last.start})
    found = {is_comparison: Kept(before, after) for is_comparison, before, after in rows}
    return found.get(True, Kept(0, 0)), found.get(False, Kept(0, 0))


def villages(region: str, *, month: date) -> list[Village]:
    """Villages of the comparison group with how they answered for a month, by code."""
    return [Village(*row) for row in _rows(_VILLAGES, _values(region) | {"month": month})]


def members_of(village: str) -> QuerySet[Producer]:
    """Who of the village is or was in the comparison group: those asked now first, by name."""
    return Producer.objects.filter(unit_key="", village_id=village).order_by("-until_month", "name", "pk")


def elsewhere(regency: str, product: Commodity, *, day: date, most: int = 50) -> list[Elsewhere]:
    """Villages without a flagship where somebody who is not asked makes the product; those with most makers first."""
    values = _values(regency) | {"commodity": product.pk, "kbli": product.kbli, "day": day, "most": most}
    return [Elsewhere(*row) for row in _rows(_ELSEWHERE, values)]


def products_of_programme() -> list[Commodity]:
    """Commodities that producers of the programme make: what a comparison is wanted for."""
    made = Producer.objects.exclude(unit_key="").filter(until_month__isnull=True).values("commodity_id")
    return list(Commodity.objects.filter(pk__in=made).order_by("name"))


def answered_of(producers: Sequence[int], month: date) -> set[int]:
    """Which of the producers have answered for a month."""
    return set(
        Return.objects.answered().filter(producer_id__in=producers, month=month).values_list("producer_id", flat=True)
    )


def place(code: str, within: str) -> Region | None:
    """The village, where it lies in the region."""
    low, high = bounds(within)
    return Region.objects.filter(code=code, level="village", code__gte=low, code__lt=high).first()


def _values(region: str) -> dict[str, Any]:
    low, high = bounds(region)
    return {"low": low, "high": high, "states": [one.value for one in ANSWERED]}


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
