"""Days and weeks of a plan: half-open, on the calendar of WITA; week 13 of ninety days has six of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a plan, `start <= day < end`."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days

    @property
    def weeks(self) -> int:
        """How many weeks, the last one perhaps shorter."""
        return -(-self.days // WEEK)

    def day_number(self, day: date) -> int:
        """1 on the first day; 0 or less before it, more than `days` when it is over."""
        return (day - self.start).days + 1

    def shown_day(self, day: date) -> int:
        """The day for the counter: from 0 (not begun) to `days` (over, or the last)."""
        return min(max(self.day_number(day), 0), self.days)

    def week_of(self, day: date) -> int | None:
        """The week in which the day lies, from 1; None outside of the plan."""
        return (day - self.start).days // WEEK + 1 if self.start <= day < self.end else None

    def week(self, number: int) -> Span:
        """First day of the week and the first day after it. Raises ValueError for a week that the plan has not."""
        if not 1 <= number <= self.weeks:
            raise ValueError(f"week {number}: the plan has 1 to {self.weeks}")
        first = self.start + timedelta(days=WEEK * (number - 1))
        return Span(first, min(first + timedelta(days=WEEK), self.end))

    def weeks_due(self, day: date) -> int:
        """How many weeks have begun by that day; for these, and no later ones, a report can be given."""
        return min(max(-(-self.day_number(day) // WEEK), 0), self.weeks)

    def is_over(self, day: date) -> bool:
        """Whether the last day is past."""
        return day >= self.end


def share_in_months(span: Span, months: frozenset[int]) -> float:
    """The share of the days of the span that lie in these months (1–12)."""
    if not months or span.days < 1:
        return 0.0
    inside = sum((span.start + timedelta(days=number)).month in months for number in range(span.days))
    return inside / span.days
