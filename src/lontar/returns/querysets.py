"""Chainable reads of periods, producers, returns, returned values and personal links."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from lontar.access.scope import bounds
from lontar.returns.states import ANSWERED, TAKING, PeriodKind, ReturnedState, ReturnState

if TYPE_CHECKING:
    from lontar.returns.models import Period, Producer, ReportLink, Return, ReturnedValue
else:  # the models import these classes, so the names exist only for the type checker
    Period = Producer = ReportLink = Return = ReturnedValue = models.Model


def _within(region_code: str, name: str = "village_id") -> Q:
    low, high = bounds(region_code)
    return Q(**{f"{name}__gte": low, f"{name}__lt": high})


class PeriodQuerySet(models.QuerySet["Period"]):
    """Reads of periods."""

    def months(self) -> Self:
        """Months only."""
        return self.filter(kind=PeriodKind.MONTH)

    def taking(self) -> Self:
        """Those that take returns."""
        return self.filter(state__in=TAKING)


class ProducerQuerySet(models.QuerySet["Producer"]):
    """Reads of producers."""

    def asked_in(self, month: date) -> Self:
        """Asked to report for the month (its first day)."""
        return self.filter(Q(until_month__isnull=True) | Q(until_month__gt=month), from_month__lte=month)

    def within(self, region_code: str) -> Self:
        """At or beneath the region."""
        return self.filter(_within(region_code))

    def unanswered_in(self, month: date) -> Self:
        """Asked for the month, and nothing submitted."""
        from lontar.returns.models import Return

        told = Return.objects.filter(month=month, producer=models.OuterRef("pk")).answered()
        return self.asked_in(month).filter(~models.Exists(told))


class ReturnQuerySet(models.QuerySet["Return"]):
    """Reads of returns."""

    def answered(self) -> Self:
        """Submitted, and whatever comes after."""
        return self.filter(state__in=ANSWERED)

    def standing(self, state: ReturnState) -> Self:
        """In the state as people see it: what was accepted is locked where its month takes no returns."""
        from lontar.returns.models import Period

        taking = Q(month__in=Period.objects.months().taking().values("start"))
        if state == ReturnState.LOCKED:
            return self.filter(~taking, state=ReturnState.ACCEPTED)
        return self.filter(taking, state=state) if state == ReturnState.ACCEPTED else self.filter(state=state)

    def counted(self) -> Self:
        """Accepted, whether its month is closed or not: what figures are made of."""
        return self.filter(state=ReturnState.ACCEPTED)

    def within(self, region_code: str) -> Self:
        """At or beneath the region."""
        return self.filter(_within(region_code))

    def free_of_doubt(self) -> Self:
        """Without a returned value that is not yet settled."""
        return self.exclude(returned__state__in=[ReturnedState.OPEN, ReturnedState.CORRECTED])

    def awaiting(self, state: ReturnState) -> Self:
        """In the state, and nothing returned that keeps them there."""
        return self.filter(state=state).free_of_doubt()


class ReturnedValueQuerySet(models.QuerySet["ReturnedValue"]):
    """Reads of returned values."""

    def within(self, region_code: str) -> Self:
        """At or beneath the region."""
        return self.filter(_within(region_code))

    def live(self) -> Self:
        """Not yet settled."""
        return self.exclude(state=ReturnedState.SETTLED)


class ReportLinkQuerySet(models.QuerySet["ReportLink"]):
    """Reads of personal links."""

    def usable_at(self, at: datetime) -> Self:
        """Neither revoked nor past their time."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)
