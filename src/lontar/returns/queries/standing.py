"""Where a month stands: who was asked, who answered, sums; whose returns are missing; what a producer told before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from lontar.access.scope import bounds
from lontar.engines.periods import Month
from lontar.returns.models import Period, Producer, Return, ReturnedValue, ReturnTally
from lontar.returns.states import TAKING, PeriodState, ReturnedState, ReturnState


@dataclass(frozen=True, slots=True)
class Progress:
    """Producers asked, drafts begun, returns answered (submitted or further), verified or further, accepted; rupiah told."""

    asked: int
    drafts: int
    answered: int
    verified: int
    accepted: int
    turnover: Decimal


def progress(region: str, month: date) -> Progress:
    """How the month (its first day) stands at or beneath the region: two sums, current as of the last return."""
    low, high = bounds(region)
    within = Q(village_id__gte=low, village_id__lt=high)
    sums = ReturnTally.objects.filter(within, month=month).aggregate(
        drafts=Sum("drafts"), submitted=Sum("submitted"), verified=Sum("verified"), accepted=Sum("accepted"),
        turnover=Sum("turnover"),
    )  # fmt: skip
    told = {name: value or 0 for name, value in sums.items()}
    verified = told["verified"] + told["accepted"]
    return Progress(
        Producer.objects.within(region).asked_in(month).count(), told["drafts"], told["submitted"] + verified, verified,
        told["accepted"], Decimal(told["turnover"]),
    )  # fmt: skip


def open_months() -> list[Month]:
    """Months that take returns, the newest first."""
    rows = Period.objects.months().taking().order_by("-start").values_list("start", flat=True)
    return [Month.from_date(start) for start in rows]


def standing(found: Return, taking: Collection[Month]) -> ReturnState:
    """Where a return stands, with the months that take returns (`open_months`): what was accepted is locked with its month."""
    is_locked = found.state == ReturnState.ACCEPTED and Month.from_date(found.month) not in taking
    return ReturnState.LOCKED if is_locked else ReturnState(found.state)


def late_months() -> list[Month]:
    """Months in their days of grace, the oldest first."""
    rows = Period.objects.months().filter(state=PeriodState.GRACE).order_by("start").values_list("start", flat=True)
    return [Month.from_date(start) for start in rows]


def due_month(today: date) -> Month | None:
    """The month that is reported now: the newest open one that is over; None when no month is open."""
    present = Month.from_date(today)
    months = open_months()
    return next((one for one in months if one < present), months[0] if months else None)


def asked_month(producer: int, today: date) -> Month | None:
    """What a producer is asked for now: the earliest month with a value that was sent back, else the month that is due."""
    back = ReturnedValue.objects.filter(filing__producer_id=producer, state=ReturnedState.OPEN)
    months = sorted(back.values_list("filing__month", flat=True))
    return Month.from_date(months[0]) if months else due_month(today)


def unanswered(region: str, month: date) -> QuerySet[Producer]:
    """Who was asked for the month and has not submitted, by village and name."""
    rows = Producer.objects.within(region).unanswered_in(month)
    return rows.select_related("village", "commodity").order_by("village_id", "name", "pk")


def told_before(producer: int, month: date) -> Return | None:
    """The return of the month before, where it was submitted."""
    before = Month.from_date(month).shift(-1).start
    return Return.objects.answered().filter(producer_id=producer, month=before).first()


def history(producer: int, *, last: date, months: int = 25) -> list[tuple[Month, Return | None]]:
    """The newest months up to `last`, the oldest first, each with its return; months before the first one are left out."""
    end = Month.from_date(last)
    first = end.shift(1 - months)
    rows = Return.objects.answered().filter(producer_id=producer, month__gte=first.start, month__lte=last)
    held = {one.month: one for one in rows}
    spans = list(first.until(end.shift(1)))
    begun = next((place for place, one in enumerate(spans) if one.start in held), len(spans))
    return [(one, held.get(one.start)) for one in spans[begun:]]


def is_taking(month: date) -> bool:
    """Whether the month takes returns."""
    return Period.objects.months().filter(start=month, state__in=TAKING).exists()
